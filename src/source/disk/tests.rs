//! What the door lets in, and what it keeps out.

use super::*;
use crate::source::Overlay;
use std::collections::BTreeMap;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::process::Command;

/// A project in `project/` of a temporary folder, with files beside it that must never be read.
fn project(files: &[&str]) -> (tempfile::TempDir, Disk) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("project");
    fs::create_dir_all(root.join("content")).unwrap();
    fs::write(folder.path().join("secret.md"), "secret").unwrap();
    for file in files {
        let path = root.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "text").unwrap();
    }
    let disk = Disk::open(&root).unwrap();
    (folder, disk)
}

/// Each entry as `path: size` or `path: fault`.
fn list(disk: &Disk) -> Vec<String> {
    let show = |entry: Entry| match entry.size {
        Ok(size) => format!("{}: {}", entry.path, size.map_or("text".to_owned(), |size| size.to_string())),
        Err(fault) => format!("{}: {}", entry.path, fault.0),
    };
    disk.list("content").unwrap().into_iter().map(show).collect()
}

#[test]
fn lists_in_path_order_without_hidden_and_foreign_folders() {
    let (_folder, disk) = project(&[
        "content/b.md",
        "content/a/z.md",
        "content/a-b.md",
        "content/.git/config",
        "content/.env",
        "content/x/target/y.md",
        "content/cache/CACHEDIR.TAG",
        "content/cache/y.md",
        "content/site/.precedent-manifest",
        "content/site/y.md",
        "content/node_modules/y.md",
        "content/target.md",
        "outside.md",
    ]);
    assert_eq!(
        list(&disk),
        [
            "content/a-b.md: text",
            "content/a/z.md: text",
            "content/b.md: text",
            "content/target.md: text",
            "content/x/target/y.md: text"
        ]
    );
    assert_eq!(disk.list("").unwrap().len(), 6);
}

#[test]
fn a_text_of_an_editor_is_listed_only_where_a_file_would_be() {
    let (folder, disk) = project(&[
        "content/a.md",
        "content/.notes/b.md",
        "content/node_modules/c.md",
        "content/cache/CACHEDIR.TAG",
        "content/cache/d.md",
        "away/e.md",
    ]);
    symlink(folder.path().join("project/away"), folder.path().join("project/content/link")).unwrap();
    let overlay = Overlay::new(Arc::new(disk), BTreeMap::new());
    for path in [
        "content/a.md",
        "content/.notes/b.md",
        "content/.notes/new.md",
        "content/.hidden.md",
        "content/node_modules/c.md",
        "content/node_modules/new/new.md",
        "content/cache/new.md",
        "content/link/e.md",
        "content/new/target/new.md",
        "outside.md",
    ] {
        overlay.lay(SourcePath::new(path), Arc::from(b"longer".as_slice()));
    }
    let sizes =
        overlay.list("content").unwrap().into_iter().map(|entry| (entry.path.to_string(), entry.size.ok().flatten()));
    let expected = [("content/a.md", Some(6)), ("content/link", None), ("content/new/target/new.md", Some(6))];
    assert_eq!(sizes.collect::<Vec<_>>(), expected.map(|(path, size)| (path.to_owned(), size)));
}

#[test]
fn links_out_of_the_project_are_faults_and_never_read() {
    let (folder, disk) = project(&["content/a.md", "content/sub/b.md"]);
    let content = disk.root.join("content");
    symlink("../../secret.md", content.join("file.md")).unwrap();
    symlink("/etc", content.join("etc")).unwrap();
    symlink("/dev/zero", content.join("zero.md")).unwrap();
    symlink(folder.path().join("project-sibling"), content.join("gone.md")).unwrap();
    symlink("self.md", content.join("self.md")).unwrap();
    symlink("..", content.join("parent")).unwrap();
    symlink("a.md", content.join("inside.md")).unwrap();
    fs::write(disk.root.join("secrets.env"), "key").unwrap();
    symlink("../secrets.env", content.join("keys.txt")).unwrap();
    symlink("sub", content.join("folder")).unwrap();
    let gone = folder.path().join("project-sibling");
    assert_eq!(
        list(&disk),
        [
            "content/a.md: text".to_owned(),
            "content/etc: is a link to /etc, outside the project".to_owned(),
            "content/file.md: is a link to ../../secret.md, outside the project".to_owned(),
            "content/folder: is a link to sub, a folder; folders behind links are not read".to_owned(),
            format!("content/gone.md: is a link to {}, which does not exist", gone.display()),
            "content/inside.md: 4".to_owned(),
            "content/keys.txt: is a link to ../secrets.env, outside the content folder".to_owned(),
            "content/parent: is a link to .., outside the content folder".to_owned(),
            "content/self.md: is a link to self.md, which cannot be followed: too many levels of symbolic links"
                .to_owned(),
            "content/sub/b.md: text".to_owned(),
            "content/zero.md: is a link to /dev/zero, outside the project".to_owned(),
        ]
    );
    let read = |path: &str| disk.read(&SourcePath::new(path));
    assert_eq!(&*read("content/inside.md").unwrap(), b"text");
    for outside in ["content/file.md", "content/zero.md", "../secret.md", "content/../../secret.md", "/etc/passwd"] {
        assert!(matches!(read(outside), Err(Error::Refused { .. })), "{outside}");
    }
}

