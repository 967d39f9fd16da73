//! The ways into logs of other sorts: empty, with odd names, large.

use crate::reading::Published;
use crate::{filter_data, unreached};
use std::collections::BTreeMap;

#[test]
fn a_log_of_nothing_says_what_would_be_there() {
    let site = Published::of([("content/handbook/index.md", "# Handbook\n")]);
    assert!(site.follow_all() > 50);
    for (address, words) in [
        ("log.html", "No records yet."),
        ("log/board.html", "No records yet."),
        ("log/timeline.html", "Nothing in the log has a date."),
        ("log/graph.html", "No record says what it is to another."),
        ("log/owners.html", "No record names anybody"),
        ("tags.html", "No record has a tag."),
        ("one-way.html", "No decision that stands is marked"),
        ("log/register/exit-strategies.html", "No record buys"),
        ("log/register/deprecations.html", "Nothing is being taken away."),
        ("log/register/metrics.html", "No record promises a figure."),
        ("log/register/debt.html", "No debt is on record."),
        ("log/register/waivers.html", "No exception is on record."),
        ("log/register/escalations.html", "No disagreement is on record."),
    ] {
        assert!(
            site.page(address).contains(words) && !site.page(address).contains("<table class=\"ledger\"><tbody>"),
            "{address}"
        );
    }
    assert!(!site.page("index.html").contains("Needs attention"));
    let one = Published::of([("content/adr/0001-x.md", "# 1. Only one\n")]);
    assert!(one.follow_all() > 50 && one.page("log/status/none.html").contains("Only one"));
}

#[test]
fn names_of_any_sort_become_names_of_files() {
    let long = "x".repeat(300);
    let names = [
        "../../x",
        "<script>alert(1)</script>",
        "con",
        "CON",
        "🦀",
        "🦞",
        ".",
        "..",
        "Ada",
        "ada",
        "a/b",
        "e\u{301}",
        "\u{e9}",
        "",
        " ",
        &long,
        "none",
        "a\tb\nc",
    ];
    let texts: Vec<(String, String)> = names
        .iter()
        .enumerate()
        .map(|(at, name)| {
            let name = serde_json::to_string(name).expect("a string");
            let head = format!(
                "title = {name}\nstatus = {name}\ntags = [{name}]\n[daci]\ndriver = {name}\napprover = \"@{at}\"\n"
            );
            (format!("content/adr/{:04}-x.md", at + 1), format!("+++\n{head}+++\n"))
        })
        .collect();
    let settings = ("precedent.toml", "[people.Ada]\nname = \"Ada\"\n[people.ada]\nname = \"ada\"\n");
    let site = Published::of(texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).chain([settings]));
    site.follow_all();
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for route in site.snapshot.site.artifacts.keys() {
        assert_eq!(seen.insert(route.0.to_lowercase(), &route.0), None, "{route} differs in case alone");
        for part in route.0.split('/') {
            let stem = part.split('.').next().unwrap_or("");
            assert!(!stem.is_empty() && part.len() < 200 && !part.contains(['<', '\t', '\n', '\\']), "{route}");
            assert!(!["con", "aux", "nul", "prn"].contains(&stem), "{route}");
        }
    }
    for (address, html) in &site.pages {
        assert!(!html.contains("<script>alert"), "{address}");
    }
    let lines = filter_data(&site)["records"]
        .as_str()
        .expect("text")
        .lines()
        .map(|line| line.matches('\t').count())
        .collect::<Vec<_>>();
    assert_eq!(lines, vec![11; names.len()], "one line for each record, whatever its title");
    assert!(site.page("log/owner/ada.html").contains("Drives") && site.page("log/owner/ada-2.html").contains("Drives"));
    let again = Published::of(texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).chain([settings]));
    assert!(site.snapshot.site.artifacts == again.snapshot.site.artifacts, "the same names each time");
}

