//! The registers, and what each is about.

use crate::page::route::Route;

/// A register: what of many records is looked after in one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::page) enum Sort {
    /// Decisions that cannot be walked back.
    Doors,
    /// How the organisation would leave what it buys.
    Exits,
    /// What is being taken away.
    Deprecations,
    /// What was promised in figures.
    Metrics,
    /// What was left for later on purpose.
    Debts,
    /// Exceptions with an end.
    Waivers,
    /// Disagreements that were taken upstairs.
    Escalations,
}

impl Sort {
    /// All registers, in the order in which readers find them.
    pub(in crate::page) const ALL: [Sort; 7] =
        [Sort::Doors, Sort::Exits, Sort::Deprecations, Sort::Metrics, Sort::Debts, Sort::Waivers, Sort::Escalations];

    /// Where it begins.
    pub(in crate::page) fn route(self) -> Route {
        let address = match self {
            Sort::Doors => "one-way.html",
            Sort::Exits => "log/register/exit-strategies.html",
            Sort::Deprecations => "log/register/deprecations.html",
            Sort::Metrics => "log/register/metrics.html",
            Sort::Debts => "log/register/debt.html",
            Sort::Waivers => "log/register/waivers.html",
            Sort::Escalations => "log/register/escalations.html",
        };
        Route(address.to_owned())
    }

    /// Its title.
    pub(in crate::page) fn title(self) -> &'static str {
        match self {
            Sort::Doors => "One-way doors",
            Sort::Exits => "Exit strategies",
            Sort::Deprecations => "Deprecations",
            Sort::Metrics => "Success metrics",
            Sort::Debts => "Deliberate debt",
            Sort::Waivers => "Waivers",
            Sort::Escalations => "Escalations",
        }
    }

    /// One sentence about it.
    pub(in crate::page) fn lede(self) -> &'static str {
        match self {
            Sort::Doors => "Decisions that are hard or impossible to walk back.",
            Sort::Exits => "How we would leave what we buy or lean on, and the price at which we should.",
            Sort::Deprecations => "What is being taken away: its dates, its brownouts, and who has yet to move.",
            Sort::Metrics => "What was promised in figures, when it is looked at, and what came of it.",
            Sort::Debts => "What was left for later on purpose, and when it is to be paid back.",
            Sort::Waivers => "Exceptions that were asked for or granted, and when they end.",
            Sort::Escalations => "Disagreements that need authority above both sides.",
        }
    }

    /// What would be here, for a register without entries.
    pub(in crate::page) fn empty(self) -> &'static str {
        match self {
            Sort::Doors => {
                "No decision that stands is marked `door = \"one-way\"`. Each one that is will be listed here."
            }
            Sort::Exits => {
                "No record buys, partners or leans on a vendor. Those with `sourcing = \"buy\"` or `\"partner\"`, and those \
                 with a section on their exit, will be listed here."
            }
            Sort::Deprecations => "Nothing is being taken away. Each deprecation will be listed here with its dates.",
            Sort::Metrics => "No record promises a figure. Each `[[metric]]` of a record will be listed here.",
            Sort::Debts => "No debt is on record. Each `[[debt]]` of a record will be listed here.",
            Sort::Waivers => {
                "No exception is on record. Each waiver, and each record that expires, will be listed here."
            }
            Sort::Escalations => "No disagreement is on record. Each escalation will be listed here.",
        }
    }

    /// Its columns, behind the state and the record.
    pub(in crate::page) fn columns(self) -> &'static [&'static str] {
        match self {
            Sort::Doors => &["Why it is hard to walk back", "Owner", "Signed by", "Decided"],
            Sort::Exits => &["How we would leave", "Walk-away price", "Cost as chosen", "Owner"],
            Sort::Deprecations => &["Replaced by", "Announced", "Brownouts", "Sunset", "Still to move", "Owner"],
            Sort::Metrics => &["Metric", "Target", "Actual", "Due", "Owner"],
            Sort::Debts => &["What was left", "Ticket", "Due", "Owner"],
            Sort::Waivers => &["Reason", "Expires", "Owner"],
            Sort::Escalations => &["Disagreement", "Raised", "Decides"],
        }
    }

    /// What its late entries are, as words that follow their number.
    pub(in crate::page) fn late(self, count: usize) -> &'static str {
        let (one, many) = match self {
            Sort::Doors => ("one-way door lacks a sign-off", "one-way doors lack a sign-off"),
            Sort::Exits => ("dependency has no exit strategy", "dependencies have no exit strategy"),
            Sort::Deprecations => ("deprecation is behind its dates", "deprecations are behind their dates"),
            Sort::Metrics => ("metric was not measured in time", "metrics were not measured in time"),
            Sort::Debts => ("debt is overdue", "debts are overdue"),
            Sort::Waivers => ("waiver has expired", "waivers have expired"),
            Sort::Escalations => ("escalation has been open for too long", "escalations have been open for too long"),
        };
        if count == 1 { one } else { many }
    }
}
