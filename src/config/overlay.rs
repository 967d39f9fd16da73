//! How settings are laid over others.

use super::policy::{Figure, Level, RuleSetting, Since};
use crate::date::parse_date;
use crate::text::{Location, SourcePath, Spanned, nearest};
use crate::value::{Data, Reader, Scalar, Value};
use std::collections::BTreeMap;

/// Whose settings are being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// The tool's own: findings need not point at them.
    Builtin,
    /// The organisation's.
    Organisation,
}

/// Overwrites a setting where the table has one.
pub(super) fn set<T>(target: &mut T, value: Option<Spanned<T>>) {
    if let Some(value) = value {
        *target = value.value;
    }
}

/// A figure of the process, laid over the one before.
pub(super) fn set_figure<T>(figure: &mut Figure<T>, value: Option<Spanned<T>>, path: &SourcePath) {
    if let Some(value) = value {
        *figure = Figure { value: value.value, at: Some(Location { path: path.clone(), span: value.span }) };
    }
}

const LEVELS: &[(&str, Level)] = &[("allow", Level::Allow), ("warn", Level::Warn), ("deny", Level::Deny)];

/// What is said of rules, from `[rules]` or `[kinds.<name>.rules]`: a level, or a table with `level`, `since` and `statuses`.
pub(super) fn read_rules(reader: &Reader<'_>, key: &'static str, path: &SourcePath) -> BTreeMap<String, RuleSetting> {
    let mut settings = BTreeMap::new();
    for entry in reader.free(key).into_iter().flat_map(|table| &table.entries) {
        let name = &entry.key;
        let at = Location { path: path.clone(), span: name.span };
        let mut setting = RuleSetting { level: None, statuses: BTreeMap::new(), since: None, at };
        if let Data::Table(table) = &entry.value.data {
            let table = reader.inner(table, format!("[{key}.{}]", name.value));
            setting.level = table.choice("level", LEVELS).map(|level| level.value);
            // What the parser could not read it has reported.
            let is_broken = |value: &&Value| matches!(value.data, Data::Scalar(Scalar::Broken, _));
            let since = table.text("since").filter(|_| table.value("since").filter(is_broken).is_none());
            setting.since = since.map(|since| since.map(since_of));
            for status in table.free("statuses").into_iter().flat_map(|statuses| &statuses.entries) {
                if let Some(level) = read_level(&table, &status.key.value, &status.value) {
                    setting.statuses.insert(status.key.value.clone(), Spanned::new(level, status.key.span));
                }
            }
            table.finish();
        } else {
            setting.level = read_level(reader, &name.value, &entry.value);
            if setting.level.is_none() {
                continue;
            }
        }
        settings.insert(name.value.clone(), setting);
    }
    settings
}

fn since_of(text: String) -> Since {
    parse_date(&text).map_or(Since::Id(text), Since::Day)
}

fn read_level(reader: &Reader<'_>, name: &str, value: &Value) -> Option<Level> {
    let word = match &value.data {
        Data::Scalar(_, text) => text.as_str(),
        Data::List(_) | Data::Table(_) => "",
    };
    if let Some((_, level)) = LEVELS.iter().find(|(name, _)| *name == word) {
        return Some(*level);
    }
    let near = nearest(word, LEVELS.iter().map(|(name, _)| *name));
    let help = near.map_or("write `allow`, `warn` or `deny`".to_owned(), |near| format!("did you mean `{near}`?"));
    let written = if word.is_empty() { value.describe().to_owned() } else { format!("`{word}`") };
    reader.reject(value.span, format!("the level of `{name}` is {written}"), help);
    None
}

/// A path below the root without `.`, `..` and empty parts; `None` when it leads out.
pub(super) fn inside(path: &str) -> Option<String> {
    let joined = SourcePath::new("x").join(path).filter(|_| !path.starts_with('/'));
    joined.map(|path| path.as_str().to_owned())
}
