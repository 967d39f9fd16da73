//! What is published for programs: each file is read by a parser that is not ours.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may stop where it is")]

#[path = "faces/anchor.rs"]
mod anchor;
#[path = "faces/calendar.rs"]
mod calendar;
#[path = "faces/data.rs"]
mod data;
#[path = "faces/feed.rs"]
mod feed;
#[path = "faces/listing.rs"]
mod listing;
mod published;

use published::{Published, publish, publish_on};

const OLD: &str = r#"+++
status = "accepted"
created = 2026-01-05
title = 'New <b>"name"'
"#;

fn with_aliases(aliases: &str) -> Published {
    publish([
        ("precedent.toml", "[site]\nbase-url = \"https://docs.example.org/log\"\n"),
        ("content/adr/0001-old.md", "+++\nstatus = \"accepted\"\n+++\n# 1. Old\n\nSee ![plan](plan.png).\n"),
        ("content/adr/plan.png", "x"),
        ("content/adr/0002-new.md", &format!("{OLD}aliases = [{aliases}]\n+++\nx\n")),
        ("content/handbook/index.md", "# Handbook\n"),
    ])
}

#[test]
fn an_old_address_leads_to_the_page() {
    let site = with_aliases("\"/adr/0002-before.html\", \"old & odd/\", \"a/b/c\", \"decisions/0002.md\"");
    for (address, up) in [
        ("adr/0002-before.html", "../"),
        ("old & odd/index.html", "../"),
        ("a/b/c/index.html", "../../../"),
        ("decisions/0002.html", "../"),
    ] {
        let html = site.text(address);
        assert!(
            html.contains(&format!("<meta http-equiv=\"refresh\" content=\"0; url={up}adr/0002-new.html\">")),
            "{html}"
        );
        assert!(html.contains(&format!("<a href=\"{up}adr/0002-new.html\">")), "{html}");
        assert!(
            html.contains("<link rel=\"canonical\" href=\"https://docs.example.org/log/adr/0002-new.html\">"),
            "{html}"
        );
        assert!(html.contains("Content-Security-Policy") && !html.contains("<b>") && !html.contains("<script"));
    }
    assert_eq!(site.findings("duplicate-address"), Vec::<String>::new());
}

#[test]
fn an_alias_that_cannot_be_followed_is_reported() {
    for (alias, said) in [
        ("adr/0001-old.html", "adr/0001-old.html is the address of another page"),
        ("log.html", "log.html is the address of another page"),
        ("log.7.html", "log.7.html is the address of another page"),
        ("adr/0002-new.html", "it is the address of this very page"),
        ("adr/0001-old.html/", "adr/0001-old.html is in its way"),
        ("x.html\", \"x.html/y", "the alias x.html is in its way"),
        ("x.html/y\", \"x.html", "the alias x.html/y/index.html is in its way"),
        ("Log.html", "many disks take Log.html for log.html, which is another page's"),
        ("Rules/Short-Pre-Read.html", "many disks take Rules/Short-Pre-Read.html for rules/short-pre-read.html"),
    ] {
        let site = with_aliases(&format!("\"{alias}\""));
        let found = site.findings("duplicate-address");
        assert!(found.len() == 1 && found[0].contains(said), "{alias}: {found:?}");
    }
    for alias in ["../up.html", "https://elsewhere.example/", "x.html#part", "con.html", "adr/plan.png", ""] {
        let site = with_aliases(&format!("\"{alias}\""));
        assert_eq!(site.findings("invalid-value").len(), 1, "{alias}");
    }
    assert_eq!(with_aliases("\"x/\", \"x\", \"x/index.html\"").findings("duplicate-address"), Vec::<String>::new());
}

