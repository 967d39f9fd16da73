//! New records in a log that has another form than this tool's: written as the log's own are.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may fail"
)]

mod project;

use project::Project;
use std::fs;

const NYGARD: &str = "# 3. Use SQLite\n\nDate: 2024-02-11\n\n## Status\n\nAccepted\n\nClarifies [2. Tables](0002-b.md)\n\n\
    ## Context\n\nText.\n\n## Decision\n\nText.\n\n## Consequences\n\nText.\n";

/// The text that is drafted, without the comments in its sections.
fn drafted(files: &[(&str, &str)], arguments: &[&str]) -> String {
    let project = Project::of(files);
    let mut all = vec!["new"];
    all.extend(arguments);
    let run = project.run(&all);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let text = fs::read_to_string(project.path(run.out.trim())).unwrap();
    let check = project.run(&["check"]);
    assert_ne!(check.code, Some(2), "{}", check.err);
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once("<!-- ") {
        out.push_str(before);
        rest = after.split_once("-->").expect("an end").1.trim_start_matches(['\r', '\n']);
    }
    out + rest
}

#[test]
fn a_log_of_adr_tools_gets_a_record_as_adr_tools_writes_it() {
    let files = [("doc/adr/0003-a.md", NYGARD), ("doc/adr/0002-b.md", NYGARD)];
    let text = drafted(&files, &["adr", "Use PostgreSQL", "--supersedes", "ADR-3"]);
    let wanted = "# 4. Use PostgreSQL\n\nDate: 2026-06-01\n\n## Status\n\nProposed\n\nSupersedes [ADR-0003](0003-a.md)\n\n\
        ## Context\n\n## Decision\n\n## Consequences\n\n";
    assert_eq!(text, wanted);
}

#[test]
fn lists_tables_and_heads_of_others_are_filled_anew() {
    let list = "# Maps\n\n* **Status:** accepted <!-- optional -->\n* **Deciders:** Ada, Femi\n* **Cost:** high\n* **Date:** 2024-09-17\n\n## Context\n\nText.\n";
    assert_eq!(
        drafted(&[("docs/adr/0001-maps.md", list)], &["adr", "Cache", "--approver", "lin"]),
        "# Cache\n\n* **Status:** proposed\n* **Deciders:** lin\n* **Cost:**\n* **Date:** 2026-06-01\n\n## Context\n\n"
    );
    let table = "# ADR-0009: Maps\n\n| Key | Value |\n| --- | --- |\n| Status | Accepted |\n| Team | Blue |\n| Date | 2024-05-06 |\n\n## Context\n\nText.\n";
    assert_eq!(
        drafted(&[("docs/adr/0009-maps.md", table)], &["adr", "Cache"]),
        "# ADR-0010: Cache\n\n| Key | Value |\n| --- | --- |\n| Status | Proposed |\n| Team | |\n| Date | 2026-06-01 |\n\n## Context\n\n"
    );
    let madr = "---\nparent: Decisions\nstatus: \"accepted\"\ndate: 2024-09-17\ndecision-makers: [Ada]\nticket: X-1\nupdated: 2024-10-01\n---\r\n\n# Maps\n\n## Context and Problem Statement\n\nText.\n";
    let madr = madr.replace("\r\n", "\n");
    assert_eq!(
        drafted(&[("docs/decisions/0001-maps.md", &madr)], &["adr", "Cache", "--supersedes", "ADR-1"]),
        "---\nparent: Decisions\nstatus: \"proposed\"\ndate: 2026-06-01\ndecision-makers: [\"{name}\"]\nticket:\nsupersedes: [\"ADR-0001\"]\n---\n\n\
         # Cache\n\n## Context and Problem Statement\n\n"
    );
}

#[test]
fn the_form_of_most_records_counts_and_line_ends_stay() {
    let native = "+++\ntitle = \"One\"\nstatus = \"accepted\"\n+++\n\n## Context\n\nText.\n";
    let nygard = NYGARD.replace('\n', "\r\n");
    let files = [("doc/adr/0002-a.md", nygard.as_str()), ("doc/adr/0003-b.md", &nygard), ("doc/adr/0004-c.md", native)];
    let text = drafted(&files, &["adr", "Five"]);
    assert!(text.starts_with("# 5. Five\r\n\r\nDate: 2026-06-01\r\n\r\n## Status\r\n\r\nProposed\r\n"), "{text:?}");
    let most = [("doc/adr/0001-a.md", native), ("doc/adr/0003-b.md", NYGARD), ("doc/adr/0002-c.md", native)];
    assert!(drafted(&most, &["adr", "Four"]).starts_with("+++\ntitle = \"Four\"\n"));
    let settings = [
        ("doc/adr/0003-b.md", NYGARD),
        ("precedent.toml", "[paths]\ncontent = \"doc\"\n[records]\nnew = \"native\"\n"),
    ];
    assert!(drafted(&settings, &["adr", "Four"]).starts_with("+++\ntitle = \"Four\"\n"));
}

