//! A record on its way through a review: circulated, compared, signed, dissented from, measured and advanced.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail, and makes its own files"
)]

mod project;
mod reviewed;

use reviewed::{ADR, SENT, TEXT, clean, project, refused, text};
use std::fs;

#[test]
fn a_record_goes_out_when_it_is_ready() {
    let project = project();
    project.write(ADR, &TEXT.replace("Jobs go through a queue, and workers take them from there.", "TBD"));
    let before = text(&project);
    let run = project.run(&SENT);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(run.out.contains("error[empty-section]: the section `Decision` is empty"), "{}", run.out);
    assert!(
        run.err.contains(
            "ADR-0004 is not ready to be circulated: this finding says what is missing. Nothing was written."
        ),
        "{}",
        run.err
    );
    assert_eq!(text(&project), before);
    assert!(!project.path("pre-read").exists());

    project.write(ADR, TEXT);
    let short =
        project.run(&["circulate", "ADR-4", "--sent", "2026-06-01T09:00:00Z", "--held", "2026-06-02T10:00:00Z"]);
    assert!(short.code == Some(1) && short.out.contains("error[short-pre-read]"), "{}{}", short.out, short.err);
    assert!(short.out.contains("held after 25 h: `held = 2026-06-02T10:00:00Z` would stand here"), "{}", short.out);
    let dry = project.run(&[&SENT[..], &["--dry-run"]].concat());
    assert!(
        dry.code == Some(0) && dry.out.contains("+status = \"proposed\" # for now") && dry.out.contains("+[review]"),
        "{}",
        dry.out
    );
    assert_eq!(text(&project), TEXT);

    clean(&project.run(&SENT));
    let digest = text(&project).lines().find(|line| line.starts_with("digest = \"p1:")).expect("a digest").to_owned();
    let review = format!("[review]\ncirculated = 2026-06-01T09:00:00Z\nheld = 2026-06-03T10:00:00+01:00\n{digest}\n\n");
    let expected = TEXT
        .replace("\"draft\"", "\"proposed\"")
        .replace("[[metric]]\nname = \"slowest invoice\"", &format!("{review}[[metric]]\nname = \"slowest invoice\""));
    assert_eq!(text(&project), expected, "nothing else has changed");
    assert_eq!(project.run(&["check"]).code, Some(0));
}

#[test]
fn findings_on_what_is_not_written_stand_where_the_file_has_them() {
    let project = project();
    let draft = "+++\ntitle = \"A bus\"\nstatus = \"draft\"\n\n[[metric]]\nname = \"x\"\n+++\n\n## Summary\n\nA bus.\n\n## Motivation\n\nTBD\n";
    project.write("content/rfc/0001-bus.md", draft);
    for command in [&["circulate", "RFC-1", "--held", "2026-06-08"][..], &["advance", "RFC-1", "formal-review"]] {
        let run = project.run(command);
        assert_eq!(run.code, Some(1), "{}", run.err);
        assert!(run.out.contains("13 | ## Motivation\n") && run.out.contains("0001-bus.md:13:1\n"), "{}", run.out);
        // What it would come to is told in words, and what is quoted is what stands there.
        assert!(
            run.out.contains("3 | status = \"draft\"\n") && run.out.contains("from `formal-review` on"),
            "{}",
            run.out
        );
        assert!(!run.out.contains("\"formal-review\""), "{command:?}: {}", run.out);
        assert!(run.err.contains("Nothing was written"), "{}", run.err);
    }
}

#[test]
fn a_record_is_not_stamped_when_its_pre_read_cannot_be_written() {
    let project = project();
    for (place, words) in [("nowhere/x.html", "could not open the folder"), ("content", "could not write")] {
        let run = project.run(&[&SENT[..], &["--pre-read", place]].concat());
        refused(&run, words);
        assert_eq!(text(&project), TEXT, "{place}");
        assert!(!run.err.contains("Circulated"), "{}", run.err);
    }
    // And a pre-read that is kept is not lost to one that nobody was sent.
    clean(&project.run(&SENT));
    let kept = || fs::read_to_string(project.path("pre-read/ADR-0004.html")).expect("UTF-8");
    let before = kept();
    project.write(ADR, &text(&project).replace("forty", "fifty"));
    let mut permissions = fs::metadata(project.path(ADR)).expect("there").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(project.path(ADR), permissions).expect("set");
    refused(&project.run(&SENT), "could not write");
    assert_eq!(kept(), before);
}

