//! What a preview of a real folder shows of it and of its neighbours, and what visitors can take of the machine.
#![cfg(target_os = "linux")]
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test may fail, makes its own files, and says what it did not try"
)]

mod wire;

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::symlink;
use std::process::Command;
use std::time::{Duration, Instant};
use wire::preview::{Preview, folder, wait_for};
use wire::{connect_to, send_to};

const PROJECT: [(&str, &str); 4] = [
    ("root/precedent.toml", "[site]\ntitle = \"Our log\"\n"),
    ("root/content/index.md", "# Home\n\nFirst words.\n"),
    ("canary.txt", "CANARY"),
    ("root-sibling/canary.txt", "CANARY"),
];

/// A preview of the folder `root`, with neighbours.
fn preview(script: &str) -> Preview {
    Preview::after(folder(&PROJECT), &["sh"], &format!("cd root && {script}")).expect("starts")
}

#[test]
fn nothing_beside_the_content_is_reached() {
    let preview =
        preview("mkdir content/.hidden && echo CANARY | tee .env content/.env content/.hidden/canary.txt > key.pem");
    let ups = [
        "..",
        "%2e%2e",
        ".%2e",
        "%2e.",
        "..%2f..",
        "..%5c",
        "..;",
        "%252e%252e",
        "content/..",
        "content/../..",
        ".",
        "",
        "adr/../..",
    ];
    for up in ups {
        for rest in [
            "canary.txt",
            "root-sibling/canary.txt",
            "../root-sibling/canary.txt",
            "key.pem",
            ".env",
            ".hidden/canary.txt",
        ] {
            let reply = preview.get(&format!("/{up}/{rest}"));
            assert!(matches!(reply.status, 400 | 404) && !reply.body.contains("CANARY"), "{up}/{rest}: {}", reply.head);
        }
    }
    for path in [
        "/root-sibling/canary.txt",
        "-sibling/canary.txt",
        "/-sibling/canary.txt",
        "/precedent.toml",
        "/.env",
        "/content/.env",
    ] {
        let reply = preview.get(path);
        assert!(matches!(reply.status, 400 | 404) && !reply.body.contains("CANARY"), "{path}: {}", reply.head);
    }
    assert_eq!(preview.get("/").status, 200);
}

#[test]
fn links_and_pipes_in_the_folder_are_not_followed_or_opened() {
    let preview = preview("mkfifo content/pipe.md content/pipe.txt");
    let content = preview.folder.path().join("root/content");
    for (name, to) in [
        ("passwd.txt", "/etc/passwd"),
        ("passwd.md", "/etc/passwd"),
        ("loop.md", "loop.md"),
        ("zero.md", "/dev/zero"),
        ("zero.txt", "/dev/zero"),
        ("up", ".."),
        ("out", "../../root-sibling"),
        ("proc", "/proc/self"),
    ] {
        symlink(to, content.join(name)).expect("linked");
    }
    preview.write(
        "root/content/index.md",
        "# Home\n\nLater words.\n\n[p](passwd.txt) [z](zero.txt) [f](pipe.txt) [o](out/canary.txt)\n",
    );
    wait_for(|| preview.get("/").body.contains("Later words."));
    for path in [
        "/passwd.txt",
        "/passwd.html",
        "/passwd.md",
        "/loop.html",
        "/loop.md",
        "/zero.txt",
        "/zero.html",
        "/pipe.txt",
        "/pipe.html",
        "/up/content/index.html",
        "/up/precedent.toml",
        "/out/canary.txt",
        "/proc/environ",
    ] {
        let start = Instant::now();
        let reply = preview.get(path);
        assert_eq!(reply.status, 404, "{path}");
        assert!(!reply.body.contains("root:") && !reply.body.contains("CANARY"), "{path}");
        assert!(start.elapsed() < Duration::from_secs(2), "{path} is waited for");
    }
}

