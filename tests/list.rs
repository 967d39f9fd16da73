//! The log in the terminal: what is listed, what is shown, and what is said when there is nothing.

#![allow(clippy::disallowed_methods, clippy::expect_used, clippy::indexing_slicing, reason = "a test may fail")]

mod project;

use project::Project;
use serde_json::Value;

fn project() -> Project {
    Project::of(&[
        (
            "content/rfc/0007-bus.md",
            "+++\ntitle = \"One bus\"\nstatus = \"review\"\ndoor = \"one-way\"\ndoor-reasons = [\"data-storage\"]\ncreated = 2026-03-02\n\
             tags = [\"events\"]\nsupersedes = [\"ADR-3\"]\n[daci]\ndriver = \"tpm-bus\"\napprover = \"vp\"\n+++\n\n## Summary\n\nOne bus.\n",
        ),
        (
            "content/adr/0003-queues.md",
            "+++\ntitle = \"A queue for each team \u{1b}[31m \u{202e}\"\nstatus = \"accepted\"\ncreated = 2025-01-02\ntags = [\"Events\", \"queues\"]\n+++\n\nSee RFC-7.\n",
        ),
        ("content/adr/0012-old.md", "---\nstatus: frobnicated\n---\n# Something old\n"),
        ("content/index.md", "# Handbook\n"),
    ])
}

#[test]
fn the_log_is_listed_by_kind_and_number() {
    let run = project().run(&["list"]);
    assert_eq!(run.code, Some(0));
    assert_eq!(
        run.out,
        "ID        STATUS        WRITTEN     TITLE\n\
         RFC-0007  review        2026-03-02  One bus\n\
         ADR-0003  accepted      2025-01-02  A queue for each team \\u{1b}[31m \\u{202e}\n\
         ADR-0012  frobnicated?  –           Something old\n"
    );
    assert_eq!(run.err, "3 records.\n");
}

#[test]
fn a_list_says_that_it_is_not_whole() {
    let project = project();
    project.write("content/adr/0013-torn.md", b"# Torn \xff\xfe\n");
    let run = project.run(&["list", "--kind", "adr"]);
    assert_eq!(run.code, Some(0));
    assert_eq!(run.err, "2 of 3 records. 1 file could not be read; `precedent check` says why.\n");
}

#[test]
fn a_record_that_is_not_published_is_marked() {
    let project = Project::of(&[
        ("content/adr/0001-x.md", "+++\ntitle = \"Mail\"\nstatus = \"accepted\"\ndraft = true\n+++\n"),
        ("content/adr/0002-x.md", "+++\ntitle = \"Post\"\nstatus = \"accepted\"\ndrfat = true\n+++\n"),
        ("content/adr/0003-x.md", "+++\ntitle = \"Wire\"\nstatus = \"draft\"\n+++\n"),
    ]);
    assert_eq!(
        project.run(&["list"]).out,
        "ID        STATUS                  WRITTEN  TITLE\n\
         ADR-0001  accepted (unpublished)  –        Mail\n\
         ADR-0002  accepted (unpublished)  –        Post\n\
         ADR-0003  draft                   –        Wire\n"
    );
    let shown = |id: &str| project.run(&["show", id]).out;
    assert!(shown("1").contains("\nPublished     no: `draft = true`\n"), "{}", shown("1"));
    assert!(shown("2").contains("\nPublished     no: it may be meant to be a draft\n"), "{}", shown("2"));
    assert!(!shown("3").contains("\nPublished"), "{}", shown("3"));
}

#[test]
fn a_review_to_come_and_a_dissent_are_shown_as_what_they_are() {
    let record = |held: &str| {
        format!(
            "+++\ntitle = \"One bus\"\nstatus = \"formal-review\"\n[review]\nheld = {held}\n\
             [[dissent]]\nwho = \"sre\"\nposition = \"two buses\"\ncommitted = 2026-05-30\n\
             [[dissent]]\nwho = \"ads\"\n+++\n\n## Summary\n\nOne bus.\n"
        )
    };
    let project = Project::of(&[
        ("content/rfc/0001-past.md", &record("2026-06-01T10:00:00Z")),
        ("content/rfc/0002-ahead.md", &record("2026-06-02T10:00:00Z")),
    ]);
    let past = project.run(&["show", "1"]).out;
    assert!(past.contains("\nReviewed      2026-06-01T10:00:00Z\n"), "{past}");
    assert!(
        past.contains("\nDissent       sre: two buses (committed on 2026-05-30); ads (not committed yet)\n"),
        "{past}"
    );
    let ahead = project.run(&["show", "2"]).out;
    assert!(ahead.contains("\nReview on     2026-06-02T10:00:00Z\n"), "{ahead}");
}

