//! What each key of the front matter is: read from its published schema, so that there is one description of it.

use crate::record::FRONT_MATTER_SCHEMA;
use serde_json::Value;
use std::sync::LazyLock;

static SCHEMA: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(FRONT_MATTER_SCHEMA).unwrap_or_default());

/// A key, as the schema describes it.
#[derive(Clone, Copy)]
pub(super) struct Key(&'static Value);

/// What a key holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// One value.
    One,
    /// Several values.
    List,
    /// A table.
    Table,
    /// Several tables.
    Tables,
}

/// The key at a path: `daci.approver`, `metric.name`; empty for the front matter itself.
pub(super) fn key(path: &str) -> Option<Key> {
    let mut parts = path.split('.').filter(|part| !part.is_empty());
    parts.try_fold(Key(&SCHEMA), |key, part| {
        let table = key.inner();
        let named = table.get("properties").and_then(|properties| properties.get(part));
        // Some tables have names of the author's own, such as the options of a cost.
        named.or_else(|| table.get("additionalProperties").filter(|any| any.is_object())).map(Key)
    })
}

/// What a part of the schema leads to, where it names a definition.
fn defined(schema: &'static Value) -> &'static Value {
    let named = schema.get("allOf").and_then(|all| all.get(0)).unwrap_or(schema);
    let path = named.get("$ref").and_then(Value::as_str).and_then(|path| path.strip_prefix('#'));
    path.and_then(|path| SCHEMA.pointer(path)).unwrap_or(named)
}

/// The forms that a value may have.
fn forms(schema: &'static Value) -> Vec<&'static Value> {
    let schema = defined(schema);
    match schema.get("anyOf").and_then(Value::as_array) {
        Some(forms) => forms.iter().map(defined).collect(),
        None => vec![schema],
    }
}

fn has_type(schema: &Value, name: &str) -> bool {
    match schema.get("type") {
        Some(Value::String(only)) => only == name,
        Some(Value::Array(several)) => several.iter().any(|one| one == name),
        _ => false,
    }
}

impl Key {
    /// The schema of what stands in it: of one item where it may be a list.
    fn inner(self) -> &'static Value {
        let forms = forms(self.0);
        let items = forms.iter().find_map(|form| form.get("items")).map(self::forms).unwrap_or_default();
        items.first().or(forms.first()).copied().unwrap_or(self.0)
    }

    /// What it says, in a sentence or two.
    pub(super) fn description(self) -> &'static str {
        let said = self.0.get("description").or_else(|| defined(self.0).get("description"));
        said.and_then(Value::as_str).unwrap_or("")
    }

    /// The values that it takes, where they are given.
    pub(super) fn values(self) -> impl Iterator<Item = &'static str> {
        let given = self.0.get("enum").or_else(|| self.0.get("examples")).and_then(Value::as_array);
        given.into_iter().flatten().filter_map(Value::as_str)
    }

    /// The keys within.
    pub(super) fn names(self) -> impl Iterator<Item = (&'static str, Key)> {
        let properties = self.inner().get("properties").and_then(Value::as_object);
        properties.into_iter().flatten().map(|(name, key)| (name.as_str(), Key(key)))
    }

    /// What it holds.
    pub(super) fn shape(self) -> Shape {
        let is_list = forms(self.0).into_iter().any(|form| has_type(form, "array"));
        match (is_list, has_type(self.inner(), "object")) {
            (true, true) => Shape::Tables,
            (true, false) => Shape::List,
            (false, true) => Shape::Table,
            (false, false) => Shape::One,
        }
    }

    /// Whether it holds a day.
    pub(super) fn is_date(self) -> bool {
        let definitions = ["/definitions/day", "/definitions/moment"];
        definitions.iter().filter_map(|path| SCHEMA.pointer(path)).any(|day| std::ptr::eq(day, self.inner()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_by_their_paths() {
        assert_eq!(key("door").unwrap().values().collect::<Vec<_>>(), ["one-way", "two-way"]);
        assert_eq!(key("door").unwrap().shape(), Shape::One);
        assert_eq!(key("tags").unwrap().shape(), Shape::List);
        assert_eq!(key("daci").unwrap().shape(), Shape::Table);
        assert_eq!(key("metric").unwrap().shape(), Shape::Tables);
        assert_eq!(key("consulted").unwrap().shape(), Shape::Tables);
        assert_eq!(key("door-reasons").unwrap().values().next(), Some("data-storage"));
        assert!(key("metric.due").unwrap().is_date() && !key("metric.name").unwrap().is_date());
        assert!(key("review.held").unwrap().is_date() && key("deprecation.brownouts.start").unwrap().is_date());
        assert!(key("deprecation.consumers.owner").is_some() && key("cost.build.initial").is_some());
        assert!(key("frobnicate").is_none() && key("daci.frobnicate").is_none());
    }
}
