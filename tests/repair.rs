//! What is said of repairs that are not made.

#![allow(clippy::disallowed_methods, clippy::expect_used, reason = "a test may fail")]

mod project;

use project::Project;

const SETTINGS: &str = "[check]\nbaseline = \"old.json\"\n";

/// A project whose baseline holds a repair that keeps the meaning, and one that is a good guess.
fn with_baseline() -> Project {
    let project = Project::of(&[
        ("content/a.md", "# A\n\n> [!WARNNG]\n> Careful.\n\nSee [b](bb.md).\n"),
        ("content/b.md", "# B\n\nText.\n"),
        ("precedent.toml", SETTINGS),
    ]);
    assert_eq!(project.run(&["check", "--write-baseline"]).code, Some(0));
    project
}

#[test]
fn repairs_of_what_is_left_in_peace_are_counted() {
    let project = with_baseline();
    let says = |arguments: &[&str], words: &str| {
        let run = project.run(&[&["check"], arguments].concat());
        assert!(run.err.ends_with(&format!("{words}\n")), "{arguments:?}: {}", run.err);
    };
    let both = "Nothing to fix (1 more with --baseline \"\", 1 with --baseline \"\" --unsafe-fixes).";
    says(&["--fix-dry-run"], both);
    says(&["--fix"], both);
    says(&["--fix-dry-run", "--unsafe-fixes"], "Nothing to fix (2 more with --baseline \"\").");
    says(&["--fix-dry-run", "content/b.md"], "Nothing to fix.");
    project.write("content/c.md", "# C\n\n> [!WARNNG]\n> Careful.\n\nSee [b](bb.md).\n");
    says(
        &["--fix-dry-run"],
        "Would fix 1 finding in 1 file (1 more with --unsafe-fixes, 1 with --baseline \"\", 1 with --baseline \"\" --unsafe-fixes).",
    );
    says(&["--fix-dry-run", "--unsafe-fixes", "--baseline", ""], "Would fix 4 findings in 2 files.");
}

#[test]
fn a_dry_run_prints_a_diff_and_nothing_else() {
    let project = with_baseline();
    for format in ["json", "sarif", "github"] {
        let run = project.run(&["check", "--fix-dry-run", "--format", format]);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{format}");
        assert!(
            run.err.contains("--fix-dry-run prints a diff, whatever the format; leave out --format"),
            "{}",
            run.err
        );
    }
    assert_eq!(project.run(&["check", "--fix-dry-run", "--format", "text", "--baseline", ""]).code, Some(1));
    // The findings that are left behind are written as they are asked for.
    let run = project.run(&["check", "--fix", "--format", "json"]);
    assert!(run.code == Some(0) && run.out.starts_with('{'), "{}{}", run.out, run.err);
}
