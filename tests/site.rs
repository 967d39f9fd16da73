//! What is published: every link of every page leads somewhere, and nothing of a text is ever markup.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop where it is"
)]

mod link;

use link::follow;
use precedent::config::Overrides;
use precedent::date::parse_date;
use precedent::page::Route;
use precedent::source::Memory;
use precedent::workspace::{Demand, Drafts, Snapshot, Workspace};
use std::collections::BTreeSet;
use std::sync::Arc;

const CONFIG: &str = "[site]\ntitle = \"Log of <b>Meridian</b>\"\nedit-url = \"https://git.example/edit/{path}\"\n\
    [people.ines]\nname = \"Ines <i>Okafor</i>\"\n[[tracker]]\nprefix = \"BILL-\"\nurl = \"https://tickets.example/{id}\"\n";

const RFC: &str = "+++\ntitle = \"Move <script>alert(1)</script> & more\"\nstatus = \"approved\"\ndoor = \"one-way\"\n\
    door-reasons = [\"public-api\"]\ntags = [\"C++\", \"C#\", \"a\\\"><b>b\"]\ntracking = [\"BILL-1\"]\nsupersedes = [\"ADR-1\"]\n\
    created = 2026-03-02\n[daci]\ndriver = \"ines\"\napprover = \"<u>vp</u>\"\n[cost]\ncurrency = \"USD\"\n\
    buy = { initial = 50000, growth-rate = 0.15 }\n+++\n## Summary\n\nSee [the old](../adr/0001-queue.md#decision), ADR-0002, \
    [a drawing](a%20b.png), [a tool](tool.exe) and [the rule](../rules/missing-section.md).\n\n## Motivation\n\nOne.\n\n\
    ## Proposal\n\nTwo.\n";

fn publish<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Snapshot {
    let mut workspace = Workspace::new(Arc::new(Memory::of(files)), Overrides::default());
    let today = parse_date("2026-11-22").unwrap();
    workspace.snapshot(today, Demand::Site(Drafts::Published)).unwrap()
}

fn meridian() -> Snapshot {
    publish([
        ("precedent.toml", CONFIG),
        ("content/index.md", "# Welcome\n\nStart with [the process](handbook/process.md) or RFC-0007.\n"),
        ("content/handbook/index.md", "# Handbook\n\nHow we decide.\n"),
        ("content/handbook/process.md", "# Process\n\nSee [above](index.md).[^1]\n\n[^1]: A note.\n"),
        (
            "content/handbook/deep/er/50% off#1?.md",
            "# Odd name\n\n## A\n\n## B\n\n## C\n\n[up](../../index.md) [a](#a)\n",
        ),
        ("content/rfc/0007-move.md", RFC),
        ("content/rfc/a b.png", "not read as an image here"),
        ("content/rfc/tool.exe", "x"),
        (
            "content/adr/0001-queue.md",
            "+++\nstatus = \"superseded\"\n+++\n# 1. A queue\n\n## Context\n\nx\n\n## Decision\n\ny\n",
        ),
        ("content/adr/0002-next.md", "+++\nstatus = \"proposed\"\nsupersedes = [\"ADR-3#decision\"]\n+++\n# 2. Next\n"),
        ("content/adr/0003-kept.md", "+++\nstatus = \"accepted\"\n+++\n# 3. Kept\n\n## Decision\n\ny\n"),
        ("content/log.md", "# A log of another kind\n"),
    ])
}

fn page(snapshot: &Snapshot, address: &str) -> String {
    let artifact = snapshot.site.artifacts.get(&Route(address.to_owned()));
    String::from_utf8(artifact.unwrap_or_else(|| panic!("no {address}")).bytes.to_vec()).unwrap()
}

/// The values of an attribute, entities decoded as far as addresses need it.
fn values<'a>(html: &'a str, attribute: &'a str) -> impl Iterator<Item = String> + 'a {
    let opening = format!(" {attribute}=\"");
    let starts: Vec<usize> = html.match_indices(&opening).map(|(at, _)| at + opening.len()).collect();
    starts.into_iter().map(|at| html[at..].split('"').next().unwrap_or("").replace("&amp;", "&").replace("&#x2F;", "/"))
}

#[test]
fn every_link_and_anchor_of_every_page_leads_somewhere() {
    let snapshot = meridian();
    let mut followed = 0;
    for (route, artifact) in snapshot.site.artifacts.iter().filter(|(route, _)| route.0.ends_with(".html")) {
        let html = String::from_utf8(artifact.bytes.to_vec()).unwrap();
        for href in values(&html, "href").chain(values(&html, "src")) {
            if href.starts_with("https://") {
                continue;
            }
            assert!(!href.starts_with('/') && !href.contains(':') || href.starts_with('#'), "{href} on {route}");
            let (address, anchor) = follow(&route.0, &href);
            let target = snapshot.site.artifacts.get(&Route(address.clone()));
            let target = target.unwrap_or_else(|| panic!("{href} on {route} leads to {address}, which is not there"));
            if !anchor.is_empty() {
                let text = String::from_utf8(target.bytes.to_vec()).unwrap();
                assert!(values(&text, "id").any(|id| id == anchor), "{href} on {route}: no such anchor");
            }
            followed += 1;
        }
    }
    assert!(followed > 300, "only {followed} links were found");
}

