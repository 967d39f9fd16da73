//! What makes the preview act.

use crate::workspace::Changes;
use std::sync::mpsc::Sender;

/// A reason to act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Signal {
    /// Something may have changed.
    Changed(Changes),
    /// Anything may have changed, and watches may be lost.
    Lost,
    /// A visitor was turned away.
    Crowded {
        /// How many are served at a time.
        most: usize,
        /// Whether it would be more if the system let the program open more files.
        few_files: bool,
    },
    /// The preview shall end.
    Stop,
}

/// Ends a preview from another thread.
#[derive(Clone, Debug)]
pub struct Stop(pub(super) Sender<Signal>);

impl Stop {
    /// Ends it; once it has ended this does nothing.
    pub fn stop(&self) {
        let _ = self.0.send(Signal::Stop);
    }
}
