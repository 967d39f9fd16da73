//! Findings in logs that other processes have left, read without settings: each is true there, and its help can be followed.

#![allow(clippy::disallowed_methods, clippy::expect_used, reason = "a test may fail, and makes its own files")]

mod foreign {
    pub(crate) mod left;
}
mod project;

use project::Project;

/// What a check of some files finds, without settings.
fn found(files: &[(&str, &str)]) -> String {
    let run = Project::of(files).run(&["check"]);
    assert!(run.code.is_some_and(|code| code < 2), "{}", run.err);
    run.out
}

/// A proposal of the sort that opens with a list of fields in YAML.
fn proposal(number: u32, sections: &str) -> (String, String) {
    let head =
        format!("---\ncip: {number}\ntitle: Mail for invoice {number}\nauthor: A. Writer\nstatus: Draft\n---\n\n");
    (format!("cips/cip-{number}.md"), format!("{head}{sections}\n"))
}

const TEXT: &str = "Invoices go to a queue, and workers send them by mail at night.";

#[test]
fn a_missing_section_goes_by_the_name_that_the_log_gives_it() {
    let whole = format!("## Abstract\n\n{TEXT}\n\n## Motivation\n\n{TEXT}\n\n## Specification\n\n{TEXT}");
    let mut files: Vec<(String, String)> = (1..4).map(|number| proposal(number, &whole)).collect();
    files.push(proposal(4, &format!("## Motivation\n\n{TEXT}\n\n## Specification\n\n{TEXT}")));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let out = found(&files);
    assert!(out.contains("warning[missing-section]: the section `Abstract` is missing"), "{out}");
    assert!(out.contains("help: add `## Abstract`: say in one paragraph"), "{out}");
    assert!(out.contains("most CIPs of this log have it"), "{out}");
    assert!(!out.contains("Summary") && !out.contains("every CIP"), "{out}");
}

