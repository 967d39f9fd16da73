//! The data by which the log's own page narrows itself down in the browser.

// A script rather than JSON, since pages on disk may load the one and not the other. What is most of it, the records, is one
// string with a line for each: a browser reads that at once, and takes it apart in slices.

use super::facet::Facet;
use crate::page::link::Map;
use crate::page::register::day;
use crate::page::route::Route;
use crate::page::view::StatusView;
use crate::text::Digest;
use serde::Serialize;
use std::collections::BTreeMap;

/// The script, and where it will stand: its digest is in its name, so that no page meets another log's data in a cache.
pub(in crate::page) struct FilterData {
    pub(in crate::page) route: Route,
    pub(in crate::page) script: String,
    /// Names of the facets by which no record can be told from another: a log without owners has none to choose from.
    pub(in crate::page) idle: Vec<&'static str>,
}

#[derive(Serialize)]
struct Data<'a> {
    facets: Vec<FacetData<'a>>,
    /// Word, decision and delivery of each status that a record shows.
    statuses: Vec<(String, &'static str, &'static str)>,
    /// A line for each record, with tabs between: id, title, address, created, updated, the place of its status, and for each
    /// facet the places of its values.
    records: String,
}

#[derive(Serialize)]
struct FacetData<'a> {
    name: &'static str,
    /// Name in addresses, and words for readers.
    values: Vec<(&'a str, &'a str)>,
}

/// The data for the records of a list, in its order.
pub(in crate::page) fn filter_data(map: Map<'_>, order: &[usize]) -> FilterData {
    let facets = &map.addresses.facets;
    let mut statuses: BTreeMap<(String, &'static str, &'static str), usize> = BTreeMap::new();
    let mut lines = Vec::with_capacity(order.len());
    for position in order {
        let Some(record) = map.log.record(*position) else { continue };
        let status = StatusView::of(record).map(|status| {
            let next = statuses.len();
            *statuses.entry((status.label, status.decision, status.delivery)).or_insert(next)
        });
        let words = [
            record.id.as_ref().map(|id| id.value.to_string()).unwrap_or_default(),
            one_line(&record.title),
            map.addresses.href(*position).unwrap_or_default(),
            day(record.front.created.as_ref()).unwrap_or_default(),
            day(record.front.updated.as_ref()).unwrap_or_default(),
            status.map(|status| status.to_string()).unwrap_or_default(),
        ];
        let values = facets.all().map(|facet| places(facet, *position));
        lines.push([words.join("\t"), values.join("\t")].join("\t"));
    }
    let mut shown: Vec<_> = statuses.into_iter().collect();
    shown.sort_by_key(|(_, place)| *place);
    let data = Data {
        facets: facets.all().map(data_of).into(),
        statuses: shown.into_iter().map(|(status, _)| status).collect(),
        records: lines.join("\n"),
    };
    // Strings and lists always become JSON, and JSON is always an expression of a script.
    let json = serde_json::to_string(&data).unwrap_or_default();
    let script = format!("globalThis.precedentLog = {json};\n");
    let digest = Digest::of(script.as_bytes()).to_string();
    let short = digest.get(..16).unwrap_or(&digest);
    let narrows = |facet: &Facet| facet.values.iter().any(|value| (1..order.len()).contains(&value.count));
    let idle = facets.all().into_iter().filter(|facet| !narrows(facet)).map(|facet| facet.name).collect();
    FilterData { route: Route(format!("log/data.{short}.js")), script, idle }
}

fn data_of(facet: &Facet) -> FacetData<'_> {
    let values = facet.values.iter().map(|value| (value.slug.as_str(), value.label.as_str()));
    FacetData { name: facet.name, values: values.collect() }
}

/// The places of a record's values, with commas between them.
fn places(facet: &Facet, position: usize) -> String {
    facet.of(position).iter().map(usize::to_string).collect::<Vec<_>>().join(",")
}

/// Tabs and line ends part the columns and the lines.
fn one_line(text: &str) -> String {
    text.split(char::is_control).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
