//! Clients that are slow, silent or many: each is let go in time, and nobody else waits for them.

#![allow(clippy::expect_used, reason = "a test may fail")]

mod wire;

use precedent::page::Route;
use precedent::site::Artifact;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};
use wire::send_to;
use wire::target::target;

/// Bytes; more than all buffers that a system puts between the server and a client that reads nothing.
const HUGE: usize = 90_000_000;

#[test]
fn what_never_ends_its_head_is_let_go() {
    let target = target();
    // The oldest version, a greeting of TLS, and line ends of other systems: none of them ends with what ends a head.
    let unended: [(&[u8], u16, u64); 5] = [
        (b"GET /\r\n", 408, 9),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 408, 9),
        (b"GET / HTTP/1.1\nHost: localhost\n\n", 400, 2),
        (b"GET / HTTP/1.1\rHost: localhost\r\r", 400, 2),
        (b"GET / HTTP/1.1\r\nHost: localhost\n\n", 400, 2),
    ];
    thread::scope(|scope| {
        for (bytes, status, seconds) in unended {
            let target = &target;
            scope.spawn(move || {
                let start = Instant::now();
                let reply = send_to(&target.host, bytes);
                assert!(reply.status == status && !reply.body.contains("Home"), "{bytes:?}: {}", reply.head);
                assert!(start.elapsed() < Duration::from_secs(seconds), "{bytes:?}");
            });
        }
        for _ in 0..19 {
            // One byte a second is never silent, and still too slow.
            scope.spawn(|| {
                let mut stream = target.connect();
                let start = Instant::now();
                let head = format!("GET / HTTP/1.1\r\nHost: {}\r\nX: {}\r\n\r\n", target.host, "y".repeat(60));
                for byte in head.as_bytes() {
                    if stream.write_all(&[*byte]).is_err() || start.elapsed() > Duration::from_secs(12) {
                        break;
                    }
                    thread::sleep(Duration::from_secs(1));
                }
                let mut answer = String::new();
                // The system may have dropped the answer, since we went on writing after it.
                let _ = stream.read_to_string(&mut answer);
                assert!(start.elapsed() < Duration::from_secs(13), "a slow head is waited for");
                assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408 "), "{answer}");
            });
        }
        for _ in 0..8 {
            target.is_well();
            thread::sleep(Duration::from_secs(1));
        }
    });
}

#[test]
fn silent_crowds_are_sent_away_and_forgotten() {
    let target = target();
    let silent: Vec<TcpStream> = (0..300).map(|_| target.connect()).collect();
    // One more is told so, or at least hears nothing else.
    let mut more = target.connect();
    let _ = more.write_all(format!("GET / HTTP/1.1\r\nHost: {}\r\n\r\n", target.host).as_bytes());
    let mut answer = String::new();
    let _ = more.read_to_string(&mut answer);
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 503 "), "{answer}");
    // Silence is borne for five seconds; then there is room again, though nobody has hung up.
    thread::sleep(Duration::from_secs(6));
    let start = Instant::now();
    target.is_well();
    assert!(start.elapsed() < Duration::from_secs(2));
    drop(silent);
}

#[test]
fn who_takes_nothing_of_an_answer_is_let_go() {
    let target = target();
    let mut site = target.site.clone();
    site.artifacts.insert(Route("huge.txt".to_owned()), Artifact::new(vec![b'x'; HUGE]));
    target.server.show(std::sync::Arc::new(site), "");
    let request = format!("GET /huge.txt HTTP/1.1\r\nHost: {}\r\n\r\n", target.host);
    let mut stalled: Vec<TcpStream> = (0..3).map(|_| target.connect()).collect();
    for stream in &mut stalled {
        stream.write_all(request.as_bytes()).expect("takes a request");
    }
    for _ in 0..13 {
        target.is_well();
        thread::sleep(Duration::from_secs(1));
    }
    for mut stream in stalled {
        let mut taken = Vec::new();
        let _ = stream.read_to_end(&mut taken);
        assert!(taken.len() < HUGE, "the server waited for a client that took nothing for 13 seconds");
        assert!(taken.starts_with(b"HTTP/1.1 200 OK"));
    }
    assert_eq!(target.get("/huge.txt").body.len(), HUGE, "who reads gets all of it");
}
