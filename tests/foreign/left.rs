//! Words of a template, and what was to be settled later, in records that are no drafts any more.

use crate::{TEXT, found, found_in, nygard};

#[test]
fn a_marker_in_brackets_is_no_template() {
    let text = format!("## Context\n\n{TEXT} [TODO]\n\n## Decision\n\n{TEXT}\n\n## Consequences\n\nNone.");
    let out = found_in(&[nygard(1, "Accepted", &text)]);
    assert!(out.contains("[leftover-placeholder]: `[TODO]` in a text that is no longer a draft"), "{out}");
    let out = found_in(&[nygard(1, "Rejected", &text)]);
    assert!(!out.contains("[leftover-placeholder]"), "{out}");
}

#[test]
fn what_is_open_may_be_settled_in_a_ticket() {
    let found_with = |word: &str| {
        let text = format!("## Context\n\nMail.\n\n## Decision\n\nA queue. {word}\n\n## Consequences\n\nNone.");
        found_in(&[nygard(1, "Accepted", &text)])
    };
    for word in
        ["TBD, see #1234.", "TBD: [#1234](https://example.org/1234).", "TODO: BILL-1300", "TBD; https://example.org/7"]
    {
        let out = found_with(word);
        assert!(!out.contains("[leftover-placeholder]"), "{word}: {out}");
    }
    for word in ["TBD, see below.", "TODO: number 3", "TBD: a-1"] {
        let out = found_with(word);
        assert!(out.contains("[leftover-placeholder]"), "{word}: {out}");
    }
}

#[test]
fn what_is_to_be_confirmed_is_still_open() {
    let found_with = |status: &str, words: &str| {
        let text = format!("## Context\n\n{words}\n\n## Decision\n\nA queue.\n\n## Consequences\n\nNone.");
        found_in(&[nygard(1, status, &text)])
    };
    for words in [
        "Mail.\n\nTBC",
        "Mail.\n\n- TBA.",
        "| Owner | From |\n|---|---|\n| Ada | TBC |",
        "The owner is TBC.",
        "Names and days are TBA, and so is the place.",
        "Mail, as Ada says [TBC].",
    ] {
        let out = found_with("Accepted", words);
        assert!(out.contains("[leftover-placeholder]: `") && out.contains("TB"), "{words}: {out}");
        assert!(!found_with("Draft", words).contains("[leftover-placeholder]"), "{words}");
        assert!(!found_with("Rejected", words).contains("[leftover-placeholder]"), "{words}");
    }
    // Either may be a name as well.
    for words in [
        "Token bound accounts (TBA) are told from others.",
        "- TBA: the token bound account",
        "TBC - the board of trade",
        "They pay into a TBA, not to a person.",
        "The minutes are the TBC's.",
        "Tba",
    ] {
        let out = found_with("Accepted", &format!("Mail.\n\n{words}"));
        assert!(!out.contains("[leftover-placeholder]"), "{words}: {out}");
    }
}

#[test]
fn a_link_that_a_template_left_is_found_however_it_is_escaped() {
    let found_with = |link: &str| {
        let text = format!("## Context\n\nMail.\n\n## Decision\n\nA queue.\n\n## Consequences\n\nNone.\n\n{link}");
        found_in(&[nygard(1, "Accepted", &text)])
    };
    for link in [
        r"* \[{Link name}]\(link to external resource)",
        "* [{Link name}](link to external resource)",
        "* {Link name}",
        r"* \[option 1]",
        "This log lists the decisions for \\[project name].",
    ] {
        let out = found_with(link);
        assert!(out.contains("[leftover-placeholder]: the template's words are still here"), "{link}: {out}");
    }
    // Whoever writes over what is marked leaves no backslash behind.
    let out = found_with(r"For \[project name].");
    assert!(out.contains(":21:5\n"), "{out}");
    for link in
        ["[{Link name}](https://example.org)", "`{Link name}`", "Paths are /jobs/{link name}.", r"\\[x \in {Links}\\]"]
    {
        let out = found_with(link);
        assert!(!out.contains("[leftover-placeholder]"), "{link}: {out}");
    }
}

#[test]
fn a_title_that_is_the_templates_is_left_to_write() {
    let found_with = |title: &str| {
        let (path, text) =
            nygard(1, "Accepted", "## Context\n\nMail.\n\n## Decision\n\nA queue.\n\n## Consequences\n\nNone.");
        found(&[(&path, &text.replace("Send invoices 1", title))])
    };
    for title in ["Title of the Decision Record", "ADR title", "*Title*"] {
        let out = found_with(title);
        assert!(
            out.contains(
                "[leftover-placeholder]: the title is still the template's\n --> doc/adr/0001-invoices-1.md:1:"
            ),
            "{out}"
        );
        assert!(out.contains("help: say in a few words what this text is about"), "{out}");
    }
    for title in ["Title every invoice", "Titles", "Keep the title of the decision record short"] {
        assert!(!found_with(title).contains("[leftover-placeholder]"), "{title}");
    }
}

#[test]
fn nothing_is_left_to_write_in_what_another_record_has_replaced() {
    let old = "Decision and consequences are TBD.\n\n## Context\n\nMail.\n\n## Decision\n\n## Consequences\n\nNone.";
    let found_with = |rest: &str| {
        let new = format!("{rest}\n\n## Context\n\nMail.\n\n## Decision\n\nA queue.\n\n## Consequences\n\nNone.");
        found_in(&[nygard(1, "Accepted", old), nygard(2, "Accepted", &new)])
    };
    let out = found_with("");
    assert!(out.contains("[empty-section]") && out.contains("[leftover-placeholder]"), "{out}");
    let out = found_with("Supersedes [1. Send invoices 1](0001-invoices-1.md)");
    assert!(!out.contains("[empty-section]") && !out.contains("[leftover-placeholder]"), "{out}");
}
