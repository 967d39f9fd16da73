//! What is remembered on disk changes how long a run takes, and not one byte of what comes out of it.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may fail, and makes its own files"
)]

mod project;
mod tree;

use precedent::cache::{Cache, Kind, push_field};
use precedent::markdown::{Diagrams, Limits};
use precedent::source::PackFolder;
use project::{Project, Run};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tree::tree;

const RUST: &str = "```rust\nfn main() { println!(\"{}\", 1); } // <b>\n```\n";
const SHELL: &str = "```bash\nif [ -f x ]; then echo \"$x\" > y; fi\n```\n";
const FLOW: &str = "```mermaid\nflowchart LR\n A[Draft] --> B{Review}\n```\n";
const BROKEN: &str = "```mermaid\nflowchart LR\n A[Ship (now)] --> B\n```\n";

fn texts() -> Project {
    let chapter = |parts: &[&str]| format!("# Chapter\n\nWords.\n\n{}", parts.join("\n"));
    Project::of(&[
        ("precedent.toml", "[site]\ntitle = \"Our log\"\n"),
        ("content/index.md", "# Our decisions\n\nWords.\n"),
        ("content/handbook/one.md", &chapter(&[RUST, FLOW, "```nosuch\na < b\n```\n"])),
        ("content/handbook/two.md", &chapter(&[SHELL, RUST, BROKEN])),
    ])
}

/// What a build and a check say and publish.
fn outcome(project: &Project, arguments: &[&str]) -> (Vec<String>, BTreeMap<PathBuf, Vec<u8>>) {
    let _ = fs::remove_dir_all(project.path("public"));
    let build = project.run(&[&["build"], arguments].concat());
    let check = project.run(&[&["check", "--format", "json"], arguments].concat());
    assert_eq!((build.code, check.code), (Some(1), Some(1)), "{}", build.err);
    (vec![build.out, check.out], tree(&project.path("public")))
}

fn cache(project: &Project) -> PathBuf {
    project.path(".precedent/cache")
}

fn packs(project: &Project) -> Vec<PathBuf> {
    let files = fs::read_dir(cache(project)).into_iter().flatten().map(|entry| entry.expect("an entry").path());
    files.filter(|path| path.extension().is_some_and(|extension| extension == "pack")).collect()
}

/// How many values were found, and how many were made, by what the command says with `--verbose`.
fn numbers(run: &Run) -> (usize, usize) {
    let line = run.err.lines().find(|line| line.starts_with("The cache gave ")).expect("a line on the cache");
    let numbers: Vec<usize> =
        line.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect();
    (numbers[0], numbers[1])
}

#[test]
fn nothing_that_comes_out_tells_of_the_cache() {
    let project = texts();
    let plain = outcome(&project, &["--no-cache"]);
    assert!(!project.path(".precedent").exists());
    assert!(plain.0.iter().all(|out| out.contains("broken-diagram")), "{:?}", plain.0);
    let page = String::from_utf8(plain.1[Path::new("handbook/one.html")].clone()).expect("UTF-8");
    assert!(page.contains("<svg") && page.contains("<span class=\"k"), "{page}");
    assert!(outcome(&project, &[]) == plain, "making a cache changes the output");
    assert!(packs(&project).len() == 1, "what a build reads is all that a check asks for");
    let before = tree(&cache(&project));
    assert!(outcome(&project, &[]) == plain, "what is found in the cache differs");
    assert!(tree(&cache(&project)) == before, "a warm run writes nothing");
    assert!(outcome(&project, &["--jobs", "8"]) == plain);

    let warm = numbers(&project.run(&["build", "--verbose"]));
    assert!(warm.0 > 4 && warm.1 == 0, "{warm:?}");
    assert_eq!(numbers(&project.run(&["check", "--verbose"])), (2, 0));
    project.write("content/handbook/three.md", "# Three\n\n```json\n{\"a\": 1}\n```\n");
    assert_eq!(numbers(&project.run(&["build", "--verbose"])), (warm.0, 1));
}

#[test]
fn no_damage_to_the_cache_comes_out() {
    let project = texts();
    let plain = outcome(&project, &["--no-cache"]);
    let spoil = |spoil: fn(&mut Vec<u8>)| {
        for pack in packs(&project) {
            let mut bytes = fs::read(&pack).expect("a pack");
            spoil(&mut bytes);
            fs::write(&pack, bytes).expect("written");
        }
    };
    outcome(&project, &[]);
    let damages: [fn(&mut Vec<u8>); 6] = [
        |bytes| bytes.clear(),
        |bytes| bytes.truncate(bytes.len() / 2),
        |bytes| bytes.truncate(bytes.len() - 1),
        |bytes| bytes.iter_mut().skip(40).step_by(97).for_each(|byte| *byte ^= 1),
        |bytes| bytes[200] ^= 0xff,
        |bytes| bytes.resize(bytes.len() + 3_000_000, b'x'),
    ];
    for (number, damage) in damages.iter().enumerate() {
        spoil(*damage);
        assert!(outcome(&project, &[]) == plain, "damage {number}");
        assert!(outcome(&project, &[]) == plain, "after damage {number}");
        assert_eq!(numbers(&project.run(&["build", "--verbose"])).1, 0, "what was damaged was made good: {number}");
    }
    // A folder, a link and a stranger's file in the place of packs.
    let name = "0123456789abcdef0123456789abcdef.pack";
    fs::create_dir(cache(&project).join(name)).expect("made");
    fs::write(cache(&project).join("notes.txt"), "mine").expect("written");
    fs::write(cache(&project).join("new-999999999-0"), "left behind").expect("written");
    project.write("content/handbook/three.md", "# Three\n\n```json\n{\"a\": 1}\n```\n");
    let with = outcome(&project, &[]);
    assert!(with == outcome(&project, &["--no-cache"]));
    assert!(cache(&project).join("notes.txt").exists(), "what is not ours stays");
    assert!(!cache(&project).join("new-999999999-0").exists(), "what a dead process left behind goes");
}

