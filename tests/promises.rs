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

#[test]
fn every_fault_in_the_handbook_names_tests_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| std::fs::read_to_string(root.join(path)).expect("a file that the handbook names");
    let chapter = read("content/handbook/faults.md");
    let (_, section) = chapter.split_once("\n## Faults and attacks\n").expect("a section on faults and attacks");
    let section = section.split("\n## ").next().unwrap_or("");
    let is_row = |line: &&str| line.starts_with("| ") && !line.starts_with("| ---") && !line.ends_with("| held by |");
    let rows: Vec<&str> = section.lines().filter(is_row).collect();
    assert!(rows.len() >= 40, "{} faults", rows.len());
    for row in rows {
        let held_by = row.trim_end_matches(" |").rsplit_once(" | ").expect("two cells").1;
        if held_by.starts_with("no test: ") {
            continue;
        }
        // Names of tests, then the file that holds them, as often as there are files.
        let mut names: Vec<&str> = Vec::new();
        let mut held = 0;
        for word in held_by.split('`').skip(1).step_by(2) {
            if !word.ends_with(".rs") {
                names.push(word);
                continue;
            }
            let file = read(word);
            for name in names.drain(..) {
                assert!(file.contains(&format!("fn {name}(")), "{word} has no test `{name}`: {row}");
                held += 1;
            }
        }
        assert!(held > 0 && names.is_empty(), "no test holds this: {row}");
    }
}
