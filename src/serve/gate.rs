//! The public port: lets plain requests through to the server, one a connection, with limits on time, size and number.

use super::events::Feed;
use super::head::{BAD, Head, Refusal, Visitors};
use super::live::OWN;
use super::signal::Signal;
use crate::config::VisitLimits;
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU16, AtomicUsize, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread;
use std::time::{Duration, Instant};

/// What ends a head.
const END: &[u8] = b"\r\n\r\n";
/// Files that a connection holds open: its own, and those between the gate and the server.
const FILES_EACH: u64 = 4;
/// Files that are left to everything else: what is watched, read and written.
const FILES_LEFT: u64 = 32;
/// How often the server behind the gate is tried again.
const MOST_TRIES: usize = 20;

/// What the gate needs to know.
#[derive(Debug)]
pub(super) struct Gate {
    pub(super) visitors: Visitors,
    pub(super) feed: Arc<Feed>,
    /// The port of the server behind the gate.
    pub(super) inner: AtomicU16,
    /// Whether that server has gone, and another is wanted.
    pub(super) lost: AtomicBool,
    pub(super) closed: AtomicBool,
    pub(super) open: AtomicUsize,
    /// What a visitor may do.
    pub(super) limits: RwLock<VisitLimits>,
    /// Who hears that somebody was turned away, which is said once.
    pub(super) told: Mutex<Option<Sender<Signal>>>,
}

impl Gate {
    pub(super) fn limits(&self) -> VisitLimits {
        *self.limits.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says that somebody was turned away.
    fn tell(&self) {
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner).take();
        let limits = self.limits();
        let most = most_connections(&limits);
        // Nobody listens any more when the preview ends.
        let _ = told.map(|told| told.send(Signal::Crowded { most, few_files: most < limits.visitors }));
    }
}

/// How many connections there may be at a time: so many that they cannot use up the files which the system lets a program open.
/// Without any left, nothing could be read either, and the server behind the gate would not survive it.
pub(super) fn most_connections(limits: &VisitLimits) -> usize {
    let most = open_files().map_or(u64::MAX, |files| files.saturating_sub(FILES_LEFT) / FILES_EACH);
    usize::try_from(most).unwrap_or(usize::MAX).clamp(1, limits.visitors.max(1))
}

/// How many files a program may have open, where there is a limit.
#[cfg(unix)]
fn open_files() -> Option<u64> {
    rustix::process::getrlimit(rustix::process::Resource::Nofile).current
}

/// How many files a program may have open, where there is a limit.
#[cfg(not(unix))]
fn open_files() -> Option<u64> {
    None
}

/// Counts a connection for as long as it lives.
struct Pass(Arc<Gate>);

impl Drop for Pass {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Takes connections until the gate is closed.
pub(super) fn keep(gate: &Arc<Gate>, listener: &TcpListener) {
    while !gate.closed.load(Ordering::SeqCst) {
        let Ok((client, _)) = listener.accept() else {
            // Most likely there are no descriptors left; others will be given back.
            gate.tell();
            thread::sleep(Duration::from_millis(50));
            continue;
        };
        let full = gate.open.fetch_add(1, Ordering::SeqCst) >= most_connections(&gate.limits());
        let pass = Pass(Arc::clone(gate));
        if full {
            gate.tell();
            let _ = client.set_nonblocking(true);
            refuse(&client, (503, "Service Unavailable"));
            continue;
        }
        // Without a thread to serve it the connection is dropped, and the client told so by that.
        let _ = thread::Builder::new().name("visitor".to_owned()).spawn(move || serve(&pass.0, &client));
    }
}

/// Answers one request. Whatever goes wrong with the connection concerns nobody but its client.
fn serve(gate: &Gate, client: &TcpStream) {
    let limits = gate.limits();
    let prepared = client.set_nodelay(true).and_then(|()| client.set_write_timeout(Some(limits.stall)));
    let Ok(Some(head)) = prepared.and_then(|()| read_head(client, &limits)) else {
        return;
    };
    let admitted = head.and_then(|head| {
        // What is the preview's own is for its own pages alone; to the site's pages others may link.
        gate.visitors.admit(&head, head.target.starts_with(OWN))?;
        Ok(head)
    });
    match admitted {
        Ok(head) => {
            if forward(gate, &head, client, limits.stall).is_err() {
                refuse(client, (502, "Bad Gateway"));
            }
        }
        Err(refusal) => refuse(client, refusal),
    }
    linger(client);
}

/// The head, or why it is refused; nothing when the client sent nothing.
fn read_head(mut client: &TcpStream, limits: &VisitLimits) -> io::Result<Option<Result<Head, Refusal>>> {
    let deadline = Instant::now() + limits.head_time;
    let mut head = Vec::new();
    let mut buffer = [0; 2048];
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(Some(Err((408, "Request Timeout"))));
        }
        client.set_read_timeout(Some(left.min(limits.silence)))?;
        let count = match client.read(&mut buffer) {
            Ok(0) => return Ok(None),
            Ok(count) => count,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                return Ok((!head.is_empty()).then_some(Err((408, "Request Timeout"))));
            }
            Err(error) => return Err(error),
        };
        // The end may straddle two reads.
        let from = head.len().saturating_sub(3);
        head.extend(buffer.iter().take(count));
        let fresh = head.get(from..).unwrap_or_default();
        let end = fresh.windows(END.len()).position(|end| end == END);
        // Where lines end in another way, the end of the head would be waited for in vain.
        if fresh.get(..end.unwrap_or(fresh.len())).is_some_and(has_bare_end) {
            return Ok(Some(Err(BAD)));
        }
        if let Some(end) = end {
            head.truncate(from + end);
            return Ok(Some(Head::parse(&head, limits)));
        }
        if head.len() > limits.head {
            let in_first_line = !head.contains(&b'\n');
            let refusal = if in_first_line { (414, "URI Too Long") } else { (431, "Request Header Fields Too Large") };
            return Ok(Some(Err(refusal)));
        }
    }
}

