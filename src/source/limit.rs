//! How large a page may be, and how far down a file may lie.

use crate::diagnostic::Diagnostic;
use crate::text::{SourcePath, Span};

/// The rule that reports what is not read.
pub(super) const UNREAD: &str = "unread-file";

/// How large a page may be, and how far down a file may lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileLimits {
    /// How many bytes a page may have.
    pub page: usize,
    /// How many folders deep a file may lie.
    pub depth: usize,
    /// How many bytes the name of a file or a folder may have.
    pub name: usize,
    /// How many bytes a path below the project's folder may have.
    pub path: usize,
}

impl Default for FileLimits {
    fn default() -> FileLimits {
        FileLimits { page: 8 * 1024 * 1024, depth: 32, name: 200, path: 1024 }
    }
}

impl FileLimits {
    /// What to say where a path below a folder goes too far: of the file itself, or of the first folder on the way that does.
    pub(super) fn too_far(&self, path: &SourcePath, folder: &str) -> Option<Diagnostic> {
        let FileLimits { depth: deepest, name: longest, path: most, .. } = *self;
        let (whole, below) = (path.as_str(), path.below(folder)?);
        // Nearly all paths are shorter than a name may be.
        if whole.len() <= longest.min(most) && below.matches('/').count() <= deepest {
            return None;
        }
        let mut end = whole.len() - below.len();
        let mut parts = below.split('/').enumerate().peekable();
        while let Some((depth, name)) = parts.next() {
            end += name.len();
            let words = if name.len() > longest {
                Some((format!("has a name of {} bytes; a name may have {longest}", name.len()), "name-bytes"))
            } else if end > most {
                Some((format!("has a path of {end} bytes; a path may have {most}"), "path-bytes"))
            } else if depth >= deepest && parts.peek().is_some() {
                Some((format!("lies more than {deepest} folders deep"), "folder-depth"))
            } else {
                None
            };
            if let Some((words, setting)) = words {
                let at = SourcePath::new(whole.get(..end).unwrap_or(whole));
                let finding = Diagnostic::new(UNREAD, &at, Span::default(), format!("`{at}` {words}"));
                let help = format!(
                    "rename or move it, raise `{setting}` under `[limits]` in `precedent.toml`, or exclude it there"
                );
                return Some(finding.with_help(help));
            }
            end += 1;
        }
        None
    }
}