#[test]
fn what_authors_write_is_never_markup() {
    let snapshot = meridian();
    for (route, artifact) in &snapshot.site.artifacts {
        let text = String::from_utf8_lossy(&artifact.bytes);
        if route.0.ends_with(".html") {
            for hostile in ["<script>", "<b>b", "<i>Okafor", "<u>vp", "<b>Meridian"] {
                assert!(!text.contains(hostile), "{hostile} on {route}");
            }
            assert!(!text.contains(" style="), "an inline style on {route}");
        }
    }
    let rfc = page(&snapshot, "rfc/0007-move.html");
    assert!(rfc.contains("&lt;script&gt;") && rfc.contains("Okafor"));
}

#[test]
fn a_record_says_where_it_stands() {
    let snapshot = meridian();
    let old = page(&snapshot, "adr/0001-queue.html");
    assert!(old.contains("class=\"notice superseded\"") && old.contains("../rfc/0007-move.html"), "{old}");
    let kept = page(&snapshot, "adr/0003-kept.html");
    assert!(kept.contains("class=\"notice partly-challenged\"") && kept.contains("adr/0003-kept.html#decision"));
    let new = page(&snapshot, "rfc/0007-move.html");
    assert!(new.contains("One-way door") && new.contains("public API"));
    assert!(new.contains("href=\"https://tickets.example/BILL-1\""));
    assert!(new.contains("href=\"https://git.example/edit/content/rfc/0007-move.md\""));
    assert!(new.contains("Supersedes") && new.contains("50\u{202f}000") && new.contains("15\u{a0}%"));
}

#[test]
fn texts_and_linked_files_lie_beside_the_pages() {
    let snapshot = meridian();
    assert_eq!(page(&snapshot, "rfc/0007-move.md"), RFC);
    assert!(snapshot.site.artifacts.contains_key(&Route("rfc/a b.png".to_owned())));
    assert!(!snapshot.site.artifacts.contains_key(&Route("rfc/tool.exe".to_owned())));
    let said = |rule: &str, words: &str| {
        snapshot.diagnostics.iter().any(|finding| finding.rule == rule && finding.message.contains(words))
    };
    assert!(said("unpublished-asset", "content/rfc/tool.exe"), "{:?}", snapshot.diagnostics);
    assert!(said("duplicate-address", "content/log.md"));
    assert!(page(&snapshot, "log.html").contains("RFC-0007"), "the log keeps its address");
}

#[test]
fn the_log_is_data_too() {
    let snapshot = meridian();
    let data: serde_json::Value = serde_json::from_str(&page(&snapshot, "log.json")).unwrap();
    assert_eq!(data["version"], 1);
    let records = data["records"].as_array().unwrap();
    let rfc = records.iter().find(|record| record["id"] == "RFC-0007").unwrap();
    assert_eq!(rfc["title"], "Move <script>alert(1)</script> & more");
    assert_eq!(
        (&rfc["status"], &rfc["decision"], &rfc["door"]),
        (&"approved".into(), &"accepted".into(), &"one-way".into())
    );
    assert_eq!((&rfc["address"], &rfc["path"]), (&"rfc/0007-move.html".into(), &"content/rfc/0007-move.md".into()));
    assert_eq!(rfc["owners"]["driver"], "ines");
    assert_eq!(rfc["relations"][0]["kind"], "supersedes");
    let lost = records.iter().find(|record| record["path"] == "content/log.md").unwrap();
    assert!(lost["address"].is_null() && lost["findings"][0]["rule"] == "duplicate-address");
}

