//! `[paths]` and `[[roots]]`: where things are.

use super::kind::{Kind, kind_advice};
use super::overlay::{Origin, inside, set};
use super::root::{Root, Roots};
use crate::text::{SourcePath, Spanned};
use crate::value::Reader;
use std::sync::Arc;

/// The settings on where things are.
pub(super) struct Paths<'a> {
    pub(super) roots: &'a mut Roots,
    pub(super) output: &'a mut String,
    pub(super) theme: &'a mut String,
    pub(super) exclude: &'a mut Vec<String>,
}

/// Reads `[paths]` and `[[roots]]` of a settings file.
pub(super) fn read_paths(top: &Reader<'_>, paths: Paths<'_>, kinds: &[Arc<Kind>], (file, origin): (&str, Origin)) {
    let table = top.table("paths").map(|table| table.value);
    let content = table.as_ref().and_then(|table| table.text("content"));
    let roots = read_roots(top, kinds, file);
    match (&content, roots) {
        (Some(folder), Some(roots)) => {
            let message = "`content` is of no use beside `[[roots]]`, which name the folders of the records";
            top.reject(folder.span, message, "take one of the two out");
            *paths.roots = roots;
        }
        (None, Some(roots)) => *paths.roots = roots,
        (Some(folder), None) => match inside(&folder.value) {
            Some(path) => *paths.roots = Roots::one(path, why(file, origin)),
            None => outside(top, "content", folder),
        },
        (None, None) => {}
    }
    let Some(table) = table else { return };
    // What the program writes or renders with is left out of the content; all of the content must not be.
    let swallows = |key: &str, folder: &Spanned<String>| {
        let path = inside(&folder.value).filter(|path| !path.is_empty());
        let holds = |root: &Root, path: &str| SourcePath::new(&root.path).is_within(path);
        let swallows = path.is_some_and(|path| paths.roots.iter().any(|root| holds(root, &path)));
        if swallows {
            let message = format!("`{key}` is `{}`, which is or holds the content folder", folder.value);
            table.reject(folder.span, message, "name a folder of its own");
        }
        swallows
    };
    let theme = table.text("theme").filter(|folder| !swallows("theme", folder));
    let output = table.text("output").filter(|folder| !swallows("output", folder));
    if let Some(folder) = theme {
        match inside(&folder.value) {
            Some(path) => *paths.theme = path,
            None => outside(&table, "theme", &folder),
        }
    }
    set(paths.output, output);
    for path in table.texts("exclude") {
        match inside(path.value.trim_start_matches('/')) {
            Some(_) if path.value.contains('*') => table.reject(
                path.span,
                format!("`exclude` names `{}`, and patterns are not understood", path.value),
                "name a folder or a file",
            ),
            Some(plain) if !plain.is_empty() => paths.exclude.push(plain),
            _ => outside(&table, "exclude", &path),
        }
    }
    table.finish();
}

fn why(file: &str, origin: Origin) -> String {
    match origin {
        Origin::Builtin => "a folder of this name holds the records unless the settings name another".to_owned(),
        Origin::Organisation => format!("`content` in {file} names it"),
    }
}

fn outside(table: &Reader<'_>, key: &str, path: &Spanned<String>) {
    let message = format!("`{key}` is `{}`, outside the project", path.value);
    table.reject(path.span, message, "name a folder below the one that holds precedent.toml");
}

/// The roots, where any is named that can be read.
fn read_roots(top: &Reader<'_>, kinds: &[Arc<Kind>], file: &str) -> Option<Roots> {
    let mut roots: Vec<Root> = Vec::new();
    for table in top.tables("roots") {
        let (span, table) = (table.span, table.value);
        let (path, prefix, kind) = (table.text("path"), table.text("prefix"), table.text("kind"));
        let mut root = Root { why: format!("`[[roots]]` in {file} name it"), ..Root::default() };
        if let Some(prefix) = prefix {
            match is_prefix(&prefix.value) {
                true => root.prefix = prefix.value.to_lowercase(),
                false => table.reject(
                    prefix.span,
                    format!("`prefix` is `{}`, which cannot open an id", prefix.value),
                    "write letters and digits, a letter first, with hyphens between them: `web`, `billing-api`",
                ),
            }
        }
        if let Some(kind) = kind {
            match kinds.iter().find(|known| known.name == kind.value) {
                Some(_) => root.kind = kind.value,
                None => {
                    let help = kind_advice(&kind.value, kinds.iter().map(|kind| kind.name.as_str()));
                    table.reject(kind.span, format!("there is no kind of record `{}`", kind.value), help);
                }
            }
        }
        let Some(path) = path else {
            table.reject(span, "a root needs `path`", "name a folder: `path = \"packages/web/docs/adr\"`");
            table.finish();
            continue;
        };
        match inside(&path.value) {
            None => outside(&table, "path", &path),
            Some(folder) if roots.iter().any(|root| root.path == folder) => {
                table.reject(path.span, format!("`{folder}` is a root already"), "take one of the two out");
            }
            Some(folder) => roots.push(Root { path: folder, ..root }),
        }
        table.finish();
    }
    (!roots.is_empty()).then(|| Roots::of(roots))
}

/// Whether a word may open ids and addresses.
pub(super) fn is_prefix(word: &str) -> bool {
    let is_part = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    word.starts_with(|c: char| c.is_ascii_alphabetic()) && word.split('-').all(is_part)
}