#[test]
fn a_section_that_a_log_has_nowhere_else_goes_by_its_own_name() {
    let files: Vec<(String, String)> =
        (1..4).map(|number| proposal(number, &format!("## Abstract\n\n{TEXT}"))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let out = found(&files);
    assert_eq!(out.matches("the section `Proposal` is missing").count(), 3, "{out}");
    assert!(out.contains("asked of every CIP unless the settings say otherwise"), "{out}");
}

#[test]
fn a_missing_section_goes_by_the_name_that_its_folder_gives_it() {
    let text = |options: &str| {
        format!("# Mail\n\n* Status: accepted\n\n## Context\n\n{TEXT}\n\n## Decision\n\n{TEXT}\n{options}")
    };
    let record =
        |folder: &str, number: u32, options: &str| (format!("doc/adr/{folder}/000{number}-mail.md"), text(options));
    let (one, other) = (format!("\n## Options Considered\n\n{TEXT}\n"), format!("\n## Considered Options\n\n{TEXT}\n"));
    let mut files: Vec<(String, String)> = (1..6).map(|number| record("api", number, &one)).collect();
    files.extend((1..4).map(|number| record("infra", number, &other)));
    files.extend([record("api", 7, ""), record("infra", 8, ""), record("web", 9, "")]);
    let out = found_in(&files);
    for (place, name) in
        [("api/0007", "Options Considered"), ("infra/0008", "Considered Options"), ("web/0009", "Options Considered")]
    {
        let message = format!("the section `{name}` is missing\n --> doc/adr/{place}");
        assert!(out.contains(&message) && out.contains(&format!("help: add `## {name}`")), "{place}: {out}");
    }
}

#[test]
fn people_and_tags_are_read_as_they_are_shown() {
    let head = "* Status: Accepted\n* Deciders: Ada&#x20;Lovelace, Grace Hopper&#x20;\n* Tags: mail, R&amp;D&#x20;\n";
    let project = Project::of(&[("doc/adr/0001-mail.md", &format!("# 1. Mail\n\n{head}\n## Context\n\n{TEXT}\n"))]);
    let out = project.run(&["show", "ADR-1"]).out;
    assert!(out.contains("Ada Lovelace, Grace Hopper\n"), "{out}");
    assert!(out.contains("mail, R&D\n"), "{out}");
}

#[test]
fn a_file_that_speaks_for_no_text_is_named() {
    let head = "title: Gates\nkep-number: 23\nstatus: provisional\n";
    let (beside, text) =
        ("keps/node/0023-gates/kep.yaml", format!("# Gates\n\n## Summary\n\n{TEXT}\n\n## Proposal\n\n{TEXT}\n"));
    let other = [("keps/node/0024-other/README.md", text.as_str()), ("keps/node/0024-other/kep.yaml", head)];
    let out = found(&[other[0], other[1], (beside, head)]);
    assert!(
        out.contains("[unread-file]: `keps/node/0023-gates/kep.yaml` speaks for a `README.md` beside it, which"),
        "{out}"
    );
    assert!(!out.contains("0024-other/kep.yaml"), "{out}");
    // A README is one in any letters and under any name for Markdown.
    for readme in ["ReadMe.md", "README.MD", "readme.markdown"] {
        let readme = format!("keps/node/0025-more/{readme}");
        let out = found(&[(&readme, text.as_str()), ("keps/node/0025-more/kep.yaml", head)]);
        assert!(!out.contains("[unread-file]"), "{readme}: {out}");
    }
    let out = found(&[other[0], other[1], (beside, head), ("keps/node/0023-gates/readme.md", &text)]);
    assert!(!out.contains("[unread-file]"), "{out}");
}

/// A record in the form of adr-tools, with a status and what it says besides.
fn nygard(number: u32, status: &str, rest: &str) -> (String, String) {
    let text = format!("# {number}. Send invoices {number}\n\nDate: 2024-02-11\n\n## Status\n\n{status}\n\n{rest}\n");
    (format!("doc/adr/000{number}-invoices-{number}.md"), text)
}

fn found_in(files: &[(String, String)]) -> String {
    found(&files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect::<Vec<_>>())
}

#[test]
fn a_path_from_the_root_of_another_site_wants_its_full_address() {
    let text = format!(
        "## Context\n\n{TEXT} See [hooks](/docs/hooks.html).\n\n## Decision\n\n{TEXT}\n\n## Consequences\n\nNone."
    );
    let out = found_in(&[nygard(1, "Accepted", &text)]);
    assert!(out.contains("there is no `/docs/hooks.html`"), "{out}");
    assert!(
        out.contains(
            "help: name a file that exists, write the full address (`https://…`) if it lies outside this site, or take"
        ),
        "{out}"
    );
}

#[test]
fn a_licence_is_found_where_others_link_it() {
    let text = |link: &str| {
        format!("## Abstract\n\n{TEXT}\n\n## Specification\n\n{TEXT}\n\n## Copyright\n\nBy [these terms]({link}).")
    };
    let out = found_in(&[proposal(1, &text("../LICENSE")), proposal(2, &text("../LICENSE.md"))]);
    assert!(out.contains("there is no `LICENSE.md`"), "{out}");
    let help =
        "`../LICENSE`: if that is meant, write its full address (`https://…`), since such a file is not published";
    assert!(out.contains(&format!("help: others link {help}")), "{out}");
    assert!(out.contains("`LICENSE` is not there, and would not be published"), "{out}");
    let terms = ("LICENSE".to_owned(), "Free to copy.\n".to_owned());
    let out = found_in(&[proposal(1, TEXT), proposal(2, &text("../LICENSE.md")), terms]);
    assert!(out.contains(&format!("help: there is {help}")), "{out}");
    let terms = ("cips/LICENSE".to_owned(), "Free to copy.\n".to_owned());
    let out = found_in(&[proposal(1, TEXT), proposal(2, &text("LICENSE.md")), terms]);
    assert!(out.contains(&format!("help: there is {}", help.replace("../", ""))), "{out}");
}

#[test]
fn what_is_not_published_is_not_offered() {
    let text = format!("## Abstract\n\n{TEXT} See [it](run-alll.sh), [it](notes/run-all.sh) and [it](form.html).");
    let (path, text) = proposal(1, &text);
    let out = found(&[(&path, &text), ("cips/run-all.sh", "true\n"), ("cips/forms.html", "<p>\n")]);
    assert_eq!(out.matches("[broken-link]").count(), 3, "{out}");
    assert!(!out.contains("did you mean"), "{out}");
}

#[test]
fn what_was_replaced_is_not_asked_to_be_written_on() {
    let text = |rest: &str| format!("## Context\n\n{TEXT}\n\n## Decision\n\n{TEXT}\n\n## Consequences\n\n{rest}");
    let new = "Accepted\n\nSupersedes [3. Send invoices 3](0003-invoices-3.md)";
    let out = found_in(&[
        nygard(1, "Superseded by [2. Send invoices 2](0002-invoices-2.md)", &text("TBC")),
        nygard(2, new, &text("None.")),
        nygard(3, "Accepted", &text("TBC")),
        nygard(4, "Accepted", &text("TBC")),
    ]);
    assert_eq!(out.matches("[empty-section]").count(), 1, "{out}");
    assert!(out.contains("0004-invoices-4.md"), "{out}");
}

#[test]
fn what_does_not_apply_may_have_its_reason_right_above() {
    let text = |outcome: &str| {
        format!(
            "## Context\n\n{TEXT}\n\n## Decision Outcome\n\n{outcome}\n\n### Positive Consequences\n\n- n/a\n\n\
             ### Negative Consequences\n\n- n/a"
        )
    };
    let out = found_in(&[nygard(1, "Accepted", &text("We are not picking one of them; each has its own use."))]);
    assert!(!out.contains("[empty-section]"), "{out}");
    let out = found_in(&[nygard(1, "Accepted", &text("Chosen option: a queue, because it is no slower."))]);
    assert_eq!(out.matches("[empty-section]").count(), 1, "{out}");
    assert!(out.contains("nor here"), "{out}");
}

#[test]
fn a_picture_beside_the_records_is_shown_by_a_setting() {
    let text = format!("## Abstract\n\n{TEXT}\n\n## Specification\n\n{TEXT}\n\n![Flow](../assets/flow.png)");
    let mut files: Vec<(String, String)> = (1..4).map(|number| proposal(number, &text)).collect();
    files.push(("assets/flow.png".to_owned(), "picture".to_owned()));
    let out = found_in(&files);
    assert!(out.contains("`../assets/flow.png` lies outside the content folder `cips`"), "{out}");
    assert!(out.contains("or set `content` under `[paths]` in `precedent.toml` to a folder that holds both"), "{out}");
}

#[test]
fn a_head_that_is_not_closed_is_one_finding() {
    let out = found(&[("doc/adr/0001-a.md", "+++\ntitle = \"A\"\nstatus = accepted\n++\n\n# A\n\nText.\n")]);
    assert!(out.contains("is this meant to close it?"), "{out}");
    assert!(out.contains("`accepted` needs quotes"), "{out}");
    assert!(
        out.contains("help: write `+++` in line 4, in place of `++`; until then the record is not published"),
        "{out}"
    );
    assert!(!out.contains("doubtful-draft"), "{out}");
    let project = Project::of(&[("doc/adr/0001-a.md", "+++\ntitle = \"A\"\n++\n\n# A\n\nText.\n")]);
    let out = project.run(&["check", "--format", "github"]).out;
    assert!(out.contains("%0Aline 3: is this meant to close it?%0Awrite `+++` in line 3"), "{out}");
}

#[test]
fn a_section_on_how_things_stand_is_no_status() {
    let text = "## Current status\n\nThe team sends all invoices by hand and by mail today.\n\n## Decision\n\nA queue takes them.";
    let out = found(&[("doc/adr/0001-a.md", &format!("# A queue\n\n{text}\n"))]);
    assert!(!out.contains("unknown-status"), "{out}");
}

#[test]
fn what_is_specified_may_stand_under_the_next_heading() {
    let rest =
        |next: &str| format!("## Context\n\n{TEXT}\n\n## Decision\n\n## {next}\n\n{TEXT}\n\n## Consequences\n\nNone.");
    let out = found_in(&[nygard(1, "Accepted", &rest("How a queue sends mail"))]);
    assert!(!out.contains("[empty-section]"), "{out}");
    let out = found_in(&[nygard(1, "Accepted", &rest("References"))]);
    assert!(out.contains("the section `Decision` is empty"), "{out}");
}

#[test]
fn a_list_of_changes_says_when_the_last_was_made() {
    let text = "# A queue\n\n- Status: **Status: Accepted**\n- Date: 2024-02-11\n- Updated:\n  - 2024-03-01 first\n  - 2024-04-01 second\n";
    let out = found(&[("doc/adr/0001-a.md", &format!("{text}\n## Context\n\n{TEXT}\n\n## Decision\n\n{TEXT}\n"))]);
    assert!(!out.contains("[invalid-value]") && !out.contains("[unknown-status]"), "{out}");
}

#[test]
fn a_status_that_the_kind_has_not_is_no_slip_of_another() {
    let out = found_in(&[nygard(1, "Removed", &format!("## Context\n\n{TEXT}\n\n## Decision\n\n{TEXT}"))]);
    assert!(out.contains("[unknown-status]") && !out.contains("did you mean"), "{out}");
}

#[test]
fn a_section_is_asked_for_at_the_level_of_the_others() {
    let whole = format!(
        "- Start Date: 2024-02-11\n\n# Summary\n\n{TEXT}\n\n# Motivation\n\n{TEXT}\n\n# Detailed design\n\n{TEXT}\n"
    );
    let part = whole.replace(&format!("# Motivation\n\n{TEXT}\n\n"), "");
    let out = found(&[("rfcs/0001-a.md", &whole), ("rfcs/0002-b.md", &whole), ("rfcs/0003-c.md", &part)]);
    assert!(out.contains("help: add `# Motivation`: say"), "{out}");
}

#[test]
fn what_hardly_any_record_has_is_not_missed() {
    let part = format!("## Motivation\n\n{TEXT}\n\n## Specification\n\n{TEXT}");
    let files: Vec<(String, String)> = (1..9).map(|number| proposal(number, &part)).collect();
    let out = found_in(&files);
    assert!(!out.contains("[missing-section]"), "{out}");
    let out = found_in(&files[..7]);
    assert_eq!(out.matches("[missing-section]").count(), 7, "{out}");
}

#[test]
fn a_day_that_does_not_exist_is_one_finding() {
    let (path, text) = proposal(1, &format!("## Abstract\n\n{TEXT}\n\n## Specification\n\n{TEXT}"));
    let head = "status: Draft\ncreated: 2021-26-02\nrequires (*optional): 2\n";
    let out = found(&[(&path, &text.replace("status: Draft\n", head))]);
    assert_eq!(out.matches("[invalid-value]").count(), 1, "{out}");
    assert!(out.contains("help: write `requires`: what stands in brackets is part of the key here"), "{out}");
}

#[test]
fn a_month_wants_its_day() {
    let (path, text) =
        nygard(1, "Accepted", "## Context\n\nMail.\n\n## Decision\n\nA queue.\n\n## Consequences\n\nNone.");
    let out = found(&[(&path, &text.replace("2024-02-11", "2024-02"))]);
    assert!(out.contains("help: write the day, too\n"), "{out}");
}

#[test]
fn a_day_without_its_zeros_is_written_out() {
    for (written, mended) in [
        ("2022-11-7 # then", "2022-11-07 # then"),
        ("\"2022-1-17\"", "\"2022-01-17\""),
        ("'2022-1-17 09:00'", "'2022-01-17 09:00'"),
        ("22-11-7", "22-11-7"),
        ("2022-31-1", "2022-31-1"),
        ("|\n  2022-11-7", "|\n  2022-11-7"),
    ] {
        let text = |day: &str| format!("---\ntitle: Mail\nstatus: Draft\nupdated: {day}\n---\n\n# Mail\n\nText.\n");
        let project = Project::of(&[("content/adr/0001-mail.md", &text(written)), ("precedent.toml", "")]);
        let before = project.run(&["check"]).out;
        assert!(before.contains("[invalid-value]"), "{written}: {before}");
        project.run(&["check", "--fix"]);
        let now = std::fs::read_to_string(project.path("content/adr/0001-mail.md")).expect("read");
        assert_eq!(now, text(mended));
        let is_left = project.run(&["check"]).out.contains("[invalid-value]");
        assert_eq!(is_left, written == mended, "{written}");
    }
}

#[test]
fn settings_may_come_to_records_in_the_projects_own_folder() {
    let head = |number: u32| format!("---\ntitle: Mail {number}\nstatus: Draft\n---\n\n# Mail {number}\n\n{TEXT}\n");
    for opening in ["cep-000", "00"] {
        let names: Vec<String> = (1..5).map(|number| format!("{opening}{number}-mail.md")).collect();
        let texts: Vec<String> = (1..5).map(head).collect();
        let files: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(texts.iter().map(String::as_str)).collect();
        let project = Project::of(&files);
        let before = project.run(&["check"]);
        project.write("precedent.toml", "[markdown]\nremote-images = true\n");
        let after = project.run(&["check"]);
        assert_eq!((before.out, before.code), (after.out, after.code), "{opening}: {}", after.err);
    }
    // Where nothing shows that records lie there, the folder that is meant is missed, and nothing else is published.
    let project = Project::of(&[("precedent.toml", "[site]\ntitle = \"Log\"\n"), ("README.md", "# Code\n")]);
    let run = project.run(&["check"]);
    assert!(run.code == Some(2) && run.err.contains("there is no folder `content`"), "{}", run.err);
}

#[test]
fn help_for_titles_numbers_and_pictures_can_be_followed() {
    let out = found(&[
        ("doc/adr/0001-a.md", "# 1. A\n\n## Status\n\nAccepted\n"),
        ("doc/adr/0002-b.md", "## Context\n\nMail.\n\n## Status\n\nAccepted\n\n![flow](../../img/flow.png)\n"),
        ("doc/adr/0033-c.md", "# 3. C\n\n## Status\n\nAccepted\n"),
    ]);
    assert!(out.contains("help: write a first heading `# …`\n"), "{out}");
    assert!(out.contains("help: give both the same number: one that no other record has"), "{out}");
    assert!(out.contains("help: put the picture into the content folder, and name it there"), "{out}");
    assert!(!out.contains("[broken-relation]"), "a picture below a status is no relation: {out}");
}

#[test]
fn a_number_that_another_record_has_is_the_wrong_one() {
    let found_with = |heading: &str| {
        let text = format!("{heading}\n\n## Status\n\nAccepted\n");
        found(&[("doc/adr/0003-a.md", "# 3. A\n\n## Status\n\nAccepted\n"), ("doc/adr/0033-c.md", &text)])
    };
    for (heading, help) in [
        ("# 3. C", "write `# 33.`: `0003-a` has the number 3"),
        ("# [ADR-0003] C", "write `# [ADR-0033]`: `0003-a` has the number 3"),
        ("ADR 3: C\n===", "write `ADR 33:`: `0003-a` has the number 3"),
        ("# `ADR-3` C", "write `ADR-33`: `0003-a` has the number 3"),
        ("# 4. C", "give both the same number"),
    ] {
        let out = found_with(heading);
        assert!(out.contains(&format!("help: {help}")), "{heading}: {out}");
    }
}
