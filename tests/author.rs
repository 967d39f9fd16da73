//! Records as commands write them: drafts of every kind, and the few values that a process adds.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail, and makes its own files"
)]

mod project;
mod repository;
mod tool;

use project::Project;
use repository::{commit, start};
use std::fs;
use std::process::Command;

const ADA: (&str, &str) = ("Ada", "2024-01-10");

const SETTINGS: &str = "[site]\ntitle = \"Our log\"\n";

fn empty() -> Project {
    Project::of(&[("precedent.toml", SETTINGS), ("content/index.md", "# Our decisions\n\nAll of them.\n")])
}

/// An RFC in force, with people who stood on either side of it.
const RFC: &str = "+++\ntitle = \"Move billing events to the bus\"\nstatus = \"approved\"\ndoor = \"two-way\"\nscope = \"team\"\ncreated = 2026-03-02\n\n\
    [daci]\ndriver = \"tpm-billing\"\napprover = \"vp-platform\"\n\n\
    [[consulted]]\nwho = \"sre\"\nstance = \"supports\"\noutcome = \"asked for a dead-letter queue\"\n\n\
    [[consulted]]\nwho = \"security\"\nstance = \"concerned\"\noutcome = \"events are encrypted at rest.\"\n\n\
    [review]\ncirculated = 2026-03-10T09:00:00Z\nheld = 2026-03-12T10:00:00Z\n\n\
    [[dissent]]\nwho = \"staff-ads\"\nposition = \"prefers a bus of our own\"\ncommitted = 2026-03-13\n\n\
    [[metric]]\nname = \"p99 publish latency\"\nbaseline = \"120 ms\"\ntarget = \"< 50 ms\"\nsource = \"dashboard\"\ndue = 2026-09-01\n\n\
    [[metric]]\nname = \"lost events a day\"\nbaseline = \"12 events\"\ntarget = \"0 events\"\nsource = \"dashboard\"\ndue = 2026-09-01\n+++\n\n\
    ## Summary\n\nEvents go over the bus.\n\n## Motivation\n\nFiles are late.\n\n## Proposal\n\nA topic for each tenant.\n\n\
    ## Alternatives Considered\n\n### Do nothing\n\nFiles stay late, which costs 90 hours a month.\n\n### A managed queue\n\nNot chosen: it keeps no order.\n\n\
    ## Non-Functional Requirements\n\nScalability: at ten times the load a topic takes 9,000 events a second. Latency budget: 50 ms. Data consistency: eventual, one second. \
    Failure modes: events wait on disk when the bus is down.\n\n\
    ## Rollout\n\nShadow mode, then a tenant at a time.\n\n## Changes\n\n- 2026-03-12: approved as circulated.\n";

fn with_rfc() -> Project {
    let project = empty();
    project.write("content/rfc/0007-move-billing-events.md", RFC);
    project
}

#[test]
fn a_fresh_draft_of_every_kind_is_not_denied_and_its_next_step_is() {
    let project = with_rfc();
    for (arguments, path, next) in [
        (
            &[
                "rfc",
                "Use one bus",
                "--door",
                "one-way",
                "--sourcing",
                "buy",
                "--scope",
                "strategic",
                "--driver",
                "@tpm",
            ][..],
            "content/rfc/0008-use-one-bus.md",
            "formal-review",
        ),
        (&["lite-rfc", "Rename a flag"], "content/lite-rfc/0009-rename-a-flag.md", "formal-review"),
        (&["adr", "Straße & café"], "content/adr/0001-strasse-and-cafe.md", "proposed"),
        (&["deprecation", "Payments API v1"], "content/deprecation/0001-payments-api-v1.md", "announced"),
        (&["escalation", "rfc 7", "Whose bus"], "content/escalation/0001-whose-bus.md", "open"),
        (&["Waiver", "Disk for now"], "content/waiver/0001-disk-for-now.md", "requested"),
        (&["addendum", "RFC-7", "Partition by tenant"], "content/rfc/0007-a1-partition-by-tenant.md", "formal-review"),
        (&["RFC", "Built last week", "--retroactive"], "content/lite-rfc/0010-built-last-week.md", "formal-review"),
    ] {
        let run = project.run(&[&["new"], arguments].concat());
        assert_eq!((run.code, run.out.as_str()), (Some(0), format!("{path}\n").as_str()), "{arguments:?}: {}", run.err);
        assert_eq!(project.run(&["check"]).code, Some(0), "{arguments:?}: {}", project.run(&["check"]).out);
        let id = run.err.split_whitespace().nth(1).expect("an id").trim_end_matches(';').to_owned();
        assert!(run.err.contains(&format!("`precedent advance {id} {next}` says what it lacks")), "{}", run.err);
        // Nothing is filled in, and that is what the next step says.
        let run = project.run(&["advance", &id, next]);
        assert_eq!(run.code, Some(1), "{arguments:?}: {} {}", run.out, run.err);
        assert!(
            run.out.contains("error[empty-section]") && run.err.contains(&format!("{id} is not ready for `{next}`")),
            "{} {}",
            run.out,
            run.err
        );
        let text = fs::read_to_string(project.path(path)).expect("UTF-8");
        assert!(text.contains("<!-- ") && !text.contains("\n\n\n"), "{text}");
    }
    let run = project.run(&["new", "chapter", "How we decide"]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), "content/handbook/how-we-decide.md\n"), "{}", run.err);
    assert_eq!(project.run(&["check"]).code, Some(0));
}

