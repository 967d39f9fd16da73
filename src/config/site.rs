//! How the site is named and made.

use crate::markdown::RawHtml;

/// `[site]`: how the site presents itself.
#[derive(Clone, Debug, PartialEq)]
pub struct SiteSettings {
    /// Its name.
    pub title: String,
    /// One sentence about it.
    pub description: String,
    /// Where it will stand: `https://docs.example.org/handbook/`; empty when unknown. Used only where a standard needs an absolute address.
    pub base_url: String,
    /// Language of its texts, as in `<html lang>`.
    pub language: String,
    /// Where its sources are, for a link in the footer; may be empty.
    pub repository: String,
    /// Address for editing a page, with `{path}` in it; may be empty.
    pub edit_url: String,
    /// A last line for every page; may be empty.
    pub footer: String,
    /// Whether search engines may list its pages.
    pub index: bool,
    /// Whether readers can search it.
    pub search: bool,
}

/// `[markdown]`: how texts are rendered.
#[derive(Clone, Debug, PartialEq)]
pub struct MarkdownSettings {
    /// What becomes of HTML written in the Markdown.
    pub raw_html: RawHtml,
    /// Whether code is coloured.
    pub highlight: bool,
    /// Whether pages load pictures from other hosts.
    pub remote_images: bool,
}

/// `[diagrams]`: how Mermaid fences are shown.
#[derive(Clone, Debug, PartialEq)]
pub struct DiagramSettings {
    /// Whether they are drawn at build time.
    pub draw: bool,
    /// A script of the organisation's own (below `static/`) for what was not drawn; empty for none.
    pub client: String,
}

/// `[git]`: what pages show of what git knows of a record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GitSettings {
    /// Since when its file is there, and when it changed last.
    pub dates: bool,
    /// Who wrote it.
    pub authors: bool,
}

/// Whether a text is an address on the web: `https://` or `http://`, a host, and no blank.
pub(super) fn is_web_address(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or("");
    let has_host = !host.is_empty() && !host.starts_with(['/', '?', '#']);
    has_host && !text.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// Whether a site can stand at an address: pages get their own by joining theirs to it.
pub fn is_base_url(text: &str) -> bool {
    is_web_address(text) && !text.contains(['?', '#'])
}
