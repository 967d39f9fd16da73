//! What a reader finds on the page of a record, and what an organisation can change about its looks.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test may stop where it is, and reads the templates"
)]

use precedent::config::Overrides;
use precedent::date::parse_date;
use precedent::page::Route;
use precedent::source::Memory;
use precedent::workspace::{Demand, Drafts, Snapshot, Workspace};
use std::sync::Arc;

fn publish<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Snapshot {
    let mut workspace = Workspace::new(Arc::new(Memory::of(files)), Overrides::default());
    let today = parse_date("2026-11-25").unwrap();
    workspace.snapshot(today, Demand::Site(Drafts::Published)).unwrap()
}

fn page(snapshot: &Snapshot, address: &str) -> String {
    let artifact = snapshot.site.artifacts.get(&Route(address.to_owned()));
    String::from_utf8(artifact.unwrap_or_else(|| panic!("no {address}")).bytes.to_vec()).unwrap()
}

/// The text of a page without its tags, blanks of every sort folded.
fn words(html: &str) -> String {
    let parts = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    let text: Vec<&str> = parts.collect();
    let text = text.join(" ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

const HEAD: &str = "+++\ntitle = \"Ledger\"\nstatus = \"approved\"\n";

fn rfc(front: &str) -> String {
    let text = format!("{HEAD}{front}+++\n## Summary\n\nx\n");
    page(&publish([("content/rfc/0007-ledger.md", text.as_str())]), "rfc/0007-ledger.html")
}

const COST: &str = "sourcing = \"buy\"\n[cost]\ncurrency = \"USD\"\nhorizon-years = 10\n\
    build = { initial = 600000, maintenance-rate = 0.25, run-per-year = 40000 }\n\
    buy = { initial = 50000, licence-per-year = 180000, growth-rate = 0.15, integration = 90000 }\n";

#[test]
fn a_page_says_when_one_option_overtakes_another() {
    let html = rfc(COST);
    let text = words(&html);
    assert!(text.contains("Break-even in year 7: by its end, Build has cost less than Buy."), "{text}");
    // 600,000 and 190,000 a year: 2,500,000 in ten years.
    assert!(text.contains("Walk-away price 2 500 000 USD"), "{text}");
    assert!(text.contains("above it"), "{text}");
    assert!(html.contains("<polyline points=\"") && html.contains("role=\"img\""));
    let short = words(&rfc(&COST.replace("horizon-years = 10", "horizon-years = 5")));
    assert!(short.contains("No break-even within 5 years") && short.contains("below it"), "{short}");
}

#[test]
fn costs_without_a_horizon_or_beyond_measure_are_shown_as_far_as_they_go() {
    let open = rfc(&COST.replace("horizon-years = 10\n", ""));
    assert!(words(&open).contains("Licence per year") && !open.contains("<polyline") && !open.contains("Break-even"));
    let vast = rfc(
        "[cost]\nhorizon-years = 1e300\nbuild = { run-per-year = 1e300, growth-rate = 1e9 }\nbuy = { initial = 1 }\n",
    );
    assert!(words(&vast).contains("The figures behind it") && !vast.contains("<polyline"));
    assert!(!vast.contains("inf") && !vast.contains("NaN"), "{vast}");
}

#[test]
fn metrics_say_what_came_of_them() {
    let metric = |name: &str, rest: &str| format!("[[metric]]\nname = \"{name}\"\ntarget = \"< 50 ms\"\n{rest}\n");
    let front = [
        metric("one", "actual = \"41 ms\""),
        metric("two", "actual = \"60 ms\""),
        metric("three", "due = 2026-11-24"),
        metric("four", "due = 2026-11-25"),
        metric("five", "actual = \"good\""),
    ];
    let text = words(&rfc(&front.concat()));
    for outcome in ["one Met", "two Missed", "three Overdue", "four Not yet due", "five Measured"] {
        assert!(text.contains(outcome), "{outcome}: {text}");
    }
}

#[test]
fn the_end_of_a_thing_says_what_is_past_and_what_is_next() {
    let text = "+++\ntitle = \"v1\"\nstatus = \"announced\"\n[deprecation]\nannounced = 2026-06-01\nsunset = 2027-03-01\n\
                brownouts = [{ start = 2026-12-15T13:00:00Z, minutes = 120, share = 0.5 }, { start = 2026-11-25, minutes = 30, share = 0.1 }]\n\
                +++\n## What\n\nx\n";
    let text = words(&page(&publish([("content/deprecation/0001-v1.md", text)]), "deprecation/0001-v1.html"));
    let steps = [
        "2026-06-01 Announced Past",
        "2026-11-25 Brownout Today",
        "10 % of requests fail for 30 min",
        "2026-12-15 13:00 UTC Brownout Next, in 20 days",
        "2027-03-01 Sunset To come",
        "For your calendar: all brownouts and all sunsets",
    ];
    let mut from = 0;
    for step in steps {
        let at = text[from..].find(step);
        from += at.unwrap_or_else(|| panic!("{step} is not there, or not in order: {text}"));
    }
}

#[test]
fn the_dates_of_an_end_lead_to_calendars_that_are_there() {
    let record = |status: &str, rest: &str| {
        format!("+++\ntitle = \"v1\"\nstatus = \"{status}\"\n[deprecation]\n{rest}\n+++\n## What\n\nx\n")
    };
    let brownouts =
        "brownouts = [{ start = 2026-12-15T13:00:00Z, minutes = 120 }, { start = 2026-12-20, minutes = 30 }]";
    let dates = format!("announced = 2026-06-01\ngovernance-lock = 2026-12-01\nsunset = 2027-03-01\n{brownouts}");
    for (text, links) in [
        (record("announced", &dates), &["calendar/brownouts.ics", "calendar/sunsets.ics"][..]),
        (record("announced", "sunset = 2027-03-01"), &["calendar/sunsets.ics"]),
        (record("announced", brownouts), &["calendar/brownouts.ics"]),
        (record("withdrawn", &dates), &[]),
        (record("announced", "target = \"v1\""), &[]),
    ] {
        let site = publish([("content/deprecation/0001-v1.md", text.as_str())]);
        for address in ["deprecation/0001-v1.html", "log/register/deprecations.html"] {
            let html = page(&site, address);
            let found: Vec<&str> = html
                .split("href=\"")
                .filter_map(|rest| rest.split('"').next())
                .filter(|href| href.ends_with("s.ics"))
                .collect();
            let found: Vec<&str> = found.iter().map(|href| href.trim_start_matches("../")).collect();
            assert_eq!(found, links, "{address}: {text}");
        }
        let is_there = |link: &&str| site.site.artifacts.keys().any(|route| route.0 == **link);
        assert!(links.iter().all(is_there), "{text}");
    }
    // The next brownout is told as such where another date comes before it.
    let html = words(&page(
        &publish([("content/deprecation/0001-v1.md", record("announced", &dates).as_str())]),
        "deprecation/0001-v1.html",
    ));
    assert!(html.contains("2026-12-01 Governance lock Next, in 6 days"), "{html}");
    assert!(html.contains("2026-12-15 13:00 UTC Brownout To come, in 20 days"), "{html}");
    assert!(html.contains("2026-12-20 Brownout To come 100"), "{html}");
}

#[test]
fn what_goes_says_so_in_its_answers() {
    let record = "+++\ntitle = \"v1\"\nstatus = \"announced\"\n[deprecation]\nannounced = 2026-06-01\nsunset = 2027-03-01\n\
                  replacement = \"https://api.example.org/v2\"\n+++\n\n## Why\n\nx\n";
    let settings = "[site]\nbase-url = \"https://decisions.example.org/log/\"\n";
    let of = |settings: &str| {
        let files = [("precedent.toml", settings), ("content/deprecation/0001-v1.md", record)];
        page(&publish(files), "deprecation/0001-v1.html")
    };
    let html = of(settings).replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    let page = "https://decisions.example.org/log/deprecation/0001-v1.html";
    let headers = format!(
        "Deprecation: @1780272000\nSunset: Mon, 01 Mar 2027 00:00:00 GMT\nLink: <{page}>; rel=\"deprecation\"\n\
         Link: <{page}>; rel=\"sunset\"\nLink: <https://api.example.org/v2>; rel=\"successor-version\"</code>"
    );
    assert!(html.contains(&headers), "{html}");
    // Without an address of the site there is nothing to link to.
    assert!(!of("").contains("rel=&quot;sunset") && of("").contains("Sunset: Mon"));
}

#[test]
fn what_was_amended_or_superseded_names_the_other_above_the_text_and_at_the_foot() {
    let snapshot = publish([
        ("content/adr/0001-a.md", "+++\nstatus = \"superseded\"\n+++\n# 1. First\n"),
        ("content/adr/0002-b.md", "+++\nstatus = \"accepted\"\nsupersedes = [\"ADR-1\"]\n+++\n# 2. Second\n"),
        ("content/adr/0003-c.md", "+++\nstatus = \"accepted\"\namends = [\"ADR-2\"]\n+++\n# 3. Third\n"),
        ("content/adr/0004-d.md", "+++\nstatus = \"proposed\"\nsupersedes = [\"ADR-2\"]\n+++\n# 4. Fourth\n"),
    ]);
    let notices = |address: &str| {
        let html = page(&snapshot, address);
        let notices: Vec<String> = html
            .split("<aside class=\"notice ")
            .skip(1)
            .map(|rest| rest.split("</aside>").next().unwrap().to_owned())
            .collect();
        (notices, html)
    };
    let (first, _) = notices("adr/0001-a.html");
    assert!(first.len() == 1 && first[0].starts_with("superseded") && first[0].contains("Second"), "{first:?}");
    let (second, html) = notices("adr/0002-b.html");
    assert!(second.iter().any(|notice| notice.starts_with("amended") && notice.contains("Third")), "{second:?}");
    assert!(second.iter().any(|notice| notice.starts_with("challenged") && notice.contains("Fourth")), "{second:?}");
    // What takes its place may be elsewhere.
    let elsewhere = publish([
        (
            "content/adr/0001-a.md",
            "---\nstatus: superseded\nsuperseded-by: https://example.org/a?b&c\n---\n# 1. First\n",
        ),
        (
            "content/deprecation/0001-b.md",
            "+++\nstatus = \"announced\"\n[deprecation]\ntarget = \"v1\"\nreplacement = \"https://example.org/v2\"\n+++\n# V1\n",
        ),
    ]);
    let moved = page(&elsewhere, "adr/0001-a.html");
    assert!(moved.contains("<a href=\"https://example.org/a?b&amp;c\">") && !moved.contains("is not named"), "{moved}");
    let ending = page(&elsewhere, "deprecation/0001-b.html");
    assert!(words(&ending).contains("What takes its place: https://example.org/v2"), "{ending}");
    let foot = words(html.split("lineage").nth(1).unwrap());
    for kin in ["Supersedes ADR-0001: First", "Amended by ADR-0003: Third", "To be superseded by ADR-0004: Fourth"] {
        assert!(foot.contains(kin), "{kin}: {foot}");
    }
}

#[test]
fn cards_hold_every_record_and_nothing_of_it_is_code() {
    let title = "\\\"});alert(1)//</script>\\u2028.";
    let hostile = format!(
        "+++\ntitle = \"{title}\"\nstatus = \"accepted\"\nsummary = \"One sentence here. And another.\"\n+++\n## Context\n\nx\n"
    );
    let mut files = vec![("content/adr/0001-x y.md".to_owned(), hostile)];
    files.extend((2..900).map(|number| {
        let text = format!("+++\ntitle = \"Decision {number} with a title of some length\"\nstatus = \"accepted\"\n+++\n## Context\n\nA paragraph about decision {number}, long enough to be like others.\n");
        (format!("content/adr/{number:04}-x.md"), text)
    }));
    let snapshot = publish(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let home = page(&snapshot, "index.html");
    let count: usize = home.split("data-cards=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
    assert!(count > 1, "900 records lie in more than one part");
    let mut cards = serde_json::Map::new();
    for part in 0..count {
        let script = page(&snapshot, &format!("cards/{part}.js"));
        assert!(script.len() < 75_000, "part {part} has {} bytes", script.len());
        assert!(!script.contains('\u{2028}'));
        let json = script.strip_prefix("precedentCards(").and_then(|rest| rest.strip_suffix(");\n")).unwrap();
        cards.extend(serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(json).unwrap());
    }
    assert_eq!(cards.len(), 899);
    let card = &cards["adr/0001-x%20y.html"];
    assert_eq!(card[0], "ADR-0001");
    assert_eq!(card[2], "\"});alert(1)//</script>\u{2028}.");
    assert_eq!(
        (&card[3], &card[4], &card[5]),
        (&"Accepted".into(), &"accepted not-started".into(), &"One sentence here.".into())
    );
}

#[test]
fn a_colour_that_cannot_be_read_is_found_where_it_is_set() {
    let config = "[site]\ntitle = \"x\"\n\n[look.colours]\nlink = \"#1c4f82\"\naccent = \"#ffcc00\"\n";
    let snapshot = publish([("precedent.toml", config), ("content/adr/0001-x.md", "# 1. X\n")]);
    let found = snapshot.diagnostics.iter().find(|finding| finding.message.contains("accent")).unwrap();
    let before = &config[..found.primary.span.start as usize];
    assert_eq!((found.primary.path.as_str(), before.matches('\n').count() + 1), ("precedent.toml", 6));
    assert!(found.message.contains("contrast") && found.message.contains("4.5:1"), "{}", found.message);
    let style = page(&snapshot, "static/look.css");
    assert!(style.contains("#1c4f82") && !style.contains("#ffcc00"), "{style}");
    let html = page(&snapshot, "adr/0001-x.html");
    assert!(html.find("static/precedent.css") < html.find("static/look.css"));
}

#[test]
fn a_logo_is_published_and_shown_and_a_missing_one_is_found() {
    let config = "[site]\ntitle = \"Log of \\\"M\\\"\"\n[look]\nlogo = \"brand/M.SVG\"\nlogo-dark = \"brand/gone.png\"\nwordmark = true\n";
    let snapshot = publish([
        ("precedent.toml", config),
        ("brand/M.SVG", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ("content/adr/0001-x.md", "# 1. X\n"),
    ]);
    assert!(page(&snapshot, "static/look/logo.svg").starts_with("<svg"));
    let html = page(&snapshot, "adr/0001-x.html");
    assert!(html.contains("src=\"../static/look/logo.svg\" alt=\"Log of &quot;M&quot;\""), "{html}");
    assert!(!html.contains("look/logo-dark"));
    let found = snapshot.diagnostics.iter().find(|finding| finding.message.contains("logo-dark")).unwrap();
    assert_eq!(found.primary.span.of(config), "\"brand/gone.png\"");
}

#[test]
fn every_template_can_be_replaced_alone() {
    const MARK: &str = "ours, and ours alone";
    const PAGES: [(&str, &str); 5] = [
        ("content/index.md", "# Home\n"),
        ("content/handbook/index.md", "# Handbook\n\n## A\n\n## B\n\n## C\n"),
        (
            "content/adr/0001-a.md",
            "+++\nstatus = \"superseded\"\nsuperseded-by = \"ADR-2\"\ncreated = 2026-01-01\n+++\n# 1. First\n",
        ),
        (
            "content/rfc/0001-r.md",
            "+++\ntitle = \"R\"\nstatus = \"approved\"\n[daci]\ndriver = \"core\"\n[cost]\nbuild = { initial = 1 }\n+++\n## A\n\n## B\n\n## C\n\nADR-1\n",
        ),
        (
            "content/adr/0002-b.md",
            "+++\nstatus = \"accepted\"\naliases = [\"old/b.html\"]\nsupersedes = [\"ADR-1#x\", \"ADR-1\"]\n[deprecation]\nannounced = 2026-01-01\n+++\n# 2. Second\n",
        ),
    ];
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/default/templates");
    let mut names: Vec<String> = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        names.push(entry.unwrap().file_name().into_string().unwrap());
    }
    names.sort();
    // A part that stands inside a sentence of another is shown only where such a sentence is, and some only in vast logs. A
    // pre-read is no page of the site.
    let seldom = ["components.html", "part.html", "log-parts.html", "pre-read.html", "pre-read.css"];
    for name in names.iter().filter(|name| !seldom.contains(&name.as_str())) {
        let path = format!("house/templates/{name}");
        let builtin = std::fs::read_to_string(format!("{folder}/{name}")).unwrap();
        let ours = match name.as_str() {
            "base.html" => builtin.replace("</body>", &format!("{MARK}</body>")),
            "log.html" => builtin.replacen("{% block main %}", &format!("{{% block main %}}{MARK}"), 1),
            "text.html" => builtin.replace("</article>", &format!("{MARK}</article>")),
            _ if builtin.starts_with("{% extends") => {
                format!("{{% extends \"base.html\" %}}{{% block main %}}{MARK}{{% endblock main %}}")
            }
            _ => MARK.to_owned(),
        };
        let mut files = vec![("precedent.toml", "[paths]\ntheme = \"house\"\n"), (path.as_str(), ours.as_str())];
        files.extend(PAGES);
        let snapshot = publish(files);
        let shown = snapshot.site.artifacts.iter().filter(|(route, _)| route.0.ends_with(".html"));
        let count = shown.filter(|(_, page)| String::from_utf8_lossy(&page.bytes).contains(MARK)).count();
        assert!(count > 0, "{name} is on no page, or cannot be replaced");
    }
}

#[test]
fn a_component_can_be_replaced_with_all_of_them() {
    let ours = include_str!("../themes/default/templates/components.html").replace("One-way door", "No way back");
    let snapshot = publish([
        ("precedent.toml", "[paths]\ntheme = \"house\"\n"),
        ("house/templates/components.html", ours.as_str()),
        ("content/rfc/0001-r.md", "+++\ntitle = \"R\"\nstatus = \"approved\"\ndoor = \"one-way\"\n+++\n## A\n"),
    ]);
    let html = page(&snapshot, "rfc/0001-r.html");
    assert!(html.contains("No way back") && !html.contains("One-way door"));
}

/// A series of proposals as other logs write them, whose first has the status.
fn proposals(status: &str) -> Snapshot {
    let proposal = |number: u32, status: &str| {
        let text = format!(
            "---\ncaip: {number}\ntitle: Mail for invoice {number}\nauthor: A. Writer\nstatus: {status}\n---\n\n## Abstract\n\nx\n"
        );
        (format!("CAIPs/caip-{number}.md"), text)
    };
    let files = [proposal(1, status), proposal(2, "Draft"), proposal(3, "Draft")];
    publish(files.iter().map(|(path, text)| (path.as_str(), text.as_str())))
}

#[test]
fn a_team_finds_its_own_word_for_a_status_beside_what_it_means() {
    let site = proposals("Final");
    let html = page(&site, "caip-1.html");
    assert!(words(&html).contains("Final means Implemented"), "{}", words(&html));
    for list in ["index.html", "log.html"] {
        let html = page(&site, list);
        assert!(html.contains("<span>Final</span>") && !html.contains("<span>Implemented</span>"), "{list}: {html}");
    }
    let of_status = page(&site, "log/status/implemented.html");
    assert!(of_status.contains("Mail for invoice 1") && !of_status.contains("Mail for invoice 2"), "{of_status}");
    let spelt = page(&proposals("implemented"), "caip-1.html");
    assert!(spelt.contains("<span>Implemented</span>") && !words(&spelt).contains("means Implemented"), "{spelt}");
}

#[test]
fn a_series_is_described_without_marks_of_markup() {
    let home = page(&proposals("Final"), "index.html");
    assert!(home.contains("A text of the series CAIP.") && !home.contains('`'), "{home}");
}

#[test]
fn a_review_that_lies_ahead_is_no_review_that_was_held() {
    let site = |held: &str| {
        let text = format!("+++\ntitle = \"Ledger\"\nstatus = \"formal-review\"\n[review]\nheld = {held}\n+++\n");
        publish([("content/rfc/0007-ledger.md", text.as_str())])
    };
    let timeline = |held: &str| words(&page(&site(held), "log/timeline.html"));
    assert!(timeline("2026-11-28").contains("2026-11-28 Review RFC-0007"), "{}", timeline("2026-11-28"));
    assert!(timeline("2026-11-25").contains("2026-11-25 Reviewed RFC-0007"), "{}", timeline("2026-11-25"));
    let of = |held: &str| words(&rfc(&format!("[review]\nheld = {held}\n")));
    let (ahead, past) = (of("2026-11-28"), of("2026-11-25"));
    assert!(ahead.contains("Review on 2026-11-28") && !ahead.contains("Reviewed 2026-11-28"), "{ahead}");
    assert!(past.contains("Reviewed 2026-11-25"), "{past}");
}
