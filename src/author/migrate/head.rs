//! The keys of a head that a record gets when it is moved to another form.

use super::super::literal::Literal;
use super::said::Said;
use crate::date::Date;
use crate::record::RelationKind;

/// What a key holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Holds {
    /// One value.
    One(Literal),
    /// Words in a list.
    Words(Vec<String>),
    /// A table of such values.
    Table(Vec<(&'static str, Holds)>),
    /// The only row of a list of tables.
    Row(Vec<(&'static str, Holds)>),
}

impl Holds {
    fn day(day: Date) -> Holds {
        Holds::One(Literal::day(day))
    }

    /// As it stands behind its key on one line.
    pub(super) fn inline(&self, is_toml: bool) -> String {
        match self {
            Holds::One(value) if is_toml => value.toml(""),
            Holds::One(value) => value.yaml(""),
            Holds::Words(words) => {
                let words: Vec<String> = words.iter().map(|word| Literal::text(word).toml("")).collect();
                format!("[{}]", words.join(", "))
            }
            Holds::Table(_) | Holds::Row(_) => String::new(),
        }
    }
}

/// A key and what it holds.
pub(super) type Pair = (&'static str, Holds);

/// Everything that a record says, as keys of this tool, in the order in which people read them.
pub(super) fn native(said: &Said) -> Vec<Pair> {
    let text = |text: &String| Holds::One(Literal::text(text));
    let mut pairs: Vec<Pair> = vec![("title", text(&said.title)), ("kind", text(&said.kind))];
    pairs.extend(said.id.as_ref().map(|id| ("id", text(id))));
    pairs.extend(said.summary.as_ref().map(|summary| ("summary", text(summary))));
    pairs.extend(said.status.as_ref().map(|status| ("status", text(status))));
    pairs.extend(said.created.map(|day| ("created", Holds::day(day))));
    pairs.extend(said.updated.map(|day| ("updated", Holds::day(day))));
    pairs.extend(words("tags", &said.tags));
    pairs.extend(words("tracking", &said.tracking));
    pairs.extend(relations(said));
    pairs.extend(words("consulted", &said.consulted));
    let mut daci: Vec<Pair> = Vec::new();
    daci.extend(said.driver.as_ref().map(|who| ("driver", text(who))));
    match said.approver.as_slice() {
        [only] => daci.push(("approver", text(only))),
        several => daci.extend(words("approver", several)),
    }
    daci.extend(words("contributors", &said.contributors));
    daci.extend(words("informed", &said.informed));
    if !daci.is_empty() {
        pairs.push(("daci", Holds::Table(daci)));
    }
    if let (Some(status), [day]) = (&said.status, said.since.as_slice()) {
        pairs.push(("history", Holds::Row(vec![("status", text(status)), ("on", Holds::day(*day))])));
    }
    pairs
}

/// Everything that a record says, as keys of MADR and those that its readers bear with; `status` in the words that are given.
pub(super) fn madr(said: &Said, status: Option<String>) -> Vec<Pair> {
    let text = |text: &String| Holds::One(Literal::text(text));
    let mut pairs: Vec<Pair> = vec![("title", text(&said.title)), ("kind", text(&said.kind))];
    pairs.extend(said.id.as_ref().map(|id| ("id", text(id))));
    pairs.extend(status.map(|status| ("status", Holds::One(Literal::text(status)))));
    pairs.extend(said.created.map(|day| ("date", Holds::day(day))));
    pairs.extend(said.updated.map(|day| ("updated", Holds::day(day))));
    pairs.extend(words("decision-makers", &said.approver));
    pairs.extend(words("consulted", &said.consulted));
    pairs.extend(words("informed", &said.informed));
    pairs.extend(said.driver.as_ref().map(|who| ("author", text(who))));
    pairs.extend(words("reviewers", &said.contributors));
    pairs.extend(words("tags", &said.tags));
    pairs.extend(said.summary.as_ref().map(|summary| ("description", text(summary))));
    pairs.extend(relations(said));
    pairs
}

fn words(key: &'static str, words: &[String]) -> Option<Pair> {
    (!words.is_empty()).then(|| (key, Holds::Words(words.to_vec())))
}

/// The relations of a record by their keys. A part of the record's own and a day have no place there.
fn relations(said: &Said) -> Vec<Pair> {
    let written = RelationKind::ALL.iter().filter(|(kind, ..)| *kind != RelationKind::ReplacedBy);
    let of_kind = |(kind, key, ..): &(RelationKind, &'static str, &str, &str)| {
        let targets = said.relations.iter().filter(|(of, ..)| of == kind).map(|(_, target, ..)| target.clone());
        words(key, &targets.collect::<Vec<String>>())
    };
    written.filter_map(of_kind).collect()
}

/// The lines of some pairs: those for the top of a head, and those that come behind all of its keys.
pub(super) fn lines(pairs: &[Pair], is_toml: bool) -> (String, String) {
    let (mut top, mut tables) = (String::new(), String::new());
    let is = if is_toml { " = " } else { ": " };
    for (key, holds) in pairs {
        let (Holds::Table(inner) | Holds::Row(inner)) = holds else {
            top.push_str(&format!("{key}{is}{}\n", holds.inline(is_toml)));
            continue;
        };
        let is_row = matches!(holds, Holds::Row(_));
        let values: Vec<String> =
            inner.iter().map(|(key, value)| format!("{key}{is}{}\n", value.inline(is_toml))).collect();
        match (is_toml, is_row) {
            (true, false) => tables.push_str(&format!("\n[{key}]\n{}", values.concat())),
            (true, true) => tables.push_str(&format!("\n[[{key}]]\n{}", values.concat())),
            (false, false) => tables.push_str(&format!("{key}:\n  {}", values.join("  "))),
            (false, true) => tables.push_str(&format!("{key}:\n  - {}", values.join("    "))),
        }
    }
    (top, tables)
}
