//! `precedent check` on an old repository: levels, exceptions, a baseline, repairs.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test may fail, and makes its own files"
)]

mod project;

use project::{Project, Run};

const WAIVER: &str = "+++\ntitle = \"A database of its own\"\nstatus = \"granted\"\ncreated = 2025-11-03\nexpires = 2026-05-31\n\n\
    [daci]\napprover = \"lead\"\n+++\n\n## Standard\n\nOne cluster for all.\n\n## Reason\n\nThe auditors ask for it.\n\n\
    ## Risk\n\nPatches come late.\n\n## End\n\nWith the year.\n";

fn waiver(settings: &str) -> Project {
    Project::of(&[("content/waiver/0001-db.md", WAIVER), ("precedent.toml", settings)])
}

fn read(project: &Project, path: &str) -> String {
    std::fs::read_to_string(project.path(path)).expect("read")
}

/// Rules and severities of what is found: `error broken-link`.
fn found(run: &Run) -> Vec<String> {
    let heads = run.out.lines().filter_map(|line| line.split_once("]: "));
    heads.map(|(head, _)| head.replace('[', " ")).collect()
}

#[test]
fn levels_differ_by_kind_status_and_age() {
    for (settings, expected) in [
        ("", "error expired-waiver"),
        ("[rules]\nexpired-waiver = \"warn\"\n", "warning expired-waiver"),
        (
            "[rules]\nexpired-waiver = \"deny\"\n[kinds.waiver.rules]\nexpired-waiver = \"warn\"\n",
            "warning expired-waiver",
        ),
        (
            "[rules]\nexpired-waiver = { level = \"deny\", statuses = { granted = \"warn\" } }\n",
            "warning expired-waiver",
        ),
        ("[rules]\nexpired-waiver = { since = 2025-11-03 }\n", "error expired-waiver"),
        ("[rules]\nexpired-waiver = { since = 2025-11-04 }\n", ""),
        ("[rules]\nexpired-waiver = { since = \"WVR-0002\" }\n", ""),
        ("[rules]\nexpired-waiver = { since = \"WVR-1\", level = \"warn\" }\n", "warning expired-waiver"),
        ("[kinds.waiver.rules]\nexpired-waiver = \"allow\"\n", ""),
    ] {
        assert_eq!(found(&waiver(settings).run(&["check"])).join(", "), expected, "{settings}");
    }
}

#[test]
fn wrong_settings_are_findings() {
    for (settings, expected) in [
        ("[rules]\nexpird-waiver = \"warn\"\n", "did you mean `expired-waiver`?"),
        ("[rules]\nexpired-waiver = { since = \"2026-02-30\" }\n", "write a day that exists"),
        ("[rules]\nexpired-waiver = { statuses = { grantd = \"warn\" } }\n", "did you mean `granted`?"),
        ("[rules]\nexpired-waiver = { since = \"RCF-0042\" }\n", "did you mean `RFC`?"),
        ("[kinds.adr.rules]\nbroken-link = { since = \"RFC-0042\" }\n", "no record here has an id like that"),
        (
            "[[kinds.waiver.sections]]\nname = \"Costs\"\nrule = \"broken-link\"\n",
            "does not report that anything is missing",
        ),
        ("[[tracker]]\nprefix = \"X-\"\nurl = \"javascript:x('{id}')\"\n", "start it with `https://`"),
        ("[policy]\nreview-dayz = 3\n", "did you mean `review-days`?"),
        ("[policy]\npre-read-hours = -1\n", "write a number above zero"),
        ("[calendar]\nholidays = [\"2026-02-30\"]\n", "write it as year-month-day"),
        ("[calendar]\nworking-days = [\"mondy\"]\n", "is not a day of the week"),
        ("[[kinds.waiver.sections]]\nname = \"Costs\"\nrule = \"mising-cost\"\n", "did you mean `missing-cost`?"),
    ] {
        let run = waiver(settings).run(&["check"]);
        assert!(run.out.contains(expected) && run.out.contains("precedent.toml:"), "{settings}:\n{}", run.out);
    }
}

#[test]
fn a_fault_in_the_settings_is_found_once() {
    for settings in [
        "[rules]\nexpired-waiver = { since = 2026-02-30 }\n",
        "[kinds.mine]\nbased-on = \"waiver\"\nprefix = \"MIN\"\n[kinds.waiver.rules]\nexpird = \"warn\"\n",
        "[kinds.waiver.rules]\nexpird = \"warn\"\n[kinds.mine]\nbased-on = \"waiver\"\nprefix = \"MIN\"\n",
    ] {
        let run = waiver(settings).run(&["check", "precedent.toml"]);
        assert_eq!(found(&run).len(), 1, "{settings}:\n{}", run.out);
    }
}

