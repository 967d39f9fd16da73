//! What search engines and language models are told: sitemap, `robots.txt` and `llms.txt`.

use crate::published::{Published, publish};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

const HOSTILE: &str = "+++\ntitle = \"A ](http://evil.example) <b> `x` \\\\ [y]\\r\\n# No\"\nstatus = \"accepted\"\ncreated = 2026-01-05\n\
    updated = 2026-02-01\naliases = [\"gone.html\"]\n+++\nIt \\[stays\\].\n";

fn site(settings: &str) -> Published {
    publish([
        (
            "precedent.toml",
            format!("[site]\ntitle = \"Acme\"\ndescription = \"What we\\ndecide\"\n{settings}").as_str(),
        ),
        ("content/index.md", "# Welcome\n\nHello.\n"),
        ("content/adr/0001-odd & old.md", HOSTILE),
        ("content/adr/0002-old.md", "+++\nstatus = \"accepted\"\n+++\n# Old\n"),
        ("content/adr/0003-new.md", "+++\nstatus = \"accepted\"\nsupersedes = [\"ADR-2\"]\n+++\n# New\n"),
        ("content/adr/0004-no.md", "+++\nstatus = \"rejected\"\n+++\n# No\n"),
        ("content/adr/0005-open.md", "+++\nstatus = \"proposed\"\n+++\n# Open\n"),
        ("content/adr/0006-secret.md", "+++\ndraft = true\nstatus = \"proposed\"\n+++\n# Secret\n"),
        ("content/handbook/b.md", "+++\nweight = 1\n+++\n# First\n"),
        ("content/handbook/a.md", "+++\nweight = 2\n+++\n# Second\n"),
    ])
}

const ADDRESS: &str = "base-url = \"https://docs.example.org/a&b/\"\n";

#[test]
fn the_sitemap_lists_every_page_once() {
    let site = site(ADDRESS);
    let text = site.text("sitemap.xml");
    let document = roxmltree::Document::parse(&text).unwrap();
    let namespace = "http://www.sitemaps.org/schemas/sitemap/0.9";
    assert!(document.root_element().has_tag_name((namespace, "urlset")));
    let urls = document.root_element().children().filter(|node| node.is_element());
    let urls: Vec<(String, Option<String>)> = urls
        .map(|url| {
            let child = |name: &str| url.children().find(|node| node.has_tag_name((namespace, name)));
            let text = |name| child(name).and_then(|node| node.text().map(str::to_owned));
            (text("loc").unwrap(), text("lastmod"))
        })
        .collect();
    let pages = site.0.site.artifacts.keys().filter(|route| route.0.ends_with(".html"));
    // The page for what is not found and the old address are not among them.
    assert_eq!(urls.len(), pages.count() - 2);
    let find = |address: &str| urls.iter().find(|(loc, _)| *loc == format!("https://docs.example.org/a&b/{address}"));
    assert_eq!(find("adr/0001-odd%20%26%20old.html").unwrap().1.as_deref(), Some("2026-02-01"));
    assert_eq!(find("").unwrap().1, None, "the home page stands at the site's root");
    assert!(find("rules/").is_some() && find("404.html").is_none() && find("gone.html").is_none());
    assert!(!text.contains("secret"));
    assert!(site.text("robots.txt").ends_with("Disallow:\n\nSitemap: https://docs.example.org/a&b/sitemap.xml\n"));
}

#[test]
fn a_site_may_ask_not_to_be_listed() {
    let site = site(&format!("{ADDRESS}index = false\n"));
    assert_eq!(site.text("robots.txt"), "User-agent: *\nDisallow: /\n");
    assert!(!site.has("sitemap.xml"));
    for page in ["index.html", "adr/0002-old.html", "log.html"] {
        assert!(site.text(page).contains("<meta name=\"robots\" content=\"noindex\">"), "{page}");
    }
}

#[test]
fn without_an_address_there_is_no_sitemap() {
    let site = site("");
    assert!(!site.has("sitemap.xml"));
    assert_eq!(site.text("robots.txt"), "User-agent: *\nDisallow:\n");
}

#[test]
fn a_file_of_ones_own_takes_the_place() {
    let page = "# X\n\n[robots](robots.txt) [models](llms.txt)\n";
    let files = [("content/x.md", page), ("content/robots.txt", "User-agent: x\n"), ("content/llms.txt", "# Ours\n")];
    let site = publish(files);
    assert_eq!((site.text("robots.txt").as_str(), site.text("llms.txt").as_str()), ("User-agent: x\n", "# Ours\n"));
}

/// A heading, and the links under it as text, target and what follows.
type Part = (String, Vec<(String, String, String)>);

fn outline(text: &str) -> Vec<Part> {
    let mut sections: Vec<Part> = Vec::new();
    let (mut heading, mut link) = (false, false);
    for event in Parser::new(text) {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                sections.push((String::new(), Vec::new()));
                heading = true;
            }
            Event::End(TagEnd::Heading(_)) => heading = false,
            Event::Start(Tag::Link { dest_url, .. }) => {
                sections.last_mut().unwrap().1.push((String::new(), dest_url.to_string(), String::new()));
                link = true;
            }
            Event::End(TagEnd::Link) => link = false,
            Event::Text(text) if heading => sections.last_mut().unwrap().0.push_str(&text),
            Event::Text(text) => {
                if let Some(last) = sections.last_mut().unwrap().1.last_mut() {
                    if link { last.0.push_str(&text) } else { last.2.push_str(&text) }
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => panic!("{html}"),
            _ => {}
        }
    }
    sections
}

#[test]
fn language_models_are_told_what_holds() {
    let site = site(ADDRESS);
    let text = site.text("llms.txt");
    assert!(text.starts_with("# Acme\n\n> What we decide\n\n"), "{text}");
    let sections = outline(&text);
    let titles: Vec<&str> = sections.iter().map(|(title, _)| title.as_str()).collect();
    assert_eq!(titles, ["Acme", "Handbook", "ADRs", "Data", "Optional"]);
    for (_, links) in &sections {
        for (name, target, _) in links {
            let file = percent_encoding::percent_decode_str(target).decode_utf8().unwrap();
            assert!(site.has(&file), "{name} leads to {target}");
        }
    }
    let names = |at: usize| sections[at].1.iter().map(|(name, ..)| name.as_str()).collect::<Vec<_>>();
    assert_eq!(names(1), ["Welcome", "First", "Second"]);
    assert_eq!(names(2), ["ADR-0001: A ](http://evil.example) <b> `x` \\ [y] # No", "ADR-0003: New", "ADR-0005: Open"]);
    assert_eq!(names(4), ["ADR-0002: Old", "ADR-0004: No"]);
    let said = |at: usize, line: usize| sections[at].1[line].2.as_str();
    assert_eq!(said(2, 0), ": Accepted. It [stays].");
    assert_eq!(said(2, 2), ": Proposed, not decided.");
    assert_eq!(said(4, 0), ": Superseded by ADR-0003, not in force.");
    assert_eq!(said(4, 1), ": Rejected, not in force.");
    assert!(!text.contains("Secret") && text.contains("[log.atom](log.atom)"));
}
