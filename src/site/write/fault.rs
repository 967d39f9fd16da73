//! What to say when the system refuses.

use crate::error::Error;
use std::io;
use std::path::Path;

/// Turns a failure at a path into an error.
pub(super) fn failed(doing: &'static str, path: &Path) -> impl Fn(io::Error) -> Error {
    move |source| Error::Io { doing, path: path.to_owned(), source }
}

/// A request that cannot be met safely.
pub(super) fn refused(message: String) -> Error {
    Error::Refused { message }
}
