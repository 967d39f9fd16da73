//! Kinds of record as data.

use crate::config::Kind;
use crate::page::Route;
use serde::Serialize;

/// A kind of record, and the statuses it knows.
#[derive(Serialize)]
pub(super) struct KindData<'a> {
    name: &'a str,
    label: &'a str,
    plural: &'a str,
    summary: &'a str,
    prefix: &'a str,
    /// The page that lists its records; `null` for chapters.
    address: Option<String>,
    statuses: Vec<StatusData<'a>>,
}

#[derive(Serialize)]
struct StatusData<'a> {
    name: &'a str,
    label: &'a str,
    decision: &'static str,
    delivery: &'static str,
}

/// A kind, and the page that lists its records.
pub(super) fn kind_data<'a>(kind: &'a Kind, page: Option<&Route>) -> KindData<'a> {
    let statuses = kind.lifecycle.statuses.iter().map(|status| StatusData {
        name: &status.name,
        label: &status.label,
        decision: status.decision.name(),
        delivery: status.delivery.name(),
    });
    KindData {
        name: &kind.name,
        label: &kind.label,
        plural: &kind.plural,
        summary: &kind.summary,
        prefix: &kind.prefix,
        address: page.map(Route::href),
        statuses: statuses.collect(),
    }
}