#[test]
fn a_draft_is_told_of_the_first_status_that_asks_for_something() {
    // What asks for nothing comes before it, and is no step to try.
    let settings = "[kinds.memo]\nprefix = \"MEMO\"\nstatuses = [\n\
        { name = \"idea\", decision = \"draft\" }, { name = \"shared\", decision = \"draft\" }, { name = \"agreed\", decision = \"accepted\" },\n]\n\
        transitions = [\"idea -> shared\", \"shared -> agreed\"]\n\
        sections = [{ name = \"Why\", from = \"idea\" }]\n";
    let project = Project::of(&[("precedent.toml", settings), ("content/index.md", "# Ours\n\nAll.\n")]);
    let run = project.run(&["new", "memo", "Later"]);
    assert!(
        run.err.contains(
            "When it is written, `precedent advance MEMO-0001 shared` takes it on; `agreed` is the first status that asks for all of it."
        ),
        "{}",
        run.err
    );
    assert_eq!(project.run(&["advance", "MEMO-1", "shared"]).code, Some(0));
    assert_eq!(project.run(&["advance", "MEMO-1", "agreed"]).code, Some(1));
}

#[test]
fn a_draft_looks_as_it_should() {
    let project = with_rfc();
    let text = |arguments: &[&str]| {
        let run = project.run(&[&["new"], arguments, &["--dry-run"]].concat());
        assert_eq!(run.code, Some(0), "{}", run.err);
        run.out
    };
    insta::assert_snapshot!(
        "adr",
        text(&["adr", "Use “one” bus: \"now\"", "--supersedes", "RFC-7#proposal", "--driver", "tpm"])
    );
    insta::assert_snapshot!(
        "rfc",
        text(&["rfc", "Buy a bus", "--door", "one-way", "--sourcing", "buy", "--approver", "vp"])
    );
    insta::assert_snapshot!("addendum", text(&["addendum", "7", "Partition by tenant"]));
    insta::assert_snapshot!(
        "escalation",
        text(&["escalation", "content/rfc/0007-move-billing-events.md", "Whose bus"])
    );
    insta::assert_snapshot!("retroactive", text(&["rfc", "Built last week", "--retroactive"]));
    assert!(!project.path("content/adr").exists(), "a dry run writes nothing");
}

