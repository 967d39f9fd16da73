//! Exceptions hold where they stand, and nowhere else.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may fail, and writes files"
)]

mod project;

use project::Project;

#[test]
fn what_is_allowed_in_one_place_is_found_in_others() {
    let project = Project::of(&[
        (
            "content/a.md",
            "# A\n\n## B\n\n<!-- precedent: allow broken-link: see X-1 -->\n\n[a](gone.md)\n\n## C\n\n[a](gone.md)\n",
        ),
        ("content/b.md", "# B\n\n<!-- precedent: allow unpublished-asset: see X-2 -->\n\n[a](run.sh)\n"),
        ("content/c.md", "# C\n\n[a](run.sh)\n"),
        ("content/run.sh", "true\n"),
        ("precedent.toml", "[records]\nfields = [\"OnCall\"]\n"),
        ("content/adr/0001-x.md", "---\nTitle: X\nStatus: Draft\nOnCall: ada\n---\n\n# X\n"),
    ]);
    let run = project.run(&["check"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    for place in ["broken-link]", "content/a.md:11:5", "unpublished-asset]", "content/c.md:3:5"] {
        assert!(run.out.contains(place), "{place}: {}", run.out);
    }
    assert!(!run.out.contains("content/a.md:7:5") && !run.out.contains("content/b.md:5:5"), "{}", run.out);
    // A field of the house is known in the letters of the head, too.
    assert!(!run.out.contains("unknown-field") && !run.out.contains("unused-allow"), "{}", run.out);
}