#[test]
fn links_to_hidden_files_are_faults() {
    let (_folder, disk) = project(&[".env", "content/a.md"]);
    symlink("../.env", disk.root.join("content/env.txt")).unwrap();
    fs::write(disk.root.join("content/.keys"), "x").unwrap();
    symlink(".keys", disk.root.join("content/keys.txt")).unwrap();
    assert_eq!(
        list(&disk)[1..],
        [
            "content/env.txt: is a link to ../.env, outside the content folder",
            "content/keys.txt: is a link to .keys, which is hidden"
        ]
    );
}

#[test]
fn pipes_and_sockets_are_faults_and_never_opened() {
    let (_folder, disk) = project(&["content/a.md"]);
    let pipe = disk.root.join("content/pipe.md");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let _socket = UnixListener::bind(disk.root.join("content/socket.md")).unwrap();
    assert_eq!(
        list(&disk)[1..],
        ["content/pipe.md: is not a regular file", "content/socket.md: is not a regular file"]
    );
    assert!(disk.read(&SourcePath::new("content/pipe.md")).is_err());
    assert!(disk.read(&SourcePath::new("content")).is_err());
}

#[test]
fn a_name_that_is_no_text_is_a_fault_and_others_may_be_long() {
    let (_folder, disk) = project(&["content/a.md"]);
    let content = disk.root.join("content");
    fs::write(content.join(OsStr::from_bytes(b"caf\xE9.md")), "x").unwrap();
    fs::write(content.join("n".repeat(250)), "x").unwrap();
    let deep = content.join("d/".repeat(40));
    fs::create_dir_all(&deep).unwrap();
    fs::write(deep.join("x.md"), "x").unwrap();
    let listed = list(&disk);
    assert_eq!(listed[1], "content/caf\\xE9.md: has a name that is not UTF-8");
    assert!(listed[2].ends_with("/d/x.md: text") && listed[3].ends_with("nn: 1"), "{listed:?}");
}

#[test]
fn closed_folders_are_faults_and_the_rest_is_read() {
    let (_folder, disk) = project(&["content/a.md", "content/closed/b.md"]);
    let closed = disk.root.join("content/closed");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    let listed = list(&disk);
    let is_root = fs::read_dir(&closed).is_ok();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
    if !is_root {
        assert_eq!(listed, ["content/a.md: text", "content/closed: cannot be read: permission denied"]);
    }
}

#[test]
fn a_missing_folder_is_an_error() {
    let (folder, disk) = project(&["content/a.md"]);
    assert!(matches!(disk.list("nowhere"), Err(Error::Io { .. })));
    assert!(matches!(disk.list("content/a.md"), Err(Error::Io { .. })));
    assert!(matches!(disk.list(".."), Err(Error::Refused { .. })));
    assert!(Disk::open(&folder.path().join("nowhere")).is_err());
    assert!(Disk::open(&folder.path().join("secret.md")).is_err());
}

#[test]
fn the_root_is_found_upwards() {
    let (_folder, disk) = project(&["precedent.toml", "content/deep/a.md"]);
    assert_eq!(Disk::find_root(&disk.root.join("content/deep")), Some(disk.root.clone()));
    assert_eq!(Disk::find_root(&disk.root.join("nowhere")), None);
    assert_eq!(Disk::find_root(Path::new("/")), None);
}

#[test]
fn nothing_is_written_through_what_was_planted_beside_a_file() {
    let (folder, disk) = project(&["content/a.md"]);
    let secret = folder.path().join("secret.md");
    let root = folder.path().join("project");
    for name in [".a.md.precedent-0", ".a.md.precedent-1", ".b.md.precedent-0", ".a.md.precedent-new"] {
        symlink(&secret, root.join("content").join(name)).unwrap();
    }
    disk.put(&SourcePath::new("content/a.md"), Expected::Bytes(b"text"), b"new").unwrap();
    disk.put(&SourcePath::new("content/b.md"), Expected::Nothing, b"new").unwrap();
    assert_eq!(fs::read_to_string(&secret).unwrap(), "secret");
    for path in ["content/a.md", "content/b.md"] {
        assert!(fs::symlink_metadata(root.join(path)).unwrap().is_file());
        assert_eq!(fs::read_to_string(root.join(path)).unwrap(), "new");
    }
}
