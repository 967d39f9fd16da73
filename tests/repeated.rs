//! What may be different about a project and must not be seen in its site, and what must be gone when its text is gone.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a test may stop where it is, looks at files, and says what it did not try"
)]

mod project;
mod tree;

use project::Project;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tree::tree;

const FILES: [(&str, &str); 7] = [
    ("precedent.toml", "[site]\nbase-url = \"https://log.example.org/\"\n"),
    ("content/index.md", "# Home\n"),
    ("content/table.csv", "a,b\n"),
    (
        "content/adr/0001-queue.md",
        "+++\nstatus = \"accepted\"\ndecided = \"2026-02-03\"\ntags = [\"bus\"]\n+++\n# 1. Queue\n\n[a table](../table.csv)\n",
    ),
    (
        "content/adr/0002-walrus.md",
        "+++\nstatus = \"accepted\"\ndecided = \"2026-03-04\"\ntags = [\"walruses\"]\n+++\n# 2. Walrus\n\nAfter ADR-0001.\n",
    ),
    ("content/adr/0003-bus.md", "# 3. Bus\n\nText.\n"),
    ("content/handbook/b/first.md", "# First chapter\n\nText.\n"),
];

fn built(project: &Project) -> BTreeMap<PathBuf, Vec<u8>> {
    let run = project.run(&["build", "--no-cache"]);
    assert!(matches!(run.code, Some(0 | 1)), "{}{}", run.out, run.err);
    tree(&project.path("public"))
}

#[test]
fn neither_times_nor_the_order_of_files_are_seen_in_a_site() {
    let site = built(&Project::of(&FILES));
    let mut turned = FILES;
    turned.reverse();
    let day = Duration::from_secs(86_400);
    let times: [fn(Duration) -> SystemTime; 4] = [
        |_| UNIX_EPOCH,
        |day| UNIX_EPOCH + day * 365 * 136,
        |day| SystemTime::now() + day * 365 * 10,
        |day| UNIX_EPOCH - day,
    ];
    for (at, time) in times.into_iter().enumerate() {
        let mut files = turned.to_vec();
        files.rotate_left(at);
        let project = Project::of(&files);
        for (file, _) in FILES {
            let file = fs::File::options().append(true).open(project.path(file)).unwrap();
            file.set_modified(time(day)).unwrap();
        }
        assert!(built(&project) == site, "time {at} or the order of files is seen");
        // A second build over the first, which is told nothing by times either.
        assert!(built(&project) == site, "time {at} is seen in a second build");
    }
}

#[test]
fn nothing_is_left_of_a_record_that_is_gone() {
    let project = Project::of(&FILES);
    let found = |site: &BTreeMap<PathBuf, Vec<u8>>| -> Vec<PathBuf> {
        let has = |text: &str| text.to_lowercase().contains("walrus");
        let of =
            |(path, bytes): &(&PathBuf, &Vec<u8>)| has(&path.to_string_lossy()) || has(&String::from_utf8_lossy(bytes));
        site.iter().filter(of).map(|(path, _)| path.clone()).collect()
    };
    let before = found(&built(&project));
    for place in ["adr/0002-walrus.html", "index.html", "log.json", "sitemap.xml"] {
        assert!(before.contains(&PathBuf::from(place)), "{place} of {before:?}");
    }
    assert!(before.iter().any(|path| path.starts_with("search")), "{before:?}");
    assert!(before.iter().any(|path| path.extension().is_some_and(|end| end == "atom" || end == "xml")), "{before:?}");
    fs::remove_file(project.path("content/adr/0002-walrus.md")).unwrap();
    assert_eq!(found(&built(&project)), [""; 0].map(PathBuf::from));
}

#[test]
fn a_site_that_fails_to_be_built_leaves_the_old_one() {
    let project = Project::of(&FILES);
    let site = built(&project);
    for (file, text) in [
        ("theme/templates/base.html", "{% if %}"),
        ("theme/templates/base.html", "{{ nothing.at.all }}"),
        ("theme/templates/base.html", "{% include \"../../etc/passwd\" %}"),
    ] {
        project
            .write("precedent.toml", "[paths]\ntheme = \"theme\"\n[site]\nbase-url = \"https://log.example.org/\"\n");
        project.write(file, text);
        project.write("content/index.md", "# Changed\n");
        let run = project.run(&["build"]);
        assert_eq!(run.code, Some(2), "{text}: {}", run.err);
        assert!(run.err.starts_with("error: ") && run.err.contains(".html:"), "{}", run.err);
        assert!(tree(&project.path("public")) == site, "{text}: the site was touched");
    }
}

#[test]
fn a_parent_that_is_missing_is_made_and_one_that_may_not_be_written_is_named() {
    let project = Project::of(&FILES);
    let run = project.run(&["build", "-o", "not/there/yet"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(project.path("not/there/yet/index.html").is_file());
    let run = project.run(&["build", "-o", "content/table.csv/site"]);
    assert_eq!(run.code, Some(2), "{}", run.err);
    let script = "mkdir disk && mount -t tmpfs none disk && cp -a content precedent.toml disk && cd disk\n\
                  $PRECEDENT build --as-of 2026-06-01 --no-cache; [ $? -lt 2 ] || exit 9\n\
                  cp -a public ../before; echo '# Other' > content/index.md; mount -o remount,ro . || exit 8\n\
                  $PRECEDENT build --as-of 2026-06-01 --no-cache; code=$?; cp -a public ../after; exit $code";
    let mut command = Command::new("unshare");
    command.args(["--mount", "--map-root-user", "sh", "-c", script]).current_dir(project.path("."));
    let output = command.env("PRECEDENT", env!("CARGO_BIN_EXE_precedent")).output();
    let Some(output) = output.ok().filter(|output| !matches!(output.status.code(), Some(8 | 9) | None)) else {
        return eprintln!("not tried: nothing can be mounted here");
    };
    let said = String::from_utf8_lossy(&output.stderr);
    if !project.path("before").exists() {
        return eprintln!("not tried: nothing can be mounted here: {said}");
    }
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("Read-only file system") && said.contains("public") && !said.contains("panicked"), "{said}");
    assert!(tree(&project.path("before")) == tree(&project.path("after")));
}