#[test]
fn a_file_that_was_not_read_is_named_whatever_the_settings_say() {
    let project = waiver("[rules]\nunread-file = \"allow\"\nexpired-waiver = \"allow\"\n");
    project.write("content/b.md", b"caf\xe9\n");
    assert_eq!(found(&project.run(&["check"])), ["warning unread-file"]);
}

#[test]
fn a_comment_allows_a_finding_with_its_reason() {
    let project = waiver("");
    let allowed =
        WAIVER.replacen("\n## Standard", "\n<!-- precedent: allow expired-waiver: see FIN-212 -->\n\n## Standard", 1);
    project.write("content/waiver/0001-db.md", &allowed);
    let run = project.run(&["check"]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""));
    assert!(run.err.contains("Comments allow 1 more finding."), "{}", run.err);
    project.write("content/waiver/0001-db.md", &allowed.replace(": see FIN-212", ""));
    assert_eq!(found(&project.run(&["check"])), ["error expired-waiver", "error malformed-allow"]);
    for (from, to) in [
        (": see FIN-212", ": TBD"),
        ("precedent:", "precedent"),
        ("precedent:", "Precedent:"),
        ("expired-waiver:", "unused-allow:"),
    ] {
        project.write("content/waiver/0001-db.md", &allowed.replace(from, to));
        assert_eq!(found(&project.run(&["check"])), ["error expired-waiver", "error malformed-allow"], "{to}");
    }
    project.write("content/waiver/0001-db.md", &allowed.replace("2026-05-31", "2026-12-31"));
    assert_eq!(found(&project.run(&["check"])), ["warning unused-allow"]);
    // The repair takes the comment out, and leaves the text as it was before.
    assert_eq!(project.run(&["check", "--fix"]).code, Some(0));
    assert_eq!(read(&project, "content/waiver/0001-db.md"), WAIVER.replace("2026-05-31", "2026-12-31"));
}

#[test]
fn a_comment_that_stands_elsewhere_is_not_taken_out() {
    let elsewhere = WAIVER.replacen("## End\n", "## End\n\n<!-- precedent: allow expired-waiver: see FIN-212 -->\n", 1);
    let project = waiver("");
    project.write("content/waiver/0001-db.md", &elsewhere);
    let run = project.run(&["check", "--fix", "--unsafe-fixes"]);
    assert_eq!(found(&run), ["error expired-waiver", "warning unused-allow"]);
    assert!(run.out.contains("found here, outside of it"), "{}", run.out);
    assert_eq!(read(&project, "content/waiver/0001-db.md"), elsewhere);
}

#[test]
fn a_comment_leaves_the_text_around_it_as_it_was() {
    let comment = "<!-- precedent: allow broken-link: old -->";
    for (from, to) in [
        (format!("# A\n\nOne.\n{comment}\nTwo.\n"), "# A\n\nOne.\n\nTwo.\n".to_owned()),
        (format!("# A\n\nOne.\n\n{comment}\n\nTwo.\n"), "# A\n\nOne.\n\nTwo.\n".to_owned()),
        (format!("# A\n\nOne.\n\n{comment}\nTwo.\n"), "# A\n\nOne.\n\nTwo.\n".to_owned()),
        (format!("# A\r\n\r\nOne.\r\n\r\n{comment}"), "# A\r\n\r\nOne.\r\n\r\n".to_owned()),
        (format!("# A\n\n{comment} Two.\n"), format!("# A\n\n{comment} Two.\n")),
    ] {
        let project = Project::of(&[("content/a.md", &from), ("precedent.toml", "")]);
        project.run(&["check", "--fix"]);
        assert_eq!(read(&project, "content/a.md"), to, "{from:?}");
    }
}

#[test]
fn a_finding_beside_a_text_is_shown_at_its_line() {
    let project = Project::of(&[
        ("content/keps/0023-gates/README.md", "# Gates\n\nText.\n"),
        ("content/keps/0023-gates/kep.yaml", "kep-number: 23\nstatus: provisional\ndraft: soon\n"),
    ]);
    let run = project.run(&["check"]);
    assert!(run.out.contains(" --> content/keps/0023-gates/kep.yaml:3:8\n"), "{}", run.out);
}