#[test]
fn a_draft_takes_after_its_neighbours() {
    let project = empty();
    project
        .write("content/docs/decisions/007-first.md", "---\ntitle: First\nstatus: draft\n---\n\n## Context\n\nText.\n");
    let run = project.run(&["new", "adr", "Second: the #1 \"choice\"", "--driver", "sre"]);
    assert_eq!(run.out, "content/docs/decisions/008-second-the-1-choice.md\n", "{}", run.err);
    let text = fs::read_to_string(project.path(run.out.trim())).expect("UTF-8");
    let head = "---\ntitle: \"Second: the #1 \\\"choice\\\"\"\nstatus: draft\ncreated: 2026-06-01\ndaci:\n  driver: sre\n---\n\n## Context\n";
    assert!(text.starts_with(head), "{text}");
    assert_eq!(project.run(&["check"]).code, Some(0));

    // A folder that says nothing of kinds, and the line ends of another system.
    let project = empty();
    let rfc = RFC.replacen("+++\n", "+++\nkind = \"rfc\"\n", 1).replace('\n', "\r\n");
    project.write("content/proposals/RFC-07-first.md", &rfc);
    let second = project.run(&["new", "rfc", "Second"]).out;
    let addendum = project.run(&["new", "addendum", "RFC-7", "More"]).out;
    assert_eq!(
        (second.as_str(), addendum.as_str()),
        ("content/proposals/RFC-08-second.md\n", "content/proposals/0007-a1-more.md\n")
    );
    let text = |path: &str| fs::read_to_string(project.path(path.trim())).expect("UTF-8");
    assert!(text(&second).starts_with("+++\r\ntitle = \"Second\"\r\nstatus = \"draft\"\r\n"), "{}", text(&second));
    assert!(text(&addendum).contains("id = \"RFC-0007-A1\"\n"), "{}", text(&addendum));
    assert_eq!(project.run(&["check"]).code, Some(0), "{}", project.run(&["check"]).out);

    // A name that says nothing of kinds, either.
    let project = empty();
    project.write("content/proposals/07-first.md", &rfc);
    let second = project.run(&["new", "rfc", "Second", "--dry-run"]);
    assert!(second.out.starts_with("+++\r\ntitle = \"Second\"\r\nkind = \"rfc\"\r\n"), "{}", second.out);
    assert!(second.err.contains("content/proposals/08-second.md"), "{}", second.err);

    // Folders of their own, and nothing behind the number.
    let project = empty();
    project.write("content/rfc/0007-first/index.md", RFC);
    assert_eq!(project.run(&["new", "rfc", "Second"]).out, "content/rfc/0008-second/index.md\n");
    let project = empty();
    for number in ["0008", "0009"] {
        project.write(&format!("content/rfc/rfc-{number}.md"), RFC);
    }
    project.write("content/rfc/0010-other.md", RFC);
    assert_eq!(project.run(&["new", "rfc", "Next"]).out, "content/rfc/rfc-0011.md\n");
}

#[test]
fn each_of_several_roots_has_numbers_of_its_own() {
    let record = |title: &str| format!("+++\ntitle = \"{title}\"\nstatus = \"draft\"\n+++\n\n## Context\n\nText.\n");
    let project = Project::of(&[
        (
            "precedent.toml",
            "[[roots]]\npath = \"web/docs\"\nprefix = \"web\"\n[[roots]]\npath = \"api/adr\"\nprefix = \"api\"\nkind = \"adr\"\n",
        ),
        ("web/docs/adr/0004-a.md", &record("A")),
        ("api/adr/0001-b.md", &record("B")),
    ]);
    let run = project.run(&["new", "adr", "x"]);
    assert!(
        run.code == Some(2)
            && run.err.contains("records lie in `web/docs` and `api/adr`: say in which it goes with `--in`"),
        "{}",
        run.err
    );
    for (arguments, path, id) in [
        (&["new", "adr", "x", "--in", "web/docs"][..], "web/docs/adr/0005-x.md", "WEB-ADR-0005"),
        (&["new", "adr", "x", "--in", "api/adr"], "api/adr/0002-x.md", "API-ADR-0002"),
        (&["new", "rfc", "y", "--in", "web/docs/adr"], "web/docs/rfc/0001-y.md", "WEB-RFC-0001"),
    ] {
        let run = project.run(arguments);
        assert_eq!(run.out, format!("{path}\n"), "{}", run.err);
        assert!(run.err.contains(&format!("Drafted {id};")), "{}", run.err);
        let text = fs::read_to_string(project.path(path)).expect("UTF-8");
        assert!(!text.contains("id =") && !text.contains("kind ="), "its place says it all: {text}");
    }
    assert_eq!(project.run(&["check"]).code, Some(0), "{}", project.run(&["check"]).out);
}

#[test]
fn a_folder_that_holds_one_root_means_it() {
    let record = "+++\ntitle = \"A\"\nstatus = \"proposed\"\n+++\n\n## Context\n\nText.\n";
    let roots = "[[roots]]\npath = \"docs/adr\"\n[[roots]]\npath = \"packages/web/docs/adr\"\nprefix = \"web\"\n\
        [[roots]]\npath = \"packages/api/docs/adr\"\nprefix = \"api\"\n";
    let project = Project::of(&[
        ("precedent.toml", roots),
        ("docs/adr/0007-a.md", record),
        ("packages/web/docs/adr/0001-a.md", record),
        ("packages/api/docs/adr/0001-a.md", record),
    ]);
    let drafted = |folder: &str, arguments: &[&str]| {
        let mut command = project.command(&[&["new", "adr", "x", "--dry-run"], arguments].concat());
        project.end(command.current_dir(project.path(folder))).err
    };
    for folder in ["packages/web", "packages/web/docs"] {
        let wanted = "Would write packages/web/docs/adr/0002-x.md.";
        assert!(drafted(folder, &[]).contains(wanted), "{}", drafted(folder, &[]));
        assert!(drafted("", &["--in", folder]).contains(wanted), "{}", drafted("", &["--in", folder]));
    }
    for folder in ["", "packages"] {
        assert!(drafted(folder, &[]).contains("Would write docs/adr/0008-x.md."), "{}", drafted(folder, &[]));
    }
}

