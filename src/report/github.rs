//! Findings as commands for GitHub's workflows, which show them beside the changed lines.

use super::run::Run;
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::SourcePath;

/// How many of the other places of a finding are named.
const SHOWN: usize = 3;

/// A run as one command a line; `folder` is the project's within the repository, from whose root GitHub counts.
pub fn github(run: &Run<'_>, folder: &str) -> String {
    run.found.iter().map(|found| command(run, folder, found)).collect()
}

fn command(run: &Run<'_>, folder: &str, found: &Diagnostic) -> String {
    let word = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information | Severity::Hint => "notice",
    };
    let (start, end) = run.points(&found.primary);
    let of_repository =
        |path: &SourcePath| if folder.is_empty() { path.to_string() } else { format!("{folder}/{path}") };
    let path = property(&of_repository(&found.primary.path));
    // Columns are understood only within one line.
    let columns = match start.line == end.line {
        true => format!(",col={},endColumn={}", start.column, end.column),
        false => String::new(),
    };
    let mut message = found.message.clone();
    // The help may speak of them, and they are marked nowhere else.
    for label in found.related.iter().take(SHOWN) {
        let (place, _) = run.points(&label.location);
        message += &match label.location.path == found.primary.path {
            true => format!("\nline {}: {}", place.line, label.message),
            false => format!("\n{}:{}: {}", of_repository(&label.location.path), place.line, label.message),
        };
    }
    if let Some(help) = &found.help {
        message = format!("{message}\n{help}");
    }
    let (title, message) = (property(found.rule), escape(&message));
    format!("::{word} file={path},line={},endLine={}{columns},title={title}::{message}\n", start.line, end.line)
}

/// Text that cannot end the line, so that nothing a record says is taken for a command.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '%' => escaped.push_str("%25"),
            '\r' => escaped.push_str("%0D"),
            '\n' => escaped.push_str("%0A"),
            '\t' => escaped.push(c),
            // Nothing that a record says may steer the terminal that shows the log of the run.
            c if c.is_control() => escaped.extend(c.escape_unicode()),
            c => escaped.push(c),
        }
    }
    escaped
}

fn property(text: &str) -> String {
    escape(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_its_line() {
        assert_eq!(escape("a\r\n::error::x 100%"), "a%0D%0A::error::x 100%25");
        assert_eq!(escape("\u{1b}[31mred"), "\\u{1b}[31mred");
        assert_eq!(property("a,b:c\n"), "a%2Cb%3Ac%0A");
    }
}