#[test]
fn the_only_error_is_shown_among_many_warnings() {
    let project = Project::of(&[("precedent.toml", "[markdown]\nremote-images = true\n")]);
    for n in 0..40 {
        project.write(
            &format!("content/a{n}.md"),
            &"# A\n\n![](x.png) ![](x.png) ![](x.png)\n".replace("x.png", "https://e.org/x.png"),
        );
    }
    project.write("content/z.md", "# Z\n\n[x](gone.md)\n");
    let run = project.run(&["check"]);
    assert!(found(&run).contains(&"error broken-link".to_owned()), "{}", run.err);
    assert!(run.out.contains("… and 21 more"), "{}", run.out);
}

#[test]
fn findings_about_pages_are_old_findings_too() {
    let project = Project::of(&[
        ("content/a/README.md", "# A\n\nText.\n"),
        ("content/a/index.md", "# A\n\nText.\n"),
        ("precedent.toml", "[check]\nbaseline = \"old.json\"\n"),
    ]);
    assert_eq!(project.run(&["check", "--write-baseline"]).code, Some(0));
    assert!(read(&project, "old.json").contains("duplicate-address"), "{}", read(&project, "old.json"));
    assert_eq!(project.run(&["build", "--strict"]).code, Some(0));
    let check = project.run(&["check"]);
    assert!(!check.err.contains("repaired"), "{}", check.err);
}

#[test]
fn a_repaired_target_is_still_a_target() {
    let head = |more: &str| format!("+++\ntitle = \"x\"\nstatus = \"draft\"\n{more}+++\n");
    let relations = "depends-on = [\"RCF-0002\", \"RFC-0001-A2\", \"RFC-2-A1\", \"0001-qq.md#a-b\"]\n";
    let text = "# A\n\n![d](flow%20(1).png) [x](with-space.md?a#a-b)\n\n[ref] too.\n\n[ref]: indx.md#a-b \"t\"\n";
    let project = Project::of(&[
        ("precedent.toml", ""),
        ("content/h/a.md", text),
        ("content/h/sub/flow (1).png", "x"),
        ("content/h/with space.md", "# B\n\n## A b\n\nText.\n"),
        ("content/h/index.md", "# B\n\n## A b\n\nText.\n"),
        ("content/adr/0001-q.md", &head("")),
        ("content/adr/0002-q.md", &head("")),
        ("content/rfc/0001-q.md", &head("")),
        ("content/rfc/0002-q.md", &head("")),
        ("content/rfc/0001-a1-q.md", &head("")),
        ("content/rfc/0003-q.md", &head(relations)),
    ]);
    project.run(&["check", "--fix", "--unsafe-fixes"]);
    let mended =
        "# A\n\n![d](sub/flow%20%281%29.png) [x](with%20space.md?a#a-b)\n\n[ref] too.\n\n[ref]: index.md#a-b \"t\"\n";
    assert_eq!(read(&project, "content/h/a.md"), mended);
    let mended = "depends-on = [\"RFC-0002\", \"RFC-0001-A1\", \"RFC-0002\", \"0001-q.md#a-b\"]";
    assert!(read(&project, "content/rfc/0003-q.md").contains(mended), "{}", read(&project, "content/rfc/0003-q.md"));
}

#[test]
fn warnings_fail_a_strict_run() {
    let project = waiver("[rules]\nexpired-waiver = \"warn\"\n");
    assert_eq!(project.run(&["check"]).code, Some(0));
    assert_eq!(project.run(&["check", "--strict"]).code, Some(1));
}

#[test]
fn a_baseline_leaves_old_findings_in_peace() {
    let project = waiver("");
    let written = project.run(&["check", "--write-baseline"]);
    assert_eq!(written.code, Some(0));
    assert!(written.err.contains("Wrote 1 finding to precedent-baseline.json."), "{}", written.err);
    assert_eq!(project.run(&["check"]).code, Some(1), "it holds only once it is named");
    project.write("precedent.toml", "[check]\nbaseline = \"precedent-baseline.json\"\n");
    let run = project.run(&["check"]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""));
    assert!(run.err.contains("The baseline holds 1 more finding."), "{}", run.err);
    // Lines above may come and go, and the day may pass.
    project.write("content/waiver/0001-db.md", &WAIVER.replacen("title", "tags = [\"a\"]\ntitle", 1));
    assert_eq!(project.run(&["check"]).code, Some(0));
    // A new fault is new.
    project.write("content/waiver/0001-db.md", &WAIVER.replacen("## Risk\n\nPatches come late.\n\n", "", 1));
    assert_eq!(found(&project.run(&["check"])), ["error missing-section"]);
    // What is repaired leaves it with the next writing.
    project.write("content/waiver/0001-db.md", &WAIVER.replace("2026-05-31", "2026-12-31"));
    let run = project.run(&["check"]);
    assert!(run.err.contains("1 finding of the baseline is repaired"), "{}", run.err);
    assert_eq!(project.run(&["check", "--write-baseline"]).code, Some(0));
    assert_eq!(read(&project, "precedent-baseline.json"), "{\"version\": 1, \"findings\": []}\n");
}

