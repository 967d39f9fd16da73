//! What other tools' settings say of where their records are.

use super::super::overlay::inside;
use super::super::root::Root;
use super::prefix::word;
use crate::source::Files;
use crate::text::SourcePath;
use crate::value::{Data, Limit, Table, Value, parse_yaml};

/// adr-tools: one line, the folder.
const ADR_DIR: &str = ".adr-dir";

/// log4brains: the folder of the project, and those of its packages.
const LOG4BRAINS: &str = ".log4brains.yml";

/// How long such a file may be, in bytes.
const LONGEST: usize = 64 * 1024;

/// The folders that are named and there.
pub(super) fn roots(files: &dyn Files) -> Vec<Root> {
    let read = |name: &str| {
        let bytes = files.read(&SourcePath::new(name)).ok().filter(|bytes| bytes.len() <= LONGEST)?;
        std::str::from_utf8(&bytes).ok().map(|text| text.trim_start_matches('\u{feff}').to_owned())
    };
    let adr_dir = read(ADR_DIR).and_then(|text| root(text.lines().next()?, format!("`{ADR_DIR}` names it")));
    let log4brains = || read(LOG4BRAINS).map(|text| log4brains(&text)).unwrap_or_default();
    let named = adr_dir.map_or_else(log4brains, |root| vec![root]);
    let mut roots: Vec<Root> = Vec::new();
    for root in named {
        if files.has_folder(&root.path) && !roots.iter().any(|known| known.path == root.path) {
            roots.push(root);
        }
    }
    roots
}

fn root(folder: &str, why: String) -> Option<Root> {
    let path = inside(folder.trim()).filter(|path| !path.is_empty())?;
    Some(Root { path, kind: "adr".to_owned(), why, ..Root::default() })
}

fn log4brains(text: &str) -> Vec<Root> {
    let (top, _) = parse_yaml(&SourcePath::new(LOG4BRAINS), text, 0, Limit::SETTINGS);
    let Some(project) = top.get("project").and_then(table) else { return Vec::new() };
    let global = text_of(project, "adrFolder").and_then(|folder| root(folder, format!("`{LOG4BRAINS}` names it")));
    let package = |value: &Value| {
        let package = table(value)?;
        let name = text_of(package, "name")?;
        let root = root(text_of(package, "adrFolder")?, format!("`{LOG4BRAINS}` names it for the package `{name}`"))?;
        Some(Root { prefix: word(name), ..root })
    };
    let packages = project.get("packages").map(Value::items).unwrap_or_default();
    global.into_iter().chain(packages.iter().filter_map(package)).collect()
}

fn table(value: &Value) -> Option<&Table> {
    if let Data::Table(table) = &value.data { Some(table) } else { None }
}

fn text_of<'a>(table: &'a Table, key: &str) -> Option<&'a str> {
    if let Data::Scalar(_, text) = &table.get(key)?.data { Some(text) } else { None }
}
