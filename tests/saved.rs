//! How editors save, how folders move, and how much may change at once: an open page sees one change, and a whole one.
#![cfg(unix)]
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may fail, and makes its own files"
)]

mod wire;

use std::fs;
use std::io::Read;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};
use wire::preview::{Preview, wait_for};

const HOME: &str = "content/index.md";

fn start() -> Preview {
    Preview::start(&[
        ("precedent.toml", ""),
        (HOME, "# Home\n\nWords 0.\n"),
        ("content/adr/0001-x.md", "# 1. X\n\nText\n"),
    ])
}

/// Puts a text into the home page as an editor does.
type Save<'a> = &'a dyn Fn(&str);

/// How many new builds an open page hears of while something happens; whatever it is shown must satisfy `holds`.
fn heard(preview: &Preview, happens: impl FnOnce(), holds: impl Fn() + Sync) -> usize {
    // What the settings name is watched from the first build on, and looked at once more then.
    sleep(Duration::from_millis(300));
    let mut stream = preview.listen();
    stream.set_read_timeout(Some(Duration::from_millis(50))).expect("a timeout");
    let (count, done) = (AtomicUsize::new(0), AtomicBool::new(false));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut buffer = [0; 1024];
            while !done.load(Ordering::SeqCst) {
                let length = stream.read(&mut buffer).unwrap_or(0);
                count.fetch_add(
                    String::from_utf8_lossy(&buffer[..length]).matches("event: build\n").count(),
                    Ordering::SeqCst,
                );
                holds();
            }
        });
        happens();
        sleep(Duration::from_millis(1_200));
        done.store(true, Ordering::SeqCst);
    });
    count.load(Ordering::SeqCst)
}

#[test]
fn a_save_is_one_change_however_an_editor_saves() {
    let preview = start();
    let pause = Duration::from_millis(20);
    let path = |name: &str| preview.folder.path().join(name);
    let slowly = |name: &str, text: &str| {
        fs::write(path(name), "").expect("emptied");
        sleep(pause);
        preview.write(name, text);
    };
    let vim = |text: &str| {
        preview.write("content/4913", "");
        preview.remove("content/4913");
        preview.rename(HOME, "content/index.md~");
        sleep(pause);
        slowly(HOME, text);
        preview.remove("content/index.md~");
    };
    let emacs = |text: &str| {
        symlink("me@host.1:2", path("content/.#index.md")).expect("locked");
        preview.rename(HOME, "content/index.md~");
        sleep(pause);
        slowly(HOME, text);
        preview.remove("content/.#index.md");
    };
    let jetbrains = |text: &str| {
        preview.write("content/index.md___jb_tmp___", text);
        sleep(pause);
        preview.rename(HOME, "content/index.md___jb_old___");
        sleep(pause);
        preview.rename("content/index.md___jb_tmp___", HOME);
        preview.remove("content/index.md___jb_old___");
    };
    let code = |text: &str| {
        preview.write("content/.index.md.1234.tmp", text);
        sleep(pause);
        preview.rename("content/.index.md.1234.tmp", HOME);
    };
    let in_place = |text: &str| slowly(HOME, text);
    let saves: [(&str, Save); 5] =
        [("vim", &vim), ("emacs", &emacs), ("jetbrains", &jetbrains), ("code", &code), ("in place", &in_place)];
    for (number, (editor, save)) in (1..).zip(saves) {
        let words = format!("Words {number}.");
        let holds = || {
            assert!(preview.get("/").body.contains("Words "), "{editor}: the page was shown without its text");
            let state = preview.get("/_precedent/state?page=/").body;
            assert!(state.contains("\"failure\":null"), "{editor}: {state}");
        };
        let builds = heard(&preview, || save(&format!("# Home\n\n{words}\n")), holds);
        assert!(preview.get("/").body.contains(&words), "{editor}");
        assert_eq!(builds, 1, "{editor}");
    }
    preview.remove(HOME);
    wait_for(|| !preview.get("/").body.contains("Words "));
}

#[test]
fn what_stands_beside_the_texts_is_saved_whole_too() {
    let preview = Preview::start(&[
        ("precedent.toml", "[paths]\ntheme = \"theme\"\n"),
        (HOME, "# Home\n\n[a table](table.csv)\n"),
        ("content/table.csv", "a,b\n"),
        ("theme/static/own.css", "p { color: teal }"),
    ]);
    let get = |target: &str| preview.get(target).body;
    let holds = || {
        assert!(get("/static/own.css").starts_with("p {") && get("/table.csv").starts_with("a,b"));
    };
    let pause = || sleep(Duration::from_millis(20));
    let builds = heard(
        &preview,
        || {
            preview.write("content/table.csv", "");
            pause();
            preview.write("content/table.csv", "a,b\n1,2\n");
            sleep(Duration::from_millis(500));
            preview.rename("theme/static/own.css", "theme/static/own.css~");
            pause();
            preview.write("theme/static/own.css", "");
            pause();
            preview.write("theme/static/own.css", "p { color: red }");
        },
        holds,
    );
    assert_eq!(
        (builds, get("/static/own.css").as_str(), get("/table.csv").as_str()),
        (2, "p { color: red }", "a,b\n1,2\n")
    );
}

