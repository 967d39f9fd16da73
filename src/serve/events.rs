//! News of builds for open pages, as server-sent events.

use std::io::{self, Write};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How often a stream says that it is there, which is also how a lost page is noticed.
const HEARTBEAT: Duration = Duration::from_secs(10);
/// The head of a stream; what it says ends with the connection.
const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nCache-Control: no-store\r\n\
                    X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n\
                    Cross-Origin-Resource-Policy: same-origin\r\n\
                    Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n\r\n";
/// How soon a page that has lost its stream asks again, in milliseconds.
const AGAIN: &str = "retry: 500\n\n";

/// What is told to every open page: the name of the present build.
#[derive(Debug)]
pub(super) struct Feed {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    /// How many pages may listen; one more, and the oldest is let go. It asks again if it is still there.
    most: u64,
    build: String,
    /// How many streams were ever opened.
    opened: u64,
    closed: bool,
}

impl Feed {
    /// A feed that leaves half of so many connections to those who ask for something else.
    pub(super) fn new(connections: usize) -> Feed {
        let feed = Feed { state: Mutex::default(), changed: Condvar::new() };
        feed.share(connections);
        feed
    }

    /// Leaves half of so many connections to those who ask for something else, from now on.
    pub(super) fn share(&self, connections: usize) {
        let half = u64::try_from(connections / 2).unwrap_or(u64::MAX);
        self.state().most = half.max(1);
        self.changed.notify_all();
    }

    /// Tells every page of a build.
    pub(super) fn tell(&self, build: &str) {
        self.state().build = build.to_owned();
        self.changed.notify_all();
    }

    /// Ends every stream.
    pub(super) fn close(&self) {
        self.state().closed = true;
        self.changed.notify_all();
    }

    /// Writes the head of a stream, which is all that `HEAD` asks for.
    ///
    /// # Errors
    /// When the page is gone.
    pub(super) fn greet(page: &mut impl Write) -> io::Result<()> {
        page.write_all(HEAD.as_bytes())
    }

    /// Writes events until the page is gone, newer pages need its place, or the feed is closed.
    ///
    /// # Errors
    /// When the page is gone.
    pub(super) fn stream(&self, mut page: impl Write) -> io::Result<()> {
        Feed::greet(&mut page)?;
        page.write_all(AGAIN.as_bytes())?;
        let mut state = self.state();
        state.opened += 1;
        let number = state.opened;
        self.changed.notify_all();
        // Until there is a build there is nothing to tell.
        let mut told = Some(String::new());
        while !state.closed && state.opened - number < state.most {
            let event = if told.as_ref() == Some(&state.build) {
                ":\n\n".to_owned()
            } else {
                told = Some(state.build.clone());
                format!("event: build\ndata: {}\n\n", state.build)
            };
            // The lock is not held while a slow page is written to.
            drop(state);
            page.write_all(event.as_bytes())?;
            page.flush()?;
            let quiet = |state: &mut State| {
                !state.closed && state.opened - number < state.most && told.as_ref() == Some(&state.build)
            };
            let waited = self.changed.wait_timeout_while(self.state(), HEARTBEAT, quiet);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        Ok(())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