#[test]
fn two_records_cannot_have_one_old_address() {
    let text = |title: &str| format!("+++\nstatus = \"accepted\"\naliases = [\"x.html\"]\n+++\n# {title}\n");
    let site = publish([("content/adr/0001-a.md", text("1. A").as_str()), ("content/adr/0002-b.md", &text("2. B"))]);
    let found = site.findings("duplicate-address");
    assert!(found.len() == 1 && found[0].contains("another record has x.html, too"), "{found:?}");
    assert!(site.text("x.html").contains("url=adr/0001-a.html\""));
}

#[test]
fn a_file_is_never_where_another_needs_a_folder() {
    let fault = published::refused([("content/log.json/x.md", "# X\n")]);
    assert!(fault.contains("log.json"), "{fault}");
}

#[test]
fn the_day_of_the_build_changes_nothing_for_programs() {
    let files = [
        ("precedent.toml", "[site]\nbase-url = \"https://docs.example.org/log\"\n"),
        (
            "content/adr/0001-a.md",
            "+++\nstatus = \"accepted\"\nreview-by = 2026-06-01\ncreated = 2026-01-05\n+++\n# 1. A\n",
        ),
        ("content/waiver/0001-b.md", "+++\nstatus = \"granted\"\nexpires = 2026-06-01\n+++\n# 1. B\n"),
    ];
    let (early, late) = (publish_on("2026-01-06", files), publish_on("2027-01-01", files));
    assert_ne!(early.text("health.html"), late.text("health.html"), "the day matters to pages");
    for file in ["log.atom", "status.atom", "kind/adr.atom", "calendar.ics", "sitemap.xml", "robots.txt", "llms.txt"] {
        assert_eq!(early.text(file), late.text(file), "{file}");
    }
}

#[test]
fn a_page_says_what_it_is() {
    let site = with_aliases("");
    let html = site.text("adr/0002-new.html");
    for line in [
        "<link rel=\"canonical\" href=\"https://docs.example.org/log/adr/0002-new.html\">",
        "<meta property=\"og:url\" content=\"https://docs.example.org/log/adr/0002-new.html\">",
        "<meta property=\"og:title\" content=\"ADR-0002: New &lt;b&gt;&quot;name&quot;\">",
        "<meta property=\"og:type\" content=\"article\">",
        "<meta property=\"og:site_name\" content=\"Decision log\">",
        "<link rel=\"alternate\" type=\"text/markdown\" href=\"../adr/0002-new.md\">",
    ] {
        assert!(html.contains(line), "{line} in {html}");
    }
    assert!(!html.contains("noindex"));
    let lost = site.text("404.html");
    assert!(lost.contains("<meta name=\"robots\" content=\"noindex\">") && !lost.contains("canonical"), "{lost}");
    assert!(site.text("handbook/index.html").contains("href=\"https://docs.example.org/log/handbook/\""));
    let bare = publish([("content/adr/0001-x.md", "# 1. X\n\nA queue.\n")]);
    let html = bare.text("adr/0001-x.html");
    assert!(!html.contains("canonical") && !html.contains("og:url"));
    assert!(html.contains("<meta name=\"description\" content=\"A queue.\">"), "{html}");
    assert!(html.contains("<meta property=\"og:description\" content=\"A queue.\">"), "{html}");
}

#[test]
fn the_markdown_of_a_page_stands_at_its_address() {
    let crlf = "\u{feff}+++\r\nstatus = \"accepted\"\r\nslug = \"short\"\r\n+++\r\n# 1. X\r\n";
    let site = publish([
        ("content/adr/0001-x.md", crlf),
        ("content/adr/README.md", "# ADRs\n"),
        ("content/notes.markdown", "# N\n"),
    ]);
    assert_eq!(site.text("adr/short.md"), crlf);
    assert_eq!(site.text("adr/index.md"), "# ADRs\n");
    assert_eq!(site.text("notes.md"), "# N\n");
    assert!(site.text("adr/short.html").contains("<a href=\"../adr/short.md\">Markdown source</a>"));
    assert!(!site.has("adr/0001-x.md") && !site.has("adr/README.md"));
}
