//! The ways into the log: every record is found without a script, every count is right, and no page is too large.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test may stop where it is")]

mod browse {
    pub(crate) mod odd;
}
mod link;
mod reading;

use precedent::page::Route;
use reading::{Published, titles, values};
use std::collections::BTreeSet;

/// Each of some words stands behind the one before it.
fn in_order(html: &str, words: &[&str]) {
    let mut rest = html;
    for word in words {
        let Some((_, after)) = rest.split_once(word) else { panic!("no {word} where it should be in {rest}") };
        rest = after;
    }
}

/// Every page but the one for what is not found, and those of kinds without records, is behind links from the home page.
pub(crate) fn unreached(site: &Published) {
    let reached = site.reached();
    let is_lost = |page: &&String| !reached.contains(page.as_str()) && *page != "404.html";
    let lost = site.pages.keys().filter(is_lost).filter(|page| !site.page(page).contains("No records yet."));
    assert_eq!(lost.collect::<Vec<_>>(), Vec::<&String>::new(), "no link leads there");
}

fn meridian() -> Published {
    Published::of([
        (
            "precedent.toml",
            "[people.ines]\nname = \"Ines Okafor\"\nrole = \"architect\"\n[people.tom]\nname = \"Tom Reyes\"\nactive = false\n",
        ),
        (
            "content/rfc/0001-move.md",
            "+++\ntitle = \"Move\"\nstatus = \"approved\"\ndoor = \"one-way\"\ndoor-reasons = [\"public-api\"]\n\
            created = 2025-02-03\ntags = [\"Storage\", \"cost\"]\nsupersedes = [\"ADR-1\"]\nsourcing = \"buy\"\n[daci]\ndriver = \"Ines\"\n\
            approver = \"tom\"\n[review]\ncirculated = 2025-03-01\nheld = 2025-03-05\n\
            [[metric]]\nname = \"Late one\"\ntarget = \"1 s\"\ndue = 2026-05-31\n\
            [[metric]]\nname = \"Due one\"\ntarget = \"1 s\"\ndue = 2026-06-01\n\
            [[metric]]\nname = \"Measured one\"\ntarget = \"1 s\"\ndue = 2026-01-01\nactual = \"1 s\"\n\
            [[debt]]\nwhat = \"Paid debt\"\ndue = 2025-01-01\npaid = 2025-01-01\n\
            [[debt]]\nwhat = \"Old debt\"\ndue = 2025-01-01\n\
            [cost]\ncurrency = \"USD\"\nhorizon-years = 5\nbuild = { initial = 600000, maintenance-rate = 0.25, run-per-year = 40000 }\n\
            buy = { licence-per-year = 400000 }\n+++\n## Exit Strategy\n\nIf the price triples, we **leave**. Then more.\n\n## Other\n\nNo.\n",
        ),
        (
            "content/rfc/0002-ask.md",
            "+++\ntitle = \"Ask\"\nstatus = \"formal-review\"\ndoor = \"one-way\"\ncreated = 2026-04-01\n\
            [daci]\ndriver = \"ines\"\nconsulted = []\n[[consulted]]\nwho = \"@zoe\"\n+++\n",
        ),
        (
            "content/adr/0001-queue.md",
            "+++\ntitle = \"Queue\"\nstatus = \"superseded\"\ncreated = 2024-01-01\ntags = [\"storage\"]\n+++\n",
        ),
        ("content/adr/0002-alone.md", "+++\ntitle = \"Alone\"\nstatus = \"accepted\"\ndoor = \"two-way\"\n+++\n"),
        ("content/adr/0003-odd.md", "+++\ntitle = \"Odd\"\nstatus = \"Half baked\"\n+++\n"),
        ("content/adr/0004-bare.md", "Nothing but words.\n"),
        (
            "content/deprecation/0001-old.md",
            "+++\ntitle = \"Old way\"\nstatus = \"announced\"\n[deprecation]\ntarget = \"the old API\"\n\
            replacement = \"RFC-1\"\nowner = \"ines\"\nannounced = 2026-01-01\nsunset = 2026-05-01\n\
            brownouts = [{ start = 2026-04-01T10:00:00Z, minutes = 240, share = 0.5 }]\n\
            consumers = [{ name = \"billing\", owner = \"zoe\" }, { name = \"ledger\", migrated = 2026-02-02 }]\n+++\n",
        ),
        (
            "content/deprecation/0002-new.md",
            "+++\ntitle = \"Next way\"\nstatus = \"announced\"\n[deprecation]\ntarget = \"v1\"\n\
            announced = 2026-05-01\nsunset = 2027-05-01\n+++\n",
        ),
        (
            "content/waiver/0001-a.md",
            "+++\ntitle = \"Ran out\"\nstatus = \"granted\"\nexpires = 2026-05-31\n+++\n## Reason\n\nToo slow here. And so on.\n",
        ),
        (
            "content/waiver/0002-b.md",
            "+++\ntitle = \"Runs on\"\nstatus = \"granted\"\nexpires = 2026-06-01\n+++\n## Reason\n\nx\n",
        ),
        (
            "content/escalation/0001-a.md",
            "+++\ntitle = \"Young\"\nstatus = \"open\"\ncreated = 2026-05-30\n[daci]\napprover = \"tom\"\n+++\n",
        ),
        ("content/escalation/0002-b.md", "+++\ntitle = \"Old row\"\nstatus = \"open\"\ncreated = 2026-05-01\n+++\n"),
        ("content/escalation/0003-c.md", "+++\ntitle = \"Settled\"\nstatus = \"decided\"\ncreated = 2026-01-01\n+++\n"),
        ("content/handbook/index.md", "+++\ntitle = \"Handbook\"\ntags = [\"storage\"]\n+++\n"),
    ])
}

