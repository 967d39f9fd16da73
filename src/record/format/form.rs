//! The forms in which records are kept, and what each can say.

use crate::config::SectionRule;

/// In which form a record says what it says of itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// A head of TOML or YAML with this tool's keys: it can say everything.
    Native,
    /// MADR 3 and 4: a head of YAML with `status`, `date`, `deciders` or `decision-makers`.
    Madr,
    /// EIP and its like: `key: value` lines between `---`, with the number, authors and discussion of a proposal.
    Proposal,
    /// A KEP: `kep-number`, `owning-sig` and the like in a head of YAML, or in `kep.yaml` beside the text.
    Kep,
    /// `Key: value` lines at the start, as in a mail: PEP and its like.
    Headers,
    /// A list above the text: MADR 2, log4brains, the RFCs of Rust, React, Ember and Swift.
    Bullets,
    /// A Markdown table above the text.
    Table,
    /// An HTML table above the text.
    HtmlTable,
    /// Lines such as `**Status:** Accepted`.
    Lines,
    /// A section for each thing, `## Status` first of all: Nygard, adr-tools.
    Sections,
    /// Nothing is said at all, or only by the folder and the file's name.
    #[default]
    Bare,
}

/// Sections that a form of its own accord has; a form that is not listed has those of its kind.
const SECTIONS: &[(Format, &[&str])] = &[
    (Format::Madr, &["Context", "Decision", "Alternatives Considered"]),
    (Format::Proposal, &["Summary", "Proposal"]),
    (Format::Kep, &["Summary", "Motivation", "Proposal"]),
    (Format::Headers, &["Summary", "Proposal"]),
    (Format::Bullets, &["Context", "Decision", "Summary", "Motivation", "Proposal", "Alternatives Considered"]),
    (Format::Table, &["Context", "Decision", "Summary", "Proposal"]),
    (Format::HtmlTable, &["Context", "Decision", "Summary", "Proposal"]),
    (Format::Lines, &["Context", "Decision", "Consequences", "Summary", "Proposal"]),
    (Format::Sections, &["Context", "Decision", "Consequences", "Summary", "Proposal"]),
    (Format::Bare, &["Context", "Decision", "Summary", "Proposal"]),
];

impl Format {
    /// The form's name for programs: `html-table`.
    pub fn name(self) -> &'static str {
        match self {
            Format::Native => "native",
            Format::Madr => "madr",
            Format::Proposal => "proposal",
            Format::Kep => "kep",
            Format::Headers => "headers",
            Format::Bullets => "bullets",
            Format::Table => "table",
            Format::HtmlTable => "html-table",
            Format::Lines => "lines",
            Format::Sections => "sections",
            Format::Bare => "bare",
        }
    }

    /// Whether the form can say all that the process asks for: rules about what it cannot say are silent, unless the organisation
    /// sets them itself.
    pub fn is_native(self) -> bool {
        self == Format::Native
    }

    /// Whether records of this form have a title of their own: the lists above the RFCs of Rust and React stand in its place.
    pub fn has_title(self) -> bool {
        self != Format::Bullets
    }

    /// Whether records of this form have a section of their own accord; one that the organisation asks for itself is asked of all.
    pub fn has_section(self, rule: &SectionRule) -> bool {
        let own = SECTIONS.iter().find(|(form, _)| *form == self).map(|(_, names)| *names);
        rule.at.is_some() || own.is_none_or(|names| names.contains(&rule.name.as_str()))
    }

    /// Whether a word that this form defines means something else in it than elsewhere: what it means.
    pub(in crate::record) fn own_status(self, word: &str) -> Option<&'static str> {
        let word = word.to_ascii_lowercase();
        match (self, word.as_str()) {
            (Format::Kep, "provisional") => Some("draft"),
            (Format::Kep, "implementable") => Some("accepted"),
            _ => None,
        }
    }
}
