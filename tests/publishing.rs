//! What a build does to the folder that it publishes into, whatever lies there and whatever happens meanwhile.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a test may stop where it is, looks at files, and says what it did not try"
)]

mod project;
mod tree;

use project::Project;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tree::tree;

/// How many builds are killed. Each is killed at another moment of the time that one takes.
const KILLS: u32 = 200;

fn project() -> Project {
    let project = Project::of(&[
        ("precedent.toml", "[site]\nsearch = false\n"),
        ("content/index.md", "# Home\n"),
        ("content/table.csv", "a,b\n"),
    ]);
    for number in 1..=6 {
        project.write(&format!("content/adr/{number:04}-x.md"), &format!("# {number}. X\n\n[a table](../table.csv)\n"));
    }
    project
}

/// The published files, but for the list of them, which says the same.
fn published(project: &Project) -> BTreeMap<PathBuf, Vec<u8>> {
    tree(&project.path("public"))
}

/// What lies beside the published folder and is hidden: nothing, unless a build has left it.
fn left(project: &Project) -> Vec<String> {
    let names = fs::read_dir(project.path(".")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with(".public")).collect()
}

fn build(project: &Project) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_precedent"));
    command.args(["build", "--as-of", "2026-06-01", "--no-cache"]).current_dir(project.path("."));
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// The files in which one site differs from another.
fn differing<'a>(one: &'a BTreeMap<PathBuf, Vec<u8>>, other: &'a BTreeMap<PathBuf, Vec<u8>>) -> Vec<&'a PathBuf> {
    let all: BTreeSet<&PathBuf> = one.keys().chain(other.keys()).collect();
    all.into_iter().filter(|path| one.get(*path) != other.get(*path)).collect()
}

#[test]
fn a_build_that_is_killed_leaves_the_old_site_or_the_new_one() {
    let project = project();
    let mut sites = BTreeMap::new();
    let mut time = Duration::MAX;
    for word in ["One", "Two"] {
        project.write("content/index.md", &format!("# {word}\n"));
        let start = Instant::now();
        assert!(build(&project).status().unwrap().success());
        time = time.min(start.elapsed());
        sites.insert(word, published(&project));
    }
    project.write("public/CNAME", "log.example.org\n");
    sites.values_mut().for_each(|site| drop(site.insert(PathBuf::from("CNAME"), b"log.example.org\n".to_vec())));
    let mut unfinished = 0;
    for kill in 0..KILLS {
        let word = if kill % 2 == 0 { "One" } else { "Two" };
        project.write("content/index.md", &format!("# {word}\n"));
        let mut child = build(&project).spawn().unwrap();
        // Later moments are more of interest: then files are written.
        let share = 1.0 - (f64::from(kill) / f64::from(KILLS)).powi(2);
        sleep(time.mul_f64(share));
        child.kill().unwrap();
        unfinished += u32::from(!child.wait().unwrap().success());
        let now = published(&project);
        let mixes: Vec<_> = sites.values().map(|site| differing(site, &now)).collect();
        assert!(mixes.iter().any(Vec::is_empty), "kill {kill} left a mix; it differs from the sites in {mixes:?}");
    }
    assert!(unfinished > KILLS / 10, "only {unfinished} builds were killed before they were done");
    assert!(build(&project).status().unwrap().success());
    assert_eq!(published(&project), sites["Two"]);
    // A lock that a killed build has left locks nothing, and a build that has nothing to write takes none.
    assert!(left(&project).iter().all(|name| name == ".public.lock"), "{:?}", left(&project));
}

#[test]
fn a_build_that_is_interrupted_leaves_nothing_beside_the_site() {
    let project = project();
    assert!(build(&project).status().unwrap().success());
    let before = published(&project);
    for number in 0..400 {
        project.write(&format!("content/{number}.md"), &format!("# {number}\n\n{}", "word `a` **b**\n\n".repeat(100)));
    }
    for (signal, code) in [("-INT", 130), ("-TERM", 143)] {
        let mut child = build(&project).spawn().unwrap();
        while !left(&project).iter().any(|name| name.starts_with(".public.staging-")) {
            assert_eq!(child.try_wait().unwrap(), None, "the build is over");
        }
        let sent = Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        assert_eq!(child.wait().unwrap().code(), Some(code));
        assert_eq!(left(&project), Vec::<String>::new());
        assert!(published(&project) == before, "the old site stays");
    }
}

