//! Atom feeds, read by another's parser and held to RFC 4287.

use crate::published::{Published, publish};
use atom_syndication::Feed;
use std::collections::BTreeSet;

const CONFIG: &str = "[site]\ntitle = \"Acme & <sons> ]]>\"\ndescription = \"What we decide\"\n\
    base-url = \"https://docs.example.org/log/\"\nlanguage = \"en-GB\"\n[people.ines]\nname = \"Inès <i>\"\n";

const RFC: &str = "+++\ntitle = \"<script>alert(1)</script> ]]> \\u0007\\uFFFE\\r\\n& 😀\"\nstatus = \"approved\"\n\
    summary = \"One\\u0000 & <two>\"\ncreated = 2026-03-02\ntags = [\"C++\", \"a&b\"]\nsupersedes = [\"ADR-1\"]\n\
    [daci]\ndriver = \"ines\"\n[[history]]\nstatus = \"formal-review\"\non = 2026-03-10\n\
    [[history]]\nstatus = \"revision\"\non = 2026-03-12\n[[history]]\nstatus = \"formal-review\"\non = 2026-03-20\n\
    [[sign-off]]\nby = \"ines\"\non = 2026-03-25\n+++\n# x\n";

fn site() -> Published {
    publish([
        ("precedent.toml", CONFIG),
        ("content/rfc/0007-x.md", RFC),
        (
            "content/adr/0001-queue.md",
            "+++\nstatus = \"accepted\"\ncreated = 2025-01-05\n+++\n# 1. A queue\n\nWe queue.\n",
        ),
        ("content/adr/0002-undated.md", "+++\nstatus = \"accepted\"\n+++\n# 2. Undated\n"),
        ("content/adr/0003-a.md", "+++\nid = \"ADR-3\"\nstatus = \"proposed\"\ncreated = 2025-02-01\n+++\n# A\n"),
        ("content/adr/0003-b.md", "+++\nid = \"ADR-3\"\nstatus = \"proposed\"\ncreated = 2025-02-01\n+++\n# B\n"),
        (
            "content/adr/0004-draft.md",
            "+++\ndraft = true\nstatus = \"proposed\"\ncreated = 2026-01-01\n+++\n# Secret\n",
        ),
        ("content/handbook/index.md", "+++\ncreated = 2026-01-01\n+++\n# Handbook\n"),
    ])
}

fn feed(site: &Published, address: &str) -> Feed {
    let text = site.text(address);
    hold_to_the_standard(&text);
    Feed::read_from(text.as_bytes()).unwrap_or_else(|error| panic!("{address}: {error}"))
}

/// What RFC 4287 asks for in words: sections 4.1.1 and 4.1.2, and dates by RFC 3339.
fn hold_to_the_standard(text: &str) {
    let document = roxmltree::Document::parse(text).unwrap();
    let children = |node: roxmltree::Node<'_, '_>, name: &str| {
        node.children().filter(|child| child.has_tag_name(("http://www.w3.org/2005/Atom", name))).count()
    };
    let feed = document.root_element();
    assert!(feed.has_tag_name(("http://www.w3.org/2005/Atom", "feed")));
    let mut ids = BTreeSet::new();
    for node in document.descendants().filter(|node| node.has_tag_name("feed") || node.has_tag_name("entry")) {
        for name in ["id", "title", "updated"] {
            assert_eq!(children(node, name), 1, "{name} of {:?}", node.tag_name());
        }
        let id = node.children().find(|child| child.has_tag_name("id")).unwrap().text().unwrap();
        assert!(ids.insert(id.to_owned()) && id.starts_with("https://"), "{id}");
        for date in node.children().filter(|child| child.has_tag_name("updated") || child.has_tag_name("published")) {
            chrono_like(date.text().unwrap());
        }
        let links = node.children().filter(|child| child.has_tag_name("link"));
        let kinds: Vec<_> = links.map(|link| (link.attribute("rel"), link.attribute("type"))).collect();
        assert_eq!(kinds.iter().collect::<BTreeSet<_>>().len(), kinds.len(), "one link of a kind");
    }
    for link in document.descendants().filter(|node| node.has_tag_name("link")) {
        assert!(link.attribute("href").unwrap().starts_with("https://docs.example.org/log/"), "{link:?}");
    }
    assert_eq!(children(feed, "author"), 1);
    let names = document.descendants().filter(|node| node.has_tag_name("name"));
    assert!(names.into_iter().all(|name| name.text().is_some_and(|text| !text.trim().is_empty())));
}

fn chrono_like(date: &str) {
    assert!(date.parse::<precedent::date::Timestamp>().is_ok() && date.len() == 20, "{date}");
}

