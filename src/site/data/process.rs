//! What a record says of its way through the process, as data.

use crate::date::{Date, Moment};
use crate::record::{Brownout, Consumer, Cost, Debt, Deprecation, FrontMatter, Metric};
use crate::text::Spanned;
use serde::Serialize;
use std::collections::BTreeMap;

/// Every table of the front matter that is about the process.
#[derive(Serialize)]
pub(super) struct ProcessData<'a> {
    history: Vec<PassageData<'a>>,
    review: ReviewData,
    consulted: Vec<ConsultedData<'a>>,
    sign_offs: Vec<SignOffData<'a>>,
    dissent: Vec<DissentData<'a>>,
    metrics: Vec<MetricData<'a>>,
    debts: Vec<DebtData<'a>>,
    cost: Option<CostData<'a>>,
    deprecation: Option<DeprecationData<'a>>,
}

#[derive(Serialize)]
struct PassageData<'a> {
    status: Option<&'a str>,
    on: Option<String>,
}

/// Days, or instants in UTC.
#[derive(Default, Serialize)]
struct ReviewData {
    circulated: Option<String>,
    held: Option<String>,
}

#[derive(Serialize)]
struct ConsultedData<'a> {
    who: Option<&'a str>,
    on: Option<String>,
    stance: Option<&'a str>,
    outcome: Option<&'a str>,
}

#[derive(Serialize)]
struct SignOffData<'a> {
    role: Option<&'a str>,
    by: Option<&'a str>,
    on: Option<String>,
}

#[derive(Serialize)]
struct DissentData<'a> {
    who: Option<&'a str>,
    position: Option<&'a str>,
    committed: Option<String>,
}

/// Values as written, with their units.
#[derive(Serialize)]
struct MetricData<'a> {
    name: Option<&'a str>,
    baseline: Option<&'a str>,
    target: Option<&'a str>,
    source: Option<&'a str>,
    due: Option<String>,
    actual: Option<&'a str>,
    measured: Option<String>,
}

#[derive(Serialize)]
struct DebtData<'a> {
    what: Option<&'a str>,
    ticket: Option<&'a str>,
    due: Option<String>,
    paid: Option<String>,
}

#[derive(Serialize)]
struct CostData<'a> {
    currency: Option<&'a str>,
    horizon_years: Option<f64>,
    /// Amounts by name, for each option.
    options: BTreeMap<&'a str, BTreeMap<&'a str, f64>>,
}

#[derive(Serialize)]
struct DeprecationData<'a> {
    target: Option<&'a str>,
    replacement: Option<&'a str>,
    owner: Option<&'a str>,
    announced: Option<String>,
    governance_lock: Option<String>,
    sunset: Option<String>,
    removed: Option<String>,
    brownouts: Vec<BrownoutData>,
    consumers: Vec<ConsumerData<'a>>,
}

#[derive(Serialize)]
struct BrownoutData {
    start: String,
    minutes: i64,
    /// Share of the requests that fail, 0 to 1.
    share: f64,
}

#[derive(Serialize)]
struct ConsumerData<'a> {
    name: Option<&'a str>,
    owner: Option<&'a str>,
    migrated: Option<String>,
}

/// The process as the front matter tells it.
pub(super) fn process_data(front: &FrontMatter) -> ProcessData<'_> {
    ProcessData {
        history: rows(&front.history, |row| PassageData { status: text(&row.status), on: day(&row.on) }),
        review: front.review.as_ref().map_or_else(ReviewData::default, |review| ReviewData {
            circulated: moment(review.value.circulated.as_ref()),
            held: moment(review.value.held.as_ref()),
        }),
        consulted: rows(&front.consulted, |row| ConsultedData {
            who: text(&row.who),
            on: day(&row.on),
            stance: text(&row.stance),
            outcome: text(&row.outcome),
        }),
        sign_offs: rows(&front.sign_offs, |row| SignOffData {
            role: text(&row.role),
            by: text(&row.by),
            on: day(&row.on),
        }),
        dissent: rows(&front.dissent, |row| DissentData {
            who: text(&row.who),
            position: text(&row.position),
            committed: day(&row.committed),
        }),
        metrics: rows(&front.metrics, metric_data),
        debts: rows(&front.debts, debt_data),
        cost: front.cost.as_ref().map(|cost| cost_data(&cost.value)),
        deprecation: front.deprecation.as_ref().map(|deprecation| deprecation_data(&deprecation.value)),
    }
}

fn rows<'a, T, D>(rows: &'a [Spanned<T>], data: impl Fn(&'a T) -> D) -> Vec<D> {
    rows.iter().map(|row| data(&row.value)).collect()
}

fn metric_data(metric: &Metric) -> MetricData<'_> {
    MetricData {
        name: text(&metric.name),
        baseline: text(&metric.baseline),
        target: text(&metric.target),
        source: text(&metric.source),
        due: day(&metric.due),
        actual: text(&metric.actual),
        measured: day(&metric.measured),
    }
}

fn debt_data(debt: &Debt) -> DebtData<'_> {
    DebtData { what: text(&debt.what), ticket: text(&debt.ticket), due: day(&debt.due), paid: day(&debt.paid) }
}

fn cost_data(cost: &Cost) -> CostData<'_> {
    let mut options: BTreeMap<&str, BTreeMap<&str, f64>> = BTreeMap::new();
    for option in &cost.options {
        let amounts = option.amounts.iter().map(|(name, amount)| (name.value.as_str(), amount.value));
        options.entry(&option.name.value).or_default().extend(amounts);
    }
    CostData {
        currency: text(&cost.currency),
        horizon_years: cost.horizon_years.as_ref().map(|years| years.value),
        options,
    }
}

fn deprecation_data(deprecation: &Deprecation) -> DeprecationData<'_> {
    DeprecationData {
        target: text(&deprecation.target),
        replacement: text(&deprecation.replacement),
        owner: text(&deprecation.owner),
        announced: day(&deprecation.announced),
        governance_lock: day(&deprecation.governance_lock),
        sunset: day(&deprecation.sunset),
        removed: day(&deprecation.removed),
        brownouts: rows(&deprecation.brownouts, |Brownout { start, minutes, share }| BrownoutData {
            start: start.to_string(),
            minutes: *minutes,
            share: *share,
        }),
        consumers: deprecation.consumers.iter().map(consumer_data).collect(),
    }
}

fn consumer_data(consumer: &Consumer) -> ConsumerData<'_> {
    ConsumerData { name: text(&consumer.name), owner: text(&consumer.owner), migrated: day(&consumer.migrated) }
}

fn text(text: &Option<Spanned<String>>) -> Option<&str> {
    text.as_ref().map(|text| text.value.as_str())
}

/// A day as data.
pub(super) fn day(day: &Option<Spanned<Date>>) -> Option<String> {
    day.as_ref().map(|day| day.value.to_string())
}

/// Several texts as data.
pub(super) fn texts(texts: &[Spanned<String>]) -> Vec<&str> {
    texts.iter().map(|text| text.value.as_str()).collect()
}

fn moment(moment: Option<&Spanned<Moment>>) -> Option<String> {
    moment.map(|moment| moment.value.to_string())
}
