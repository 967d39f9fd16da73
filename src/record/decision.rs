//! Who decides, how, and that they did.

use crate::date::{Date, Moment};
use crate::text::Spanned;
use crate::value::Reader;

/// Whether a decision can be walked back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// It cannot, or only at great cost.
    OneWay,
    /// It can.
    TwoWay,
}

impl Door {
    /// Every door with its name in the front matter, data and style sheets.
    pub const ALL: &'static [(&'static str, Door)] = &[("one-way", Door::OneWay), ("two-way", Door::TwoWay)];

    /// Its name: `one-way`.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, door)| *door == self).map_or("", |(name, _)| name)
    }
}

/// How far a decision reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// One team.
    Team,
    /// The organisation.
    Organisation,
    /// The business.
    Strategic,
}

/// Where a capability comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sourcing {
    /// Written here.
    Build,
    /// Bought from a vendor.
    Buy,
    /// Shared with a partner.
    Partner,
    /// Taken from a platform that the organisation already runs.
    Integrate,
}

/// Driver, approver, contributors, informed; `approver` is a list so that a second one can be found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Daci {
    /// Moves the process forward.
    pub driver: Option<Spanned<String>>,
    /// Decides; exactly one.
    pub approver: Vec<Spanned<String>>,
    /// Give input and data.
    pub contributors: Vec<Spanned<String>>,
    /// Are told afterwards.
    pub informed: Vec<Spanned<String>>,
}

/// Someone spoken to before the review.
#[derive(Clone, Debug, PartialEq)]
pub struct Consulted {
    /// Who.
    pub who: Option<Spanned<String>>,
    /// When.
    pub on: Option<Spanned<Date>>,
    /// `supports`, `neutral`, `concerned`, `opposed`.
    pub stance: Option<Spanned<String>>,
    /// What came of it.
    pub outcome: Option<Spanned<String>>,
}

/// The pre-read went out, then the meeting was held.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Review {
    /// When the pre-read went out.
    pub circulated: Option<Spanned<Moment>>,
    /// When the meeting was held.
    pub held: Option<Spanned<Moment>>,
    /// Fingerprint of the circulated text.
    pub digest: Option<Spanned<String>>,
}

/// An approver agreed to this very text.
#[derive(Clone, Debug, PartialEq)]
pub struct SignOff {
    /// In which role.
    pub role: Option<Spanned<String>>,
    /// Who.
    pub by: Option<Spanned<String>>,
    /// When.
    pub on: Option<Spanned<Date>>,
    /// Fingerprint of the signed text.
    pub digest: Option<Spanned<String>>,
}

/// A step of the record's way: when it came to a status.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// The status it came to.
    pub status: Option<Spanned<String>>,
    /// When.
    pub on: Option<Spanned<Date>>,
}

/// Someone disagreed, and committed.
#[derive(Clone, Debug, PartialEq)]
pub struct Dissent {
    /// Who.
    pub who: Option<Spanned<String>>,
    /// What they would have done.
    pub position: Option<Spanned<String>>,
    /// When they committed.
    pub committed: Option<Spanned<Date>>,
}

/// A measure of success; values are as written, with their units.
#[derive(Clone, Debug, PartialEq)]
pub struct Metric {
    /// What is measured.
    pub name: Option<Spanned<String>>,
    /// Before.
    pub baseline: Option<Spanned<String>>,
    /// The aim.
    pub target: Option<Spanned<String>>,
    /// Where it is read.
    pub source: Option<Spanned<String>>,
    /// When it is to be looked at.
    pub due: Option<Spanned<Date>>,
    /// What was found.
    pub actual: Option<Spanned<String>>,
    /// When it was found.
    pub measured: Option<Spanned<Date>>,
}

/// Debt taken on with a date.
#[derive(Clone, Debug, PartialEq)]
pub struct Debt {
    /// What was left for later.
    pub what: Option<Spanned<String>>,
    /// Its ticket.
    pub ticket: Option<Spanned<String>>,
    /// When it is to be paid.
    pub due: Option<Spanned<Date>>,
    /// When it was.
    pub paid: Option<Spanned<Date>>,
}

impl Daci {
    /// Reads one table.
    pub(super) fn read(table: Reader<'_>) -> Daci {
        let daci = Daci {
            driver: table.text("driver"),
            approver: table.texts("approver"),
            contributors: table.texts("contributors"),
            informed: table.texts("informed"),
        };
        table.finish();
        daci
    }
}

impl Consulted {
    /// Reads one table.
    pub(super) fn read(table: Reader<'_>) -> Consulted {
        const STANCES: &[(&str, &str)] =
            &[("supports", "supports"), ("neutral", "neutral"), ("concerned", "concerned"), ("opposed", "opposed")];
        let consulted = Consulted {
            who: table.text("who"),
            on: table.date("on"),
            stance: table.choice("stance", STANCES).map(|stance| stance.map(str::to_owned)),
            outcome: table.text("outcome"),
        };
        table.finish();
        consulted
    }
}

impl Review {
    /// Reads one table.
    pub(super) fn read(table: Reader<'_>) -> Review {
        let review =
            Review { circulated: table.moment("circulated"), held: table.moment("held"), digest: table.text("digest") };
        table.finish();
        review
    }
}

impl SignOff {
    /// Reads one table.
    pub(super) fn read(table: Reader<'_>) -> SignOff {
        let sign_off = SignOff {
            role: table.text("role"),
            by: table.text("by"),
            on: table.date("on"),
            digest: table.text("digest"),
        };
        table.finish();
        sign_off
    }
}

impl Passage {
    /// Reads one table.
    pub(super) fn read(table: Reader<'_>) -> Passage {
        let passage = Passage { status: table.text("status"), on: table.date("on") };
        table.finish();
        passage
    }
}

impl Dissent {
    /// Reads one table.
    pub(super) fn read(table: Reader<'_>) -> Dissent {
        let dissent =
            Dissent { who: table.text("who"), position: table.text("position"), committed: table.date("committed") };
        table.finish();
        dissent
    }
}

impl Metric {
    /// Reads one table.
    pub(super) fn read(table: Reader<'_>) -> Metric {
        let metric = Metric {
            name: table.text("name"),
            baseline: table.text("baseline"),
            target: table.text("target"),
            source: table.text("source"),
            due: table.date("due"),
            actual: table.text("actual"),
            measured: table.date("measured"),
        };
        table.finish();
        metric
    }
}

impl Debt {
    /// Reads one table.
    pub(super) fn read(table: Reader<'_>) -> Debt {
        let debt = Debt {
            what: table.text("what"),
            ticket: table.text("ticket"),
            due: table.date("due"),
            paid: table.date("paid"),
        };
        table.finish();
        debt
    }
}
