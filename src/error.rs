//! What can stop the program; faults in a text are diagnostics, not errors.

use rayon::prelude::IndexedParallelIterator;
use std::io;
use std::path::PathBuf;

/// The program could not do its work.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Reading or writing failed.
    #[error("{doing} {}: {source}", path.display())]
    Io {
        /// What was tried, as a verb: `could not read`.
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// A template does not compile or render; the message is the engine's, with file, line and column.
    #[error("{message}")]
    Template {
        /// What the engine says, with file, line and column.
        message: String,
    },
    /// The command line or the project asks for something that cannot be done safely.
    #[error("{message}")]
    Refused {
        /// What was asked, why it is refused and what to do instead.
        message: String,
    },
    /// The preview could not listen.
    #[error("{message}")]
    Listen {
        /// Which address, why not, and what to try.
        message: String,
    },
}

/// A result whose error stops the program.
pub type Result<T> = std::result::Result<T, Error>;

/// Does the parts of a work on many threads. Where several fail, the first in order is told, as one thread would meet it.
///
/// # Errors
/// When a part fails.
pub fn in_order<P: IndexedParallelIterator>(parts: P, work: impl Fn(P::Item) -> Result<()> + Sync) -> Result<()> {
    parts.find_map_first(|part| work(part).err()).map_or(Ok(()), Err)
}
