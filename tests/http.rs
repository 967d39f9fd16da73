//! What the preview answers on the wire, to friend and foe.

#![allow(clippy::expect_used, reason = "a test may fail")]

mod wire;

use precedent::page::Route;
use precedent::serve::{Port, Server};
use precedent::site::{Artifact, Site};
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::time::{Duration, Instant};
use wire::{Reply, connect_to, hear, host_of, send_to};

const STYLE: &str = "p { color: teal }";

fn site(home: &str) -> Site {
    let large = "x".repeat(300_000);
    let files = [
        ("index.html", home),
        ("404.html", "<body>Nothing here</body>"),
        ("adr/index.html", "<body>ADRs</body>"),
        ("adr/0001-a b.html", "<body>ADR 1</body>"),
        ("static/precedent.css", STYLE),
        ("static/large.txt", &large),
        ("plan.svg", "<svg/>"),
        ("adr/0001.md", "# X"),
        ("log.atom", "<feed/>"),
        ("calendar.ics", "BEGIN:VCALENDAR"),
    ];
    let artifact = |(route, text): &(&str, &str)| (Route((*route).to_owned()), Artifact::new(text.as_bytes().to_vec()));
    Site { artifacts: files.iter().map(artifact).collect() }
}

fn server() -> Server {
    let server = Server::start("127.0.0.1", Port::Exactly(0)).expect("a free port");
    server.show(std::sync::Arc::new(site("<body>Home</body>")), "");
    server
}

fn host(server: &Server) -> String {
    host_of(&server.url())
}

fn connect(server: &Server) -> TcpStream {
    connect_to(&host(server))
}

/// Sends bytes and reads until the server closes.
fn send(server: &Server, request: &[u8]) -> Reply {
    send_to(&host(server), request)
}

fn ask(server: &Server, method: &str, target: &str) -> Reply {
    send(server, format!("{method} {target} HTTP/1.1\r\nHost: {}\r\n\r\n", host(server)).as_bytes())
}

fn get(server: &Server, target: &str) -> Reply {
    ask(server, "GET", target)
}

