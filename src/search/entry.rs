//! One page as the index knows it.

/// A page that can be found: a record, a chapter, a rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its address below the site's root, percent-encoded.
    pub address: String,
    /// Its id as shown: `RFC-0007`.
    pub id: Option<String>,
    /// The number of its id, where that is all of it besides the prefix.
    pub number: Option<u32>,
    /// Other names that lead straight to it: former ids and addresses, the name of its file.
    pub names: Vec<String>,
    /// Its title.
    pub title: String,
    /// One sentence about it; may be empty.
    pub summary: String,
    /// What it is, as readers know it: `ADR`, `Chapter`, `Rule`.
    pub kind: String,
    /// Whether it explains how records are kept rather than being one: its words weigh less.
    pub aside: bool,
    /// Where it stands.
    pub status: Option<Standing>,
    /// Its door, in words.
    pub door: Option<&'static str>,
    /// Its tags.
    pub tags: Vec<String>,
    /// Whom to ask, by name.
    pub owner: Option<String>,
    /// Everybody with a role in it, by name.
    pub people: Vec<String>,
    /// The day it was made, as `2026-03-02`.
    pub created: Option<String>,
    /// The entries that have taken its place, by their positions.
    pub successors: Vec<usize>,
}

/// Reads the text of an entry, by its position: what stands before the first heading, then what stands under each.
pub type Read<'a> = dyn Fn(usize) -> Vec<Passage> + Sync + 'a;

/// Where a record stands: a word, and what shape and colour it is shown in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The word.
    pub label: String,
    /// The decision as style sheets name it.
    pub decision: &'static str,
    /// The delivery as style sheets name it.
    pub delivery: &'static str,
}

/// A heading and the words under it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    /// Its anchor, percent-encoded; empty for what stands before the first heading.
    pub anchor: String,
    /// The heading; may be empty.
    pub title: String,
    /// The words.
    pub text: String,
}
