//! The flags of commands that remember what is dear to make.

use std::path::PathBuf;

/// Where drawings and coloured code are remembered from run to run.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct Caching {
    /// Make all drawings, coloured code and pages anew, and use no cache
    #[arg(long)]
    pub(super) no_cache: bool,

    /// Where drawings and coloured code are remembered [default: .precedent/cache in the project's folder]
    #[arg(long, value_name = "DIR", conflicts_with = "no_cache")]
    pub(super) cache_dir: Option<PathBuf>,
}

impl Caching {
    /// For commands that draw nothing.
    pub(super) fn none() -> Caching {
        Caching { no_cache: true, cache_dir: None }
    }
}