#[test]
fn a_broken_baseline_stops_the_run() {
    let project = waiver("");
    project.write("old.json", "{\"version\": 1,\n\"findings\": [{\"path\": 3}]}");
    let run = project.run(&["check", "--baseline", "old.json"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("old.json:2:") && run.err.contains("this is not a baseline"), "{}", run.err);
    let run = project.run(&["check", "--baseline", "none.json"]);
    assert!(run.code == Some(2) && run.err.contains("there is no baseline `none.json`; write it with"), "{}", run.err);
}

const CHAPTER: &str = "# Rules\r\n\r\n> [!WARNNG]\r\n> Careful: naïve.\r\n\r\n> [!IMPORTENT]\r\n> Äh.";

#[test]
fn repairs_touch_only_their_spans() {
    let project = Project::of(&[("content/a.md", CHAPTER), ("precedent.toml", "")]);
    let dry = project.run(&["check", "--fix-dry-run"]);
    assert_eq!(dry.code, Some(1));
    assert!(dry.out.contains("-> [!WARNNG]\r\n+> [!WARNING]\r\n"), "{}", dry.out);
    assert!(dry.err.contains("Would fix 2 findings in 1 file."), "{}", dry.err);
    assert_eq!(read(&project, "content/a.md"), CHAPTER, "a dry run changes nothing");
    let run = project.run(&["check", "--fix"]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""));
    assert!(run.err.contains("Fixed 2 findings in 1 file."), "{}", run.err);
    let mended = CHAPTER.replace("WARNNG", "WARNING").replace("IMPORTENT", "IMPORTANT");
    assert_eq!(read(&project, "content/a.md"), mended);
    let again = project.run(&["check", "--fix"]);
    assert!(again.err.contains("Nothing to fix."), "{}", again.err);
    assert_eq!(read(&project, "content/a.md"), mended);
}

#[test]
fn good_guesses_are_made_only_when_asked_for() {
    let text = "# A\n\nSee [b](bb.md).\n";
    let project = Project::of(&[("content/a.md", text), ("content/b.md", "# B\n\nText.\n"), ("precedent.toml", "")]);
    let run = project.run(&["check", "--fix"]);
    assert!(run.err.contains("Nothing to fix (1 more with --unsafe-fixes)."), "{}", run.err);
    assert_eq!(project.run(&["check", "--fix", "--unsafe-fixes"]).code, Some(0));
    assert_eq!(read(&project, "content/a.md"), text.replace("bb.md", "b.md"));
    assert_eq!(
        project.run(&["check", "--unsafe-fixes"]).code,
        Some(2),
        "it says which repairs, not that they are made"
    );
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_written_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let project = Project::of(&[("content/a.md", CHAPTER), ("content/b.md", CHAPTER), ("precedent.toml", "")]);
    let path = project.path("content/a.md");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o444)).unwrap();
    let run = project.run(&["check", "--fix"]);
    assert!(run.code == Some(2) && run.err.contains("a.md") && run.err.contains("1 file mended"), "{}", run.err);
    assert_eq!(read(&project, "content/a.md"), CHAPTER);
    assert_ne!(read(&project, "content/b.md"), CHAPTER, "the others are mended all the same");
}

#[cfg(unix)]
#[test]
fn a_file_with_two_paths_is_mended_once() {
    let project = Project::of(&[("content/a.md", CHAPTER), ("precedent.toml", "")]);
    std::os::unix::fs::symlink("a.md", project.path("content/b.md")).expect("linked");
    let dry = project.run(&["check", "--fix-dry-run"]);
    assert_eq!(dry.out.matches("+++ ").count(), 1, "{}", dry.out);
    let run = project.run(&["check", "--fix"]);
    assert!(run.err.contains("Fixed 4 findings in 1 file."), "{}", run.err);
}

#[test]
fn a_diff_can_be_applied_whatever_the_text_holds() {
    let text = CHAPTER.replacen("# Rules", "# \u{1b}[31mred", 1);
    let project = Project::of(&[("content/f g.md", &text), ("precedent.toml", "")]);
    let dry = project.run(&["check", "--fix-dry-run"]);
    assert!(dry.out.contains(" # \u{1b}[31mred\r\n") && dry.out.contains("+++ b/content/f g.md\t\n"), "{:?}", dry.out);
}

