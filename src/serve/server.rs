//! The preview's server: tiny_http on a private port behind the gate, answering from the shelf.

use super::answer::{Answer, Shelf, Shown, answer, policy_of_file};
use super::desk::{Desk, Tools};
use super::events::Feed;
use super::gate::{Gate, keep, most_connections};
use super::head::Visitors;
use super::live::EVENTS_PATH;
use super::pages::Pages;
use super::signal::Signal;
use crate::config::VisitLimits;
use crate::date::Date;
use crate::error::{Error, Result};
use crate::stack::roomy;
use crate::workspace::Snapshot;
use std::fmt;
use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream, ToSocketAddrs};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU16, AtomicUsize, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread;
use std::time::Duration;

/// How many ports are tried from the first on.
const TRIED_PORTS: u16 = 20;
/// How often the server looks round whether it is still wanted.
const LOOK_ROUND: Duration = Duration::from_millis(500);
/// Headers of every answer.
const SAFETY: [(&str, &str); 5] = [
    ("Server", "precedent"),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
];

/// Which port to listen on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Port {
    /// This one, or one of those after it.
    From(u16),
    /// This one; 0 for any that is free.
    Exactly(u16),
}

/// A site on a port of this machine, until it is dropped.
pub struct Server {
    address: SocketAddr,
    host: String,
    feed: Arc<Feed>,
    gate: Arc<Gate>,
    shown: Arc<RwLock<Shown>>,
}

impl Server {
    /// Listens, and answers that there is nothing yet.
    ///
    /// # Errors
    /// When the host means no address, or no port can be listened on.
    pub fn start(host: &str, port: Port) -> Result<Server> {
        Server::start_telling(host, port, None)
    }

    /// The same, and tells when a visitor is turned away, once.
    ///
    /// # Errors
    /// When the host means no address, or no port can be listened on.
    pub(super) fn start_telling(host: &str, port: Port, told: Option<Sender<Signal>>) -> Result<Server> {
        let listener = listen(host, port)?;
        let address = listener.local_addr().map_err(|error| failed(host, 0, &error))?;
        let limits = VisitLimits::default();
        let feed = Arc::new(Feed::new(most_connections(&limits)));
        let shown: Arc<RwLock<Shown>> = Arc::default();
        let gate = Arc::new(Gate {
            visitors: visitors(host, address),
            feed: Arc::clone(&feed),
            inner: AtomicU16::new(0),
            lost: AtomicBool::new(false),
            closed: AtomicBool::new(false),
            open: AtomicUsize::new(0),
            limits: RwLock::new(limits),
            told: Mutex::new(told),
        });
        let first = private(&gate).map_err(|error| failed(host, address.port(), &error))?;
        let (answering, outside) = (Arc::clone(&gate), Arc::clone(&gate));
        let seen = Arc::clone(&shown);
        spawn("answers", move || serve(&answering, first, &seen))?;
        spawn("gate", move || keep(&outside, &listener))?;
        let host = if address.ip().is_unspecified() { String::new() } else { host.to_owned() };
        Ok(Server { address, host, feed, gate, shown })
    }

    /// Shows a site from now on, below the path of `base_url` (which may be empty), and tells the open pages. Returns a name
    /// for all that is shown: another site, another name.
    pub fn show(&self, site: Arc<dyn Pages>, base_url: &str) -> String {
        let shelf = Some(Arc::new(Shelf::new(site, base_url)));
        self.set(Shown { shelf, ..Shown::default() })
    }

    /// Shows a build from now on, with what was found in it, and holds visitors to what its settings say. Returns a name for all of
    /// it.
    pub(super) fn show_build(&self, snapshot: &Arc<Snapshot>, today: Date, tools: &Tools) -> String {
        let limits = snapshot.config.limits.visit;
        *self.gate.limits.write().unwrap_or_else(PoisonError::into_inner) = limits;
        self.feed.share(most_connections(&limits));
        let before = self.shown();
        let site: Arc<dyn Pages> = match &snapshot.prospect {
            Some(prospect) => Arc::clone(prospect) as Arc<dyn Pages>,
            None => Arc::new(snapshot.site.clone()),
        };
        let shelf = Some(Arc::new(Shelf::new(Arc::clone(&site), &snapshot.config.site.base_url)));
        let desk = Some(Arc::new(Desk::new((snapshot, site), today, tools, before.desk.as_deref())));
        self.set(Shown { shelf, desk, failure: None, root: before.root })
    }

    /// Leaves up what is shown, and says from now on why there is nothing newer.
    pub(super) fn fail(&self, error: &Error) {
        let shown = self.shown();
        self.set(Shown { failure: Some(Arc::from(shown.said(error))), ..shown });
    }

    /// Says from now on nothing of where the project's folder lies.
    pub(super) fn hide(&self, root: &Path) {
        self.set(Shown { root: Arc::from(root.display().to_string()), ..self.shown() });
    }

    fn set(&self, shown: Shown) -> String {
        let name = shown.name();
        *self.shown.write().unwrap_or_else(PoisonError::into_inner) = shown;
        self.feed.tell(&name);
        name
    }

