//! How findings leave: one file per format.

mod baseline;
mod diff;
mod difference;
mod excerpt;
mod github;
mod json;
mod run;
mod sarif;
mod summary;
mod terminal;

pub use baseline::{Baseline, Remainder};
pub use diff::diff;
pub use difference::difference;
pub use excerpt::escape;
pub use github::github;
pub use json::{FINDINGS_SCHEMA, json};
pub use run::Run;
pub use sarif::sarif;
pub use summary::{Summary, count, verdict};
pub use terminal::{Screen, Style, terminal};