#[test]
fn what_the_site_makes_keeps_its_address() {
    let site = Published::of([
        ("content/adr/0001-x.md", "# 1. X\n"),
        ("content/log/board.md", "# My board\n"),
        ("content/log/timeline/1999.md", "# My year\n"),
        ("content/log/notes.md", "# My notes\n"),
    ]);
    assert!(!site.page("log/board.html").contains("My board") && site.page("log/notes.html").contains("My notes"));
    let refused: Vec<&str> = site
        .snapshot
        .diagnostics
        .iter()
        .filter(|finding| finding.rule == "duplicate-address")
        .map(|finding| finding.primary.path.as_str())
        .collect();
    assert_eq!(refused, ["content/log/board.md", "content/log/timeline/1999.md"]);
}

#[test]
fn large_logs_are_cut_into_pages_that_open_at_once() {
    let title = "A title of some length & with <marks> that cost more than letters do, ".repeat(3);
    let texts: Vec<(String, String)> = (1..=900)
        .map(|number| {
            // One tangle of 400 records, and pairs.
            let other = if number <= 400 { number / 2 } else { number - 1 };
            let relation = if other > 0 && (number <= 400 || number % 2 == 0) { format!("depends-on = [\"ADR-{other}\"]\n") } else { String::new() };
            let (year, day) = (2015 + number % 9, 1 + number % 28);
            let head = format!(
                "title = \"{title} {number}.\"\nstatus = \"accepted\"\ncreated = {year}-03-{day:02}\ntags = [\"t{}\"]\n{relation}[daci]\ndriver = \"p{number}\"\n\
                 approver = \"boss\"\n[[metric]]\nname = \"m{number}\"\ntarget = \"1\"\ndue = 2026-01-01\n",
                number % 100
            );
            (format!("content/adr/{number:04}-x.md"), format!("+++\n{head}+++\n"))
        })
        .collect();
    let site = Published::of(texts.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    for (address, html) in site.pages.iter().filter(|(address, _)| !address.starts_with("health")) {
        assert!(html.len() < 300_000, "{address} has {} bytes", html.len());
    }
    for list in
        ["log.html", "kind/adr.html", "log/status/accepted.html", "log/owner/boss.html", "log/register/metrics.html"]
    {
        let html = site.list(list);
        let missing: Vec<usize> = (1..=900).filter(|number| !html.contains(&format!(" {number}.</span>"))).collect();
        assert!(missing.is_empty(), "{list} lacks {missing:?}");
        assert!(!site.page(list).contains("rel=\"prev\"") && site.page(list).contains("rel=\"next\""), "{list}");
    }
    let graph = site.list("log/graph.html");
    assert!(
        graph.contains("A group of 400 records is too large") && graph.contains("href=\"graph/kind-adr.html\"")
            || graph.contains("log/graph/kind-adr.html")
    );
    assert_eq!(graph.matches("Depends on ").count(), 399 + 250, "every relation is told");
    assert_eq!(graph.matches("role=\"region\" aria-label=\"Graph ").count(), 250, "every pair is drawn");
    let board = site.page("log/board.html");
    assert!(board.contains("888 more") && board.contains("log/status/accepted.html#kind:adr"), "{board}");
    assert!(site.follow_all() > 10_000);
    unreached(&site);
}

#[test]
fn facets_and_columns_say_the_words_that_records_say() {
    let record = |number: u32, status: &str| {
        let text = format!("---\ntitle: Record {number}\nstatus: {status}\n---\n\n## Context\n\nOne.\n");
        (format!("content/adr/{number:04}-x.md"), text)
    };
    let said = ["accepted", "Active", "active", "Living", "last call", "Superseded"];
    let texts: Vec<(String, String)> = (1..).zip(said).map(|(number, status)| record(number, status)).collect();
    let site = Published::of(texts.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    site.follow_all();
    let log = site.page("log.html");
    for words in ["Accepted, Active or Living <span class=\"count\">4", "Proposed or Last call <span class=\"count\">1"]
    {
        assert!(log.contains(words), "{words}");
    }
    assert!(log.contains("Superseded <span class=\"count\">1") && !log.contains("Superseded or"));
    assert!(site.page("log/board.html").contains("<span>Accepted, Active or Living</span>"));
    assert!(site.page("log/status/accepted.html").contains("<h1>Accepted, Active or Living "));
}