#[test]
fn numbers_are_free_on_every_branch() {
    let project = with_rfc();
    let git = start(&project);
    commit(&project, ADA, "start");
    git(&["switch", "-qc", "other"]);
    project.write("content/rfc/0041-elsewhere.md", "+++\ntitle = \"Elsewhere\"\nstatus = \"draft\"\n+++\n");
    project.write("content/rfc/0007-a3-elsewhere.md", "+++\ntitle = \"Elsewhere\"\nstatus = \"draft\"\n+++\n");
    commit(&project, ADA, "elsewhere");
    git(&["switch", "-q", "main"]);
    let new = |arguments: &[&str]| project.run(&[&["new"], arguments].concat()).out;
    assert_eq!(new(&["rfc", "Here"]), "content/rfc/0042-here.md\n");
    assert_eq!(new(&["addendum", "RFC-7", "Here"]), "content/rfc/0007-a4-here.md\n");
}

#[test]
fn what_cannot_be_drafted_is_said_with_what_to_do() {
    let project = with_rfc();
    project.write("content/adr/0001-taken.md", "+++\ntitle = \"Taken\"\nstatus = \"draft\"\n+++\n");
    for (arguments, words) in [
        (&["rcf", "x"][..], "there is no kind of record `rcf`; did you mean `rfc`?"),
        (&["rfc", "Use", "one bus"], "put the whole title between quotes"),
        (&["rfc", " "], "give the record a title"),
        (&["addendum", "Partition by tenant"], "precedent new addendum RFC-7 TITLE"),
        (
            &["addendum", "ADR-1", "x"],
            "ADR-0001 is `draft`, and an addendum changes what was agreed to; change its text",
        ),
        (&["addendum", "RFC-9", "x"], "there is no record `RFC-9`; the last of its series is RFC-0007"),
        (&["adr", "x", "--supersedes", "ADR-9"], "the last of its series is ADR-0001"),
        (&["adr", "x", "--retroactive"], "no form for what was done already"),
        (&["adr", "x", "--door", "three-way"], "one-way"),
    ] {
        let run = project.run(&[&["new"], arguments].concat());
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{arguments:?}: {}", run.err);
        assert!(run.err.contains(words), "{arguments:?}: {}", run.err);
    }
    project.write(
        "precedent.toml",
        &format!("{SETTINGS}\n[people.tpm]\nname = \"T\"\n[people.gone]\nname = \"G\"\nactive = false\n"),
    );
    for (who, words) in [("tpn", "did you mean `tpm`?"), ("gone", "no longer here")] {
        let run = project.run(&["new", "adr", "x", "--driver", who]);
        assert!(run.code == Some(2) && run.err.contains(words), "{}", run.err);
    }
}

#[test]
fn nothing_is_overwritten() {
    let project = empty();
    // A file that is no record has the name already.
    fs::create_dir_all(project.path("content/adr/0001-x.md")).expect("made");
    let run = project.run(&["new", "adr", "x"]);
    assert!(run.code == Some(2) && run.err.contains("content/adr/0001-x.md is there already"), "{}", run.err);
}

#[cfg(unix)]
#[test]
fn a_draft_does_not_leave_the_project() {
    let (project, outside) = (empty(), tempfile::tempdir().expect("a folder"));
    std::os::unix::fs::symlink(outside.path(), project.path("content/adr")).expect("linked");
    let run = project.run(&["new", "adr", "x"]);
    assert!(run.code == Some(2) && run.err.contains("leads out of the project"), "{}", run.err);
    assert_eq!(fs::read_dir(outside.path()).expect("a folder").count(), 0);
}

#[cfg(unix)]
#[test]
fn the_editor_of_the_environment_opens_the_draft() {
    let project = empty();
    let new = |name: &str, value: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_precedent"));
        command.args(["new", "adr", "x", "--edit"]).current_dir(project.path(""));
        command.env_remove("VISUAL").env_remove("EDITOR").env(name, value).output().expect("starts")
    };
    assert!(new("VISUAL", "sed -i s/draft/proposed/").status.success());
    assert!(
        fs::read_to_string(project.path("content/adr/0001-x.md")).expect("UTF-8").contains("status = \"proposed\"")
    );
    let missing = new("EDITOR", "no-such-editor --wait 'a b'");
    assert!(
        missing.status.code() == Some(2) && String::from_utf8_lossy(&missing.stderr).contains("no-such-editor"),
        "{missing:?}"
    );
}
