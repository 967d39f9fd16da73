//! A kind of record is data.

use super::policy::RuleSetting;
use crate::text::{Location, Spanned, TextHash, nearest};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

/// The status name that is never reached: `from = "never"` takes a built-in section or field away.
pub const NEVER: &str = "never";

/// RFC, ADR, deprecation notice, chapter, or the organisation's own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kind {
    /// Its name in `kind = "…"` and in `[kinds.<name>]`: `rfc`.
    pub name: String,
    /// For readers, singular: `RFC`.
    pub label: String,
    /// For readers, plural: `RFCs`.
    pub plural: String,
    /// One sentence for readers: what a record of this kind is.
    pub summary: String,
    /// Prefix of its ids: `RFC`; empty for a kind without ids (chapters).
    pub prefix: String,
    /// Digits in its ids' numbers: 4 for `RFC-0007`.
    pub width: usize,
    /// Names of folders whose files are of this kind; the first is where `new` writes.
    pub folders: Vec<String>,
    /// The statuses and the steps between them; empty for chapters.
    pub lifecycle: Lifecycle,
    /// Whether it is a short form, for small changes through a two-way door.
    pub lite: bool,
    /// Whether those who contribute are to be spoken to before the review.
    pub consults: bool,
    /// Whether it asks for a decision that should not wait.
    pub escalation: bool,
    /// Sections that it asks for.
    pub sections: Vec<SectionRule>,
    /// Which of them go by which name.
    pub(super) section_names: SectionNames,
    /// Fields that it asks for.
    pub fields: Vec<FieldRule>,
    /// Who must have signed.
    pub sign_offs: Vec<SignOffRule>,
    /// What is said of rules for this kind alone: by rule.
    pub rules: BTreeMap<String, RuleSetting>,
    /// Text of a new record, in place of the one that its sections give.
    pub template: String,
    /// Lines of front matter that a new record shows as comments, in TOML.
    pub head: String,
    /// Text that opens a new record of what was done before it was decided; empty for a kind that has no such form.
    pub retroactive: String,
}

/// The positions of a kind's sections, by the [`section_key`]s of their names; found once for all records.
#[derive(Debug, Default)]
pub(super) struct SectionNames(OnceLock<HashMap<String, Vec<usize>, TextHash>>);

impl Clone for SectionNames {
    /// A copy of a kind may be given other sections, and finds anew.
    fn clone(&self) -> SectionNames {
        SectionNames::default()
    }
}

impl PartialEq for SectionNames {
    /// They follow from the sections, which are compared by themselves.
    fn eq(&self, _: &SectionNames) -> bool {
        true
    }
}

/// The statuses a record may hold, and the steps between them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lifecycle {
    /// In the order of the main path; off-ramps after it.
    pub statuses: Vec<Arc<Status>>,
    /// Allowed steps, by status name.
    pub transitions: Vec<(String, String)>,
}

/// Where a record stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// Its name: `formal-review`.
    pub name: String,
    /// For readers: `Formal review`.
    pub label: String,
    /// Other spellings that mean it.
    pub synonyms: Vec<String>,
    /// What it says about the decision.
    pub decision: Decision,
    /// What it says about the delivery.
    pub delivery: Delivery,
    /// Position on the main path from 0, shared by statuses that stand beside each other; `None` for an off-ramp.
    pub step: Option<usize>,
}

/// The decision, on one scale for every kind and format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Decision {
    /// Being written.
    Draft,
    /// Put forward, under review.
    InReview,
    /// In force.
    Accepted,
    /// Turned down.
    Rejected,
    /// Taken back by its author.
    Withdrawn,
    /// Put off.
    Deferred,
    /// No longer advised.
    Deprecated,
    /// Replaced by another record.
    Superseded,
}

/// The delivery of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Delivery {
    /// Nothing built yet, or nothing to build.
    NotStarted,
    /// Being built.
    InProgress,
    /// Done.
    Complete,
    /// Given up.
    Abandoned,
}

/// A section that a kind asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct SectionRule {
    /// Its name: `Alternatives Considered`.
    pub name: String,
    /// Other headings that will do.
    pub synonyms: Vec<String>,
    /// Words of which one in a heading will do as well, in lower case.
    pub words: Vec<String>,
    /// The [`section_key`]s of its name and of its synonyms, in this order, made once for all records.
    pub keys: Vec<String>,
    /// The status from which it is asked for.
    pub from: String,
    /// When it is asked for; always when empty, else when any of the conditions holds.
    pub when: Vec<Condition>,
    /// What it has to say, for the template and for help; one sentence.
    pub guidance: String,
    /// What a good one says, for the template; an example.
    pub good: String,
    /// What stands under its heading in a new record, to be filled in.
    pub form: String,
    /// The rule that reports its absence; empty for `missing-section`.
    pub rule: Spanned<String>,
    /// What may change in it after the decision.
    pub zone: Zone,
    /// How many alternatives it has to give, at least, one of them to do nothing; 0 for any section that gives none.
    pub alternatives: usize,
    /// Where the organisation asks for it; `None` for the built-in rules.
    pub at: Option<Location>,
}

