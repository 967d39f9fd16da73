//! How settings are laid over others.

use super::policy::Level;
use crate::text::{Spanned, nearest};
use crate::value::{Data, Reader, Table};
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

/// Levels by rule, from `[rules]` or `[kinds.<name>.rules]`.
pub(super) fn read_levels(reader: &Reader<'_>, rules: &Table) -> BTreeMap<Spanned<String>, Level> {
    const LEVELS: &[(&str, Level)] = &[("allow", Level::Allow), ("warn", Level::Warn), ("deny", Level::Deny)];
    let mut levels = BTreeMap::new();
    for entry in &rules.entries {
        let word = match &entry.value.data {
            Data::Scalar(_, text) => text.as_str(),
            Data::List(_) | Data::Table(_) => "",
        };
        if let Some((_, level)) = LEVELS.iter().find(|(name, _)| *name == word) {
            levels.insert(entry.key.clone(), *level);
            continue;
        }
        let near = nearest(word, LEVELS.iter().map(|(name, _)| *name));
        let help = near.map_or("write `allow`, `warn` or `deny`".to_owned(), |near| format!("did you mean `{near}`?"));
        let written = if word.is_empty() { entry.value.describe().to_owned() } else { format!("`{word}`") };
        reader.reject(entry.value.span, format!("the level of `{}` is {written}", entry.key.value), help);
    }
    levels
}