#[test]
fn a_long_log_is_cut_into_pages() {
    let names: Vec<String> = (1..=600).map(|number| format!("content/adr/{number:04}-x.md")).collect();
    let texts: Vec<String> =
        (1..=600).map(|number| format!("---\nstatus: accepted\n---\n# Decision {number}\n")).collect();
    let snapshot = publish(names.iter().map(String::as_str).zip(texts.iter().map(String::as_str)));
    let first = page(&snapshot, "log.html");
    assert!(first.contains("Decision 600") && !first.contains("Decision 300<"));
    assert!(
        page(&snapshot, "log.3.html").contains("Decision 1<")
            && page(&snapshot, "kind/adr.2.html").contains("Decision 300<")
    );
    let shown: BTreeSet<usize> = ["log.html", "log.2.html", "log.3.html"]
        .iter()
        .flat_map(|address| {
            let html = page(&snapshot, address);
            (1..=600).filter(|number| html.contains(&format!(">Decision {number}<"))).collect::<Vec<usize>>()
        })
        .collect();
    assert_eq!(shown.len(), 600);
    for (route, artifact) in snapshot.site.artifacts.iter().filter(|(route, _)| route.0.ends_with(".html")) {
        assert!(artifact.bytes.len() < 300_000, "{route} has {} bytes", artifact.bytes.len());
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    assert!(meridian().site.artifacts == meridian().site.artifacts);
}

#[test]
fn chapters_follow_one_another_in_reading_order() {
    let snapshot = publish([
        ("content/handbook/b.md", "+++\ntitle = \"Second\"\nweight = 2\n+++\n"),
        ("content/handbook/a.md", "+++\ntitle = \"Last\"\nweight = 3\n+++\n"),
        ("content/handbook/deep/x.md", "# Inside\n"),
        ("content/handbook/deep/index.md", "+++\ntitle = \"Deep\"\nweight = 1\n+++\n"),
        ("content/handbook/index.md", "# Handbook\n"),
    ]);
    let mut address = "handbook/index.html".to_owned();
    let mut titles = Vec::new();
    loop {
        let html = page(&snapshot, &address);
        titles.push(html.split("<h1>").nth(1).unwrap().split("</h1>").next().unwrap().to_owned());
        let Some(next) = html.split("rel=\"next\"").nth(1) else { break };
        address = follow(&address, &values(next, "href").next().unwrap()).0;
    }
    assert_eq!(titles, ["Handbook", "Deep", "Inside", "Second", "Last"]);
    let inside = page(&snapshot, "handbook/deep/x.html");
    assert!(inside.contains("aria-current=\"page\">Inside"), "{inside}");
}

#[test]
fn a_page_not_found_links_from_the_path_of_the_site() {
    let config = "[site]\nbase-url = \"https://docs.example.org/handbook/\"\n";
    let snapshot = publish([("precedent.toml", config), ("content/adr/0001-x.md", "# 1. X\n")]);
    let lost = page(&snapshot, "404.html");
    assert!(lost.contains("href=\"/handbook/log.html\"") && lost.contains("href=\"/handbook/static/precedent.css\""));
    let found = page(&snapshot, "adr/0001-x.html");
    assert!(found.contains("<link rel=\"canonical\" href=\"https://docs.example.org/handbook/adr/0001-x.html\">"));
    assert!(page(&meridian(), "404.html").contains("href=\"log.html\""));
}

#[test]
fn the_content_folder_itself_is_the_home_page() {
    let text = "# 1. X\n\n[Home](/), [up](..) and [the folder](../#x).\n";
    let snapshot = publish([("content/adr/0001-x.md", text), ("precedent.toml", "")]);
    assert!(!snapshot.diagnostics.iter().any(|finding| finding.rule == "broken-link"), "{:?}", snapshot.diagnostics);
    let html = page(&snapshot, "adr/0001-x.html");
    for link in
        ["<a href=\"../index.html\">Home</a>", "<a href=\"../index.html\">up</a>", "<a href=\"../index.html#x\">"]
    {
        assert!(html.contains(link), "{link}: {html}");
    }
}

/// The messages of a rule.
fn said(snapshot: &Snapshot, rule: &str) -> Vec<String> {
    snapshot.diagnostics.iter().filter(|found| found.rule == rule).map(|found| found.message.clone()).collect()
}

#[test]
fn no_name_of_a_page_is_too_long_for_a_disk() {
    let slug = "s".repeat(251);
    let deep = "d/".repeat(2_000);
    let text = format!(
        "+++\nslug = \"{slug}\"\naliases = [\"static/precedent.css\", \"robots.txt\", \"{deep}\", \"old.html\"]\n+++\n\n# A\n"
    );
    let snapshot = publish([("content/a.md", text.as_str())]);
    page(&snapshot, "a.html");
    page(&snapshot, "old.html");
    assert!(snapshot.site.artifacts.keys().all(|route| route.0.split('/').all(|part| part.len() <= 210)));
    let said = said(&snapshot, "invalid-value");
    assert_eq!(said.len(), 4, "{said:?}");
    assert!(said.iter().any(|said| said.starts_with("`slug` has 251 bytes")), "{said:?}");
}

#[test]
fn no_two_files_are_one_on_any_disk() {
    let aliased = "+++\naliases = [\"B.html\"]\n+++\n\n# C\n\n![x](images/x.png) ![x](images/X.png)\n";
    let snapshot = publish([
        ("content/B.md", "# B\n"),
        ("content/Log.md", "# What happened\n"),
        ("content/b.md", "# B again\n"),
        ("content/c.md", aliased),
        ("content/d.md", "# D\n\n[a](Log.Json) [b](Robots.txt)\n"),
        ("content/Log.Json", "{}"),
        ("content/Robots.txt", "mine"),
        ("content/caf\u{e9}.md", "# One\n"),
        ("content/cafe\u{301}.md", "# Two\n"),
        ("content/images/X.png", "1"),
        ("content/images/x.png", "2"),
    ]);
    let mut folded: Vec<String> = snapshot.site.artifacts.keys().map(Route::folded).collect();
    folded.sort();
    let count = folded.len();
    folded.dedup();
    assert_eq!(folded.len(), count);
    let said = said(&snapshot, "duplicate-address");
    for expected in [
        "content/b.md is not published: many disks take its address b.html for B.html, which is that of content/B.md",
        "content/Log.md is not published: many disks take its address Log.html for log.html, which is that of the log",
        "content/caf\u{e9}.md is not published: many disks take its address caf\u{e9}.html for cafe\\u{301}.html, which is that of content/cafe\u{301}.md",
        "content/Log.Json is not published: many disks take its address Log.Json for log.json, which is the site's own",
        "content/images/x.png is not published: many disks take its address images/x.png for images/X.png, which is that of content/images/X.png",
    ] {
        assert!(said.iter().any(|said| said == expected), "{expected}: {said:#?}");
    }
    assert!(said.iter().any(|said| said.contains("the alias `B.html`")), "{said:#?}");
}

#[test]
fn a_file_of_the_sites_own_keeps_its_address() {
    let snapshot = publish([
        ("content/a.md", "# A\n\n[data](log.json) [list](robots.txt)\n"),
        ("content/log.json", "{}"),
        ("content/robots.txt", "mine"),
    ]);
    assert!(page(&snapshot, "log.json").contains("schema"));
    assert_eq!(page(&snapshot, "robots.txt"), "mine");
    let said = said(&snapshot, "duplicate-address");
    assert_eq!(said, ["content/log.json is not published: its address log.json is that of a file of the site's own"]);
}

#[test]
fn what_turns_letters_round_is_shown_by_its_number() {
    let text = "+++\ntitle = \"Pay \u{202e}lla\"\nstatus = \"accepted\"\nowner = \"\u{2066}x\"\n+++\n\nSome \u{202e}text, `\u{2069}code`.\n";
    let snapshot = publish([("content/adr/0001-pay.md", text), ("content/b.md", "# B\n\nSee ADR-1.\n")]);
    for (route, artifact) in &snapshot.site.artifacts {
        let is_data = [".md", ".json"].iter().any(|extension| route.0.ends_with(extension));
        let text = String::from_utf8_lossy(&artifact.bytes);
        assert!(is_data || !text.contains(['\u{202e}', '\u{2066}', '\u{2069}']), "{route}");
    }
    let page = page(&snapshot, "adr/0001-pay.html");
    assert!(page.contains("Pay \\u{202e}lla") && page.contains("Some \\u{202e}text"), "{page}");
    let scripts = snapshot.site.artifacts.iter().filter(|(route, _)| route.0.starts_with("search/"));
    let scripts: String = scripts.map(|(_, artifact)| String::from_utf8_lossy(&artifact.bytes).into_owned()).collect();
    assert!(scripts.contains("Pay \\\\u{202e}lla"), "the search would turn it");
    assert!(said(&snapshot, "turned-text").len() >= 4);
}

#[test]
fn pages_ask_no_other_host_for_pictures() {
    let text = "# A\n\n![Build](https://ci.example/b.svg) [![Badge](//ci.example/c.svg)](https://ci.example/)\n\n\
                <img src=\"https://ci.example/d.png\" alt=\"Raw\">\n";
    let snapshot = publish([("content/a.md", text)]);
    let shown = page(&snapshot, "a.html");
    assert!(!shown.contains("<img") && !shown.contains("data: https:"), "{shown}");
    assert!(shown.contains("<a href=\"https://ci.example/b.svg\" class=\"external\"") && shown.contains(">Raw</a>"));
    assert!(shown.contains("<a href=\"https://ci.example/\"") && shown.contains(">Badge</a>"), "{shown}");
    let said = said(&snapshot, "remote-image");
    // The one within a link to its own host is left out of the page, too, and that link stays: nothing is lost.
    assert!(said.len() == 2 && said.iter().all(|said| said.contains("`ci.example`")), "{said:?}");
    let snapshot = publish([("precedent.toml", "[markdown]\nremote-images = true\n"), ("content/a.md", text)]);
    let shown = page(&snapshot, "a.html");
    assert!(shown.matches("<img src=\"https://ci.example/").count() == 3 && shown.contains("data: https:"), "{shown}");
    assert!(!snapshot.diagnostics.iter().any(|found| found.rule == "remote-image"));
}