#[test]
fn many_findings_are_summed_up() {
    let links: String = (0..30).map(|n| format!("[x](gone-{n}.md)\n\n")).collect();
    let project = Project::of(&[("precedent.toml", "")]);
    for n in 0..12 {
        project.write(&format!("content/c{n}.md"), &format!("# C{n}\n\n{links}"));
    }
    let run = project.run(&["check"]);
    assert_eq!(found(&run).len(), 60, "five of a rule in a file");
    assert!(run.out.contains("… and 300 more; `precedent check --all` shows them"), "{}", run.out);
    assert!(run.err.contains("Found 360 errors in 12 files."), "{}", run.err);
    assert!(run.err.contains("run `precedent check --write-baseline`"), "{}", run.err);
    assert_eq!(found(&project.run(&["check", "--all"])).len(), 360);
}

#[test]
fn annotations_name_files_from_the_repository_on() {
    let project = waiver("");
    std::fs::create_dir(project.path(".git")).expect("made");
    let run = project.run(&["check", "--format", "github"]);
    assert!(run.out.starts_with("::error file=content/waiver/0001-db.md,line="), "{}", run.out);
    let whole = Project::of(&[("docs/precedent.toml", ""), ("docs/content/waiver/0001-db.md", WAIVER)]);
    std::fs::create_dir(whole.path(".git")).expect("made");
    let run = whole.run(&["-r", "docs", "check", "--format", "github"]);
    assert!(run.out.starts_with("::error file=docs/content/waiver/0001-db.md,line="), "{}", run.out);
}

#[test]
fn figures_that_mean_nothing_are_found_once() {
    const RFC: &str = "+++\ntitle = \"x\"\nstatus = \"draft\"\n[cost]\ncurrency = \"USD\"\nhorizon-years = 5\n\
        build = { initial = 600000, maintenance-rate = 0.25, run-per-year = 40000 }\n\
        buy = { licence-per-year = 180000, growth-rate = 0.15 }\n+++\n\n## Summary\n\nOne.\n\n## Motivation\n\nTwo.\n";
    let rfc = |change: &str| {
        let (from, to) = change.split_once(" => ").expect("a change");
        RFC.replace(from, to)
    };
    for (cost, words) in [
        ("run-per-year => run-per-month", "as `run-per-year`"),
        ("run-per-year => run-per-yaer", "did you mean `run-per-year`?"),
        ("build => biuld", "did you mean `build`?"),
        ("= 0.25 => = 25", "`maintenance-rate = 0.25`"),
        ("= 0.15 => = 15", "`growth-rate = 0.15`"),
        ("years = 5 => years = 0", "years are no time"),
        ("years = 5 => years = 1000", "years are no time"),
        ("years = 5 => years = \"five\"", "`horizon-years`"),
        ("\"USD\" => \"USD/EUR\"", "more than one currency"),
        ("initial = 600000 => initial = \"€600000\"", "write a number"),
    ] {
        let project = Project::of(&[("content/rfc/0001-x.md", &rfc(cost)), ("precedent.toml", "")]);
        let run = project.run(&["check"]);
        assert!(found(&run) == ["error invalid-value"] && run.out.contains(words), "{cost}:\n{}", run.out);
    }
    let clean = Project::of(&[("content/rfc/0001-x.md", &rfc("USD => EUR")), ("precedent.toml", "")]);
    assert_eq!(found(&clean.run(&["check"])), Vec::<String>::new());
}

#[test]
fn a_misspelt_field_is_not_missed_besides() {
    let text = WAIVER.replace("expires", "expirse").replace("approver", "aprover");
    let project = Project::of(&[("content/waiver/0001-x.md", &text), ("precedent.toml", "")]);
    assert_eq!(found(&project.run(&["check"])), ["warning unknown-field", "warning unknown-field"]);
}

#[test]
fn a_switch_that_is_neither_is_one_finding() {
    let text = "+++\ntitle = \"A queue\"\nstatus = \"accepted\"\ndraft = \"true\"\n+++\n\n## Context\n\nMail.\n";
    let out = Project::of(&[("content/adr/0001-queue.md", text)]).run(&["check"]).out;
    assert_eq!(out.matches("content/adr/0001-queue.md:4:9").count(), 1, "{out}");
    assert!(out.contains("[doubtful-draft]") && out.contains("help: write `true` or `false`, without quotes"), "{out}");
}
