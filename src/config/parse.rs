//! `precedent.toml` over the defaults.

use super::kind::Kind;
use super::policy::Policy;
use super::site::{DiagramSettings, MarkdownSettings, SiteSettings};
use crate::diagnostic::Diagnostic;
use crate::source::Source;
use crate::text::Digest;
use std::sync::Arc;

/// The name of the file.
pub const CONFIG_FILE: &str = "precedent.toml";

/// Everything the organisation may choose.
#[derive(Clone, Debug)]
pub struct Config {
    /// `[site]`.
    pub site: SiteSettings,
    /// Folder of the records, relative to the root; empty for the root itself.
    pub content: String,
    /// Folder that the site is written to, relative to the root.
    pub output: String,
    /// Folder of the organisation's own theme, relative to the root; empty for none.
    pub theme: String,
    /// Paths below the root that are not part of the content.
    pub exclude: Vec<String>,
    /// `[markdown]`.
    pub markdown: MarkdownSettings,
    /// `[diagrams]`.
    pub diagrams: DiagramSettings,
    /// `[rules]`, `[people]`, `[[tracker]]`.
    pub policy: Policy,
    /// Every kind of record; chapters last.
    pub kinds: Vec<Arc<Kind>>,
    /// Fingerprint of what the settings were read from.
    pub digest: Digest,
}

impl Config {
    /// The built-in settings alone.
    pub fn builtin() -> Config {
        todo!()
    }

    /// Reads `precedent.toml`. Total: what is wrong comes back as diagnostics, and a default stands in.
    pub fn parse(_source: &Source) -> (Config, Vec<Diagnostic>) {
        todo!()
    }

    /// The kind of a name.
    pub fn kind(&self, name: &str) -> Option<&Arc<Kind>> {
        self.kinds.iter().find(|kind| kind.name == name)
    }
}