#[test]
fn what_was_planted_beside_the_site_is_neither_used_nor_in_the_way() {
    let project = project();
    project.write("elsewhere/precious.html", "precious");
    for number in 0..40 {
        symlink("elsewhere", project.path(&format!(".public.staging-{number}"))).unwrap();
    }
    project.write(".public.staging-41/evil.html", "evil");
    project.write(".public.old-42/index.html", "evil");
    project.write(".public.old-43/.precedent-manifest", "0  index.html\n");
    project.write(".public.old-43/evil.html", "evil");
    let mut before = left(&project);
    let run = project.run(&["build"]);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    assert!(!project.path("public/evil.html").exists());
    assert!(fs::read_to_string(project.path("public/index.html")).unwrap().contains("Home"));
    let mut after = left(&project);
    before.sort();
    after.sort();
    assert_eq!(after, before);
    assert_eq!(tree(&project.path("elsewhere")).len(), 1);
    symlink("elsewhere/new", project.path(".public.lock")).unwrap();
    project.write("content/index.md", "# Other\n");
    let run = project.run(&["build"]);
    assert!(run.code == Some(2) && run.err.contains(".public.lock"), "{}", run.err);
    assert!(!project.path("elsewhere/new").exists());
}

#[test]
fn a_foreign_file_is_never_missing() {
    let project = project();
    assert_eq!(project.run(&["build"]).code, Some(0));
    project.write("public/CNAME", "log.example.org\n");
    project.write("public/.well-known/a/challenge", "token");
    project.write("public/adr/note.txt", "note");
    fs::create_dir(project.path("public/.git")).unwrap();
    project.write("public/.git/config", "[core]");
    symlink("CNAME", project.path("public/link")).unwrap();
    let folder = fs::metadata(project.path("public/.well-known")).unwrap().ino();
    let watched =
        ["public/CNAME", "public/.well-known/a/challenge", "public/adr/note.txt"].map(|path| project.path(path));
    for round in 0..8 {
        project.write("content/index.md", &format!("# Round {round}\n"));
        let mut child = build(&project).spawn().unwrap();
        while child.try_wait().unwrap().is_none() {
            for path in &watched {
                assert!(fs::read(path).is_ok(), "{} is missing", path.display());
            }
        }
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(fs::read_to_string(project.path("public/.git/config")).unwrap(), "[core]");
    assert_eq!(fs::read_link(project.path("public/link")).unwrap(), Path::new("CNAME"));
    assert_eq!(
        fs::metadata(project.path("public/.well-known")).unwrap().ino(),
        folder,
        "the folder is another one now"
    );
    assert_eq!(left(&project), [""; 0]);
}

/// Runs a script as root of a name space of its own, in which it may mount; `None` where the system does not let it.
fn in_a_name_space(project: &Project, script: &str) -> Option<(Option<i32>, String)> {
    let run = |script: &str| {
        let mut command = Command::new("unshare");
        command.args(["--mount", "--map-root-user", "sh", "-c", script]).current_dir(project.path("."));
        command.env("PRECEDENT", env!("CARGO_BIN_EXE_precedent")).output()
    };
    fs::create_dir_all(project.path("mount")).unwrap();
    run("mount -t tmpfs none mount").ok().filter(|output| output.status.success())?;
    let output = run(script).unwrap();
    Some((output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned()))
}

#[test]
fn a_mount_point_is_filled_file_by_file() {
    let project = project();
    let script = "mkdir public && mount -t tmpfs none public && build='$PRECEDENT build --as-of 2026-06-01'\n\
                  eval $build && echo mine > public/CNAME && mkdir public/own && echo x > public/own/x\n\
                  rm content/adr/0006-x.md && echo '# Other' > content/index.md && eval $build && cp -a public copy";
    let Some((code, said)) = in_a_name_space(&project, script) else {
        return eprintln!("not tried: nothing can be mounted here");
    };
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("its files were replaced one by one"), "{said}");
    let mut copy = tree(&project.path("copy"));
    assert_eq!(copy.remove(Path::new("CNAME")).unwrap(), b"mine\n");
    assert!(copy.remove(Path::new("own/x")).is_some());
    fs::remove_dir(project.path("public")).unwrap();
    assert_eq!(project.run(&["build"]).code, Some(0));
    assert_eq!(copy.keys().collect::<Vec<_>>(), published(&project).keys().collect::<Vec<_>>());
    assert!(copy == published(&project), "the site differs from one that was put in place as a whole");
}

