//! Requests for what is no page, with what is no request, and more than one: each is answered once, and in no detail.

#![allow(clippy::expect_used, reason = "a test may fail")]

mod wire;

use std::io::{Read, Write};
use wire::target::target;

#[test]
fn names_of_other_places_mean_nothing_here() {
    let target = target();
    let nowhere = target.get("/nowhere");
    let long = format!("/{}", "a".repeat(300));
    let (longer, deep) = (format!("/{}", "a".repeat(5_000)), "/a".repeat(4_000));
    for path in [
        // What servers of other tools open, and what they are asked for in a query.
        "/@fs/etc/passwd?raw??",
        "/@fs/etc/passwd?import&raw",
        "/@fs/etc/passwd?.svg?.wasm?init",
        "/@id/x?url",
        "/etc/passwd?raw",
        "/..?inline",
        "/__open-in-editor?file=/etc/passwd",
        "/__open-stack-frame-in-editor?file=x",
        "/__webpack_hmr",
        "/livereload",
        "/livereload.js",
        "/_precedent/",
        "/_precedent/open?file=/etc/passwd",
        "/_precedent/rebuild",
        "/_precedent/../index.html",
        // What Windows and macOS take for another name of a file, or for a device.
        "/C:/Windows/win.ini",
        "/c:index.html",
        "/C%3A%5CWindows%5Cwin.ini",
        "//?/C:/Windows/win.ini",
        "//./pipe/x",
        "/%5c%5cevil.example%5cshare",
        "/\\\\evil.example\\share",
        "/index.html::$DATA",
        "/index.html:x",
        "/INDEX~1.HTM",
        "/index.html.",
        "/index.html%20",
        "/INDEX.HTML",
        "/CON",
        "/nul.html",
        "/aux",
        "/COM1",
        "/index.html/..namedfork/rsrc",
        // What may lie in a folder and is no page.
        "/.env",
        "/.git/HEAD",
        "/.precedent/",
        "/precedent.toml",
        "/.index.html.swp",
        "/index.html~",
        "/.DS_Store",
        // Names that are long, and names that are markup.
        &long,
        &longer,
        &deep,
        "/<script>alert(1)</script>",
        "/%3Cscript%3Ealert(1)%3C%2fscript%3E",
        "/\"><img/src=x>",
        "/x?<script>alert(1)</script>",
    ] {
        let reply = target.get(path);
        assert!(matches!(reply.status, 400 | 404), "{path}: {}", reply.head);
        assert_eq!(reply.header("X-Content-Type-Options"), Some("nosniff"));
        if reply.status == 404 {
            assert_eq!(reply.body, nowhere.body, "{path}: what is asked for is no part of the page");
            assert_eq!(reply.header("Content-Type"), Some("text/html; charset=utf-8"));
        }
    }
    assert_eq!(target.get("/index.html?raw&import&../../etc/passwd").body, target.get("/").body);
    target.is_well();
}

#[test]
fn a_body_is_neither_read_nor_given_back() {
    let target = target();
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"] {
        // The body never comes.
        let start = std::time::Instant::now();
        let secret = "X-Secret: cookie-of-another\r\nContent-Length: 1000000\r\n";
        let mut stream = target.connect();
        let head = format!("{method} / HTTP/1.1\r\nHost: {}\r\n{secret}\r\nfirst\nbytes", target.host);
        stream.write_all(head.as_bytes()).expect("takes a request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 405 ") && answer.contains("\r\nAllow: GET, HEAD\r\n"), "{answer}");
        assert!(!answer.contains("cookie-of-another") && !answer.contains("first"), "{answer}");
        assert!(start.elapsed() < std::time::Duration::from_secs(2), "{method} waits for its body");
    }
}

#[test]
fn one_connection_has_one_answer() {
    let target = target();
    let get = format!("GET / HTTP/1.1\r\nHost: {}\r\n\r\n", target.host);
    for requests in [get.repeat(3), get.repeat(200), format!("HEAD{}{get}", &get[3..]), get.replace("1.1\r", "1.0\r")] {
        let reply = target.send(&requests);
        assert_eq!((reply.status, reply.body.matches("HTTP/1.").count()), (200, 0), "{requests}");
        assert_eq!(reply.header("Connection"), Some("close"), "{}", reply.head);
    }
    // Who has said all may stop speaking, and is answered all the same.
    let mut stream = target.connect();
    stream.write_all(get.as_bytes()).expect("takes a request");
    stream.shutdown(std::net::Shutdown::Write).expect("stops speaking");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 200 ") && answer.contains("Home"), "{answer}");
}

#[test]
fn no_size_of_a_head_is_taken_in() {
    let target = target();
    let host = format!("Host: {}\r\n", target.host);
    let big = "a".repeat(64 * 1024);
    for (head, status) in [
        (format!("GET /{big} HTTP/1.1\r\n{host}\r\n"), 414),
        (format!("{} / HTTP/1.1\r\n{host}\r\n", "A".repeat(64 * 1024)), 414),
        (format!("GET / HTTP/1.1\r\n{host}Cookie: {big}\r\n\r\n"), 431),
        (format!("GET / HTTP/1.1\r\n{host}{big}: x\r\n\r\n"), 431),
        (format!("GET / HTTP/1.1\r\n{host}{}\r\n", "X: y\r\n".repeat(101)), 431),
        (format!("GET / HTTP/1.1\r\n{host}{}\r\n", "Cookie: a=b\r\n".repeat(20_000)), 431),
        (format!("GET /{}", "a".repeat(900_000)), 414),
    ] {
        let mut stream = target.connect();
        // It is not listened to for long: the rest need not arrive.
        let _ = stream.write_all(head.as_bytes());
        let mut start = [0; 12];
        stream.read_exact(&mut start).expect("an answer");
        assert_eq!(String::from_utf8_lossy(&start), format!("HTTP/1.1 {status}"), "{}", &head[..30]);
    }
    target.is_well();
}