#[test]
fn the_log_is_a_feed() {
    let site = site();
    let feed = feed(&site, "log.atom");
    assert_eq!((feed.title().as_str(), feed.id()), ("Acme & <sons> ]]>", "https://docs.example.org/log/log.atom"));
    assert_eq!(feed.updated().to_rfc3339(), "2026-03-25T00:00:00+00:00");
    let ids: Vec<&str> = feed.entries().iter().map(|entry| entry.id().rsplit_once('#').unwrap().1).collect();
    assert_eq!(ids, ["RFC-0007", "adr/0003-b.md", "adr/0003-a.md", "ADR-0001"]);
    let entry = &feed.entries()[0];
    assert_eq!(entry.title().as_str(), "RFC-0007: <script>alert(1)</script> ]]>   & 😀");
    assert_eq!(entry.summary().unwrap().as_str(), "One & <two>");
    assert_eq!(entry.authors()[0].name(), "Inès <i>");
    assert_eq!(entry.published().unwrap().to_rfc3339(), "2026-03-02T00:00:00+00:00");
    assert_eq!(entry.links()[0].href(), "https://docs.example.org/log/rfc/0007-x.html");
    assert_eq!(entry.links()[1].href(), "https://docs.example.org/log/rfc/0007-x.md");
    assert!(site.has("rfc/0007-x.md") && site.has("rfc/0007-x.html"));
    let terms: Vec<&str> = entry.categories().iter().map(|category| category.term()).collect();
    assert_eq!(terms, ["rfc", "approved", "C++", "a&b"]);
    assert_eq!(feed.entries()[3].summary().unwrap().as_str(), "Superseded by RFC-0007. We queue.");
}

#[test]
fn every_kind_has_a_feed_that_its_page_announces() {
    let site = site();
    let ids = |address| feed(&site, address).entries().len();
    assert_eq!((ids("kind/rfc.atom"), ids("kind/adr.atom")), (1, 3));
    assert!(!site.has("kind/waiver.atom"), "a feed without entries has no date");
    let announced = |page: &str, address: &str| {
        site.text(page).contains(&format!(
            "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"Acme &amp; &lt;sons&gt; ]]&gt;{address}"
        ))
    };
    assert!(announced("kind/adr.html", ": ADRs\" href=\"../kind/adr.atom\""), "{}", site.text("kind/adr.html"));
    assert!(announced("rfc/0007-x.html", "\" href=\"../log.atom\"") && announced("index.html", "\" href=\"log.atom\""));
    assert!(!site.text("kind/rfc.html").contains("adr.atom"));
}

#[test]
fn each_change_of_status_is_an_entry_that_keeps_its_id() {
    let site = site();
    let feed = feed(&site, "status.atom");
    let of_rfc = feed.entries().iter().filter(|entry| entry.id().contains("RFC-0007"));
    let said: Vec<(String, String)> = of_rfc
        .map(|entry| {
            let id = entry.id().rsplit_once('#').unwrap().1.to_owned();
            let label = entry.title().as_str().split(':').next().unwrap().to_owned();
            (format!("{id} {}", entry.updated().date_naive()), label)
        })
        .collect();
    let said: Vec<(&str, &str)> = said.iter().map(|(id, label)| (id.as_str(), label.as_str())).collect();
    assert_eq!(
        said,
        [
            ("RFC-0007:approved 2026-03-25", "Approved"),
            ("RFC-0007:formal-review:2 2026-03-20", "Formal review"),
            ("RFC-0007:revision 2026-03-12", "Revision"),
            ("RFC-0007:formal-review 2026-03-10", "Formal review"),
        ]
    );
    assert!(feed.entries().iter().any(|entry| entry.id().ends_with("#ADR-0001:accepted")));
}

#[test]
fn a_feed_holds_the_newest_fifty() {
    let names: Vec<String> = (1..=60).map(|number| format!("content/adr/{number:04}-x.md")).collect();
    let texts: Vec<String> = (1..=60)
        .map(|number| format!("+++\nstatus = \"accepted\"\ncreated = 2026-01-{:02}\n+++\n# X\n", number % 28 + 1))
        .collect();
    let records = names.iter().map(String::as_str).zip(texts.iter().map(String::as_str));
    let site = publish(std::iter::once(("precedent.toml", CONFIG)).chain(records));
    let feed = feed(&site, "log.atom");
    let days: Vec<String> = feed.entries().iter().map(|entry| entry.updated().to_rfc3339()).collect();
    assert_eq!((days.len(), days[0].as_str()), (50, "2026-01-28T00:00:00+00:00"));
    assert!(days.is_sorted_by(|one, other| one >= other), "{days:?}");
    assert!(feed.entries()[0].id().ends_with("#ADR-0055"), "{}", feed.entries()[0].id());
}

#[test]
fn without_an_address_there_is_no_feed_and_drafts_are_in_none() {
    let bare = publish([("content/adr/0001-x.md", "+++\ncreated = 2026-01-01\nstatus = \"accepted\"\n+++\n# X\n")]);
    assert!(!bare.has("log.atom") && !bare.text("index.html").contains("atom"));
    let site = site();
    assert!(!site.text("log.atom").contains("Secret") && !site.text("status.atom").contains("ADR-0004"));
}