/// What may change in a section once the record is signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Zone {
    /// Nothing: it is the decision.
    #[default]
    Frozen,
    /// Lines may be added.
    AppendOnly,
    /// Anything.
    Live,
}

/// A signature that a kind asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct SignOffRule {
    /// In which role; any one of them will do.
    pub roles: Vec<String>,
    /// The status from which it is asked for.
    pub from: String,
    /// When it is asked for; always when empty.
    pub when: Vec<Condition>,
    /// Where the organisation asks for it; `None` for the built-in rules.
    pub at: Option<Location>,
}

/// A field that a kind asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldRule {
    /// Its key in the front matter; dotted for a key in a table: `daci.approver`.
    pub name: String,
    /// The status from which it is asked for.
    pub from: String,
    /// When it is asked for; always when empty.
    pub when: Vec<Condition>,
    /// The rule that reports its absence; empty for `missing-field`.
    pub rule: Spanned<String>,
    /// Where the organisation asks for it; `None` for the built-in rules.
    pub at: Option<Location>,
}

/// Fields that must each hold one of some values; an empty list of values asks only that the field be there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Condition(pub Vec<(String, Vec<String>)>);

impl Kind {
    /// Whether it is a handbook page: no ids, no lifecycle.
    pub fn is_chapter(&self) -> bool {
        self.lifecycle.statuses.is_empty()
    }

    /// The positions of the sections that go by a [`section_key`].
    pub fn sections_named(&self, key: &str) -> &[usize] {
        let names = self.section_names.0.get_or_init(|| {
            let mut names: HashMap<String, Vec<usize>, TextHash> = HashMap::default();
            for (position, section) in self.sections.iter().enumerate() {
                section.keys.iter().for_each(|key| names.entry(key.clone()).or_default().push(position));
            }
            names
        });
        names.get(key).map_or(&[], Vec::as_slice)
    }

    /// Whether files in a folder of this name are of this kind.
    pub fn is_of_folder(&self, name: &str) -> bool {
        self.folders.iter().any(|folder| folder.eq_ignore_ascii_case(name))
    }
}

/// What to tell somebody who names a kind that is none of `names`: the nearest, or all.
pub fn kind_advice<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.into_iter().collect();
    match nearest(word, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the kinds are {}; add your own under `[kinds]` in precedent.toml", names.join(", ")),
    }
}

impl Decision {
    /// Every decision with its name in settings, data and style sheets.
    pub const ALL: &'static [(&'static str, Decision)] = &[
        ("draft", Decision::Draft),
        ("in-review", Decision::InReview),
        ("accepted", Decision::Accepted),
        ("rejected", Decision::Rejected),
        ("withdrawn", Decision::Withdrawn),
        ("deferred", Decision::Deferred),
        ("deprecated", Decision::Deprecated),
        ("superseded", Decision::Superseded),
    ];

    /// Its name: `in-review`.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, decision)| *decision == self).map_or("", |(name, _)| name)
    }
}

impl Delivery {
    /// Every delivery with its name in settings, data and style sheets.
    pub const ALL: &'static [(&'static str, Delivery)] = &[
        ("not-started", Delivery::NotStarted),
        ("in-progress", Delivery::InProgress),
        ("complete", Delivery::Complete),
        ("abandoned", Delivery::Abandoned),
    ];

    /// Its name: `not-started`.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, delivery)| *delivery == self).map_or("", |(name, _)| name)
    }
}

impl Status {
    /// What it says of the decision and of its delivery, in a few words: `in force, and being carried out`.
    pub fn meaning(&self) -> String {
        let decision = match self.decision {
            Decision::Draft => "being written",
            Decision::InReview => "under review",
            Decision::Accepted => "in force",
            Decision::Rejected => "turned down",
            Decision::Withdrawn => "taken back",
            Decision::Deferred => "put off",
            Decision::Deprecated => "no longer advised",
            Decision::Superseded => "replaced by another record",
        };
        match self.delivery {
            Delivery::NotStarted => decision.to_owned(),
            Delivery::InProgress => format!("{decision}, and being carried out"),
            Delivery::Complete => format!("{decision}, and carried out"),
            Delivery::Abandoned => format!("{decision}, and its delivery given up"),
        }
    }
}

