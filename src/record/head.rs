//! Cuts the head off a text.

use crate::text::{Span, whole_lines};

/// A head as it was cut from the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// In which language it is written.
    pub(super) language: Language,
    /// The whole head, fences included.
    pub(super) span: Span,
    /// What stands between the fences.
    pub(super) inner: Span,
    /// Whether the closing fence is there.
    pub(super) closed: bool,
}

/// The language of a head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    /// Between `+++` lines.
    Toml,
    /// Between `---` lines.
    Yaml,
}

/// Cuts the head off a text that starts at `start`; `None` when it has none.
pub(super) fn cut(text: &str, start: usize) -> Option<Head> {
    let rest = text.get(start..)?;
    let mut lines = whole_lines(rest);
    let first = lines.next()?;
    let (language, fence) = match first.trim_end() {
        "+++" => (Language::Toml, "+++"),
        "---" => (Language::Yaml, "---"),
        _ => return None,
    };
    let inner = start + first.len();
    let mut at = inner;
    for line in lines {
        let bare = line.trim_end();
        if bare == fence || (language == Language::Yaml && bare == "...") {
            let (span, inner) = (Span::new(start, at + line.len()), Span::new(inner, at));
            return Some(Head { language, span, inner, closed: true });
        }
        at += line.len();
    }
    // A line of dashes that no keys follow is a rule across the page, not an open head.
    let second = text.get(inner..).unwrap_or("").lines().next().unwrap_or("");
    let is_key = |line: &str| line.split_once(':').is_some_and(|(key, _)| !key.is_empty() && !key.contains(' '));
    let open = language == Language::Toml || is_key(second);
    open.then(|| Head { language, span: Span::new(start, inner), inner: Span::new(inner, inner), closed: false })
}
