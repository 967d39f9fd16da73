//! A client that sends what it is told, byte for byte.

#![allow(
    dead_code,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may fail, and need not use all of it"
)]

pub(crate) mod preview;
pub(crate) mod target;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// The host and port of an address.
pub(crate) fn host_of(url: &str) -> String {
    url.trim_start_matches("http://").split('/').next().expect("a host").to_owned()
}

pub(crate) fn connect_to(host: &str) -> TcpStream {
    let stream = TcpStream::connect(host).expect("listens");
    stream.set_read_timeout(Some(Duration::from_secs(15))).expect("a timeout");
    stream
}

/// An answer, taken apart.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut fields = self.head.lines().filter_map(|line| line.split_once(": "));
        fields.find(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

/// Sends bytes and reads until the server closes.
pub(crate) fn send_to(host: &str, request: &[u8]) -> Reply {
    let mut stream = connect_to(host);
    stream.write_all(request).expect("takes a request");
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("an answer");
    let text = String::from_utf8(bytes).expect("UTF-8");
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    Reply { status, head: head.to_owned(), body: body.to_owned() }
}

/// Reads until so many events were heard.
pub(crate) fn hear(stream: &mut TcpStream, heard: &mut String, events: usize) {
    let mut buffer = [0; 1024];
    while heard.matches("event: build\n").count() < events || !heard.ends_with("\n\n") {
        let count = stream.read(&mut buffer).expect("an event");
        assert!(count > 0, "the stream ended: {heard}");
        heard.push_str(&String::from_utf8_lossy(&buffer[..count]));
    }
}