impl Lifecycle {
    /// The status that a word names, by name or synonym, without regard to case, blanks, `-` and `_`.
    pub fn status(&self, word: &str) -> Option<&Arc<Status>> {
        let is_named = |name: &String| plain(name).eq(plain(word));
        let is_meant = |status: &&Arc<Status>| {
            is_named(&status.name) || is_named(&status.label) || status.synonyms.iter().any(is_named)
        };
        // Most say the name itself.
        let exact = self.statuses.iter().find(|status| status.name == word);
        exact.or_else(|| self.statuses.iter().find(is_meant))
    }

    /// A word that names a status by a synonym, as it is written; `None` where it is the status's own name or label, or says
    /// more than a name.
    pub fn own_word<'a>(&self, status: &Status, word: &'a str) -> Option<&'a str> {
        let word = word.trim();
        let is_named = |name: &String| plain(name).eq(plain(word));
        let is_synonym = !is_named(&status.name) && !is_named(&status.label) && status.synonyms.iter().any(is_named);
        is_synonym.then_some(word)
    }

    /// The statuses that one may lead to, in the order in which the kind lists its steps.
    pub fn next<'a>(&'a self, from: &'a Status) -> impl Iterator<Item = &'a Arc<Status>> {
        let steps = self.transitions.iter().filter(|(one, _)| *one == from.name);
        steps.filter_map(|(_, to)| self.statuses.iter().find(|status| status.name == *to))
    }

    /// The name of the status most like a word that names none.
    pub fn nearest(&self, word: &str) -> Option<&str> {
        let names = self.statuses.iter().flat_map(|status| {
            std::iter::once((status.name.as_str(), status))
                .chain(status.synonyms.iter().map(move |name| (name.as_str(), status)))
        });
        let names: Vec<_> = names.collect();
        // A slip seldom adds letters at the start: `removed` is no slip of `moved`.
        let is_slip = |near: &&str| !word.to_lowercase().ends_with(near) || word.len() < near.len() + 2;
        let near = nearest(word, names.iter().map(|(name, _)| *name)).filter(is_slip)?;
        names.iter().find(|(name, _)| *name == near).map(|(_, status)| status.name.as_str())
    }

    /// Whether a record in `status` has come as far as `from`; off-ramps have come as far as the first status only.
    pub fn reached(&self, status: &Status, from: &str) -> bool {
        let step = |name: &str| self.statuses.iter().find(|status| status.name == name).and_then(|status| status.step);
        match step(from) {
            Some(from) => status.step.unwrap_or(0) >= from,
            None => status.name == from,
        }
    }
}

impl SignOffRule {
    /// Whether a signature in this role is one that is asked for.
    pub fn takes(&self, role: &str) -> bool {
        self.roles.iter().any(|asked| is_same_role(asked, role))
    }
}

/// Whether two names of roles mean one; they are compared by their letters: `Principal Engineer` is `principal-engineer`.
pub fn is_same_role(one: &str, other: &str) -> bool {
    let letters = |role: &'_ str| -> String {
        role.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    letters(one) == letters(other)
}

impl Kind {
    /// Whether somebody who writes this word means the kind: its name, its label, or what opens its ids, in any case.
    pub fn goes_by(&self, word: &str) -> bool {
        let names = [&self.name, &self.label, &self.prefix];
        names.into_iter().any(|name| !name.is_empty() && name.eq_ignore_ascii_case(word))
    }
}

/// How sections' names are compared: letters and digits alone, in lower case, `&` as `and`, one or several of a thing alike.
pub fn section_key(name: &str) -> String {
    // Most names are plain letters, for which the rule is short.
    let mut key = match name.is_ascii() && !name.contains('&') {
        true => name.to_ascii_lowercase(),
        false => section_letters(name).collect(),
    };
    if key.bytes().any(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric()) {
        key.retain(char::is_alphanumeric);
    }
    if key.ends_with('s') {
        key.pop();
    }
    key
}

/// What of a section's name, or of a text, counts when they are compared.
pub fn section_letters(text: &str) -> impl Iterator<Item = char> {
    let and = |c| if c == '&' { ('a', "nd") } else { (c, "") };
    let spelt = text.chars().map(and).flat_map(|(first, rest)| std::iter::once(first).chain(rest.chars()));
    spelt.filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// Lower case, without blanks, `-` and `_`: how names are compared.
fn plain(word: &str) -> impl Iterator<Item = char> {
    word.chars().filter(|c| !c.is_whitespace() && *c != '-' && *c != '_').flat_map(char::to_lowercase)
}
