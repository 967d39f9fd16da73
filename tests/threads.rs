//! However many threads work, and whoever comes first among them, the same bytes come out.

#![allow(
    dead_code,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may fail, and makes its own files"
)]

#[path = "../benches/speed/corpus.rs"]
mod corpus;
mod project;
mod tree;

use project::Project;
use tree::tree;

#[test]
fn the_number_of_threads_changes_nothing() {
    let project = Project::of(&[]);
    corpus::write(&project.path(""), 60).expect("written");
    // Faults of every sort of stage: in a text, between texts, and on a page.
    project
        .write("content/adr/000007-again.md", "+++\ntitle = \"Again\"\nstatus = \"nosuch\"\n+++\n\nSee [x](y.md).\n");
    project
        .write("content/adr/a.md", "# A\n\n```mermaid\nflowchart LR\n A[x (y)] --> B\n```\n\nADR-000007, ![](z.png)\n");
    project.write("content/log.md", "# A log of another kind\n");
    let outcome = |jobs: &str, cache: &str| {
        let out = format!("site-{jobs}{cache}");
        let mut rest = vec!["--jobs", jobs];
        rest.extend(Some(cache).filter(|cache| !cache.is_empty()));
        let build = project.run(&[&["build", "-o", &out], &rest[..]].concat());
        let check = project.run(&[&["check", "--format", "json"], &rest[..]].concat());
        assert_eq!((build.code, check.code), (Some(1), Some(1)), "{}", build.err);
        (build.out, check.out, tree(&project.path(&out)))
    };
    let one = outcome("1", "--no-cache");
    assert!(one.2.len() > 150 && one.0.contains("[broken-diagram]"), "{} files: {}", one.2.len(), one.0);
    for jobs in ["2", "8"] {
        for cache in ["--no-cache", ""] {
            let other = outcome(jobs, cache);
            assert!(other.0 == one.0, "{jobs} threads find other things");
            assert!(other.1 == one.1, "{jobs} threads find other things in a check");
            assert!(other.2.keys().eq(one.2.keys()), "{jobs} threads make other files");
            for (path, bytes) in &other.2 {
                assert!(one.2[path] == *bytes, "{jobs} threads write another {}", path.display());
            }
        }
    }
}

#[test]
fn the_same_page_is_named_of_several_that_fail() {
    let project = Project::of(&[("precedent.toml", "[paths]\ntheme = \"theme\"\n")]);
    (0..64).for_each(|number| project.write(&format!("content/adr/{number:04}-x.md"), "# X\n"));
    let fails = |pages: &str| format!("{{% if {pages} %}}{{{{ nosuch.x }}}}{{% endif %}}");
    let late = "page.here is ending_with(pat=\"0020-x.html\") or page.here is containing(pat=\"/003\")";
    project.write("theme/templates/record.html", &fails(late));
    for jobs in ["1", "2", "4", "8"] {
        let run = project.run(&["build", "--jobs", jobs]);
        assert!(run.code == Some(2) && run.err.contains("adr/0020-x.html:"), "{jobs} threads: {}", run.err);
    }
}