#[test]
fn a_list_is_narrowed_by_what_records_say() {
    let project = project();
    let ids = |arguments: &[&str]| {
        let run = project.run(&[&["list"], arguments].concat());
        assert_eq!(run.code, Some(0), "{}", run.err);
        run.out
            .lines()
            .skip(1)
            .map(|line| line.split(' ').next().expect("an id").to_owned())
            .collect::<Vec<_>>()
            .join(" ")
    };
    for (arguments, wanted) in [
        (&["--kind", "adr"][..], "ADR-0003 ADR-0012"),
        (&["--kind", "ADR"], "ADR-0003 ADR-0012"),
        (&["--owner", "@tpm-bus"], "RFC-0007"),
        (&["--status", "In Review", "--status", "accepted"], "RFC-0007 ADR-0003"),
        (&["--door", "one-way"], "RFC-0007"),
        (&["--tag", "events"], "RFC-0007 ADR-0003"),
        (&["--owner", "TPM-bus"], "RFC-0007"),
        (&["--since", "2026-01-01"], "RFC-0007"),
        (&["queue", "team"], "ADR-0003"),
        (&["--kind", "adr", "--tag", "queues"], "ADR-0003"),
        (&["nothing of the kind"], ""),
    ] {
        assert_eq!(ids(arguments), wanted, "{arguments:?}");
    }
    assert_eq!(project.run(&["list", "nothing"]).err, "None of 3 records is like that.\n");
    for (arguments, words) in [
        (&["list", "--kind", "rcf"][..], "no record has the kind `rcf`; did you mean `rfc`?"),
        (&["list", "--kind", "chapter"], "no record has the kind `chapter`"),
        (&["list", "--status", "acepted"], "did you mean `accepted`?"),
        (&["list", "--tag", "event"], "did you mean `Events`?"),
        (&["list", "--owner", "nobody"], "there are tpm-bus, vp"),
    ] {
        let run = project.run(arguments);
        assert_eq!(run.code, Some(2), "{arguments:?}");
        assert!(run.err.contains(words), "{}", run.err);
    }
}

#[test]
fn programs_get_what_the_sites_own_data_has() {
    let project = project();
    let list: Value = serde_json::from_str(&project.run(&["list", "--format", "json"]).out).expect("JSON");
    assert_eq!((list["version"].as_u64(), list["records"].as_array().map(Vec::len)), (Some(1), Some(3)));
    assert_eq!(
        (&list["records"][0]["id"], &list["records"][0]["status"]),
        (&Value::from("RFC-0007"), &Value::from("formal-review"))
    );
    assert_eq!(list["records"][2]["raw_status"], "frobnicated");
    let schema: Value = serde_json::from_str(&project.run(&["schema", "log"]).out).expect("JSON");
    let mut of_record = schema["$defs"]["record"].clone();
    of_record["$defs"] = schema["$defs"].clone();
    let validator = jsonschema::validator_for(&of_record).expect("a schema");
    for record in list["records"].as_array().expect("a list") {
        let faults: Vec<String> = validator.iter_errors(record).map(|fault| fault.to_string()).collect();
        assert_eq!(faults, Vec::<String>::new());
    }
}

#[test]
fn a_record_is_shown_by_its_id_its_number_or_its_file() {
    let project = project();
    let shown = project.run(&["show", "rfc-7"]);
    for words in [
        "RFC-0007: One bus\ncontent/rfc/0007-bus.md\n",
        "Status        Review (Formal review: under review)\n",
        "Door          one-way: data-storage\n",
        "Driver        tpm-bus\n",
        "  Supersedes    ADR-0003: A queue for each team \\u{1b}[31m \\u{202e} (proposed)\n",
        "Mentioned in\n  ADR-0003\n",
        "finding",
        "missing-section",
    ] {
        assert!(shown.out.contains(words), "{words} is not in {}", shown.out);
    }
    for name in ["7", "RFC 0007", "content/rfc/0007-bus.md", "one bus", "0007-bus"] {
        assert_eq!(project.run(&["show", name]).out, shown.out, "{name}");
    }
    let other = project.run(&["show", "adr-3"]).out;
    assert!(other.contains("  Superseded by  RFC-0007: One bus (proposed)\n"), "{other}");
    for (name, words) in [
        ("RFC-0070", "there is no record `RFC-0070`; the last of its series is RFC-0007"),
        ("99", "name a record by its id"),
    ] {
        let run = project.run(&["show", name]);
        assert_eq!(run.code, Some(2));
        assert!(run.err.contains(words), "{}", run.err);
    }
    let whole: Value = serde_json::from_str(&project.run(&["show", "7", "--format", "json"]).out).expect("JSON");
    assert_eq!(whole["records"][0]["title"], "One bus");
}