#[test]
fn a_log_of_dates_gets_a_folder_with_the_date_of_today() {
    let text = "# Tracing\n\n## Decision\n\nText.\n\n## Rationale\n\nText.\n";
    let project = Project::of(&[
        ("docs/developer/decision-records/README.md", "# Decisions\n\nAll of them.\n"),
        ("docs/developer/decision-records/2022-02-07-tracing/README.md", text),
        ("docs/developer/decision-records/2023-01-30-clock/README.md", &text.replace("Tracing", "Clock")),
        ("docs/developer/decision-records/2023-11-30-events/README.md", &text.replace("Tracing", "Events")),
    ]);
    let before = project.run(&["check"]);
    assert_eq!(before.code, Some(0), "{}", before.out);
    let run = project.run(&["new", "adr", "Use one bus"]);
    let path = "docs/developer/decision-records/2026-06-01-use-one-bus/README.md";
    assert_eq!((run.code, run.out.as_str()), (Some(0), format!("{path}\n").as_str()), "{}", run.err);
    let made = fs::read_to_string(project.path(path)).unwrap();
    assert!(made.starts_with("# Use one bus\n\n## Decision\n") && made.contains("\n## Rationale\n"), "{made}");
    // Only that it is not filled in is left to say.
    let after = project.run(&["check"]);
    let rules: Vec<&str> = after.out.lines().filter(|line| line.contains("[")).collect();
    assert!(rules.iter().all(|line| line.starts_with("warning[empty-section]")), "{}", after.out);
    assert_eq!(project.run(&["new", "adr", "Use one bus"]).code, Some(2), "it is there already");
}

#[test]
fn keys_are_those_that_most_records_have() {
    let text = |number: usize, head: &str| {
        format!(
            "---\ncip: {number}\ntitle: T{number}\nauthor: Ada\n{head}status: Draft\ncreated: 2024-05-06\n---\n\n## Abstract\n\nText.\n"
        )
    };
    let mut files: Vec<(String, String)> = (1..6)
        .map(|number| (format!("cips/cip-{number:03}.md"), text(number, "discussions-to: https://example.com\n")))
        .collect();
    files.push(("cips/cip-006.md".to_owned(), text(6, "discussion-to: https://example.com\n")));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    assert_eq!(
        drafted(&files, &["cip", "My thing"]),
        "---\ncip: 7\ntitle: My thing\nauthor: \"{name}\"\ndiscussions-to:\nstatus: Draft\ncreated: 2026-06-01\n---\n\n## Abstract\n\n"
    );
    let table = |number: usize, row: &str| {
        format!(
            "| cip | {number} |\n| - | - |\n| title | T{number} |\n| author | Ada |\n{row}| status | Draft |\n| created | 2024-05-06 |\n\n## Abstract\n\nText.\n"
        )
    };
    let files: Vec<(String, String)> = (1..6)
        .map(|number| {
            (
                format!("cips/cip-{number:03}.md"),
                table(number, if number == 5 { "| odd | x |\n" } else { "| type | Meta |\n" }),
            )
        })
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    assert_eq!(
        drafted(&files, &["cip", "My thing"]),
        "| cip | 6 |\n| - | - |\n| title | My thing |\n| author | {name} |\n| type | |\n| status | Draft |\n| created | 2026-06-01 |\n\n## Abstract\n\n"
    );
}

#[test]
fn rows_of_html_are_filled_anew_below_the_heading_of_most() {
    let text = |number: u8, heading: &str| {
        format!(
            "# CEP {number} - {heading}\n\n<table>\n<tr><td> Title </td><td> Two words </td></tr>\n<tr><td> Status </td><td> Accepted </td></tr>\n\
            <tr><td> Author(s) </td><td> Ada </td></tr>\n<tr><td> Created </td><td> Mar 4, 2026 </td></tr>\n<tr><td> Updated </td><td> Mar 5, 2026 </td></tr>\n\
            <tr><td> Discussion </td><td> https://example.com </td></tr>\n</table>\n\n## Abstract\n\nText.\n"
        )
    };
    // The newest heads its text in other words than it calls itself.
    let files = [
        ("cep-0001.md", text(1, "Two words")),
        ("cep-0002.md", text(2, "Two words")),
        ("cep-0003.md", text(3, "Two *words*")),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    assert_eq!(
        drafted(&files, &["cep", "My thing"]),
        "# CEP 4 - My thing\n\n<table>\n<tr><td> Title </td><td> My thing </td></tr>\n<tr><td> Status </td><td> Draft </td></tr>\n\
         <tr><td> Author(s) </td><td> {name} </td></tr>\n<tr><td> Created </td><td> 2026-06-01 </td></tr>\n\
         <tr><td> Discussion </td><td> </td></tr>\n</table>\n\n## Abstract\n\n"
    );
}

#[test]
fn what_a_form_has_no_place_for_is_refused() {
    let project = Project::of(&[("doc/adr/0003-a.md", NYGARD)]);
    let run = project.run(&["new", "adr", "Use X", "--door", "one-way"]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.err.contains(
            "in the form `sections`, which has no place for `--door`; leave it out, or write `new = \"native\"`"
        ),
        "{}",
        run.err
    );
    let run = project.run(&["new", "adr", "Use X", "--driver", "ada"]);
    assert!(run.code == Some(2) && run.err.contains("no place for `--driver`"), "{}", run.err);
}
