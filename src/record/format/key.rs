//! The names under which formats write what they say of a record, in several languages.

use crate::record::reference::RelationKind;
use crate::text::TextHash;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a field says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// Where it stands.
    Status,
    /// Its title.
    Title,
    /// One sentence about it.
    Summary,
    /// Its number in its series.
    Number,
    /// When it was first written.
    Created,
    /// When it was last changed.
    Updated,
    /// Who wrote it, and moves it forward.
    Authors,
    /// Who decides.
    Deciders,
    /// Who was asked.
    Consulted,
    /// Who gives input.
    Contributors,
    /// Who is told.
    Informed,
    /// Words to find it by.
    Tags,
    /// The ticket or change that carries it.
    Tracking,
    /// What it is to other records.
    Relation(RelationKind),
}

/// Each key with its names, as [`plain`] leaves them.
const NAMES: &[(Key, &[&str])] = &[
    (
        Key::Status,
        &[
            "status",
            "state",
            "adr status",
            "rfc status",
            "decision status",
            "current status",
            "statut",
            "état",
            "estado",
            "stato",
            "zustand",
            "статус",
            "状态",
            "ステータス",
        ],
    ),
    (Key::Title, &["title", "titel", "titre", "título"]),
    (Key::Summary, &["description", "short description", "one line summary"]),
    (
        Key::Number,
        &[
            "adr",
            "adr number",
            "number",
            "rfc",
            "rfc number",
            "proposal",
            "cip",
            "cep",
            "caip",
            "eip",
            "pep",
            "kep number",
            "id",
        ],
    ),
    (
        Key::Created,
        &[
            "date",
            "created",
            "created on",
            "created at",
            "date created",
            "creation date",
            "start date",
            "decision date",
            "date of decision",
            "date proposed",
            "submitted",
            "datum",
            "erstellt",
            "erstellt am",
            "date de décision",
            "date de création",
            "créé le",
            "fecha",
            "fecha de creación",
            "data",
            "data de criação",
        ],
    ),
    (
        Key::Updated,
        &[
            "updated",
            "last updated",
            "updated on",
            "last modified",
            "modified",
            "last change",
            "last changed",
            "revised",
            "geändert",
            "zuletzt geändert",
            "aktualisiert",
            "mis à jour",
            "dernière modification",
            "actualizado",
            "última actualización",
            "atualizado",
        ],
    ),
    (
        Key::Authors,
        &[
            "author",
            "authors",
            "author s",
            "rfc author",
            "rfc authors",
            "owner",
            "owners",
            "proposer",
            "proposed by",
            "driver",
            "champion",
            "written by",
            "editor",
            "autor",
            "autorin",
            "autoren",
            "auteur",
            "auteurs",
            "autora",
            "autores",
            "verfasser",
        ],
    ),
    (
        Key::Deciders,
        &[
            "decider",
            "deciders",
            "decision maker",
            "decision makers",
            "decision maker s",
            "decided by",
            "approver",
            "approvers",
            "approver s",
            "approved by",
            "entscheider",
            "entscheidende",
            "décideur",
            "décideurs",
            "decisores",
            "responsables de la decisión",
        ],
    ),
    (Key::Consulted, &["consulted", "konsultiert", "consultés", "consultados"]),
    (
        Key::Contributors,
        &["contributor", "contributors", "reviewer", "reviewers", "review manager", "participants", "stakeholders"],
    ),
    (Key::Informed, &["informed", "informiert", "informés", "informados"]),
    (Key::Tags, &["tags", "tag", "labels", "keywords", "schlagwörter", "etiquetas"]),
    (
        Key::Tracking,
        &[
            "rfc pr",
            "tracking issue",
            "rust issue",
            "react issue",
            "issue",
            "implementation pr",
            "technical story",
            "ticket",
            "jira",
            "epic",
            "related issue",
        ],
    ),
];