/// The records of the meridian log.
const RECORDS: usize = 13;

#[test]
fn every_value_of_every_facet_has_its_records() {
    let site = meridian();
    for (address, expected) in [
        ("log/status/approved.html", vec!["Move"]),
        ("log/status/half-baked.html", vec!["Odd"]),
        ("log/status/none.html", vec!["Bare"]),
        ("log/door/one-way.html", vec!["Ask", "Move"]),
        ("log/door/two-way.html", vec!["Alone"]),
        ("log/year/2024.html", vec!["Queue"]),
        (
            "log/owner/none.html",
            vec!["Bare", "Odd", "Alone", "Queue", "Next way", "Settled", "Old row", "Runs on", "Ran out"],
        ),
        ("kind/adr.html", vec!["Bare", "Odd", "Alone", "Queue"]),
        ("tag/storage.html", vec!["Move", "Queue"]),
    ] {
        assert_eq!(titles(site.page(address)), expected, "{address}");
        assert!(
            site.page(address).contains(&format!("<span class=\"count\">{}</span></h1>", expected.len())),
            "{address}"
        );
    }
    // Each facet takes the log apart without a rest; the tags alone may leave one.
    for folder in ["kind/", "log/status/", "log/door/", "log/year/"] {
        let lists = site.pages.iter().filter(|(address, _)| address.starts_with(folder));
        let shown: Vec<&str> = lists.flat_map(|(_, html)| titles(html)).collect();
        let different: BTreeSet<&&str> = shown.iter().collect();
        assert_eq!((shown.len(), different.len()), (RECORDS, RECORDS), "{folder}");
    }
    let log = site.page("log.html");
    for part in [
        "Approved <span class=\"count\">1</span>",
        "One-way door <span class=\"count\">2</span>",
        "2026 <span class=\"count\">4</span>",
    ] {
        assert!(log.contains(part), "{part}: {log}");
    }
}

#[test]
fn links_lead_everywhere_and_nothing_is_out_of_reach() {
    let site = meridian();
    assert!(site.follow_all() > 500);
    unreached(&site);
}

