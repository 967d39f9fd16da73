//! Findings in logs that other processes have left, read without settings: each is true there, and its help can be followed.

#![allow(clippy::disallowed_methods, clippy::expect_used, reason = "a test may fail, and makes its own files")]

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