#[test]
fn files_are_served_as_they_are_published() {
    let server = server();
    let style = get(&server, "/static/precedent.css?v=1");
    assert_eq!((style.status, style.body.as_str()), (200, STYLE));
    assert_eq!(style.header("Content-Type"), Some("text/css; charset=utf-8"));
    for (name, value) in [
        ("X-Content-Type-Options", "nosniff"),
        ("Cache-Control", "no-store"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ] {
        assert_eq!(style.header(name), Some(value));
        assert_eq!(ask(&server, "POST", "/").header(name), Some(value));
    }
    for (file, media) in [
        ("/adr/0001.md", "text/markdown; charset=utf-8"),
        ("/log.atom", "application/atom+xml; charset=utf-8"),
        ("/calendar.ics", "text/calendar; charset=utf-8"),
    ] {
        assert_eq!(get(&server, file).header("Content-Type"), Some(media));
    }
    assert_eq!(style.header("Access-Control-Allow-Origin"), None);
    assert_eq!(get(&server, "/static/large.txt").body.len(), 300_000);
    assert!(get(&server, "/plan.svg").header("Content-Security-Policy").expect("a policy").starts_with("sandbox"));
}

#[test]
fn every_answer_says_what_it_may_load_and_who_may_frame_it() {
    let server = server();
    let meta =
        "<head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src 'self'\"></head>";
    server.show(std::sync::Arc::new(site(&format!("{meta}<body>Home</body>"))), "");
    let policy = |target: &str| get(&server, target).header("Content-Security-Policy").map(str::to_owned);
    let home = policy("/").expect("a policy");
    assert_eq!(
        home,
        "default-src 'none'; img-src 'self'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'"
    );
    for target in ["/", "/adr/", "/adr", "/nowhere", "/%", "/static/precedent.css", "/_precedent/live.js", "/log.atom"]
    {
        assert!(policy(target).is_some_and(|policy| policy.contains("frame-ancestors 'none'")), "{target}");
    }
    assert!(ask(&server, "POST", "/").header("Content-Security-Policy").is_some());
}

#[test]
fn pages_are_found_with_and_without_their_extension() {
    let server = server();
    assert!(get(&server, "/").body.starts_with("<body>Home"));
    assert!(get(&server, "/adr/").body.starts_with("<body>ADRs"));
    assert!(get(&server, "/adr/0001-a%20b").body.starts_with("<body>ADR 1"));
    assert!(get(&server, "/adr/0001-a%20b.html").body.starts_with("<body>ADR 1"));
    let folder = get(&server, "/adr");
    assert_eq!((folder.status, folder.header("Location")), (307, Some("/adr/")));
    let missing = get(&server, "/nowhere");
    assert_eq!(missing.status, 404);
    assert!(missing.body.starts_with("<body>Nothing here"));
    assert_eq!(get(&server, "/static").status, 404);
}

#[test]
fn head_is_get_without_the_body() {
    let server = server();
    for target in ["/", "/static/large.txt", "/nowhere"] {
        let (head, get) = (ask(&server, "HEAD", target), get(&server, target));
        assert_eq!((head.status, head.body.as_str()), (get.status, ""));
        assert_eq!(head.header("Content-Length"), Some(get.body.len().to_string().as_str()));
        assert_eq!(head.header("Content-Type"), get.header("Content-Type"));
    }
}

#[test]
fn no_spelling_leads_out_of_the_site() {
    let server = server();
    for target in [
        "/../Cargo.toml",
        "/../../../../../../etc/passwd",
        "/adr/../../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "/%2E%2E%2FCargo.toml",
        "/..%2fCargo.toml",
        "/..%5cCargo.toml",
        "/..\\Cargo.toml",
        "/%252e%252e/Cargo.toml",
        "/%c0%ae%c0%ae/Cargo.toml",
        "/....//Cargo.toml",
        "/./Cargo.toml",
        "//etc/passwd",
        "/C:/Windows/win.ini",
        "/%00",
        "/index.html%00.css",
        "/%",
        "/%1",
        "/%zz",
        "/.git/config",
        "/static/",
        "*",
        "Cargo.toml",
    ] {
        let reply = get(&server, target);
        assert!(matches!(reply.status, 400 | 404), "{target}: {}", reply.head);
        assert!(!reply.body.contains("[package]") && !reply.body.contains("root:"), "{target}");
        assert!(reply.header("Location").is_none(), "{target}");
    }
    assert_eq!(get(&server, "/%zz").status, 400);
    assert_eq!(get(&server, "/a%0d%0aSet-Cookie:%20x=1").header("Set-Cookie"), None);
    assert_eq!(get(&server, "/").status, 200);
}

#[test]
fn only_plain_requests_for_this_server_are_answered() {
    let server = server();
    let host = host(&server);
    let status = |request: &str| send(&server, request.as_bytes()).status;
    for foreign in ["evil.example", "localhost", "127.0.0.1:1", "192.0.2.1:80", "localhost.evil.example"] {
        let reply = send(&server, format!("GET / HTTP/1.1\r\nHost: {foreign}\r\n\r\n").as_bytes());
        assert_eq!((reply.status, reply.body.as_str()), (403, "Forbidden\n"), "{foreign}");
    }
    assert_eq!(status("GET / HTTP/1.1\r\n\r\n"), 400);
    assert_eq!(status(&format!("GET / HTTP/1.1\r\nHost: {host}\r\nHost: {host}\r\n\r\n")), 400);
    assert_eq!(status(&format!("GET / HTTP/1.1\r\nHost: {host}\r\nOrigin: http://evil.example\r\n\r\n")), 403);
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"] {
        let reply = ask(&server, method, "/");
        assert_eq!((reply.status, reply.header("Allow")), (405, Some("GET, HEAD")), "{method}");
    }
    assert_eq!(status(&format!("GET /\0 HTTP/1.1\r\nHost: {host}\r\n\r\n")), 400);
    for length in ["18446744073709551615", "1000000000000", "-1", "5"] {
        let request = format!("GET / HTTP/1.1\r\nHost: {host}\r\nContent-Length: {length}\r\n\r\n");
        assert_eq!(status(&request), 413, "{length}");
    }
    assert_eq!(status(&format!("GET /{} HTTP/1.1\r\nHost: {host}\r\n\r\n", "a".repeat(20_000))), 414);
    assert_eq!(status(&format!("GET / HTTP/1.1\r\nHost: {host}\r\nX: {}\r\n\r\n", "a".repeat(9_000))), 431);
    // Nothing of that has stopped it, and a second request on a connection is not answered.
    let twice = format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n").repeat(2);
    assert_eq!(send(&server, twice.as_bytes()).body.matches("Home").count(), 1);
}

