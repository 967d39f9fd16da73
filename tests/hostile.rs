//! Attacks on the preview, byte by byte over raw sockets: none gets more than a refusal, and none stops it.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test may fail")]

mod wire;

use std::io::Write;
use wire::hear;
use wire::target::target;

#[test]
fn no_encoding_leads_out_of_the_site() {
    let target = target();
    let up = [
        "..",
        ".%2e",
        "%2e.",
        "%2e%2e",
        "%2E%2E",
        "%252e%252e",
        "%25252e%25252e",
        "..%00",
        "%00..",
        "..;",
        "..%20",
        "%c0%ae%c0%ae",
        "%e0%80%ae%e0%80%ae",
        "%f0%80%80%ae%f0%80%80%ae",
        "%uff0e%uff0e",
        "%ef%bc%8e%ef%bc%8e",
        "...",
        "....",
        "..%09",
        "..\\",
        "%2e%2e%5c",
        ".%5c..",
        "~",
        "~root",
        ".",
    ];
    let slash = ["/", "//", "%2f", "%252f", "\\", "%5c", "%c0%af", "%e0%80%af", "%ef%bc%8f", "/./", ";/"];
    for up in up {
        for slash in slash {
            for path in [
                format!("/{up}{slash}Cargo.toml"),
                format!("/adr{slash}{up}{slash}{up}{slash}Cargo.toml"),
                format!("/{}etc{slash}passwd", format!("{up}{slash}").repeat(8)),
            ] {
                let reply = target.get(&path);
                assert!(matches!(reply.status, 400 | 404), "{path}: {}", reply.head);
                assert!(!reply.body.contains("[package]") && !reply.body.contains("root:"), "{path}");
                assert!(reply.header("Location").is_none(), "{path}");
            }
        }
    }
    target.is_well();
}

#[test]
fn no_form_of_a_target_leads_elsewhere() {
    let target = target();
    for path in [
        target.host.as_str(),
        "evil.example:80",
        "//evil.example/",
        "//evil.example/adr",
        "///adr",
        "//adr",
        "/\\evil.example/",
        "/%5cevil.example",
        "/%2f%2fevil.example",
        "/C:/Windows/win.ini",
        "/@fs/etc/passwd",
        "/#/../x",
        "*",
        "?",
        "adr",
    ] {
        let reply = target.get(path);
        assert!(matches!(reply.status, 400 | 404), "{path}: {}", reply.head);
        assert!(reply.header("Location").is_none(), "{path} is sent on: {}", reply.head);
    }
    for foreign in [
        "http://evil.example/",
        "HTTP://evil.example/adr",
        "https://evil.example/adr",
        "http://evil.example",
        "http://",
        "http:///adr",
        "http://localhost/",
        &format!("http://{}@evil.example/", target.host),
        &format!("http://evil.example@{}/", target.host),
        &format!("http://{}.evil.example/", target.host),
        "file:///etc/passwd",
        "ftp://evil.example/",
    ] {
        let reply = target.get(foreign);
        assert_eq!((reply.status, reply.body.as_str()), (403, "Forbidden\n"), "{foreign}");
    }
    let own = format!("http://{}", target.host);
    assert!(target.get(&own).body.contains("Home") && target.get(&format!("{own}/adr/")).body.contains("ADRs"));
    let foreign = target.send(&format!("GET {own}/ HTTP/1.1\r\nHost: evil.example\r\n\r\n"));
    assert_eq!(foreign.status, 403, "a name in the target stands for none that is missing or wrong");
    let split = target.get("/adr%0d%0aSet-Cookie:%20x=1?%0d%0aLocation:%20//evil.example");
    assert!(split.header("Set-Cookie").is_none() && split.header("Location").is_none(), "{}", split.head);
    // A redirect that is meant stays on this host.
    assert_eq!(target.get("/adr?//evil.example").header("Location"), Some("/adr/"));
}