#[test]
fn registers_begin_with_what_asks_for_attention() {
    let site = meridian();
    in_order(site.page("log/register/metrics.html"), &["Late one", "Not yet due", "Due one", "Measured one"]);
    in_order(site.page("log/register/debt.html"), &["Old debt", "Paid debt"]);
    in_order(
        site.page("log/register/deprecations.html"),
        &["Not all have moved", "Old way", "2026-04-01, 4\u{a0}h", "billing", "1 of 2", "Next way"],
    );
    in_order(site.page("log/register/waivers.html"), &["Expired", "Ran out", "Too slow here.", "Runs on"]);
    in_order(
        site.page("log/register/escalations.html"),
        &["Open for 31 days", "Old row", "Open for 2 days", "Young", "Settled"],
    );
    let doors = site.page("one-way.html");
    in_order(doors, &["Sign-off missing", "Move", "public API", "Formal review", "Ask"]);
    let exits = site.page("log/register/exit-strategies.html");
    in_order(exits, &["Above its price", "If the price triples, we leave.", "USD 1,550,000", "USD 2,000,000"]);
    assert!(!exits.contains("No."), "only the exit's own words: {exits}");
    let index = site.page("log/registers.html");
    for line in [
        "1 metric was not measured in time",
        "1 deprecation is behind its dates",
        "1 waiver has expired",
        "1 escalation has been open",
    ] {
        assert!(index.contains(line) && site.page("index.html").contains(line), "{line}");
    }
    assert!(index.contains("2026-06-01"), "it says as of when");
}

#[test]
fn owners_know_what_is_theirs() {
    let site = meridian();
    let ines = site.page("log/owner/ines.html");
    in_order(ines, &["Ines Okafor", "architect", "Due", "retire the old API", "measure Late one", "Owns", "Drives"]);
    assert_eq!(titles(ines.split("<h2>Owns").nth(1).expect("her records")), ["Old way", "Ask", "Move"]);
    let tom = site.page("log/owner/tom.html");
    assert!(tom.contains("Has left") && tom.contains("decide this escalation"), "{tom}");
    let zoe = site.page("log/owner/zoe.html");
    in_order(zoe, &["zoe", "retire the old API", "Has to move", "Old way", "Consulted on", "Ask"]);
    assert!(site.page("log/owners.html").contains("has left"));
}

#[test]
fn the_timeline_has_every_day_and_knows_today() {
    let site = meridian();
    let first = site.page("log/timeline.html");
    in_order(
        first,
        &[
            "Ahead",
            "2027-05-01",
            "Sunset",
            "June 2026",
            "Expires",
            "May 2026",
            "Expires",
            "April 2026",
            "Brownout",
            "4\u{a0}h, 50\u{a0}% of requests fail",
        ],
    );
    let year = site.page("log/timeline/2025.html");
    in_order(
        year,
        &[
            "March 2025",
            "2025-03-05",
            "Decided",
            "2025-03-05",
            "Superseded",
            "Queue",
            "by",
            "Move",
            "2025-03-01",
            "Circulated",
            "February 2025",
            "Created",
        ],
    );
    assert!(!year.contains("2026-"), "{year}");
    in_order(site.page("index.html"), &["Changed lately", "2026-06-01", "2026-05-31"]);
}

