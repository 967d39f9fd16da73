//! The address that opens a file in the author's editor.

use crate::text::SourcePath;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::path::Path;

/// What stands as it is in the path of an address; a colon would part the line from the file.
const KEPT: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// Schemes under which a browser would run or show what the address says, instead of handing it on.
const RUN: [&str; 6] = ["javascript", "data", "vbscript", "blob", "about", "view-source"];

/// An address such as `vscode://file/{file}:{line}:{column}`, to be filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editor {
    template: String,
    root: String,
}

impl Editor {
    /// Reads an address with `{file}` (the whole path), and perhaps `{line}` and `{column}` in it, for files below `root`.
    ///
    /// # Errors
    /// When it is no such address; the text says why.
    pub fn new(template: &str, root: &Path) -> Result<Editor, String> {
        let (scheme, _) = template.split_once(':').unwrap_or_default();
        let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
        if !is_scheme || RUN.contains(&scheme.to_ascii_lowercase().as_str()) {
            return Err("is not an address that opens an editor".to_owned());
        }
        if !template.contains("{file}") {
            return Err("does not say where the file goes: write `{file}`".to_owned());
        }
        let root = root.to_string_lossy().replace('\\', "/").trim_end_matches('/').to_owned();
        Ok(Editor { template: template.to_owned(), root })
    }

    /// The address that opens a file at a line and a column, both from 1.
    pub(super) fn address(&self, path: &SourcePath, line: usize, column: usize) -> String {
        let file = format!("{}/{path}", self.root);
        // Templates are written for either: `file/{file}` and `file{file}`.
        let doubled = self.template.contains("/{file}");
        let file = utf8_percent_encode(if doubled { file.trim_start_matches('/') } else { &file }, &KEPT).to_string();
        let filled = self.template.replace("{line}", &line.to_string()).replace("{column}", &column.to_string());
        filled.replace("{file}", &file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_opens_a_file_at_a_line() {
        let address = |template| {
            Editor::new(template, Path::new("/home/a")).unwrap().address(&SourcePath::new("content/a b:c.md"), 3, 7)
        };
        assert_eq!(address("vscode://file/{file}:{line}:{column}"), "vscode://file/home/a/content/a%20b%3Ac.md:3:7");
        assert_eq!(
            address("idea://open?file={file}&line={line}"),
            "idea://open?file=/home/a/content/a%20b%3Ac.md&line=3"
        );
    }

    #[test]
    fn what_a_browser_would_run_is_refused() {
        for wrong in [
            "javascript:alert('{file}')",
            "JavaScript:{file}",
            "data:text/html,{file}",
            "{file}",
            "",
            "vscode://file/x",
        ] {
            assert!(Editor::new(wrong, Path::new("/")).is_err(), "{wrong}");
        }
    }
}