#[test]
fn odd_names_have_their_pages() {
    let preview = preview("true");
    for (file, address) in [
        ("a b.md", "/a%20b.html"),
        ("100%.md", "/100%25.html"),
        ("what?.md", "/what%3F.html"),
        ("a#b.md", "/a%23b.html"),
        ("a+b&c=d.md", "/a%2Bb%26c%3Dd.html"),
        ("\u{e9}\u{4e2d}.md", "/%C3%A9%E4%B8%AD.html"),
        ("it's \"so\".md", "/it%27s%20%22so%22.html"),
        ("[x]{y}^.md", "/%5Bx%5D%7By%7D%5E.html"),
    ] {
        preview.write(&format!("root/content/{file}"), &format!("# Page\n\nWords of {}.\n", address.len()));
        wait_for(|| preview.get(address).status == 200);
        assert!(preview.get(address).body.contains(&format!("Words of {}.", address.len())), "{file}");
    }
}

#[test]
fn no_answer_tells_of_the_machine() {
    let preview = preview("true");
    let root = fs::canonicalize(preview.folder.path()).expect("a folder").to_string_lossy().into_owned();
    let all = |preview: &Preview| {
        let targets =
            ["/", "/nowhere", "/%", "/log.json", "/health.html", "/_precedent/state?page=/", "/_precedent/live.js"];
        targets
            .map(|target| {
                let reply = preview.get(target);
                reply.head + &reply.body
            })
            .concat()
    };
    assert!(!all(&preview).contains(&root) && !all(&preview).contains(".rs:"));
    assert_eq!(preview.get("/").body.split("<script").skip(1).filter(|script| !script.contains(" src=")).count(), 0);
    // What cannot be read is said by its name in the project; the terminal has all of it.
    preview.remove("root/precedent.toml");
    fs::create_dir(preview.folder.path().join("root/precedent.toml")).expect("made");
    let state = || preview.get("/_precedent/state?page=/").body;
    wait_for(|| state().contains("precedent.toml: not a regular file"));
    assert!(!all(&preview).contains(&root), "{}", state());
    assert!(preview.said().contains(&root), "{}", preview.said());
    assert!(preview.get("/").body.contains("First words."));
}

#[test]
fn what_goes_missing_while_it_serves_is_served_on() {
    let preview = preview("mkdir public");
    fs::remove_dir(preview.folder.path().join("root/public")).expect("removed");
    preview.write("root/precedent.toml", "[site\n");
    std::thread::sleep(Duration::from_millis(300));
    assert!(preview.get("/").body.contains("First words."), "broken settings");
    preview.rename("root/content", "away");
    wait_for(|| preview.said().contains("The last good site stays up."));
    assert!(preview.get("/").body.contains("First words."), "no content");
    preview.rename("away", "root/content");
    preview.write("root/precedent.toml", "");
    preview.write("root/content/index.md", "# Home\n\nBack again.\n");
    wait_for(|| preview.get("/").body.contains("Back again."));
    // Without anything to read it says what to do, and waits.
    let empty = Preview::after(folder(&[("x/precedent.toml", "")]), &["sh"], "cd x").expect("starts");
    assert_eq!(empty.get("/").status, 503);
    fs::create_dir(empty.folder.path().join("x/content")).expect("made");
    empty.write("x/content/index.md", "# Home\n\nHere at last.\n");
    wait_for(|| empty.get("/").body.contains("Here at last."));
}

/// Its open files, its threads, and its memory in KiB.
fn used(preview: &Preview) -> (usize, usize, u64) {
    let process = format!("/proc/{}", preview.child.id());
    let count = |what: &str| fs::read_dir(format!("{process}/{what}")).expect("a process").count();
    let status = fs::read_to_string(format!("{process}/status")).expect("a process");
    let memory = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("its memory");
    (count("fd"), count("task"), memory.trim().trim_end_matches(" kB").parse().expect("a number"))
}