#[test]
fn a_full_disk_leaves_the_old_site() {
    let project = project();
    let script = "mkdir disk && mount -t tmpfs -o size=6m none disk && cp -a content precedent.toml disk && cd disk\n\
                  $PRECEDENT build --as-of 2026-06-01 --no-cache || exit 9\n\
                  cp -a public ../before; head -c 900k /dev/urandom > content/a.csv; head -c 2000k /dev/zero > fill\n\
                  echo '[a](a.csv)' >> content/index.md; cat /dev/zero > fill2 2>/dev/null; rm fill2; head -c 300k /dev/zero > x\n\
                  cat /dev/zero > y 2>/dev/null; rm x; $PRECEDENT build --as-of 2026-06-01 --no-cache; code=$?\n\
                  cp -a public ../after; ls -A > ../names; exit $code";
    let Some((code, said)) = in_a_name_space(&project, script) else {
        return eprintln!("not tried: nothing can be mounted here");
    };
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("No space left on device") && said.contains("disk/.public.staging-"), "{said}");
    assert!(!said.contains("panicked") && tree(&project.path("before")) == tree(&project.path("after")));
    assert!(!fs::read_to_string(project.path("names")).unwrap().contains("staging"));
}

#[test]
fn modes_and_bytes_are_the_same_whoever_builds() {
    let modes = |project: &Project| -> BTreeMap<PathBuf, u32> {
        let root = project.path("public");
        let files =
            tree(&root).into_keys().flat_map(|path| path.ancestors().map(Path::to_path_buf).collect::<Vec<_>>());
        files.map(|path| (path.clone(), fs::metadata(root.join(&path)).unwrap().permissions().mode())).collect()
    };
    let mut seen = Vec::new();
    for (umask, zone, locale, threads) in [
        ("022", "UTC", "C", "1"),
        ("077", "Pacific/Kiritimati", "tr_TR.UTF-8", "2"),
        ("000", "America/New_York", "de_DE", "3"),
    ] {
        let project = project();
        let script = format!("umask {umask}; exec \"$0\" build --as-of 2026-06-01 --jobs {threads}");
        let mut command = Command::new("sh");
        command.args(["-c", &script, env!("CARGO_BIN_EXE_precedent")]).current_dir(project.path("."));
        let output = command.env("TZ", zone).env("LC_ALL", locale).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        seen.push((modes(&project), published(&project)));
    }
    assert!(
        seen[0].0 == seen[1].0 && seen[1].0 == seen[2].0,
        "{:?}",
        seen.iter().map(|(modes, _)| modes).collect::<Vec<_>>()
    );
    assert!(seen[0].1 == seen[1].1 && seen[1].1 == seen[2].1);
    assert_eq!(seen[0].0[Path::new("index.html")] & 0o777, 0o644);
}

#[test]
fn of_two_builds_at_once_the_result_is_one() {
    let project = project();
    assert_eq!(project.run(&["build"]).code, Some(0));
    for round in 0..5 {
        project.write("content/index.md", &format!("# Round {round}\n"));
        let mut both = [0, 1].map(|_| build(&project).stderr(Stdio::piped()).spawn().unwrap());
        let codes = both.each_mut().map(|child| child.wait().unwrap().code());
        assert!(codes.contains(&Some(0)) && codes.iter().all(|code| matches!(code, Some(0 | 2))), "{codes:?}");
        assert!(fs::read_to_string(project.path("public/index.html")).unwrap().contains(&format!("Round {round}")));
        assert_eq!(left(&project), [""; 0]);
    }
}

#[test]
fn a_folder_that_another_is_writing_is_left_alone_with_two() {
    let project = project();
    assert_eq!(project.run(&["build"]).code, Some(0));
    let before = published(&project);
    project.write("content/index.md", "# Another home\n");
    fs::write(project.path(".public.lock"), "4242").unwrap();
    let lock = fs::File::options().write(true).open(project.path(".public.lock")).unwrap();
    lock.lock().unwrap();
    let run = project.run(&["build"]);
    assert_eq!(run.code, Some(2), "{}", run.err);
    assert!(
        run.err.contains("error: process 4242 is publishing into ") && run.err.contains("try again"),
        "{}",
        run.err
    );
    assert_eq!(published(&project), before);
    lock.unlock().unwrap();
    // A lock that nobody holds any more locks nothing.
    assert_eq!(project.run(&["build"]).code, Some(0));
    assert_ne!(published(&project), before);
}

#[test]
fn a_long_file_is_not_held_whole() {
    let project = project();
    project.write("content/index.md", "# Home\n\n[film](film.mp4)\n");
    let film = fs::File::create(project.path("content/film.mp4")).unwrap();
    film.set_len(1 << 30).unwrap();
    // More than this is not to be had, be it asked for or used.
    let script = "ulimit -v 900000; exec \"$0\" build --as-of 2026-06-01 --jobs 2";
    let output = Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_precedent")])
        .current_dir(project.path("."))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(fs::metadata(project.path("public/film.mp4")).unwrap().len(), 1 << 30);
}
