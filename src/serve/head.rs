//! The head of a request: what of it is read, and whom it may come from.

use crate::config::VisitLimits;
use std::net::IpAddr;

/// A request that may be answered: only what an answer needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// `GET` or `HEAD`.
    pub(super) method: String,
    /// Path and query as sent.
    pub(super) target: String,
    /// Whom the target itself names, as one that a proxy is asked for does.
    authority: Option<String>,
    host: Option<String>,
    origin: Option<String>,
    site: Option<String>,
}

/// Why a request is not answered: the status and its phrase.
pub(super) type Refusal = (u16, &'static str);

/// What the gate makes of the head of a request, without the empty line that ends it: method and target, or the status that it is
/// refused with. For whoever tries it with heads that nobody would send.
///
/// # Errors
/// When the request is refused.
pub fn read_head(head: &[u8]) -> Result<(String, String), u16> {
    Head::parse(head, &VisitLimits::default()).map(|head| (head.method, head.target)).map_err(|(status, _)| status)
}

/// It is no request that we know of.
pub(super) const BAD: Refusal = (400, "Bad Request");
const FOREIGN: Refusal = (403, "Forbidden");

impl Head {
    /// Reads a head without its last empty line.
    ///
    /// # Errors
    /// When it is not a plain GET or HEAD without a body.
    pub(super) fn parse(head: &[u8], limits: &VisitLimits) -> Result<Head, Refusal> {
        // Anything but ASCII in a field that we do not read does no harm; it is dropped with the field.
        let text = String::from_utf8_lossy(head);
        let mut lines = text.split("\r\n");
        let mut head = request_line(lines.next().unwrap_or(""), limits.line)?;
        for (number, line) in lines.enumerate() {
            if number >= limits.fields || line.len() > limits.line {
                return Err((431, "Request Header Fields Too Large"));
            }
            head.take(line)?;
        }
        if head.host.as_ref().is_none_or(String::is_empty) { Err(BAD) } else { Ok(head) }
    }

    fn take(&mut self, line: &str) -> Result<(), Refusal> {
        let (name, value) = line.split_once(':').ok_or(BAD)?;
        let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
        let is_control = |c: char| c.is_control() && c != '\t';
        if name.is_empty() || !name.chars().all(is_token) || value.contains(is_control) {
            return Err(BAD);
        }
        let value = value.trim_matches([' ', '\t']);
        // Of two fields that say who asks for what, the wrong one might be believed.
        let once = |field: &mut Option<String>| match field.replace(value.to_owned()) {
            Some(_) => Err(BAD),
            None => Ok(()),
        };
        match name.to_ascii_lowercase().as_str() {
            "host" => once(&mut self.host)?,
            "origin" => once(&mut self.origin)?,
            "sec-fetch-site" => once(&mut self.site)?,
            "content-length" if value == "0" => {}
            "content-length" | "transfer-encoding" => return Err((413, "Content Too Large")),
            _ => {}
        }
        Ok(())
    }
}

fn request_line(line: &str, longest: usize) -> Result<Head, Refusal> {
    if line.len() > longest {
        return Err((414, "URI Too Long"));
    }
    let parts: Vec<&str> = line.split(' ').collect();
    let [method, target, version] = parts.as_slice() else {
        return Err(BAD);
    };
    if !matches!(*version, "HTTP/1.1" | "HTTP/1.0") {
        return Err(if version.starts_with("HTTP/") { (505, "HTTP Version Not Supported") } else { BAD });
    }
    if !method.chars().all(|c| c.is_ascii_uppercase()) || method.is_empty() {
        return Err(BAD);
    }
    if !matches!(*method, "GET" | "HEAD") {
        return Err((405, "Method Not Allowed"));
    }
    if !target.chars().all(|c| c.is_ascii_graphic()) {
        return Err(BAD);
    }
    let (authority, path) = if target.starts_with('/') { (None, *target) } else { absolute(target)? };
    let (method, target, authority) = ((*method).to_owned(), path.to_owned(), authority.map(str::to_owned));
    Ok(Head { method, target, authority, host: None, origin: None, site: None })
}

/// Whom a whole address names, and the path in it.
fn absolute(target: &str) -> Result<(Option<&str>, &str), Refusal> {
    let (scheme, rest) = target.split_once("://").ok_or(BAD)?;
    if !scheme.eq_ignore_ascii_case("http") {
        return Err(FOREIGN);
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = (rest.get(..end).unwrap_or(""), rest.get(end..).unwrap_or(""));
    match path {
        "" => Ok((Some(authority), "/")),
        path if path.starts_with('/') => Ok((Some(authority), path)),
        _ => Err(BAD),
    }
}

/// Under which names this server may be asked. Names that others can point at this machine are refused: a page of
/// theirs could otherwise read the preview.
#[derive(Clone, Debug)]
pub(super) struct Visitors {
    /// Host names, in lower case.
    pub(super) names: Vec<String>,
    /// Whether any address is fine, as when the server listens on all of them: an address cannot be pointed elsewhere.
    pub(super) any_address: bool,
    /// The port.
    pub(super) port: u16,
}

impl Visitors {
    /// Whether a request is meant for this server and comes from its own pages; `strict` also refuses requests that a browser
    /// marks as made by another site, which links from there may make.
    pub(super) fn admit(&self, head: &Head, strict: bool) -> Result<(), Refusal> {
        let from_here = head
            .origin
            .as_ref()
            .is_none_or(|origin| origin.strip_prefix("http://").is_some_and(|host| self.knows(host)));
        let same_site = !strict || head.site.as_deref().is_none_or(|site| site == "same-origin");
        let for_us = head.host.as_ref().is_some_and(|host| self.knows(host));
        let is_named = head.authority.as_ref().is_none_or(|authority| self.knows(authority));
        if for_us && is_named && from_here && same_site { Ok(()) } else { Err(FOREIGN) }
    }

    fn knows(&self, host: &str) -> bool {
        // The port of an address in brackets stands after them.
        let end_of_address = host.find(']').map_or(0, |at| at + 1);
        let colon = host.get(end_of_address..).and_then(|rest| rest.find(':')).map(|at| end_of_address + at);
        let (name, port) = match colon {
            Some(colon) => (host.get(..colon).unwrap_or(""), host.get(colon + 1..).unwrap_or("")),
            None => (host, "80"),
        };
        let name = name.to_ascii_lowercase();
        let is_address = || name.trim_matches(['[', ']']).parse::<IpAddr>().is_ok();
        port == self.port.to_string() && (self.names.contains(&name) || self.any_address && is_address())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admit(host: &str, more: &str, strict: bool) -> Option<u16> {
        let names = ["localhost", "127.0.0.1", "[::1]"].map(str::to_owned).to_vec();
        let visitors = Visitors { names, any_address: false, port: 8000 };
        let head = format!("GET / HTTP/1.1\r\nHost: {host}{more}");
        Head::parse(head.as_bytes(), &VisitLimits::default())
            .and_then(|head| visitors.admit(&head, strict))
            .err()
            .map(|(status, _)| status)
    }

    #[test]
    fn only_our_own_names_are_served() {
        for ours in ["localhost:8000", "LOCALHOST:8000", "127.0.0.1:8000", "[::1]:8000"] {
            assert_eq!(admit(ours, "", false), None, "{ours}");
        }
        let foreign = ["evil.example", "evil.example:8000", "localhost", "localhost:80", "localhost:8000.evil.example"];
        for foreign in foreign.iter().chain(&["127.0.0.1.nip.io:8000", "192.0.2.1:8000", "[::1]", "localhost:08000"]) {
            assert_eq!(admit(foreign, "", false), Some(403), "{foreign}");
        }
        assert_eq!(admit("", "", false), Some(400));
        assert_eq!(admit("localhost:8000", "\r\nHost: localhost:8000", false), Some(400));
    }

    #[test]
    fn other_sites_hear_nothing() {
        assert_eq!(admit("localhost:8000", "\r\nOrigin: http://localhost:8000", true), None);
        for origin in ["http://evil.example", "null", "https://localhost:8000", "http://localhost:9000"] {
            assert_eq!(admit("localhost:8000", &format!("\r\nOrigin: {origin}"), false), Some(403), "{origin}");
        }
        let cross = "\r\nSec-Fetch-Site: cross-site";
        assert_eq!((admit("localhost:8000", cross, true), admit("localhost:8000", cross, false)), (Some(403), None));
    }

    #[test]
    fn heads_that_are_not_plain_are_refused() {
        let refused =
            |head: &str| Head::parse(head.as_bytes(), &VisitLimits::default()).err().map(|(status, _)| status);
        let host = "\r\nHost: localhost:8000";
        assert_eq!(refused(&format!("GET / HTTP/1.1{host}\r\nX-É: é")), Some(400));
        assert_eq!(refused(&format!("GET / HTTP/1.1{host}\r\nX: é\r\nContent-Length: 0")), None);
        for (line, status) in [
            ("POST / HTTP/1.1", 405),
            ("TRACE / HTTP/1.1", 405),
            ("get / HTTP/1.1", 400),
            ("GET  / HTTP/1.1", 400),
            ("GET https://localhost:8000/ HTTP/1.1", 403),
            ("GET http://localhost:8000?x HTTP/1.1", 400),
            ("GET /é HTTP/1.1", 400),
            ("GET /\0 HTTP/1.1", 400),
            ("GET / HTTP/2.0", 505),
            ("GET /", 400),
        ] {
            assert_eq!(refused(&format!("{line}{host}")), Some(status), "{line}");
        }
        for field in ["Content-Length: 18446744073709551615", "Transfer-Encoding: chunked", "Content-Length: 5"] {
            assert_eq!(refused(&format!("GET / HTTP/1.1{host}\r\n{field}")), Some(413), "{field}");
        }
        for field in ["Bad Name: x", " folded", "no colon", ": x", "X: a\nb", "X: a\rb"] {
            assert_eq!(refused(&format!("GET / HTTP/1.1{host}\r\n{field}")), Some(400), "{field}");
        }
        assert_eq!(refused(&format!("GET /{} HTTP/1.1{host}", "a".repeat(9000))), Some(414));
        assert_eq!(refused(&format!("GET / HTTP/1.1{host}{}", "\r\nX: y".repeat(200))), Some(431));
    }
}