#[test]
fn visitors_who_leave_leave_nothing_behind() {
    let preview = preview("true");
    assert_eq!(preview.get("/").status, 200);
    std::thread::sleep(Duration::from_millis(600));
    let (files, threads, memory) = used(&preview);
    for _ in 0..300 {
        drop(connect_to(&preview.host));
        // Closing with something unread is a reset.
        let mut reset = connect_to(&preview.host);
        let _ = reset.write_all(format!("GET / HTTP/1.1\r\nHost: {}\r\n\r\n", preview.host).as_bytes());
        let _ = reset.read(&mut [0; 1]);
    }
    // A head without an end, in one line and in many.
    for endless in ["a".repeat(1 << 20), "X: y\r\n".repeat(200_000)] {
        let mut stream = connect_to(&preview.host);
        let _ = stream.write_all(format!("GET / HTTP/1.1\r\nHost: {}\r\nX: {endless}", preview.host).as_bytes());
        let _ = stream.read(&mut [0; 1024]);
    }
    // The server behind the gate keeps idle threads for some seconds.
    wait_for(|| used(&preview).0 <= files && used(&preview).1 <= threads);
    assert!(used(&preview).2 < memory + 8 * 1024, "{memory} KiB became {} KiB", used(&preview).2);
    assert_eq!(preview.get("/").status, 200);
}

#[test]
fn a_limit_on_open_files_turns_some_away_and_is_said_once() {
    let preview = preview("ulimit -n 64");
    let request = |target: &str| format!("GET {target} HTTP/1.1\r\nHost: {}\r\n\r\n", preview.host);
    let mut crowd: Vec<TcpStream> = (0..120).map(|_| connect_to(&preview.host)).collect();
    for (stream, target) in crowd.iter_mut().zip(["/_precedent/events", "/", "/log.html"].iter().cycle()) {
        let _ = stream.write_all(request(target).as_bytes());
    }
    std::thread::sleep(Duration::from_secs(1));
    drop(crowd);
    let start = Instant::now();
    wait_for(|| send_to(&preview.host, request("/").as_bytes()).status == 200);
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    let said = preview.said();
    assert_eq!((said.matches("turned away").count(), said.matches("panicked").count()), (1, 0), "{said}");
    assert!(said.contains("ulimit -n"), "{said}");
}

#[test]
fn an_interrupt_does_not_wait_for_a_long_build() {
    for signals in [&["-TERM"][..], &["-TERM", "-TERM"]] {
        an_interrupt(signals);
    }
}

/// Interrupts a preview while it builds what takes long.
fn an_interrupt(signals: &[&str]) {
    let mut preview = preview("true");
    let content = preview.folder.path().join("root/content");
    for number in 0..600 {
        fs::write(content.join(format!("{number}.md")), format!("# {number}\n\n{}", "word `a` **b**\n\n".repeat(400)))
            .expect("written");
    }
    let site = preview.folder.path().join("root/public");
    std::thread::sleep(Duration::from_millis(300));
    let start = Instant::now();
    for signal in signals {
        preview.signal(signal);
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(preview.child.wait().expect("ends").code(), Some(143));
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    assert!(!site.exists());
}

#[test]
fn a_watch_limit_is_named_and_changes_are_seen_all_the_same() {
    let shell = ["unshare", "--user", "--map-root-user", "sh"];
    let is_there =
        Command::new(shell[0]).args(&shell[1..]).args(["-c", "echo 1 > /proc/sys/user/max_inotify_watches"]).output();
    if !is_there.is_ok_and(|output| output.status.success()) {
        return eprintln!("not tried: no limit can be set here");
    }
    for limit in ["echo 1 > /proc/sys/user/max_inotify_watches", "echo 0 > /proc/sys/user/max_inotify_instances"] {
        let preview = Preview::after(folder(&PROJECT), &shell, &format!("cd root && {limit}")).expect("starts");
        preview.write("root/content/index.md", "# Home\n\nLater words.\n");
        wait_for(|| preview.get("/").body.contains("Later words."));
        let said = preview.said();
        assert_eq!(said.matches("looked through every second").count(), 1, "{said}");
        assert!(said.contains("sysctl fs.inotify.max_user_watches="), "{said}");
    }
}