#[test]
fn one_letter_makes_another_role_and_another_person() {
    let project = project();
    let sign = |role: &str, by: &str| project.run(&["sign", "ADR-4", "--as", role, "--by", by]);
    let asks = |roles: &str| {
        project.write("precedent.toml", &format!("[kinds.adr]\nsign-offs = [{roles}]\n"));
    };
    clean(&project.run(&SENT));
    asks("{ roles = [\"cto\"] }, { roles = [\"security-lead\"], when = { door = \"two-way\" } }");
    clean(&sign("cfo", "ann"));
    // What is asked for on another condition is no slip, and nobody is pointed to it.
    clean(&sign("security-lead", "sec"));
    clean(&sign("security-leads", "sec"));
    asks("{ roles = [\"security-lead\"] }");
    refused(&sign("security-laed", "sec"), "did you mean `security-lead`?");
    clean(&sign("cto", "a-b"));
    clean(&sign("cto", "ab"));
    refused(&sign("CTO", "@AB"), "`AB` has signed this text of ADR-0004 as `CTO` already");
}

#[test]
fn what_stands_beside_a_text_is_not_written_into_it() {
    let project = project();
    project.write("content/keps/0007-x/README.md", "# KEP-7: x\n\n## Summary\n\nText.\n");
    project.write("content/keps/0007-x/kep.yaml", "title: x\nkep-number: 7\nstatus: provisional\n");
    let run = project.run(&["advance", "content/keps/0007-x/README.md", "implementable"]);
    refused(&run, "what content/keps/0007-x/README.md says of itself stands in content/keps/0007-x/kep.yaml");
}

#[test]
fn what_is_signed_is_this_very_text() {
    let project = project();
    let sign = |role: &str, by: &str| project.run(&["sign", "ADR-4", "--as", role, "--by", by]);
    refused(
        &sign("principal-engineer", "pe"),
        "ADR-0004 is a draft, which nobody can agree to; circulate it first: `precedent circulate ADR-0004 --held WHEN`",
    );
    clean(&project.run(&SENT));
    let sent = text(&project);
    refused(&sign("principal-enginer", "pe"), "did you mean `principal-engineer`?");
    refused(&sign(" ", "pe"), "--as principal-engineer");
    project.write(ADR, &sent.replace("forty", "fifty"));
    refused(&sign("principal-engineer", "pe"), "has changed since it was circulated");
    project.write(ADR, &sent);
    let dry = project.run(&["sign", "ADR-4", "--as", "principal-engineer", "--by", "@pe", "--dry-run"]);
    assert!(
        dry.out
            .contains("+[[sign-off]]\n+role = \"principal-engineer\"\n+by = \"pe\"\n+on = 2026-06-01\n+digest = \"p1:"),
        "{}",
        dry.out
    );
    assert_eq!(text(&project), sent);
    clean(&sign("principal-engineer", "pe"));
    refused(
        &sign("Principal Engineer", "pe"),
        "has signed this text of ADR-0004 as `Principal Engineer` already on 2026-06-01",
    );
    let signed = text(&project);
    // Reflow does not break it; a changed word does, and is shown.
    project.write(ADR, &signed.replace("and workers take", "and\nworkers take"));
    assert_eq!(project.run(&["check"]).code, Some(0));
    project.write(ADR, &signed.replace("and workers take", "and servers take"));
    let drift = project.run(&["check"]);
    assert!(
        drift.code == Some(1)
            && drift.out.contains("error[silent-drift]")
            && drift.out.contains("was \"workers\"")
            && drift.out.contains("precedent diff ADR-0004"),
        "{}",
        drift.out
    );
    assert!(project.run(&["diff", "ADR-4"]).out.contains("[-workers-] {+servers+}"));
    clean(&sign("principal-engineer", "pe"));
    assert_eq!(project.run(&["check"]).code, Some(0), "signed again");
}

#[test]
fn a_dissent_is_on_record_before_it_is_committed_to() {
    let project = project();
    let dissent = |more: &[&str]| project.run(&[&["dissent", "ADR-4", "--who", "sre"], more].concat());
    refused(&dissent(&[]), "say what `sre` would have done");
    clean(&dissent(&["--position", "would \"limit\" the workers\nto two"]));
    assert!(
        text(&project)
            .contains("[[dissent]]\nwho = \"sre\"\nposition = \"would \\\"limit\\\" the workers\\nto two\"\n"),
        "{}",
        text(&project)
    );
    refused(&dissent(&["--position", "other"]), "what somebody said is not rewritten");
    refused(&dissent(&[]), "add `--committed`");
    clean(&dissent(&["--committed"]));
    assert!(text(&project).contains("to two\"\ncommitted = 2026-06-01\n"), "{}", text(&project));
    refused(&dissent(&["--committed", "2026-06-02"]), "has committed to ADR-0004 already");
}

