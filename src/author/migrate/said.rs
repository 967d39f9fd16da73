//! What a record says of itself, whatever its form: the same before a record is moved to another form and after.

use crate::date::Date;
use crate::record::{Record, Reference, RelationKind};
use crate::text::Spanned;
use std::collections::BTreeSet;

/// Where the other record of a relation goes by another name, its name in a head: `ADR-0002` for `0002-use-sqlite.md`.
pub(super) type Naming<'a> = &'a dyn Fn(&str) -> String;

/// What a record says of itself.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Said {
    pub(super) kind: String,
    pub(super) id: Option<String>,
    pub(super) title: String,
    pub(super) status: Option<String>,
    /// Days since when the status holds.
    pub(super) since: Vec<Date>,
    pub(super) created: Option<Date>,
    pub(super) updated: Option<Date>,
    pub(super) summary: Option<String>,
    pub(super) driver: Option<String>,
    pub(super) approver: Vec<String>,
    pub(super) contributors: Vec<String>,
    pub(super) informed: Vec<String>,
    pub(super) consulted: Vec<String>,
    pub(super) tags: Vec<String>,
    pub(super) tracking: Vec<String>,
    /// In the order of their kinds; the part and the day where they are named.
    pub(super) relations: BTreeSet<(RelationKind, String, Option<String>, Option<Date>)>,
    /// Statuses that are stated once more elsewhere.
    pub(super) restated: BTreeSet<String>,
}

impl Said {
    /// What a record says.
    pub(super) fn by(record: &Record, naming: Naming<'_>) -> Said {
        let front = &record.front;
        let daci = front.daci.as_ref().map(|daci| daci.value.clone()).unwrap_or_default();
        let words = |spanned: &[Spanned<String>]| spanned.iter().map(|word| word.value.clone()).collect();
        let since: Vec<Date> = match record.status_days.as_slice() {
            [] => front.history.iter().filter_map(|row| row.value.on.as_ref()).map(|day| day.value).collect(),
            days => days.iter().map(|day| day.value).collect(),
        };
        let relation = |reference: &Reference| {
            // A day that the status names as well is said once.
            let on = reference.on.map(|on| on.value).filter(|on| !since.contains(on));
            (reference.kind, naming(&reference.target.value), reference.part.clone(), on)
        };
        let relations = record.references.iter().map(relation).collect();
        Said {
            kind: record.kind.name.clone(),
            id: record.id.as_ref().map(|id| id.value.to_string()),
            title: record.title.clone(),
            status: record.status.as_ref().map(|status| status.name.clone()),
            since,
            created: front.created.map(|day| day.value),
            updated: front.updated.map(|day| day.value),
            summary: front.summary.as_ref().map(|summary| summary.value.clone()),
            driver: daci.driver.map(|who| who.value),
            approver: words(&daci.approver),
            contributors: words(&daci.contributors),
            informed: words(&daci.informed),
            consulted: front.consulted.iter().filter_map(|row| Some(row.value.who.as_ref()?.value.clone())).collect(),
            tags: words(&front.tags),
            tracking: words(&front.tracking),
            relations,
            restated: record.restated.iter().map(|status| status.raw.value.clone()).collect(),
        }
    }

    /// Names the first thing that the two do not say alike; a status that is no longer stated twice is no loss.
    pub(super) fn difference(&self, after: &Said) -> Option<&'static str> {
        let same = [
            ("kind", self.kind == after.kind),
            ("id", self.id == after.id),
            ("title", self.title == after.title),
            ("status", self.status == after.status),
            ("day of creation", self.created == after.created),
            ("day of the last change", self.updated == after.updated),
            ("summary", self.summary == after.summary),
            ("driver", self.driver == after.driver),
            ("approver", self.approver == after.approver),
            ("contributors", self.contributors == after.contributors),
            ("list of those to be informed", self.informed == after.informed),
            ("list of those consulted", self.consulted == after.consulted),
            ("tags", self.tags == after.tags),
            ("tracking", self.tracking == after.tracking),
            ("relations", self.relations == after.relations),
            ("day of the status", self.since == after.since),
            ("status in the text", after.restated.is_subset(&self.restated)),
        ];
        same.into_iter().find(|(_, same)| !same).map(|(name, _)| name)
    }
}