/// Phrases that say what one record is to another, as [`plain`] leaves them; `superseded by` and the like are said by the other end.
const RELATIONS: &[(&str, RelationKind)] = &[
    ("supersedes", RelationKind::Supersedes),
    ("supercedes", RelationKind::Supersedes),
    ("superseeds", RelationKind::Supersedes),
    ("replaces", RelationKind::Supersedes),
    ("obsoletes", RelationKind::Supersedes),
    ("ersetzt", RelationKind::Supersedes),
    ("remplace", RelationKind::Supersedes),
    ("reemplaza a", RelationKind::Supersedes),
    ("substitui", RelationKind::Supersedes),
    ("superseded by", RelationKind::SupersededBy),
    ("superceded by", RelationKind::SupersededBy),
    ("superseded entirely by", RelationKind::SupersededBy),
    ("superceded entirely by", RelationKind::SupersededBy),
    ("replaced by", RelationKind::SupersededBy),
    ("replaced entirely by", RelationKind::SupersededBy),
    ("obsoleted by", RelationKind::SupersededBy),
    ("moved to", RelationKind::SupersededBy),
    ("superseded", RelationKind::SupersededBy),
    ("ersetzt durch", RelationKind::SupersededBy),
    ("abgelöst durch", RelationKind::SupersededBy),
    ("remplacé par", RelationKind::SupersededBy),
    ("remplacée par", RelationKind::SupersededBy),
    ("reemplazado por", RelationKind::SupersededBy),
    ("reemplazada por", RelationKind::SupersededBy),
    ("substituído por", RelationKind::SupersededBy),
    ("substituída por", RelationKind::SupersededBy),
    ("amends", RelationKind::Amends),
    ("updates", RelationKind::Amends),
    ("extends", RelationKind::Amends),
    ("amended by", RelationKind::AmendedBy),
    ("updated by", RelationKind::AmendedBy),
    ("extended by", RelationKind::AmendedBy),
    ("implements", RelationKind::Implements),
    ("resolves", RelationKind::Resolves),
    ("depends on", RelationKind::DependsOn),
    ("requires", RelationKind::DependsOn),
    ("deprecated by", RelationKind::RelatesTo),
    ("clarifies", RelationKind::RelatesTo),
    ("clarified by", RelationKind::RelatesTo),
    ("refines", RelationKind::RelatesTo),
    ("refined by", RelationKind::RelatesTo),
    ("relates to", RelationKind::RelatesTo),
    ("related to", RelationKind::RelatesTo),
    ("related", RelationKind::RelatesTo),
    ("related adr", RelationKind::RelatesTo),
    ("related adrs", RelationKind::RelatesTo),
    ("related records", RelationKind::RelatesTo),
    ("related decisions", RelationKind::RelatesTo),
    ("see also", RelationKind::RelatesTo),
];

/// The longest name in bytes, with room for the dress of a key.
pub(super) const LONGEST: usize = 40;

impl Key {
    /// The key that a name means.
    pub fn named(name: &str) -> Option<Key> {
        if name.len() > LONGEST {
            return None;
        }
        // Asked of every heading and of every line above the text.
        static KNOWN: LazyLock<HashMap<&str, Key, TextHash>> = LazyLock::new(|| {
            let relations = RELATIONS.iter().map(|(phrase, kind)| (*phrase, Key::Relation(*kind)));
            let names = NAMES.iter().flat_map(|(key, names)| names.iter().map(move |name| (*name, *key)));
            relations.chain(names).collect()
        });
        KNOWN.get(plain(name).as_str()).copied()
    }

    /// What a phrase says of two records, when it is one that is known.
    pub(super) fn relation(phrase: &str) -> Option<RelationKind> {
        match Key::named(phrase)? {
            Key::Relation(kind) => Some(kind),
            _ => None,
        }
    }
}

/// The phrases that say within a status what one record is to another.
pub(super) fn phrases() -> impl Iterator<Item = (&'static str, RelationKind)> {
    RELATIONS.iter().filter(|(phrase, _)| *phrase != "superseded" && !phrase.starts_with("related")).copied()
}

/// Words in lower case with one blank between them, without the marks around and between them.
pub(super) fn plain(name: &str) -> String {
    let mut words = String::with_capacity(name.len());
    let mut is_apart = false;
    for c in name.chars() {
        if !c.is_alphanumeric() {
            is_apart = !words.is_empty();
            continue;
        }
        if std::mem::take(&mut is_apart) {
            words.push(' ');
        }
        match c.is_ascii() {
            true => words.push(c.to_ascii_lowercase()),
            false => words.extend(c.to_lowercase()),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_known_in_any_dress() {
        for (name, key) in [
            ("Status", Key::Status),
            ("Decision-Makers", Key::Deciders),
            ("Author(s)", Key::Authors),
            ("last_modified", Key::Updated),
            ("Superseded-By", Key::Relation(RelationKind::SupersededBy)),
            ("Fecha", Key::Created),
        ] {
            assert_eq!(Key::named(name), Some(key), "{name}");
        }
        for name in ["status quo", "note", "", "the date on which a decision of this sort was made"] {
            assert_eq!(Key::named(name), None, "{name}");
        }
    }

    #[test]
    fn names_are_written_as_they_are_compared() {
        let names = NAMES.iter().flat_map(|(_, names)| names.iter().copied());
        for name in names.chain(RELATIONS.iter().map(|(phrase, _)| *phrase)) {
            assert_eq!(plain(name), name);
            assert!(name.len() <= LONGEST);
        }
    }
}
