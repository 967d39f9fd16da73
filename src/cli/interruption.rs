//! Ends a preview or a build when the system asks for it.

use crate::error::Result;
use crate::serve::Stop;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

/// How long it may take to end in order.
#[cfg(unix)]
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(1);

/// The exit code of a program that was asked to end: 128 and the number of the signal. It is that of Ctrl-C until another comes,
/// since a preview has no other end.
#[derive(Clone, Debug)]
pub(super) struct Interruption(Arc<AtomicU8>);

impl Interruption {
    /// Lets the first signal end the preview in order, if that does not take long, and the second one at once.
    ///
    /// # Errors
    /// When signals cannot be listened for.
    #[cfg(unix)]
    pub(super) fn ends_preview(stop: Stop) -> Result<Interruption> {
        use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
        Interruption::after(&[SIGHUP, SIGINT, SIGTERM], move || stop.stop())
    }

    /// Lets the first signal end a build in order, by setting `stopped`. A hang-up ends it as the system does, or does not: a build
    /// may have been told to outlive its terminal.
    ///
    /// # Errors
    /// When signals cannot be listened for.
    #[cfg(unix)]
    pub(super) fn ends_build(stopped: Arc<AtomicBool>) -> Result<Interruption> {
        use signal_hook::consts::{SIGINT, SIGTERM};
        Interruption::after(&[SIGINT, SIGTERM], move || stopped.store(true, Ordering::SeqCst))
    }

    #[cfg(unix)]
    fn after(signals: &[i32], stop: impl FnOnce() + Send + 'static) -> Result<Interruption> {
        use crate::error::Error;
        let failed =
            |error: std::io::Error| Error::Refused { message: format!("could not listen for Ctrl-C: {error}") };
        let code = Arc::new(AtomicU8::new(128 + 2));
        let told = Arc::clone(&code);
        let mut signals = signal_hook::iterator::Signals::new(signals).map_err(failed)?;
        let listen = move || {
            let mut codes = signals.forever().map(|signal| u8::try_from(128 + signal).unwrap_or(u8::MAX));
            if let Some(code) = codes.next() {
                told.store(code, Ordering::SeqCst);
                stop();
                // What takes longer is not waited for.
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
    pub(super) fn ends_preview(_: Stop) -> Result<Interruption> {
        Ok(Interruption(Arc::new(AtomicU8::new(128 + 2))))
    }

    /// Elsewhere the system ends the program by itself; what is left beside the site the next build clears away.
    #[cfg(not(unix))]
    pub(super) fn ends_build(_: Arc<AtomicBool>) -> Result<Interruption> {
        Ok(Interruption(Arc::new(AtomicU8::new(128 + 2))))
    }

    /// The code of the signal that came.
    pub(super) fn code(&self) -> u8 {
        self.0.load(Ordering::SeqCst)
    }
}

#[cfg(unix)]
#[allow(clippy::exit, reason = "the user insists, and what is half written the next run clears away")]
fn leave(code: u8) -> ! {
    std::process::exit(code.into())
}