#[test]
fn silent_and_vanished_clients_stop_nobody() {
    let server = server();
    let silent: Vec<TcpStream> = (0..40).map(|_| connect(&server)).collect();
    for _ in 0..100 {
        let mut vanished = connect(&server);
        let _ = vanished.write_all(b"GET / HT");
        let _ = vanished.shutdown(Shutdown::Both);
    }
    let mut site = site("<body>Home</body>");
    site.artifacts.insert(Route("huge.txt".to_owned()), Artifact::new(vec![b'x'; 24_000_000]));
    server.show(std::sync::Arc::new(site), "");
    let mut idle: Vec<TcpStream> = (0..8).map(|_| connect(&server)).collect();
    for stream in &mut idle {
        let request = format!("GET /huge.txt HTTP/1.1\r\nHost: {}\r\n\r\n", host(&server));
        stream.write_all(request.as_bytes()).expect("takes a request");
    }
    let start = Instant::now();
    assert_eq!(get(&server, "/").status, 200);
    assert!(start.elapsed() < Duration::from_secs(2));
    drop((silent, idle));
}

#[test]
fn a_site_with_a_path_is_served_below_it() {
    let server = server();
    server.show(std::sync::Arc::new(site("<body>Home</body>")), "https://docs.example.org/handbook/");
    assert!(server.url().ends_with("/handbook/"), "{}", server.url());
    let root = get(&server, "/");
    assert_eq!((root.status, root.header("Location")), (307, Some("/handbook/")));
    assert_eq!(get(&server, "/handbook/adr").header("Location"), Some("/handbook/adr/"));
    assert_eq!(get(&server, "/handbook/static/precedent.css").body, STYLE);
    assert_eq!(get(&server, "/static/precedent.css").status, 404);
}

#[test]
fn open_pages_hear_of_a_new_build() {
    let server = server();
    let page = get(&server, "/").body;
    let build = page.split("data-build=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a build").to_owned();
    assert!(get(&server, "/_precedent/stream.js").body.contains("EventSource"));

    let mut stream = connect(&server);
    let request = format!("GET /_precedent/events HTTP/1.1\r\nHost: {}\r\n\r\n", host(&server));
    stream.write_all(request.as_bytes()).expect("takes a request");
    let mut heard = String::new();
    hear(&mut stream, &mut heard, 1);
    assert!(heard.contains("text/event-stream"));
    assert!(heard.contains(&format!("data: {build}\n")), "the page's own build comes first: {heard}");
    server.show(std::sync::Arc::new(site("<body>Another home</body>")), "");
    hear(&mut stream, &mut heard, 2);
    assert_ne!(heard.rsplit("data: ").next().map(str::trim), Some(build.as_str()));

    let foreign = request.replace("\r\n\r\n", "\r\nSec-Fetch-Site: cross-site\r\n\r\n");
    assert_eq!(send(&server, foreign.as_bytes()).status, 403);
    drop(server);
    assert_eq!(stream.read(&mut [0; 64]).expect("the stream ends with the server"), 0);
}

#[test]
fn more_pages_than_streams_do_not_stall_it() {
    let server = server();
    let request = format!("GET /_precedent/events HTTP/1.1\r\nHost: {}\r\n\r\n", host(&server));
    let mut streams = Vec::new();
    for _ in 0..80 {
        let mut stream = connect(&server);
        stream.write_all(request.as_bytes()).expect("takes a request");
        hear(&mut stream, &mut String::new(), 1);
        streams.push(stream);
    }
    assert_eq!(get(&server, "/").status, 200);
    server.show(std::sync::Arc::new(site("<body>Another home</body>")), "");
    hear(streams.last_mut().expect("a stream"), &mut String::new(), 1);
}

#[test]
fn a_port_in_use_is_named_with_another() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = taken.local_addr().expect("bound").port();
    let error = Server::start("127.0.0.1", Port::Exactly(port)).expect_err("it is taken").to_string();
    assert_eq!(error, format!("port {port} is in use; try --port {}", port + 1));
    let folder = wire::preview::folder(&[("content/index.md", "# A\n")]);
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_precedent"));
    let serve = command.current_dir(&folder).args(["serve", "--port", &port.to_string()]).output().expect("starts");
    let said = String::from_utf8_lossy(&serve.stderr);
    assert_eq!((serve.status.code(), said.trim()), (Some(2), format!("error: {error}").as_str()));
    assert_eq!(serve.stdout, b"");
    let moved = Server::start("127.0.0.1", Port::From(port)).expect("another port");
    assert_ne!(host(&moved), format!("127.0.0.1:{port}"));
}
