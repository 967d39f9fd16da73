//! What has changed between two texts of a record, word by word, for the terminal.

use super::excerpt::escape;
use super::terminal::Style;
use crate::line::LineIndex;
use crate::record::{Difference, Piece};
use crate::text::SourcePath;
use anstyle::{AnsiColor, Style as Ansi};
use std::fmt::Write;

const PLACE: Ansi = Ansi::new().bold();
const GONE: Ansi = AnsiColor::Red.on_default();
const NEW: Ansi = AnsiColor::Green.on_default();

/// Words that are shown on each side of a change.
const AROUND: usize = 8;

/// Each changed place with its line in `text` and its section; what is gone stands between `[-` and `-]`, what is new between
/// `{+` and `+}`.
pub fn difference(difference: &Difference, (path, text): (&SourcePath, &str), style: Style<'_>) -> String {
    let is_plain = matches!(style, Style::Plain);
    let dress = |words: &str, ansi: Ansi| if is_plain { words.to_owned() } else { format!("{ansi}{words}{ansi:#}") };
    let index = LineIndex::new(text);
    let mut out = String::new();
    for passage in &difference.passages {
        let (line, _) = index.line_column(text, passage.span.start);
        let section = passage.section.as_deref().unwrap_or("front matter");
        let place = dress(&format!("{path}:{line}"), PLACE);
        // A text takes whatever is written to it.
        let _ = writeln!(out, "{place} {}", escape(section));
        let words = passage.excerpt(AROUND).into_iter().map(|piece| match piece {
            Piece::Same(words) => escape(&words),
            Piece::Gone(words) => dress(&format!("[-{}-]", escape(&words)), GONE),
            Piece::New(words) => dress(&format!("{{+{}+}}", escape(&words)), NEW),
        });
        let _ = writeln!(out, "  {}\n", words.collect::<Vec<_>>().join(" "));
    }
    out
}