#[test]
fn the_newest_comes_first_where_a_day_or_a_number_does_not_tell() {
    let record =
        |title: &str, day: &str| format!("+++\ntitle = \"{title}\"\nstatus = \"accepted\"\ncreated = {day}\n+++\n");
    let site = Published::of([
        ("content/adr/0001-a.md", record("First", "2026-05-01").as_str()),
        ("content/adr/0002-b.md", record("Second", "2026-05-01").as_str()),
        ("content/adr/alpha.md", record("Alpha", "2020-01-01").as_str()),
        ("content/adr/beta.md", record("Beta", "2021-01-01").as_str()),
    ]);
    in_order(site.page("index.html"), &["Changed lately", "Second", "First", "Beta", "Alpha"]);
    in_order(site.page("log/timeline.html"), &["May 2026", "Second", "First"]);
    assert_eq!(titles(site.page("log.html")), ["Second", "First", "Beta", "Alpha"]);
    let day = "+++\ntitle = \"A day\"\nstatus = \"approved\"\ncreated = 2026-05-01\n[review]\nheld = 2026-05-01\n+++\n";
    let site = Published::of([("content/rfc/0001-day.md", day)]);
    in_order(site.page("log/timeline.html"), &["May 2026", "Decided", "Created"]);
    assert!(site.page("log/timeline.html").matches("A day").count() == 2);
}