#[test]
fn ten_thousand_saves_are_few_builds() {
    let preview = start();
    let mut took = Duration::ZERO;
    let storm = || {
        let start = Instant::now();
        for number in 0..10_000 {
            preview.write("content/adr/0001-x.md", &format!("# 1. X\n\nStorm {number}\n"));
        }
        took = start.elapsed();
    };
    let builds = heard(&preview, storm, || ());
    assert!(preview.get("/adr/0001-x.html").body.contains("Storm 9999"));
    // One a second where it goes on, and the last.
    assert!(builds <= 2 + usize::try_from(took.as_secs()).expect("some seconds"), "{builds} builds in {took:?}");
}

#[test]
fn what_changes_no_byte_is_no_change() {
    let preview = start();
    let path = preview.folder.path().join(HOME);
    let happens = || {
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("changed");
        fs::File::options()
            .append(true)
            .open(&path)
            .expect("a file")
            .set_modified(std::time::UNIX_EPOCH)
            .expect("changed");
        fs::read(&path).expect("read");
        preview.write(HOME, "# Home\n\nWords 0.\n");
    };
    assert_eq!(heard(&preview, happens, || ()), 0);
}

#[test]
fn a_build_beside_the_preview_does_not_wake_it() {
    let preview =
        Preview::start(&[("precedent.toml", "[paths]\ncontent = \".\"\n"), ("index.md", "# Home\n\nWords 0.\n")]);
    let build = || {
        for _ in 0..2 {
            let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_precedent"));
            command.args(["build", "--quiet"]).current_dir(preview.folder.path());
            assert!(command.output().expect("runs").status.code().is_some_and(|code| code < 2));
        }
    };
    assert_eq!(heard(&preview, build, || ()), 0);
    assert!(preview.folder.path().join("public/index.html").is_file());
}

#[test]
fn a_folder_is_followed_wherever_it_goes() {
    let preview = start();
    let status = |target: &str| preview.get(target).status;
    fs::create_dir_all(preview.folder.path().join("content/one/deep")).expect("made");
    preview.write("content/one/deep/a.md", "# A\n\nFirst.\n");
    wait_for(|| status("/one/deep/a.html") == 200);
    preview.rename("content/one", "content/two");
    wait_for(|| status("/two/deep/a.html") == 200 && status("/one/deep/a.html") == 404);
    preview.write("content/two/deep/a.md", "# A\n\nSecond.\n");
    wait_for(|| preview.get("/two/deep/a.html").body.contains("Second."));
    preview.rename("content/two", "outside");
    wait_for(|| status("/two/deep/a.html") == 404);
    preview.write("outside/deep/a.md", "# A\n\nThird.\n");
    preview.rename("outside", "content/two");
    wait_for(|| preview.get("/two/deep/a.html").body.contains("Third."));
    preview.write("content/two/deep/a.md", "# A\n\nFourth.\n");
    wait_for(|| preview.get("/two/deep/a.html").body.contains("Fourth."));
    for word in ["Fifth.", "Sixth."] {
        fs::remove_dir_all(preview.folder.path().join("content/two")).expect("removed");
        wait_for(|| status("/two/deep/a.html") == 404);
        fs::create_dir_all(preview.folder.path().join("content/two/deep")).expect("made");
        preview.write("content/two/deep/a.md", &format!("# A\n\n{word}\n"));
        wait_for(|| preview.get("/two/deep/a.html").body.contains(word));
    }
}

#[test]
fn more_events_than_the_system_keeps_lose_nothing() {
    let preview = start();
    // While it stands still the system throws away what it has no room for.
    preview.signal("-STOP");
    for number in 0..9_000 {
        preview.write(HOME, &format!("# Home\n\nWords {number}.\n"));
        preview.write("content/adr/0001-x.md", &format!("# 1. X\n\nText {number}\n"));
    }
    fs::create_dir_all(preview.folder.path().join("content/late")).expect("made");
    preview.write("content/late/a.md", "# A\n\nLate words.\n");
    preview.signal("-CONT");
    wait_for(|| {
        preview.get("/").body.contains("Words 8999.") && preview.get("/late/a.html").body.contains("Late words.")
    });
    preview.write("content/late/a.md", "# A\n\nLater words.\n");
    wait_for(|| preview.get("/late/a.html").body.contains("Later words."));
}