    fn shown(&self) -> Shown {
        self.shown.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Where the site can be seen.
    pub fn url(&self) -> String {
        let path = self.shown().shelf.as_ref().map_or_else(|| "/".to_owned(), |shelf| shelf.base().encoded());
        let host = match self.host.parse::<IpAddr>() {
            Ok(IpAddr::V6(address)) => format!("[{address}]"),
            _ if self.host.is_empty() => Ipv4Addr::LOCALHOST.to_string(),
            _ => self.host.clone(),
        };
        format!("http://{host}:{}{path}", self.address.port())
    }

    /// Whether other machines can reach it.
    pub fn is_public(&self) -> bool {
        !self.address.ip().is_loopback()
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.gate.closed.store(true, Ordering::SeqCst);
        self.feed.close();
        // The gate waits for a visitor; this one only wakes it.
        let ip = if self.address.ip().is_unspecified() { Ipv4Addr::LOCALHOST.into() } else { self.address.ip() };
        let awake = SocketAddr::new(ip, self.address.port());
        drop(TcpStream::connect_timeout(&awake, Duration::from_millis(200)));
        let inner = SocketAddr::from((Ipv4Addr::LOCALHOST, self.gate.inner.load(Ordering::SeqCst)));
        drop(TcpStream::connect_timeout(&inner, Duration::from_millis(200)));
    }
}

fn listen(host: &str, port: Port) -> Result<TcpListener> {
    let (first, last) = match port {
        Port::Exactly(port) => (port, port),
        Port::From(port) => (port, port.saturating_add(TRIED_PORTS - 1)),
    };
    for port in first..=last {
        let addresses = (host, port).to_socket_addrs().map(Iterator::collect::<Vec<_>>);
        match addresses.and_then(|addresses| TcpListener::bind(addresses.as_slice())) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == ErrorKind::AddrInUse && port < last => {}
            Err(error) => return Err(failed(host, port, &error)),
        }
    }
    Err(failed(host, last, &io::Error::from(ErrorKind::AddrInUse)))
}

fn failed(host: &str, port: u16, error: &io::Error) -> Error {
    let message = match error.kind() {
        ErrorKind::AddrInUse => format!("port {port} is in use; try --port {}", port.checked_add(1).unwrap_or(8000)),
        ErrorKind::PermissionDenied => format!("port {port} may not be used by this account; try --port 8000"),
        _ => format!("could not listen on {host}, port {port}: {error}"),
    };
    Error::Listen { message }
}

fn visitors(host: &str, address: SocketAddr) -> Visitors {
    let own = match address.ip() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("[{address}]"),
    };
    let mut names = ["localhost", "127.0.0.1", "[::1]"].map(str::to_owned).to_vec();
    names.extend([host.to_ascii_lowercase(), own]);
    Visitors { names, any_address: address.ip().is_unspecified(), port: address.port() }
}

fn spawn(name: &str, run: impl FnOnce() + Send + 'static) -> Result<()> {
    let spawned = roomy(name).spawn(run);
    spawned.map(drop).map_err(|error| Error::Listen { message: format!("could not start a thread: {error}") })
}

/// A tiny_http server that only the gate knows of.
fn private(gate: &Gate) -> io::Result<tiny_http::Server> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let port = listener.local_addr()?.port();
    let server = tiny_http::Server::from_listener(listener, None).map_err(io::Error::other)?;
    gate.inner.store(port, Ordering::SeqCst);
    Ok(server)
}

/// Answers every request on a thread of its own: the gate bounds their number, and a slow client stops nobody else.
fn serve(gate: &Arc<Gate>, first: tiny_http::Server, shown: &Arc<RwLock<Shown>>) {
    let mut server = first;
    while !gate.closed.load(Ordering::SeqCst) {
        let request = server.recv_timeout(LOOK_ROUND);
        // tiny_http stops taking connections for good when descriptors run out, so another one takes its place.
        if request.is_err() || gate.lost.swap(false, Ordering::SeqCst) {
            match private(gate) {
                Ok(next) => server = next,
                Err(_) => gate.lost.store(true, Ordering::SeqCst),
            }
            thread::sleep(Duration::from_millis(50));
        }
        let Ok(Some(request)) = request else { continue };
        let (gate, shown) = (Arc::clone(gate), Arc::clone(shown));
        let respond = move || respond(request, &gate.feed, &shown);
        // Without a thread the request is dropped, which tiny_http answers with an error.
        let _ = roomy("answer").spawn(respond);
    }
}

fn respond(request: tiny_http::Request, feed: &Feed, shown: &RwLock<Shown>) {
    let target = request.url().to_owned();
    if target.split('?').next() == Some(EVENTS_PATH) {
        let is_head = *request.method() == tiny_http::Method::Head;
        let mut page = request.into_writer();
        // A page that went away needs no more events.
        let _ = if is_head { Feed::greet(&mut page) } else { feed.stream(page) };
        return;
    }
    let shown = shown.read().unwrap_or_else(PoisonError::into_inner).clone();
    let answer = answer(&target, &shown);
    let policy = policy_of_file(&answer);
    let Answer { status, media_type, headers, body } = answer;
    let length = body.as_ref().len();
    let fixed = SAFETY.iter().map(|(name, value)| (*name, *value)).chain([("Content-Type", media_type)]).chain(policy);
    let all = fixed.chain(headers.iter().map(|(name, value)| (*name, value.as_str())));
    let headers = all.filter_map(|(name, value)| tiny_http::Header::from_bytes(name, value).ok()).collect();
    let response = tiny_http::Response::new(status.into(), headers, io::Cursor::new(body), Some(length), None);
    // A client that went away needs no answer.
    let _ = request.respond(response.with_chunked_threshold(usize::MAX));
}
