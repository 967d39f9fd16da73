//! What the README promises is held by tests that exist.

#![allow(clippy::disallowed_methods, clippy::expect_used, reason = "a test may fail, and reads the repository")]

use std::path::Path;

#[test]
fn every_promise_names_tests_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| std::fs::read_to_string(root.join(path)).expect("a file that the README names");
    let readme = read("README.md");
    let (_, section) = readme.split_once("\n## Promises\n").expect("a section on promises");
    let section = section.split("\n## ").next().unwrap_or("");
    let rows: Vec<&str> = section.lines().filter(|line| line.starts_with("| ") && line.contains("](")).collect();
    assert!(rows.len() >= 10, "{} promises", rows.len());
    for row in rows {
        // Names of tests, then the file that holds them, as often as there are files.
        let mut names: Vec<&str> = Vec::new();
        let mut held = 0;
        for part in row.rsplit_once(" | ").expect("two cells").1.split_inclusive([')', ',']) {
            names.extend(part.split('`').skip(1).step_by(2));
            let Some((_, path)) = part.strip_suffix(')').and_then(|part| part.rsplit_once("](")) else { continue };
            let file = read(path);
            for name in names.drain(..) {
                assert!(file.contains(&format!("fn {name}(")), "{path} has no test `{name}`: {row}");
                held += 1;
            }
        }
        assert!(held > 0 && names.is_empty(), "no test holds this: {row}");
    }
}