#[test]
fn no_name_of_another_is_answered() {
    let target = target();
    let port = &target.port;
    let status = |fields: &str| target.send(&format!("GET / HTTP/1.1\r\n{fields}\r\n")).status;
    for ours in [format!("127.0.0.1:{port}"), format!("LocalHost:{port}"), format!("[::1]:{port}")] {
        assert_eq!(status(&format!("hOST:\t{ours} \r\n")), 200, "{ours}");
    }
    for foreign in [
        "evil.example",
        "evil.example:PORT",
        "localhost",
        "localhost:80",
        "localhost:PORT1",
        "localhost:0PORT",
        "localhost:+PORT",
        "localhost: PORT",
        "localhost.:PORT",
        "localhost.evil.example:PORT",
        "evil.localhost:PORT",
        "127.0.0.1.nip.io:PORT",
        "127.1:PORT",
        "2130706433:PORT",
        "0x7f000001:PORT",
        "0.0.0.0:PORT",
        "[::]:PORT",
        "[::ffff:127.0.0.1]:PORT",
        "::1:PORT",
        "[::1]",
        "[::1",
        "[::1]x:PORT",
        "user@localhost:PORT",
        "localhost:PORT@evil.example",
        "localhost:PORT, evil.example",
        "localhost:PORT#evil.example",
        "http://localhost:PORT",
        "localhost:PORT/",
        "ｌocalhost:PORT",
    ] {
        let foreign = foreign.replace("PORT", port);
        assert_eq!(status(&format!("Host: {foreign}\r\n")), 403, "{foreign}");
    }
    let own = &target.host;
    for wrong in [
        String::new(),
        "Host:\r\n".to_owned(),
        format!("Host: {own}\r\nHost: {own}\r\n"),
        format!("Host:\r\nHost: {own}\r\n"),
        format!("Host: {own}\r\nhost: evil.example\r\n"),
        format!("Host : {own}\r\n"),
        format!(" Host: {own}\r\n"),
        format!("Host: {own}\r\n .evil.example\r\n"),
        format!("Host\0: {own}\r\n"),
    ] {
        assert_eq!(status(&wrong), 400, "{wrong:?}");
    }
    assert_eq!(target.send("GET / HTTP/1.0\r\n\r\n").status, 400, "the old version needs a name, too");
}