#[test]
fn the_words_of_the_graph_stand_in_the_order_of_the_numbers() {
    let files: Vec<(String, String)> = [104, 19, 2]
        .iter()
        .map(|number| {
            (
                format!("content/adr/{number}-x.md"),
                format!("+++\ntitle = \"N{number}\"\nrelates-to = [\"ADR-1\"]\n+++\n"),
            )
        })
        .chain([("content/adr/1-x.md".to_owned(), "+++\ntitle = \"N1\"\n+++\n".to_owned())])
        .collect();
    let site = Published::of(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let words = site.page("log/graph.html").split("In words").nth(1).expect("the graph in words");
    in_order(words, &["N2", "N19", "N104"]);
}

#[test]
fn statuses_stand_in_the_order_of_a_life() {
    let site = Published::of([
        ("content/adr/0001-a.md", "+++\nstatus = \"superseded\"\n+++\n# A\n"),
        ("content/adr/0002-b.md", "+++\nstatus = \"accepted\"\n+++\n# B\n"),
        ("content/adr/0003-c.md", "+++\nstatus = \"proposed\"\n+++\n# C\n"),
        ("content/rfc/0001-d.md", "+++\nstatus = \"draft\"\n+++\n# D\n"),
    ]);
    let links = ["draft", "proposed", "accepted", "superseded"].map(|status| format!("log/status/{status}.html"));
    in_order(site.page("log.html"), &links.each_ref().map(String::as_str));
}

#[test]
fn counts_on_the_home_page_are_worded_for_one_and_for_many() {
    let site = Published::of([(
        "content/adr/0001-a.md",
        "+++\ntitle = \"Only\"\nstatus = \"accepted\"\ndoor = \"one-way\"\n+++\n",
    )]);
    let home = site.page("index.html");
    for words in ["<strong>1</strong> <span>record</span>", "<strong>1</strong> <span>one-way door</span>"] {
        assert!(home.contains(words), "{words} is not in {home}");
    }
    assert!(home.contains("<li class=\"in-review none\">"), "nothing to look at draws no eye: {home}");
    let empty = Published::of([("content/index.md", "# Log\n")]);
    assert!(
        !home.contains("No records yet") && empty.page("index.html").contains("No records yet."),
        "a beginning is told"
    );
}

#[test]
fn a_log_that_says_nothing_of_a_status_or_a_door_has_no_count_of_them() {
    let home = |head: &str| {
        let record = format!("# Queues\n\n{head}## Context\n\nText.\n");
        Published::of([("docs/decisions/2024-01-02-queues.md", record.as_str())]).page("index.html").to_owned()
    };
    let silent = home("");
    assert!(silent.contains("<strong>1</strong> <span>record</span>"), "{silent}");
    for name in ["in-force", "in-review", "one-way"] {
        assert!(!silent.contains(&format!("<li class=\"{name}")), "{name} is counted in {silent}");
    }
    let telling = home("Status: Accepted\n\n");
    assert!(telling.contains("<li class=\"in-force\"><strong>1</strong>"), "{telling}");
    assert!(telling.contains("<li class=\"in-review none\">") && !telling.contains("<li class=\"one-way"), "{telling}");
}

#[test]
fn the_board_has_a_column_for_each_status() {
    let site = meridian();
    let board = site.page("log/board.html");
    in_order(
        board,
        &[
            "RFCs",
            "Formal review",
            "Ask",
            "Approved",
            "Move",
            "ADRs",
            "Accepted",
            "Alone",
            "Superseded",
            "Queue",
            "Half baked",
            "Odd",
            "No status",
            "Bare",
        ],
    );
    assert_eq!(titles(board).len(), RECORDS);
}

#[test]
fn relations_are_drawn_and_told() {
    let site = meridian();
    let graph = site.page("log/graph.html");
    assert!(
        graph.contains("3 records in 1 group, with 2 relations") && graph.contains("10 records have no relation"),
        "{graph}"
    );
    for drawn in [
        "<title>ADR-0001: Queue (Superseded)</title>",
        "href=\"../rfc/0001-move.html\"><title>",
        ">supersedes</text>",
        ">replaced by</text>",
    ] {
        assert!(graph.contains(drawn), "{drawn}: {graph}");
    }
    in_order(graph, &["In words", "Old way", "Replaced by", "Move", "Supersedes"]);
    assert!(!graph.contains(" style="));
}

/// What the script that the log's page names gives to the filter.
pub(crate) fn filter_data(site: &Published) -> serde_json::Value {
    let name = values(site.page("log.html"), "data-records").next().expect("a script");
    let script = std::str::from_utf8(&site.snapshot.site.artifacts[&Route(name)].bytes).expect("UTF-8");
    let json = script.strip_prefix("globalThis.precedentLog = ").and_then(|script| script.strip_suffix(";\n"));
    serde_json::from_str(json.expect("an assignment")).expect("JSON")
}

#[test]
fn a_filter_that_can_tell_nothing_apart_is_left_out() {
    let record = |head: &str| format!("# Queues\n\n{head}## Context\n\nText.\n");
    let (one, other) = (record("Status: Accepted\n\n"), record(""));
    let records =
        [("docs/decisions/2024-01-02-a.md", one.as_str()), ("docs/decisions/2024-01-03-b.md", other.as_str())];
    let site = Published::of(records);
    for (name, is_there) in [("status", true), ("kind", false), ("door", false), ("owner", false), ("tag", false)] {
        let label = if is_there { "<label>" } else { "<label hidden>" };
        let select = format!("{label}{} <select name=\"{name}\"", name[..1].to_uppercase() + &name[1..]);
        assert!(site.page("log.html").contains(&select), "{select}");
    }
}

#[test]
fn the_filter_has_the_whole_log() {
    let site = meridian();
    let log = site.page("log.html");
    let data = filter_data(&site);
    let records: Vec<Vec<&str>> =
        data["records"].as_str().expect("text").lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(records.len(), RECORDS);
    let moved = records.iter().find(|record| record[1] == "Move").expect("the record");
    assert_eq!((moved[0], moved[2], moved[3]), ("RFC-0001", "rfc/0001-move.html", "2025-02-03"));
    let facets = data["facets"].as_array().expect("a list");
    let label = |facet: usize, place: &str| {
        facets[facet]["values"][place.parse::<usize>().expect("a place")][1].as_str().expect("text").to_owned()
    };
    let told: Vec<String> = (0..4).map(|facet| label(facet, moved[6 + facet])).collect();
    assert_eq!(told, ["RFCs", "Approved", "One-way door", "Ines Okafor"]);
    let loading: Vec<&String> =
        site.pages.iter().filter(|(_, html)| html.contains("static/log.js")).map(|(address, _)| address).collect();
    assert_eq!(loading, ["log.html"], "one page loads a script");
    let policy = "default-src 'none'; script-src 'self' file:; style-src";
    assert!(log.replace("&#x27;", "'").replace("&#39;", "'").contains(policy), "{log}");
}
