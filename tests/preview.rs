//! The preview follows every change, keeps the last good site up, and ends in order.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may fail, and makes its own files"
)]

mod wire;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};
use wire::{Reply, connect_to, hear, host_of, send_to};

/// `precedent serve` in a folder of its own.
struct Preview {
    folder: tempfile::TempDir,
    child: Child,
    out: BufReader<ChildStdout>,
    host: String,
}

impl Preview {
    fn start(files: &[(&str, &str)]) -> Preview {
        let folder = tempfile::tempdir().expect("a folder");
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, text).expect("written");
        }
        Preview::of(folder)
    }

    fn of(folder: tempfile::TempDir) -> Preview {
        let mut command = Command::new(env!("CARGO_BIN_EXE_precedent"));
        command.args(["serve", "--port", "0"]).current_dir(folder.path());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("starts");
        let mut out = BufReader::new(child.stdout.take().expect("piped"));
        let mut url = String::new();
        out.read_line(&mut url).expect("the address comes first");
        Preview { folder, child, out, host: host_of(url.trim()) }
    }

    fn write(&self, path: &str, text: &str) {
        fs::write(self.folder.path().join(path), text).expect("written");
    }

    fn get(&self, target: &str) -> Reply {
        send_to(&self.host, format!("GET {target} HTTP/1.1\r\nHost: {}\r\n\r\n", self.host).as_bytes())
    }

    /// An event stream that has heard of the present build.
    fn listen(&self) -> TcpStream {
        let mut stream = connect_to(&self.host);
        let request = format!("GET /_precedent/events HTTP/1.1\r\nHost: {}\r\n\r\n", self.host);
        stream.write_all(request.as_bytes()).expect("takes a request");
        hear(&mut stream, &mut String::new(), 1);
        stream
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const PROJECT: [(&str, &str); 3] = [
    ("precedent.toml", "[site]\ntitle = \"Our log\"\n"),
    ("content/index.md", "# Our decisions\n\nFirst words.\n"),
    ("content/handbook/first.md", "# First chapter\n\nText.\n"),
];

#[test]
fn a_saved_file_reaches_the_open_page() {
    let preview = Preview::start(&PROJECT);
    assert!(preview.get("/").body.contains("First words."));
    let mut events = preview.listen();
    preview.write("content/index.md", "# Our decisions\n\nOther words.\n");
    hear(&mut events, &mut String::new(), 1);
    assert!(preview.get("/").body.contains("Other words."));

    // New folders, new settings, and the way editors save: aside, then renamed.
    fs::create_dir_all(preview.folder.path().join("content/handbook/new/deep")).expect("made");
    preview.write("content/handbook/new/deep/page.md", "# Deep page\n\nDeep words.\n");
    hear(&mut events, &mut String::new(), 1);
    preview.write("content/index.tmp", "# Our decisions\n\nWords moved in.\n");
    let (aside, place) = ("content/index.tmp", "content/index.md");
    fs::rename(preview.folder.path().join(aside), preview.folder.path().join(place)).expect("moved");
    wait_for(|| preview.get("/").body.contains("Words moved in."));
    preview.write("precedent.toml", "[site]\ntitle = \"Another title\"\n");
    wait_for(|| preview.get("/").body.contains("Another title"));

    // The content folder may go and come back.
    let content = preview.folder.path().join("content");
    fs::rename(&content, preview.folder.path().join("away")).expect("moved");
    fs::create_dir(&content).expect("made");
    preview.write("content/index.md", "# Our decisions\n\nWords from a new folder.\n");
    wait_for(|| preview.get("/").body.contains("Words from a new folder."));
    preview.write("content/index.md", "# Our decisions\n\nStill followed.\n");
    wait_for(|| preview.get("/").body.contains("Still followed."));
    assert!(!preview.folder.path().join("public").exists(), "the preview writes nothing");
}

#[test]
fn settings_that_call_everything_output_do_not_blind_the_preview() {
    let mut files = PROJECT.to_vec();
    files[0].1 = "[paths]\noutput = \".\"\n";
    let preview = Preview::start(&files);
    preview.write("content/index.md", "# Our decisions\n\nOther words.\n");
    wait_for(|| preview.get("/").body.contains("Other words."));
}

#[cfg(unix)]
#[test]
fn what_is_behind_a_link_is_followed_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |path: &str| folder.path().join(path);
    fs::create_dir_all(path("docs/below")).expect("made");
    fs::create_dir(path("settings")).expect("made");
    fs::write(path("docs/index.md"), "# Home\n").expect("written");
    fs::write(path("settings/log.toml"), "").expect("written");
    std::os::unix::fs::symlink("docs", path("content")).expect("linked");
    std::os::unix::fs::symlink("settings/log.toml", path("precedent.toml")).expect("linked");
    let preview = Preview::of(folder);
    preview.write("docs/index.md", "# Home\n\nOther words.\n");
    wait_for(|| preview.get("/").body.contains("Other words."));
    preview.write("settings/log.toml", "[site]\ntitle = \"Another title\"\n");
    wait_for(|| preview.get("/").body.contains("Another title"));
}

#[test]
fn many_quick_saves_end_in_the_last_state() {
    let preview = Preview::start(&PROJECT);
    for number in 1..=20 {
        preview.write("content/index.md", &format!("# Our decisions\n\nSave {number}.\n"));
        std::thread::sleep(Duration::from_millis(number * 7 % 60));
    }
    wait_for(|| preview.get("/").body.contains("Save 20."));
}

#[test]
fn the_last_good_site_stays_up() {
    let mut files = PROJECT.to_vec();
    files[0].1 = "[site]\ntitle = \"Our log\"\n[paths]\ntheme = \"theme\"\n";
    files.push(("theme/static/own.css", "p {}"));
    let preview = Preview::start(&files);
    let mut events = preview.listen();
    fs::create_dir_all(preview.folder.path().join("theme/templates")).expect("made");
    preview.write("theme/templates/base.html", "{% if %}");
    preview.write("theme/static/own.css", "p { color: teal }");
    preview.write("content/index.md", "# Our decisions\n\nBehind a broken theme.\n");
    std::thread::sleep(Duration::from_millis(800));
    assert!(preview.get("/").body.contains("First words."));
    fs::remove_file(preview.folder.path().join("theme/templates/base.html")).expect("removed");
    hear(&mut events, &mut String::new(), 1);
    assert!(preview.get("/").body.contains("Behind a broken theme."));
}

#[cfg(unix)]
#[test]
fn an_interrupted_preview_ends_in_order() {
    for (signal, code) in [("-INT", 130), ("-TERM", 143), ("-HUP", 129)] {
        let mut preview = Preview::start(&PROJECT);
        let _open: Vec<TcpStream> = (0..20).map(|_| preview.listen()).collect();
        let killed = Command::new("kill").args([signal, &preview.child.id().to_string()]).status().expect("sent");
        assert!(killed.success());
        assert_eq!(preview.child.wait().expect("ends").code(), Some(code), "{signal}");
        let mut rest = String::new();
        preview.out.read_to_string(&mut rest).expect("UTF-8");
        assert_eq!(rest, "", "no finding was made");
    }
}

fn wait_for(condition: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(10);
    while !condition() {
        assert!(Instant::now() < end, "it did not happen");
        std::thread::sleep(Duration::from_millis(20));
    }
}