#[test]
fn the_cache_is_no_part_of_the_project() {
    let project = texts();
    outcome(&project, &[]);
    assert_eq!(fs::read_to_string(project.path(".precedent/.gitignore")).expect("written"), "*\n");
    assert!(project.path(".precedent/cache/CACHEDIR.TAG").is_file());
    fs::remove_dir_all(project.path(".precedent")).expect("removed");
    assert_eq!(project.run(&["check"]).code, Some(1), "it may be removed at any time");

    // Wherever it is put, even among the texts, it is not taken for one of them.
    let plain = outcome(&project, &["--no-cache"]);
    for _ in 0..2 {
        assert!(outcome(&project, &["--cache-dir", "content/remembered"]) == plain);
    }
    assert!(project.path("content/remembered/CACHEDIR.TAG").is_file());
    assert_eq!(project.run(&["build", "--no-cache", "--cache-dir", "x"]).code, Some(2));
}

#[test]
fn a_folder_that_is_no_project_is_left_as_it_was() {
    let folder = Project::of(&[("notes.md", &format!("# Notes\n\n{RUST}\n{FLOW}"))]);
    assert_eq!((folder.run(&["check"]).code, folder.run(&["build"]).code), (Some(0), Some(0)));
    assert!(!folder.path(".precedent").exists() && folder.path("public/notes.html").exists());
    assert_eq!(folder.run(&["build", "--cache-dir", "remembered"]).code, Some(0));
    assert!(folder.path("remembered/CACHEDIR.TAG").exists());
}

#[test]
fn a_cache_that_cannot_be_used_is_done_without() {
    let project = texts();
    let plain = outcome(&project, &["--no-cache"]);
    // A file in its place: nothing can be read or written there, by whomever the tests are run.
    project.write(".precedent", "a file");
    assert!(outcome(&project, &[]) == plain);
    let quiet = project.run(&["build"]);
    assert!(!quiet.err.contains("cache"), "{}", quiet.err);
    let told = project.run(&["build", "--verbose"]);
    assert!(told.err.contains("The cache is not used: "), "{}", told.err);
}

#[cfg(unix)]
#[test]
fn a_cache_behind_a_link_is_not_used() {
    let project = texts();
    let elsewhere = tempfile::tempdir().expect("a folder");
    std::os::unix::fs::symlink(elsewhere.path(), project.path(".precedent")).expect("linked");
    assert_eq!(project.run(&["build"]).code, Some(1));
    let told = project.run(&["build", "--verbose"]);
    assert!(told.err.contains(".precedent is a link."), "{}", told.err);
    assert_eq!(fs::read_dir(elsewhere.path()).expect("a folder").count(), 0, "something was written behind the link");
}

#[test]
fn two_runs_at_once_share_it() {
    let project = texts();
    let plain = outcome(&project, &["--no-cache"]);
    for _ in 0..3 {
        let _ = fs::remove_dir_all(project.path(".precedent"));
        std::thread::scope(|scope| {
            for folder in ["one", "two", "three"] {
                let (project, site) = (&project, &plain.1);
                scope.spawn(move || {
                    for _ in 0..2 {
                        assert_eq!(project.run(&["build", "-o", folder]).code, Some(1));
                        assert!(tree(&project.path(folder)) == *site, "another site with others at work");
                    }
                });
            }
        });
        assert_eq!(numbers(&project.run(&["build", "--verbose"])).1, 0);
    }
}

#[test]
fn a_forged_drawing_is_not_shown() {
    let source = "flowchart LR\n A --> B\n";
    let svg = Diagrams::default().draw(source, &Limits::default()).expect("draws").expect("a drawing").svg.clone();
    for part in [
        "<script>alert(1)</script>",
        "<image href=\"https://example.org/x.png\"/>",
        "<g onclick=\"x()\"/>",
        "<g style=\"fill:red\"/>",
        "<a href=\"javascript:x()\"/>",
        "<rect fill=\"url(https://example.org/x)\"/>",
        "<rect fill=\"u\\72l(https://example.org/x)\"/>",
        "<!-- --><script>x()</script>",
        "<![CDATA[<script>x()</script>]]>",
        "</svg><script>x()</script><svg>",
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = || Cache::new(Box::new(PackFolder::at(folder.path().join("cache"))), "this program");
        let forged = svg.replace("</svg>", &format!("{part}</svg>"));
        assert_ne!(forged, svg);
        let mut value = vec![b'd'];
        push_field(&mut value, b"Flowchart");
        push_field(&mut value, forged.as_bytes());
        let forger = cache();
        forger.put(Kind::Drawing, source, &value);
        assert_eq!(forger.keep().made, 1);
        assert_eq!(cache().get(Kind::Drawing, source), Some(value), "it is whole, and of the right source");
        let drawn =
            Diagrams::with(Arc::new(cache())).draw(source, &Limits::default()).expect("draws").expect("a drawing");
        assert_eq!(drawn.svg, svg, "{part}");
    }
}