#[test]
fn a_metric_is_measured_by_its_name() {
    let project = project();
    let measure = |metric: &str, value: &str| project.run(&["measure", "ADR-4", metric, value]);
    refused(&measure("slowest invioce", "4 s"), "has no metric `slowest invioce`; did you mean `slowest invoice`?");
    refused(&measure("slowest", "4 s"), "may be `slowest invoice` or `slowest credit note`");
    refused(&measure("invoice", "soon"), "has no number in it");
    refused(&project.run(&["measure", "ADR-1", "x", "1"]), "ADR-0001 has no metrics in its front matter");
    let run = measure("INVOICE", "4.1 s");
    assert!(
        run.code == Some(0) && run.err.contains("`slowest invoice` is 4.1 s, which meets its target of < 5 s"),
        "{}{}",
        run.out,
        run.err
    );
    let run = measure("credit", "9 s");
    assert!(run.code == Some(0) && run.err.contains("which misses its target"), "{}", run.err);
    clean(&measure("credit", "4 s"));
    let expected =
        TEXT.replacen("target = \"< 5 s\"\n", "target = \"< 5 s\"\nactual = \"4.1 s\"\nmeasured = 2026-06-01\n", 1);
    let expected =
        expected.replace("target = \"< 5 s\"\n+++", "target = \"< 5 s\"\nactual = \"4 s\"\nmeasured = 2026-06-01\n+++");
    assert_eq!(text(&project), expected);
}

#[test]
fn a_step_is_one_that_its_kind_allows() {
    let project = project();
    let advance = |status: &str| project.run(&["advance", "ADR-4", status]);
    refused(&advance("acepted"), "`acepted` is no status of its kind, `adr`; did you mean `accepted`?");
    refused(
        &advance("accepted"),
        "ADR-0004 is `draft`, and there is no step from there to `accepted`; it goes on to `proposed` or `withdrawn`",
    );
    refused(&advance("WIP"), "ADR-0004 is `draft` already");
    clean(&advance("proposed"));
    let run = advance("accepted");
    assert_eq!(run.code, Some(1));
    for rule in ["missing-sign-off", "unrecorded-dissent"] {
        assert!(run.out.contains(&format!("error[{rule}]")), "{rule}: {}", run.out);
    }
    assert!(run.err.contains("ADR-0004 is not ready for `accepted`: 2 findings say what is missing"), "{}", run.err);
    refused(&project.run(&["advance", "content/index.md", "accepted"]), "is a chapter, which has no status");
    refused(
        &project.run(&["circulate", "ADR-1", "--held", "2026-06-09"]),
        "ADR-0001 is `accepted`: there is no review before it",
    );
    refused(&project.run(&["circulate", "ADR-4", "--held", "2026-06-09T10:00"]), "with a time and an offset");
}

#[test]
fn a_history_is_kept_where_there_is_one() {
    let project = project();
    project.write(
        ADR,
        &TEXT.replacen("\n[[metric]]", "\n[[history]]\nstatus = \"draft\"\non = 2026-05-20\n\n[[metric]]", 1),
    );
    clean(&project.run(&["advance", "ADR-4", "proposed", "--on", "2026-05-30"]));
    let row = "[[history]]\nstatus = \"draft\"\non = 2026-05-20\n\n[[history]]\nstatus = \"proposed\"\non = 2026-05-30\n\n[[metric]]";
    assert!(text(&project).contains(row), "{}", text(&project));
    assert_eq!(project.run(&["check"]).code, Some(0));
}

#[test]
fn only_the_bytes_that_are_meant_change_in_any_dress() {
    let yaml = "---\n# whose?\ntitle: 'Ein Ω queue'   \nstatus: 'proposed' # now\ndoor:   two-way\ndaci: { approver: vp }\nsign-off:\n  - role: pe\n    by: ann\n    on: 2026-05-01\ncreated: 2026-05-20\n---\n";
    let body = TEXT.split_once("+++\n\n").expect("a body").1;
    let yaml = format!("{yaml}\n{body}");
    let project = project();
    let toml = TEXT.replace("\"draft\"", "\"proposed\"");
    for dress in [
        |text: &str| text.to_owned(),
        |text: &str| text.replace('\n', "\r\n"),
        |text: &str| format!("\u{feff}{}", text.trim_end()),
    ] {
        project.write(ADR, &dress(&yaml));
        clean(&project.run(&["sign", "ADR-4", "--as", "vp", "--by", "Zoë O'Neil"]));
        let digest = text(&project)
            .lines()
            .find_map(|line| line.trim().strip_prefix("digest: ").map(str::to_owned))
            .expect("a digest");
        let row = format!(
            "    on: 2026-05-01\n  - role: vp\n    by: \"Zoë O'Neil\"\n    on: 2026-06-01\n    digest: {digest}\n"
        );
        assert_eq!(text(&project), dress(&yaml.replace("    on: 2026-05-01\n", &row)));

        project.write(ADR, &dress(&toml));
        clean(&project.run(&["dissent", "ADR-4", "--who", "sre", "--position", "kein Ω", "--committed"]));
        let row = "\n[[dissent]]\nwho = \"sre\"\nposition = \"kein Ω\"\ncommitted = 2026-06-01\n\n[[metric]]\nname = \"slowest invoice\"";
        assert_eq!(text(&project), dress(&toml.replace("\n[[metric]]\nname = \"slowest invoice\"", row)));
    }
}