#[test]
fn no_page_of_another_hears_anything() {
    let target = target();
    let events = |fields: &str| {
        target.send(&format!("GET /_precedent/events HTTP/1.1\r\nHost: {}\r\n{fields}\r\n", target.host)).status
    };
    let (own, port) = (&target.host, &target.port);
    for fields in [
        "Origin: http://evil.example\r\n".to_owned(),
        "Origin: null\r\n".to_owned(),
        "Origin:\r\n".to_owned(),
        format!("Origin: https://{own}\r\n"),
        format!("Origin: http://localhost.evil.example:{port}\r\n"),
        format!("Origin: http://{own}.evil.example\r\n"),
        "Origin: http://localhost:1\r\n".to_owned(),
        "Sec-Fetch-Site: cross-site\r\n".to_owned(),
        "Sec-Fetch-Site: same-site\r\n".to_owned(),
        "Sec-Fetch-Site: none\r\n".to_owned(),
    ] {
        assert_eq!(events(&fields), 403, "{fields}");
    }
    let two = format!("Origin: http://evil.example\r\nOrigin: http://{own}\r\n");
    assert_eq!(events(&two), 400);
    for page in ["/", "/adr/", "/_precedent/events"] {
        let socket =
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAA\r\n";
        let request = format!("GET {page} HTTP/1.1\r\nHost: {own}\r\nOrigin: http://evil.example\r\n{socket}\r\n");
        assert_eq!(target.send(&request).status, 403, "{page}");
    }
    assert_eq!(events("Sec-Fetch-Site: cross-site\r\nSec-Fetch-Site: same-origin\r\n"), 400);
    let mut stream = target.connect();
    let request = format!("GET /_precedent/events HTTP/1.1\r\nHost: {own}\r\nOrigin: http://{own}\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("takes a request");
    let mut heard = String::new();
    hear(&mut stream, &mut heard, 1);
    assert!(!heard.to_lowercase().contains("access-control-"), "{heard}");
}

#[test]
fn no_answer_lets_other_pages_read_it() {
    let target = target();
    let host = &target.host;
    let origin = format!("Origin: http://{host}\r\nAccess-Control-Request-Method: GET\r\n");
    let mut seen = Vec::new();
    for request in [
        format!("GET / HTTP/1.1\r\nHost: {host}\r\n{origin}\r\n"),
        format!("GET /adr HTTP/1.1\r\nHost: {host}\r\n{origin}\r\n"),
        format!("GET /% HTTP/1.1\r\nHost: {host}\r\n{origin}\r\n"),
        format!("GET /nowhere HTTP/1.1\r\nHost: {host}\r\n{origin}\r\n"),
        format!("GET /_precedent/live.js HTTP/1.1\r\nHost: {host}\r\n{origin}\r\n"),
        format!("GET / HTTP/1.1\r\nHost: evil.example\r\n{origin}\r\n"),
        format!("OPTIONS / HTTP/1.1\r\nHost: {host}\r\n{origin}\r\n"),
        format!("GET / HTTP/1.1\r\nHost: {host}\r\n{origin}Content-Length: 1\r\n\r\nx"),
        format!("GET / HTTP/3\r\nHost: {host}\r\n{origin}\r\n"),
        format!("GET / HTTP/1.1\r\nHost: {host}\r\n{origin}X: {}\r\n\r\n", "y".repeat(9_000)),
        format!("GET /{} HTTP/1.1\r\nHost: {host}\r\n{origin}\r\n", "y".repeat(9_000)),
    ] {
        let reply = target.send(&request);
        assert!(!reply.head.to_lowercase().contains("access-control-"), "{}", reply.head);
        for (name, value) in [
            ("X-Content-Type-Options", "nosniff"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Referrer-Policy", "no-referrer"),
            ("Cache-Control", "no-store"),
        ] {
            assert_eq!(reply.header(name), Some(value), "{}", reply.head);
        }
        seen.push(reply.status);
    }
    assert_eq!(seen, [200, 307, 400, 404, 200, 403, 405, 413, 505, 431, 414]);
}

#[test]
fn no_second_request_is_smuggled() {
    let target = target();
    let smuggled = format!("GET /adr/ HTTP/1.1\r\nHost: {}\r\n\r\n", target.host);
    for (fields, status) in [
        ("Content-Length: 5\r\n", 413),
        ("Content-Length: 00\r\n", 413),
        ("Content-Length: +0\r\n", 413),
        ("Content-Length: 0, 5\r\n", 413),
        ("Content-Length: 0\r\nContent-Length: 5\r\n", 413),
        ("Content-Length: 0x5\r\n", 413),
        ("Content-Length:\r\n", 413),
        ("Content-Length: -0\r\n", 413),
        ("Content-Length: 1e1\r\n", 413),
        ("Content-Length: \u{661}\r\n", 413),
        ("Content-Length: 18446744073709551615\r\n", 413),
        ("Content-Length: 1000000000000\r\n", 413),
        ("Content-Length: 18446744073709551616\r\n", 413),
        ("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", 413),
        ("Transfer-Encoding: chunked\r\nContent-Length: 0\r\n", 413),
        ("Transfer-Encoding: identity\r\n", 413),
        ("Transfer-Encoding:\tChunked, identity\r\n", 413),
        ("TRANSFER-ENCODING: x\r\n", 413),
        ("Transfer-Encoding : chunked\r\n", 400),
        ("Transfer-Encoding\t: chunked\r\n", 400),
        ("Transfer-Encoding\u{b}: chunked\r\n", 400),
        ("X: y\r\n Transfer-Encoding: chunked\r\n", 400),
        ("X: y\r\n\tTransfer-Encoding: chunked\r\n", 400),
        ("X: y\nTransfer-Encoding: chunked\r\n", 400),
        ("X: y\rTransfer-Encoding: chunked\r\n", 400),
        ("X: y\0Transfer-Encoding: chunked\r\n", 400),
        ("X: y\u{1}\r\n", 400),
        ("X: y\u{7f}\r\n", 400),
        ("no colon\r\n", 400),
        (": no name\r\n", 400),
        ("(X): y\r\n", 400),
        ("Content-Length: 0\r\n", 200),
        ("X: é\r\n", 200),
    ] {
        let request = format!("GET / HTTP/1.1\r\nHost: {}\r\n{fields}\r\n0\r\n\r\n{smuggled}", target.host);
        let reply = target.send(&request);
        assert_eq!(reply.status, status, "{fields:?}");
        assert!(!reply.body.contains("ADRs") && !reply.body.contains("HTTP/1.1"), "{fields:?}: {}", reply.body);
    }
    let pipelined = target.send(&format!("HEAD / HTTP/1.1\r\nHost: {}\r\n\r\n{}", target.host, smuggled.repeat(20)));
    assert_eq!((pipelined.status, pipelined.body.as_str()), (200, ""));
    target.is_well();
}

#[test]
fn what_is_offered_besides_is_not_taken() {
    let target = target();
    let many: String = (0..1_000).map(|at| format!("{at}-{at},")).collect();
    let ranges = [
        "0-",
        "0-0,1-1",
        "-0",
        "1-0",
        "5",
        "-",
        "",
        "a-b",
        " 0 - 1 ",
        "0-18446744073709551616",
        "--1",
        "0--1",
        "0-0;",
        "+0-1",
    ];
    let ranges = ranges.map(|range| format!("Range: bytes={range}\r\n"));
    for fields in [
        "Range: bytes=0-0\r\n".to_owned(),
        "Range: bytes=-1\r\n".to_owned(),
        "Range: bytes=5-1,999999999999999999999-\r\n".to_owned(),
        "Range: items=0-1\r\n".to_owned(),
        "Range: bytes=0-0\r\nRange: bytes=1-1\r\n".to_owned(),
        "If-Modified-Since: Thu, 99 Xxx 99999 99:99:99 GMT\r\nIf-None-Match: \"\r\n".to_owned(),
        "If-Match: \"x\"\r\nIf-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT\r\n".to_owned(),
        format!("Range: bytes={many}1-\r\n"),
        "Range: bytes=0-0\r\nIf-Range: \"x\"\r\n".to_owned(),
        "Expect: 100-continue\r\n".to_owned(),
        "Expect: the-unexpected\r\n".to_owned(),
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAA\r\n"
            .to_owned(),
        "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQ\r\n".to_owned(),
        "Connection: keep-alive\r\nKeep-Alive: timeout=9999\r\n".to_owned(),
        "Connection: Host\r\nTE: trailers\r\n".to_owned(),
        "Accept-Encoding: gzip;q=1.0, *;q=0\r\nIf-None-Match: *\r\nIf-Modified-Since: x\r\n".to_owned(),
        "X-Forwarded-Host: evil.example\r\nForwarded: host=evil.example\r\nX-HTTP-Method-Override: DELETE\r\n"
            .to_owned(),
        "Authorization: Basic x\r\nCookie: a=b\r\nProxy-Connection: close\r\n".to_owned(),
    ]
    .into_iter()
    .chain(ranges)
    {
        let reply = target.with(&fields);
        assert_eq!(reply.status, 200, "{fields}");
        assert!(reply.body.starts_with("<body>Home"), "{fields}: {}", reply.body);
        assert_eq!(reply.header("Content-Length"), Some(reply.body.len().to_string().as_str()), "{fields}");
        for name in ["Upgrade", "Content-Range", "Content-Encoding", "Set-Cookie"] {
            assert_eq!(reply.header(name), None, "{fields}");
        }
    }
}

#[test]
fn what_is_no_request_is_refused() {
    let target = target();
    let host = format!("Host: {}", target.host);
    for (line, status) in [
        ("GET /", 400),
        ("GET", 400),
        ("", 400),
        ("GET / HTTP/1.1 ", 400),
        (" GET / HTTP/1.1", 400),
        ("GET\t/\tHTTP/1.1", 400),
        ("GET /  HTTP/1.1", 400),
        ("GET / HTTP/1.2", 505),
        ("GET / HTTP/0.9", 505),
        ("GET / HTTP/2", 505),
        ("GET / HTTP/11", 505),
        ("GET / http/1.1", 400),
        ("GET / ICY/1.1", 400),
        ("get / HTTP/1.1", 400),
        ("G\0T / HTTP/1.1", 400),
        ("GÉT / HTTP/1.1", 400),
        ("TRACE / HTTP/1.1", 405),
        ("CONNECT evil.example:443 HTTP/1.1", 405),
        ("PROPFIND / HTTP/1.1", 405),
        ("GETGET / HTTP/1.1", 405),
        ("GET /\u{7f} HTTP/1.1", 400),
        ("GET /é HTTP/1.1", 400),
        ("GET /a\rb HTTP/1.1", 400),
        ("GET /a\nb HTTP/1.1", 400),
        ("PRI * HTTP/2.0", 505),
    ] {
        assert_eq!(target.send(&format!("{line}\r\n{host}\r\n\r\n")).status, status, "{line:?}");
    }
    assert_eq!(target.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0").status, 505);
    assert_eq!(target.send(&format!("{} / HTTP/1.1\r\n{host}\r\n\r\n", "A".repeat(9_000))).status, 414);
    assert_eq!(target.send(&format!("GET / HTTP/1.1\r\n{host}\r\n{}\r\n", "X: y\r\n".repeat(101))).status, 431);
    assert_eq!(target.send(&"x".repeat(17_000)).status, 414);
    assert_eq!(target.send(&format!("GET / HTTP/1.1\r\n{}", "X: y\r\n".repeat(3_000))).status, 431);
    target.is_well();
}
