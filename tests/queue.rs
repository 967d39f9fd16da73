//! What needs whom: in the terminal, for programs, and on the site.

#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::indexing_slicing, reason = "a test may fail")]

mod project;

use project::Project;
use serde_json::Value;

/// A log as of the first of June 2026.
fn project() -> Project {
    let rfc = |status: &str, rest: &str| {
        format!(
            "+++\ntitle = \"One bus\"\nstatus = \"{status}\"\ncreated = 2026-05-20\n{rest}\n+++\n\n## Summary\n\nOne bus.\n"
        )
    };
    let daci = "[daci]\ndriver = \"tpm-bus\"\napprover = \"vp\"\ncontributors = [\"sre\"]\n";
    Project::of(&[
        ("precedent.toml", "[people.tpm-bus]\nname = \"Driver of the bus\"\n[people.nobody-busy]\n"),
        ("content/rfc/0001-held.md", &rfc("formal-review", &format!("{daci}[review]\nheld = 2026-06-03T10:00:00Z"))),
        ("content/rfc/0002-undated.md", &rfc("formal-review", daci)),
        (
            "content/rfc/0003-done.md",
            &rfc(
                "complete",
                &format!(
                    "review-by = 2026-05-01\n{daci}[[metric]]\nname = \"p99\"\ntarget = \"< 50 ms\"\ndue = 2026-06-05"
                ),
            ),
        ),
        (
            "content/rfc/0004-far.md",
            &rfc(
                "implementing",
                &format!("review-by = 2027-05-01\n{daci}[[debt]]\nwhat = \"a list\"\ndue = 2026-12-01"),
            ),
        ),
        ("content/adr/0001-old.md", "+++\nstatus = \"superseded\"\nreview-by = 2020-01-01\n+++\n# Old\n"),
    ])
}

#[test]
fn the_queue_says_what_is_late_and_what_comes_next() {
    let run = project().run(&["queue"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(
        run.out,
        "WHEN             WHO         RECORD    WHAT\n\
         2026-05-01 late  tpm-bus     RFC-0003  Look at this decision again\n\
         2026-06-05 late  tpm-bus     RFC-0003  Measure p99\n\
         now              tpm-bus     RFC-0002  Set a date for the review\n\
         2026-06-03       tpm-bus +2  RFC-0001  Meet for the review\n"
    );
    assert_eq!(run.err, "4 things to do, 2 of them late. 2 more things later, or without a day; --all shows them.\n");
}

#[test]
fn a_record_without_an_id_goes_by_its_title() {
    let project = Project::of(&[(
        "docs/decisions/2026-01-02-queues.md",
        "---\nstatus: accepted\nreview-by: 2026-05-01\n---\n# Queues at night\n",
    )]);
    let run = project.run(&["queue"]);
    assert!(run.out.contains("nobody  Queues at night  Look at this decision again\n"), "{}", run.out);
}

#[test]
fn one_thing_more_is_told_as_one() {
    let project =
        Project::of(&[("content/adr/0001-a.md", "+++\nstatus = \"accepted\"\nreview-by = 2030-01-01\n+++\n# A\n")]);
    let run = project.run(&["queue"]);
    assert_eq!(run.err, "Nothing waits in the next 7 days. 1 more thing later, or without a day; --all shows it.\n");
}

#[test]
fn one_person_sees_what_waits_on_them() {
    let project = project();
    let run = project.run(&["queue", "--for", "@SRE"]);
    assert_eq!(run.out.lines().count(), 2, "{}", run.out);
    assert_eq!(run.err, "1 thing to do for @SRE.\n");
    assert_eq!(
        project.run(&["queue", "--for", "nobody-busy"]).err,
        "Nothing waits for nobody-busy in the next 7 days.\n"
    );
    let run = project.run(&["queue", "--for", "tpm-buss"]);
    assert_eq!((run.code, run.err.contains("did you mean `tpm-bus`?")), (Some(2), true), "{}", run.err);
    assert_eq!(project.run(&["queue", "--all", "-q"]).out.lines().count(), 7);
    assert_eq!(project.run(&["queue", "--days", "1", "-q"]).out.lines().count(), 4);
}

#[test]
fn programs_and_readers_see_the_same() {
    let project = project();
    let whole: Value = serde_json::from_str(&project.run(&["queue", "--all", "--format", "json"]).out).expect("JSON");
    let errands = whole["errands"].as_array().expect("a list");
    assert_eq!((&whole["as-of"], errands.len()), (&Value::from("2026-06-01"), 6));
    assert_eq!((&errands[0]["state"], &errands[0]["id"]), (&Value::from("late"), &Value::from("RFC-0003")));
    assert_eq!(errands[3]["who"], serde_json::json!(["tpm-bus", "vp", "sre"]));
    project.run(&["build", "-o", "site"]);
    let page = std::fs::read_to_string(project.path("site/log/queue.html")).expect("a page");
    for errand in errands {
        let what = errand["what"].as_str().expect("text").get(1..).expect("long enough");
        assert!(page.contains(what), "{what}");
    }
    assert!(page.contains("Driver of the bus") && page.contains("In 2 days"), "{page}");
    let index = std::fs::read_to_string(project.path("site/log/registers.html")).expect("a page");
    assert!(index.contains("href=\"../log/queue.html\"") || index.contains("queue.html"), "{index}");
}

#[test]
fn what_is_to_be_done_is_a_sentence_that_fits_its_day() {
    let ending = |number: u32, dates: &str| {
        let text = format!(
            "+++\ntitle = \"End\"\nstatus = \"announced\"\ncreated = 2026-05-01\n[deprecation]\ntarget = \"v{number}\"\n{dates}+++\n\n## Why\n\nx\n"
        );
        (format!("content/deprecation/000{number}-x.md"), text)
    };
    let brownouts = "brownouts = [{ start = 2026-07-01T08:00:00Z, minutes = 60, share = 0.5 }]\n";
    let files = [
        ending(1, &format!("{brownouts}sunset = 2026-09-01\n")),
        ending(2, "sunset = 2026-09-02\ngovernance-lock = 2026-07-02\n"),
        ending(3, "sunset = 2026-07-03\nremoved = 2026-09-03\n"),
        ending(4, "sunset = 2026-05-03\nremoved = 2026-07-04\n"),
        ending(5, ""),
        (
            "content/adr/0001-a.md".to_owned(),
            "+++\nstatus = \"accepted\"\n[[debt]]\nwhat = \"lists carry no dates\"\ndue = 2026-07-05\n+++\n# A\n"
                .to_owned(),
        ),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let out = Project::of(&files).run(&["queue", "--all"]).out;
    for (day, id, what) in [
        ("2026-07-01", "DEP-0001", "Hold a brownout of v1"),
        ("2026-07-02", "DEP-0002", "Lock the teams that still use v2"),
        ("2026-07-03", "DEP-0003", "Switch off v3"),
        ("2026-07-04", "DEP-0004", "Retire v4"),
        ("–", "DEP-0005", "Retire v5"),
        ("2026-07-05", "ADR-0001", "Pay back a debt: lists carry no dates"),
    ] {
        let is_it = |line: &&str| line.starts_with(day) && line.contains(id) && line.ends_with(what);
        assert!(out.lines().any(|line| is_it(&line)), "{day} {what} is not in {out}");
    }
}
