//! What edits would change, as a unified diff.

use crate::text::SourcePath;
use similar::TextDiff;

/// The difference between two states of a file, as `patch` and `git apply` read it; empty when there is none.
pub fn diff(path: &SourcePath, old: &str, new: &str) -> String {
    if old == new {
        return String::new();
    }
    let diff = TextDiff::from_lines(old, new);
    diff.unified_diff().context_radius(3).header(&format!("a/{path}"), &format!("b/{path}")).to_string()
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
    }
}
