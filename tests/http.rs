//! What the preview answers on the wire, to friend and foe.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail, and makes its own files"
)]

use precedent::page::Route;
use precedent::serve::{Port, Server};
use precedent::site::{Artifact, Site};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

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
    ];
    let artifact = |(route, text): &(&str, &str)| (Route((*route).to_owned()), Artifact::new(text.as_bytes()));
    Site { artifacts: files.iter().map(artifact).collect() }
}

fn server() -> Server {
    let server = Server::start("127.0.0.1", Port::Exactly(0)).expect("a free port");
    server.show(site("<body>Home</body>"), "");
    server
}

fn host(server: &Server) -> String {
    host_of(&server.url())
}

fn host_of(url: &str) -> String {
    url.trim_start_matches("http://").split('/').next().expect("a host").to_owned()
}

fn connect(server: &Server) -> TcpStream {
    connect_to(&host(server))
}

fn connect_to(host: &str) -> TcpStream {
    let stream = TcpStream::connect(host).expect("listens");
    stream.set_read_timeout(Some(Duration::from_secs(15))).expect("a timeout");
    stream
}

struct Reply {
    status: u16,
    head: String,
    body: String,
}

impl Reply {
    fn header(&self, name: &str) -> Option<&str> {
        let mut fields = self.head.lines().filter_map(|line| line.split_once(": "));
        fields.find(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

/// Sends bytes and reads until the server closes.
fn send(server: &Server, request: &[u8]) -> Reply {
    send_to(&host(server), request)
}

fn send_to(host: &str, request: &[u8]) -> Reply {
    let mut stream = connect_to(host);
    stream.write_all(request).expect("takes a request");
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("an answer");
    let text = String::from_utf8(bytes).expect("UTF-8");
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    Reply { status, head: head.to_owned(), body: body.to_owned() }
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
    assert_eq!(style.header("Access-Control-Allow-Origin"), None);
    assert_eq!(get(&server, "/static/large.txt").body.len(), 300_000);
    assert!(get(&server, "/plan.svg").header("Content-Security-Policy").expect("a policy").starts_with("sandbox"));
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
        "http://example.org/",
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
    let start = Instant::now();
    assert_eq!(get(&server, "/").status, 200);
    assert!(start.elapsed() < Duration::from_secs(2));
    drop(silent);
}

#[test]
fn a_site_with_a_path_is_served_below_it() {
    let server = server();
    server.show(site("<body>Home</body>"), "https://docs.example.org/handbook/");
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
    assert!(get(&server, "/_precedent/reload.js").body.contains("EventSource"));

    let mut stream = connect(&server);
    let request = format!("GET /_precedent/events HTTP/1.1\r\nHost: {}\r\n\r\n", host(&server));
    stream.write_all(request.as_bytes()).expect("takes a request");
    let mut heard = String::new();
    hear(&mut stream, &mut heard, 1);
    assert!(heard.contains("text/event-stream"));
    assert!(heard.contains(&format!("data: {build}\n")), "the page's own build comes first: {heard}");
    server.show(site("<body>Another home</body>"), "");
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
    server.show(site("<body>Another home</body>"), "");
    hear(streams.last_mut().expect("a stream"), &mut String::new(), 1);
}

/// Reads until so many events were heard.
fn hear(stream: &mut TcpStream, heard: &mut String, events: usize) {
    let mut buffer = [0; 1024];
    while heard.matches("event: build\n").count() < events || !heard.ends_with("\n\n") {
        let count = stream.read(&mut buffer).expect("an event");
        assert!(count > 0, "the stream ended: {heard}");
        heard.push_str(&String::from_utf8_lossy(&buffer[..count]));
    }
}

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
    let mut preview = Preview::start(&PROJECT);
    let _open: Vec<TcpStream> = (0..20).map(|_| preview.listen()).collect();
    let killed = Command::new("kill").args(["-INT", &preview.child.id().to_string()]).status().expect("sent");
    assert!(killed.success());
    assert_eq!(preview.child.wait().expect("ends").code(), Some(130));
    let mut rest = String::new();
    preview.out.read_to_string(&mut rest).expect("UTF-8");
    assert_eq!(rest, "", "no finding was made");
}

#[test]
fn a_port_in_use_is_named_with_another() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = taken.local_addr().expect("bound").port();
    let error = Server::start("127.0.0.1", Port::Exactly(port)).expect_err("it is taken").to_string();
    assert_eq!(error, format!("port {port} is in use; try --port {}", port + 1));
    let moved = Server::start("127.0.0.1", Port::From(port)).expect("another port");
    assert_ne!(host(&moved), format!("127.0.0.1:{port}"));
}

fn wait_for(condition: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(10);
    while !condition() {
        assert!(Instant::now() < end, "it did not happen");
        std::thread::sleep(Duration::from_millis(20));
    }
}
