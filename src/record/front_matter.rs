//! The head of a record: TOML between `+++` lines or YAML between `---` lines.

use super::decision::{Consulted, Cost, Daci, Debt, Dissent, Door, Metric, Review, Scope, SignOff, Sourcing};
use super::deprecation::Deprecation;
use crate::date::Date;
use crate::text::Spanned;
use crate::value::Table;

/// What the head says, besides id, title, status and relations.
#[derive(Clone, Debug, Default)]
pub struct FrontMatter {
    /// One sentence about the record.
    pub summary: Option<Spanned<String>>,
    /// Whether it can be walked back.
    pub door: Option<Spanned<Door>>,
    /// Why it is a one-way door.
    pub door_reasons: Vec<Spanned<String>>,
    /// How far it reaches.
    pub scope: Option<Spanned<Scope>>,
    /// Where the capability comes from.
    pub sourcing: Option<Spanned<Sourcing>>,
    /// `core` or `context`.
    pub focus: Option<Spanned<String>>,
    /// When it was first written.
    pub created: Option<Spanned<Date>>,
    /// When it was last changed.
    pub updated: Option<Spanned<Date>>,
    /// Words to find it by.
    pub tags: Vec<Spanned<String>>,
    /// Tickets.
    pub tracking: Vec<Spanned<String>>,
    /// A fixed date, where there is one.
    pub deadline: Option<Spanned<Date>>,
    /// When the decision is to be looked at again.
    pub review_by: Option<Spanned<Date>>,
    /// When a waiver ends.
    pub expires: Option<Spanned<Date>>,
    /// Old addresses that lead here.
    pub aliases: Vec<Spanned<String>>,
    /// Order among chapters; lower comes first.
    pub weight: Option<Spanned<i64>>,
    /// Whether it is kept off the published site.
    pub draft: bool,
    /// Who decides.
    pub daci: Option<Spanned<Daci>>,
    /// Who was spoken to.
    pub consulted: Vec<Spanned<Consulted>>,
    /// Pre-read and meeting.
    pub review: Option<Spanned<Review>>,
    /// Agreements.
    pub sign_offs: Vec<Spanned<SignOff>>,
    /// Disagreements.
    pub dissent: Vec<Spanned<Dissent>>,
    /// Measures of success.
    pub metrics: Vec<Spanned<Metric>>,
    /// Deliberate debt.
    pub debts: Vec<Spanned<Debt>>,
    /// Total cost of ownership.
    pub cost: Option<Spanned<Cost>>,
    /// How a thing is taken away.
    pub deprecation: Option<Spanned<Deprecation>>,
    /// The whole head as a tree, for conditions and required fields.
    pub table: Table,
}