/// Whether a line ends with half of what ends a line of a head.
fn has_bare_end(bytes: &[u8]) -> bool {
    bytes
        .windows(2)
        .any(|pair| matches!(pair, [b'\r', next] if *next != b'\n') || matches!(pair, [last, b'\n'] if *last != b'\r'))
}

/// Hands a clean head to the server, and its answer to the client.
///
/// # Errors
/// When the server cannot be reached; nothing has been written to the client then.
fn forward(gate: &Gate, head: &Head, mut client: &TcpStream, stall: Duration) -> io::Result<()> {
    let mut server = enter(gate)?;
    server.set_nodelay(true)?;
    let clean = format!("{} {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", head.method, head.target);
    server.write_all(clean.as_bytes())?;
    let mut server = BufReader::new(server);
    let mut status = Vec::new();
    if server.read_until(b'\n', &mut status)? == 0 {
        return Err(io::Error::from(ErrorKind::UnexpectedEof));
    }
    // The server does not say that it closes, and a client that reckons with more would ask again in vain.
    status.extend(b"Connection: close\r\n");
    let mut answer = status.as_slice().chain(server);
    // A client that goes away, or takes nothing for too long, loses the rest.
    let _ = copy(&mut answer, &mut client, stall);
    Ok(())
}

/// Copies an answer to a client that goes on taking it. A write that waited for the whole of its time may still have found
/// room for a few bytes at the end; it is a stall all the same.
fn copy(from: &mut impl Read, to: &mut impl Write, stall: Duration) -> io::Result<()> {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let count = match from.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            count => count?,
        };
        let mut rest = buffer.get(..count).unwrap_or_default();
        while !rest.is_empty() {
            let start = Instant::now();
            let taken = to.write(rest)?;
            if taken == 0 || start.elapsed() >= stall {
                return Err(io::Error::from(ErrorKind::TimedOut));
            }
            rest = rest.get(taken..).unwrap_or_default();
        }
    }
}

/// A connection to the server; waits a little when there are no descriptors left, or another server is on its way.
fn enter(gate: &Gate) -> io::Result<TcpStream> {
    let mut tries = 0;
    loop {
        let address = SocketAddr::from(([127, 0, 0, 1], gate.inner.load(Ordering::SeqCst)));
        match TcpStream::connect_timeout(&address, Duration::from_secs(2)) {
            Err(error) if tries < MOST_TRIES => {
                gate.lost.fetch_or(error.kind() == ErrorKind::ConnectionRefused, Ordering::SeqCst);
                tries += 1;
                thread::sleep(Duration::from_millis(100));
            }
            server => return server,
        }
    }
}

fn refuse(mut client: &TcpStream, (status, phrase): Refusal) {
    let allow = if status == 405 { "Allow: GET, HEAD\r\n" } else { "" };
    let body = format!("{phrase}\n");
    let answer = format!(
        "HTTP/1.1 {status} {phrase}\r\n{allow}Content-Type: text/plain; charset=utf-8\r\n{SAFETY}\
         Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    let _ = client.write_all(answer.as_bytes());
}

/// Headers of every answer.
const SAFETY: &str = "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n\
                      Cross-Origin-Resource-Policy: same-origin\r\n";

/// Reads a little of what the client still sends: closing at once would make the system drop the answer under way.
fn linger(mut client: &TcpStream) {
    let _ = client.shutdown(Shutdown::Write);
    let _ = client.set_read_timeout(Some(Duration::from_millis(200)));
    let mut rest = [0; 4096];
    for _ in 0..16 {
        if !matches!(client.read(&mut rest), Ok(count) if count > 0) {
            return;
        }
    }
}
