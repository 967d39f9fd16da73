//! What publishing promises, on real folders.

mod seals;

use super::lock::Lock;
use super::publish::{Publisher, Written};
use super::stage::Staging;
use super::target::Target;
use crate::error::{Error, Result};
use crate::page::Route;
use crate::site::artifact::Artifact;
use crate::site::press::Press;
use crate::source::MANIFEST;
use crate::text::Digest;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A project with a content folder, in a temporary folder.
struct Project(tempfile::TempDir);

impl Project {
    fn new() -> Project {
        let project = Project(tempfile::tempdir().unwrap());
        project.put("precedent.toml", "");
        project.put("content/a.md", "a");
        project
    }

    fn path(&self, path: &str) -> PathBuf {
        fs::canonicalize(self.0.path()).unwrap().join(path)
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn publish(&self, files: &[(&str, &str)]) -> Result<Written> {
        publish(files, &self.path("public"), &self.path(""), &self.path("content"))
    }

    /// All files below the project but the content, with their texts.
    fn files(&self) -> BTreeMap<String, String> {
        let root = self.path("");
        let walk = walkdir::WalkDir::new(&root).into_iter().map(|found| found.unwrap());
        let name = |path: &Path| path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
        let shown = |path: &Path| (name(path), fs::read_to_string(path).unwrap());
        let files = walk.filter(|found| found.file_type().is_file()).map(|found| shown(found.path()));
        files
            .filter(|(name, _)| !name.contains(MANIFEST) && !name.starts_with("content/") && name.contains('/'))
            .collect()
    }

    fn names(&self) -> Vec<String> {
        self.files().into_keys().collect()
    }
}

fn artifact(text: &str) -> Artifact {
    Artifact::new(text.as_bytes().to_vec())
}

fn publish(files: &[(&str, &str)], output: &Path, root: &Path, content: &Path) -> Result<Written> {
    let publisher = Publisher::new(output, root, &[content.to_owned()]);
    files.iter().for_each(|(path, text)| publisher.take(Route((*path).to_owned()), artifact(text)));
    publisher.finish()
}

fn begin(project: &Project) -> Publisher {
    Publisher::new(&project.path("public"), &project.path(""), &[project.path("content")])
}

fn refusal(result: Result<Written>) -> String {
    match result {
        Err(Error::Refused { message }) => message,
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn writes_everything_and_removes_what_is_stale() {
    let project = Project::new();
    let written = project.publish(&[("index.html", "one"), ("adr/1.html", "x"), ("\u{e9} \u{1f600}/a&b.html", "y")]);
    assert_eq!(written.unwrap(), Written { files: 3, bytes: 5, one_by_one: false });
    assert_eq!(project.names(), ["public/adr/1.html", "public/index.html", "public/\u{e9} \u{1f600}/a&b.html"]);
    project.publish(&[("index.html", "two"), ("rfc", "file")]).unwrap();
    project.publish(&[("index.html", "two"), ("rfc/a/b.html", "deep")]).unwrap();
    assert_eq!(project.names(), ["public/index.html", "public/rfc/a/b.html"]);
    assert_eq!(project.files()["public/index.html"], "two");
    assert_eq!(fs::read_dir(project.path("public")).unwrap().count(), 3);
    assert_eq!(fs::read_dir(project.path("")).unwrap().count(), 3);
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_differ_in_case_both_survive() {
    let project = Project::new();
    project.publish(&[("Adr.html", "1"), ("adr.html", "2")]).unwrap();
    assert_eq!(project.names(), ["public/Adr.html", "public/adr.html"]);
}

#[test]
fn foreign_files_are_carried_over() {
    let project = Project::new();
    project.publish(&[("index.html", "one"), ("adr/1.html", "x"), ("old/1.html", "x")]).unwrap();
    project.put("public/CNAME", "example.org");
    project.put("public/.git/objects/ab", "object");
    project.put("public/adr/note.txt", "note");
    project.put("public/old/kept.txt", "kept");
    project.put("public/images/logo.txt", "logo");
    fs::create_dir(project.path("public/empty")).unwrap();
    project.publish(&[("index.html", "two"), ("adr/2.html", "y"), ("images/new.txt", "z")]).unwrap();
    assert_eq!(
        project.names(),
        [
            "public/.git/objects/ab",
            "public/CNAME",
            "public/adr/2.html",
            "public/adr/note.txt",
            "public/images/logo.txt",
            "public/images/new.txt",
            "public/index.html",
            "public/old/kept.txt"
        ]
    );
    assert!(project.path("public/empty").is_dir());
}

#[test]
fn foreign_files_are_never_written_over() {
    let project = Project::new();
    project.publish(&[("index.html", "one")]).unwrap();
    for (foreign, ours) in [("CNAME", "CNAME"), ("adr", "adr/1.html"), ("rfc/1.html", "rfc")] {
        project.put(&format!("public/{foreign}"), "foreign");
        let before = project.files();
        let message = refusal(project.publish(&[("index.html", "two"), (ours, "ours")]));
        assert!(
            message.contains(&format!("public/{}", foreign.trim_end_matches("/1.html")))
                && message.contains("move it away"),
            "{message}"
        );
        assert_eq!(project.files(), before);
        fs::remove_file(project.path(&format!("public/{foreign}"))).unwrap();
    }
    project.put("public/robots.txt", "same");
    project.publish(&[("index.html", "two"), ("robots.txt", "same")]).unwrap();
    project.publish(&[("index.html", "two")]).unwrap();
    assert_eq!(project.names(), ["public/index.html"]);
}

#[test]
fn dangerous_targets_are_refused_and_untouched() {
    let project = Project::new();
    project.put("elsewhere/precious.txt", "precious");
    project.put("file", "text");
    let outside = project.0.path().parent().unwrap().to_owned();
    let content = project.path("content");
    let before = project.files();
    let targets = ["content", "content/public", "content/../content", "", ".", "elsewhere", "elsewhere/..", "file"];
    let targets = targets.map(|target| project.path(target));
    let others = [outside, PathBuf::from("/"), PathBuf::new()];
    for target in targets.iter().chain(&others) {
        let message = refusal(publish(&[("index.html", "x")], target, &project.path(""), &content));
        assert!(message.contains(project.path("").to_string_lossy().trim_end_matches('/')), "{message}");
        assert_eq!(project.files(), before, "{}", target.display());
    }
    let message = refusal(publish(&[("index.html", "x")], &project.path("elsewhere"), &project.path(""), &content));
    assert!(message.contains("holds files that we did not write"), "{message}");
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    use std::os::unix::fs::symlink;
    let project = Project::new();
    project.put("elsewhere/1.html", "precious");
    fs::create_dir(project.path("empty")).unwrap();
    symlink(project.path("empty"), project.path("public")).unwrap();
    assert!(refusal(project.publish(&[("index.html", "x")])).contains("is a link"));
    let slash = project.path("public/");
    assert!(
        refusal(publish(&[("index.html", "x")], &slash, &project.path(""), &project.path("content")))
            .contains("is a link")
    );
    fs::remove_file(project.path("public")).unwrap();
    project.publish(&[("index.html", "x"), ("adr/1.html", "x")]).unwrap();
    fs::remove_dir_all(project.path("public/adr")).unwrap();
    symlink(project.path("elsewhere"), project.path("public/adr")).unwrap();
    project.publish(&[("index.html", "y")]).unwrap();
    assert_eq!(project.files()["elsewhere/1.html"], "precious");
    assert!(fs::symlink_metadata(project.path("public/adr")).unwrap().is_symlink());
}

#[test]
fn addresses_that_lead_out_are_refused() {
    let project = Project::new();
    for address in ["../x.html", "/x.html", "a//b.html", "a/../../x", "", MANIFEST] {
        refusal(project.publish(&[(address, "x")]));
    }
    assert!(refusal(project.publish(&[("a", "x"), ("a/b", "y")])).contains("a file and a folder at once"));
    assert_eq!(project.names(), [""; 0]);
}

#[cfg(unix)]
#[test]
fn the_same_bytes_change_nothing() {
    use std::os::unix::fs::MetadataExt;
    let project = Project::new();
    let files = [("index.html", "one"), ("adr/1.html", "x")];
    project.publish(&files).unwrap();
    let look = || ["", "public", "public/index.html"].map(|path| fs::metadata(project.path(path)).unwrap());
    let look = || look().map(|data| (data.ino(), data.mtime(), data.mtime_nsec()));
    let before = look();
    project.publish(&files).unwrap();
    assert_eq!(look(), before);
    project.put("public/index.html", "two");
    project.publish(&files).unwrap();
    assert_eq!(project.files()["public/index.html"], "one");
    // A page that did not change keeps its time, so that it is not sent out again.
    let written = fs::metadata(project.path("public/adr/1.html")).unwrap().mtime_nsec();
    project.publish(&[("index.html", "two"), ("adr/1.html", "x")]).unwrap();
    assert_eq!(fs::metadata(project.path("public/adr/1.html")).unwrap().mtime_nsec(), written);
    assert_eq!(project.files()["public/index.html"], "two");
}

/// A build that is killed after some of its files, under a process of that number.
fn killed(project: &Project, files: &[(&str, &str)], process: &str) {
    let target = Target::of(&project.path("public"), &project.path(""), &project.path("content")).unwrap();
    let lock = Lock::take(project.path(".public.lock"), &target.folder).unwrap();
    let staging = Staging::new(&target, lock).unwrap();
    let put = |(path, text): &(&str, &str)| staging.put(path, artifact(text).digest, text.as_bytes());
    files.iter().try_for_each(put).unwrap();
    fs::rename(&staging.folder, project.path(&format!(".public.staging-{process}"))).unwrap();
    staging.keep();
}

#[test]
fn what_killed_builds_left_is_mended() {
    let project = Project::new();
    project.publish(&[("index.html", "old"), ("adr/1.html", "x")]).unwrap();
    project.put("public/CNAME", "example.org");
    // Killed between two renames: the old site lies aside, the new one is complete but not in place.
    fs::rename(project.path("public"), project.path(".public.old-999999")).unwrap();
    killed(&project, &[("index.html", "new"), ("gone.html", "x")], "999999");
    fs::remove_file(project.path(".public.staging-999999/index.html")).unwrap();
    project.put(".public.lock", "999999");
    project.publish(&[("index.html", "next")]).unwrap();
    assert_eq!(project.names(), ["public/CNAME", "public/index.html"]);
    // Killed after the exchange: the old site lies where the new one was built.
    fs::rename(project.path("public"), project.path(".public.staging-77")).unwrap();
    let next = [("index.html", "newest")];
    killed(&project, &next, "78");
    fs::rename(project.path(".public.staging-78"), project.path("public")).unwrap();
    project.publish(&next).unwrap();
    assert_eq!(project.names(), ["public/CNAME", "public/index.html"]);
    assert_eq!(project.files()["public/index.html"], "newest");
    assert_eq!(fs::read_dir(project.path("")).unwrap().count(), 3);
}

#[test]
fn what_does_not_end_leaves_nothing() {
    let project = Project::new();
    project.publish(&[("index.html", "old"), ("adr/1.html", "x")]).unwrap();
    let publisher = begin(&project);
    publisher.take(Route("index.html".to_owned()), artifact("new"));
    assert_eq!(fs::read_dir(project.path("")).unwrap().count(), 5, "the new site and its lock");
    drop(publisher);
    assert_eq!(project.names(), ["public/adr/1.html", "public/index.html"]);
    assert_eq!(project.files()["public/index.html"], "old");
    assert_eq!(fs::read_dir(project.path("")).unwrap().count(), 3);
}

#[test]
fn a_page_that_someone_changes_meanwhile_is_not_taken_over() {
    let project = Project::new();
    let files = [("adr/1.html", "x"), ("index.html", "old")];
    project.publish(&files).unwrap();
    let publisher = begin(&project);
    publisher.take(Route("adr/1.html".to_owned()), artifact("x"));
    publisher.take(Route("index.html".to_owned()), artifact("new"));
    project.put("public/adr/1.html", "changed");
    assert!(refusal(publisher.finish()).contains("adr/1.html was changed while the site was built"));
    project.publish(&[("adr/1.html", "x"), ("index.html", "new")]).unwrap();
    assert_eq!(project.files()["public/adr/1.html"], "x");
}

#[test]
fn two_builds_at_once_do_not_mix() {
    let project = Project::new();
    project.publish(&[("index.html", "one")]).unwrap();
    let lock = Lock::take(project.path(".public.lock"), &project.path("public")).unwrap();
    let message = refusal(project.publish(&[("index.html", "two")]));
    assert!(message.contains(&format!("process {}", std::process::id())), "{message}");
    assert_eq!(project.files()["public/index.html"], "one");
    drop(lock);
    project.publish(&[("index.html", "two")]).unwrap();
    assert_eq!(project.files()["public/index.html"], "two");
}

#[test]
fn a_failure_leaves_the_old_site() {
    let project = Project::new();
    project.publish(&[("index.html", "one")]).unwrap();
    let long = "n".repeat(300);
    let result = project.publish(&[("index.html", "two"), (&long, "x")]);
    assert!(matches!(result, Err(Error::Io { .. })));
    assert_eq!(project.names(), ["public/index.html"]);
    assert_eq!(project.files()["public/index.html"], "one");
}

#[cfg(unix)]
#[test]
fn a_read_only_site_is_left_as_it_is() {
    use std::os::unix::fs::PermissionsExt;
    let project = Project::new();
    project.publish(&[("index.html", "one"), ("adr/1.html", "x")]).unwrap();
    project.put("public/own/note.txt", "note");
    for folder in ["public", "public/adr", "public/own"] {
        let set = |mode| fs::set_permissions(project.path(folder), fs::Permissions::from_mode(mode)).unwrap();
        set(0o555);
        // Whoever may write everywhere can publish everywhere.
        if fs::create_dir(project.path(folder).join("probe")).is_ok() {
            return;
        }
        let result = project.publish(&[("index.html", "two")]);
        set(0o755);
        assert!(matches!(result, Err(Error::Io { .. })), "{folder}");
        assert_eq!(project.names(), ["public/adr/1.html", "public/index.html", "public/own/note.txt"]);
        assert_eq!(fs::read_dir(project.path("")).unwrap().count(), 3, "{folder}: something was left");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn readers_always_find_a_page() {
    let project = Project::new();
    let publish = |n: u32| {
        let n = n.to_string();
        assert!(project.publish(&[("a/first.html", &n), ("index.html", &n), ("z/last.html", &n)]).is_ok());
    };
    publish(0);
    let read = |page: &str| fs::read_to_string(project.path("public").join(page)).unwrap();
    std::thread::scope(|scope| {
        let publisher = scope.spawn(|| (1..40).for_each(publish));
        while !publisher.is_finished() {
            // Between two readings of one build's page every other page is of that build, too.
            let (before, others, after) =
                (read("index.html"), ["a/first.html", "z/last.html"].map(read), read("index.html"));
            assert!(before != after || others.iter().all(|other| *other == before), "{before}: {others:?}");
        }
    });
}
