//! Ends a preview when the system asks for it.

use crate::error::Result;
use crate::serve::Stop;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

/// How long a preview may take to end in order.
#[cfg(unix)]
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(1);

/// The exit code of a program that was asked to end: 128 and the number of the signal. The preview has no other end, so
/// it is that of Ctrl-C until another signal comes.
#[derive(Clone, Debug)]
pub(super) struct Interruption(Arc<AtomicU8>);

impl Interruption {
    /// Lets the first signal end the preview in order, if that does not take long, and the second one at once.
    ///
    /// # Errors
    /// When signals cannot be listened for.
    #[cfg(unix)]
    pub(super) fn ends(stop: Stop) -> Result<Interruption> {
        use crate::error::Error;
        use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
        let failed =
            |error: std::io::Error| Error::Refused { message: format!("could not listen for Ctrl-C: {error}") };
        let code = Arc::new(AtomicU8::new(128 + 2));
        let told = Arc::clone(&code);
        let mut signals = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM]).map_err(failed)?;
        let listen = move || {
            let mut codes = signals.forever().map(|signal| u8::try_from(128 + signal).unwrap_or(u8::MAX));
            if let Some(code) = codes.next() {
                told.store(code, Ordering::SeqCst);
                stop.stop();
                // A build under way is not waited for.
                let late = std::thread::Builder::new().name("late".to_owned());
                let _ = late.spawn(move || {
                    std::thread::sleep(PATIENCE);
                    leave(code);
                });
            }
            if let Some(code) = codes.next() {
                leave(code);
            }
        };
        std::thread::Builder::new().name("signals".to_owned()).spawn(listen).map_err(failed)?;
        Ok(Interruption(code))
    }

    /// Elsewhere the system ends the program by itself, which loses nothing: what a preview writes it writes whole.
    #[cfg(not(unix))]
    pub(super) fn ends(_: Stop) -> Result<Interruption> {
        Ok(Interruption(Arc::new(AtomicU8::new(128 + 2))))
    }

    /// The code of the signal that came.
    pub(super) fn code(&self) -> u8 {
        self.0.load(Ordering::SeqCst)
    }
}

#[cfg(unix)]
#[allow(clippy::exit, reason = "the user insists, and what a preview writes it writes whole")]
fn leave(code: u8) -> ! {
    std::process::exit(code.into())
}
