//! How a run ended, as programs are told.

use std::process::ExitCode;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Nothing is denied.
    Clean,
    /// A finding is denied.
    Denied,
    /// Whoever it was for has gone without a farewell; the language server protocol wants it told.
    Deserted,
    /// A signal ended it; this is the code to say so with.
    Interrupted(u8),
}

/// The work could not be done.
pub(super) const FAILED: u8 = 2;

impl Outcome {
    /// Denied or clean.
    pub(super) fn denied(denied: bool) -> Outcome {
        if denied { Outcome::Denied } else { Outcome::Clean }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        ExitCode::from(match outcome {
            Outcome::Clean => 0,
            Outcome::Denied | Outcome::Deserted => 1,
            Outcome::Interrupted(code) => code,
        })
    }
}
