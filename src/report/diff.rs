//! What edits would change, as a unified diff.

use crate::text::SourcePath;
use similar::TextDiff;

/// The difference between two states of a file, as `patch` and `git apply` read it; empty when there is none.
pub fn diff(path: &SourcePath, old: &str, new: &str) -> String {
    if old == new {
        return String::new();
    }
    let diff = TextDiff::from_lines(old, new);
    let (old, new) = (named(&format!("a/{path}")), named(&format!("b/{path}")));
    diff.unified_diff().context_radius(3).header(&old, &new).to_string()
}

/// A file's name as it stands in a diff: quoted where it could end the line, closed by a tab where it could end too soon.
fn named(path: &str) -> String {
    if path.contains(|c: char| c.is_control() || matches!(c, '"' | '\\')) {
        return format!("\"{}\"", path.escape_debug());
    }
    if path.contains(' ') { format!("{path}\t") } else { path.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_difference_can_be_applied() {
        let path = SourcePath::new("a.md");
        let shown = diff(&path, "one\r\ntwo\r\nthree", "one\r\n2\r\nthree");
        assert_eq!(
            shown,
            "--- a/a.md\n+++ b/a.md\n@@ -1,3 +1,3 @@\n one\r\n-two\r\n+2\r\n three\n\\ No newline at end of file\n"
        );
        assert_eq!(diff(&path, "x", "x"), "");
        let head = |path: &str| diff(&SourcePath::new(path), "x", "y").lines().next().map(str::to_owned);
        assert_eq!(head("f g.md").as_deref(), Some("--- a/f g.md\t"));
        assert_eq!(head("f\n.md").as_deref(), Some("--- \"a/f\\n.md\""));
    }
}