#[test]
fn a_relation_to_an_address_is_shown_as_it_is_written() {
    let text = "+++\ntitle = \"A queue\"\nstatus = \"accepted\"\ndepends-on = [\"https://example.org/specs/7\"]\n+++\n\n## Context\n\nMail.\n";
    let project = Project::of(&[("content/adr/0003-queue.md", text)]);
    let shown = project.run(&["show", "adr-3"]).out;
    assert!(shown.contains("Relations\n  Depends on    https://example.org/specs/7\n"), "{shown}");
    project.run(&["build"]);
    let page = std::fs::read_to_string(project.path("public/adr/0003-queue.html")).expect("a page");
    let link = "<a href=\"https://example.org/specs/7\">https://example.org/specs/7</a>";
    assert!(page.contains("<dt>Depends on</dt>") && page.contains(link), "{page}");
}

#[test]
fn a_relation_is_shown_once_and_by_the_word_that_says_most() {
    let project = Project::of(&[
        (
            "content/deprecation/0001-queue.md",
            "+++\ntitle = \"Queue\"\nstatus = \"announced\"\nrelates-to = [\"ADR-1\", \"ADR-2\"]\n\
             [deprecation]\nreplacement = \"ADR-1\"\n+++\n",
        ),
        ("content/adr/0001-bus.md", "+++\ntitle = \"Bus\"\nstatus = \"accepted\"\n+++\n"),
        ("content/adr/0002-mail.md", "+++\ntitle = \"Mail\"\nstatus = \"accepted\"\nrelates-to = [\"DEP-1\"]\n+++\n"),
    ]);
    let relations = |id: &str| {
        let shown = project.run(&["show", id]).out;
        let (_, relations) = shown.split_once("\nRelations\n").expect("relations");
        relations.split_once("\n\n").map_or(relations, |(relations, _)| relations).to_owned()
    };
    assert_eq!(relations("dep-1"), "  Replaced by   ADR-0001: Bus\n  Relates to    ADR-0002: Mail");
    assert_eq!(relations("adr-1"), "  Replaces      DEP-0001: Queue");
    assert_eq!(relations("adr-2"), "  Relates to    DEP-0001: Queue");
    project.run(&["build"]);
    let page = std::fs::read_to_string(project.path("public/deprecation/0001-queue.html")).expect("a page");
    let labels = [("<dt>Replaced by</dt>", 1), ("<dt>Relates to</dt>", 1)];
    assert!(labels.iter().all(|(label, times)| page.matches(label).count() == *times), "{page}");
    let page = std::fs::read_to_string(project.path("public/adr/0001-bus.html")).expect("a page");
    assert!(page.contains("<dt>Replaces</dt>") && !page.contains("<dt>Relate"), "{page}");
}

#[test]
fn a_chapter_that_explains_states_has_none() {
    let project = Project::of(&[
        ("content/handbook/states.md", "# States\n\n## Status\n\nThe words are kept as they stand.\n"),
        ("content/handbook/life.md", "# Life\n\n| state | what it means |\n| --- | --- |\n| draft | begun |\n"),
    ]);
    project.run(&["build"]);
    let log = std::fs::read_to_string(project.path("public/log.json")).expect("a log");
    let log: Value = serde_json::from_str(&log).expect("JSON");
    for chapter in log["records"].as_array().expect("a list") {
        assert_eq!(chapter["raw_status"], Value::Null, "{chapter}");
        assert!(!chapter["summary"].to_string().contains("---"), "{chapter}");
    }
}

#[test]
fn people_read_numbers_in_their_order_and_their_own_words() {
    let proposal = |number: u32, text: &str| {
        (
            format!("CAIPs/caip-{number}.md"),
            format!(
                "---\ncaip: {number}\ntitle: Mail {number}\nstatus: Final\nauthor: A. Writer\n{text}---\n\nSee CAIP-2.\n"
            ),
        )
    };
    let files = [(2, ""), (19, "requires: 2\n"), (104, "requires: 2\n")].map(|(number, head)| proposal(number, head));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let project = Project::of(&files);
    let shown = project.run(&["show", "CAIP-2"]).out;
    assert!(shown.find("  CAIP-19: Mail 19") < shown.find("  CAIP-104: Mail 104"), "{shown}");
    assert!(shown.contains("Mentioned in\n  CAIP-19, CAIP-104\n"), "{shown}");
    assert!(shown.contains("Status        Final (Implemented: "), "{shown}");
    let listed = project.run(&["list"]).out;
    assert_eq!(listed.matches("  Final  ").count(), 3, "{listed}");
    let filtered = project.run(&["list", "--status", "implemented"]).out;
    assert_eq!(filtered, listed);
}
