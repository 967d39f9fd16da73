//! What the ways of having a thing cost, as their authors wrote it.

use crate::text::{Span, Spanned, nearest};
use crate::value::{Data, Reader, Scalar, Value};

/// The ways that the process compares; authors may name others.
const WAYS: &[&str] = &["build", "buy", "partner", "do-nothing"];

/// Names of amounts that are no price of its own: what is misspelt would be taken for one that is paid once.
const AMOUNTS: &[&str] = &[
    "initial",
    "integration",
    "maintenance-rate",
    "growth-rate",
    "run-per-year",
    "licence-per-year",
    "license-per-year",
    "maintenance-per-year",
    "support-per-year",
];

/// How amounts of another time than a year are named.
const OTHER_TIMES: &[&str] = &["per-month", "per-quarter", "per-week", "per-day", "per-hour", "monthly", "quarterly"];

/// The longest horizon, in years; beyond, no figure means anything.
pub const LONGEST_HORIZON: f64 = 100.0;

/// Total cost of ownership, as written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cost {
    /// One currency for all.
    pub currency: Option<Spanned<String>>,
    /// Years looked at.
    pub horizon_years: Option<Spanned<f64>>,
    /// Options by name (`build`, `buy`, `partner`, `do-nothing`), each with its amounts by name, in order.
    pub options: Vec<CostOption>,
}

/// What one way of having a thing costs.
#[derive(Clone, Debug, PartialEq)]
pub struct CostOption {
    /// `build`, `buy`, `partner`, `do-nothing`, or a name of the author's own.
    pub name: Spanned<String>,
    /// Amounts by name, in the order in which they were written; none when one of them means nothing, since no sum would.
    pub amounts: Vec<(Spanned<String>, Spanned<f64>)>,
}

impl Cost {
    /// Options are tables of amounts; their names are free.
    pub(super) fn read(table: Reader<'_>) -> Cost {
        let mut cost = Cost { currency: currency(&table), horizon_years: horizon(&table), options: Vec::new() };
        let written = table.rest();
        for (name, value) in &written {
            let is_there = |way: &str| written.iter().any(|(name, _)| name.value == way);
            let absent = WAYS.iter().copied().filter(|way| !is_there(way));
            if let Some(way) = nearest(&name.value, absent).filter(|_| name.value.len() > 3) {
                let message = format!("`{}` is much like `{way}`, and is not taken for it", name.value);
                table.reject(name.span, message, format!("did you mean `{way}`?"));
            }
            match &value.data {
                Data::Table(amounts) => {
                    let amounts: Vec<_> =
                        amounts.entries.iter().map(|entry| read_amount(&table, &entry.key, &entry.value)).collect();
                    let amounts = amounts.into_iter().collect::<Option<Vec<_>>>().unwrap_or_default();
                    cost.options.push(CostOption { name: (*name).clone(), amounts });
                }
                Data::Scalar(..) | Data::List(_) => table.reject(
                    value.span,
                    format!("`{}` is {}", name.value, value.describe()),
                    "write a table of amounts, such as `build = { initial = 600000, run-per-year = 40000 }`",
                ),
            }
        }
        cost
    }
}

fn currency(table: &Reader<'_>) -> Option<Spanned<String>> {
    let currency = table.text("currency")?;
    if currency.value.contains(['/', ',', '+', '&', ';']) {
        let message = format!("`{}` is more than one currency", currency.value);
        table.reject(currency.span, message, "convert the amounts into one, and say in the text at which rate");
        return None;
    }
    Some(currency)
}

fn horizon(table: &Reader<'_>) -> Option<Spanned<f64>> {
    let horizon = table.number("horizon-years")?;
    if horizon.value > 0.0 && horizon.value <= LONGEST_HORIZON {
        return Some(horizon);
    }
    let message = format!("{} years are no time to look ahead", horizon.value);
    table.reject(horizon.span, message, "write how many years are looked at: `horizon-years = 5`");
    None
}

/// An amount with its name; what it cannot mean is reported.
fn read_amount(table: &Reader<'_>, name: &Spanned<String>, value: &Value) -> Option<(Spanned<String>, Spanned<f64>)> {
    let Some(amount) = number(value) else {
        let message = format!("`{}` is {}", name.value, value.describe());
        table.reject(value.span, message, "write a number, without a currency or separators");
        return None;
    };
    if let Some((span, message, help)) = senseless(name, amount, value.span) {
        table.reject(span, message, help);
        return None;
    }
    Some((name.clone(), Spanned::new(amount, value.span)))
}

/// What is wrong with an amount of this name: where, what, and what to write.
fn senseless(name: &Spanned<String>, amount: f64, at: Span) -> Option<(Span, String, String)> {
    let word = name.value.as_str();
    let share = |help: f64| format!("write it as a share of 1: `{word} = {help}`");
    match word {
        "maintenance-rate" if !(0.0..=1.0).contains(&amount) => Some((
            at,
            format!("{amount} is no share of what was built"),
            share(if amount > 1.0 { amount / 100.0 } else { 0.2 }),
        )),
        "growth-rate" if !(-1.0..=1.0).contains(&amount) => Some((
            at,
            format!("{amount} is no share by which a price grows in a year"),
            share(amount.clamp(-99.0, 100.0) / 100.0),
        )),
        word if OTHER_TIMES.iter().any(|time| word.ends_with(time)) => {
            let stem = OTHER_TIMES.iter().find_map(|time| word.strip_suffix(time)).unwrap_or(word);
            let message = format!("`{word}` would be taken for an amount that is paid once");
            Some((name.span, message, format!("write what it comes to in a year, as `{stem}per-year`")))
        }
        word if AMOUNTS.contains(&word) || word.ends_with("per-year") => None,
        word => nearest(word, AMOUNTS.iter().copied()).map(|near| {
            let message = format!("`{word}` would be taken for an amount that is paid once");
            (name.span, message, format!("did you mean `{near}`?"))
        }),
    }
}

fn number(value: &Value) -> Option<f64> {
    match &value.data {
        Data::Scalar(Scalar::Integer | Scalar::Float | Scalar::Plain, text) => {
            text.replace('_', "").parse::<f64>().ok().filter(|number| number.is_finite())
        }
        Data::Scalar(..) | Data::List(_) | Data::Table(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::record::Record;
    use crate::source::Source;
    use crate::text::SourcePath;

    #[test]
    fn costs_have_free_names_and_plain_numbers() {
        let text = "+++\n[cost]\ncurrency = \"USD\"\nbuild = { initial = 600000, maintenance-rate = 0.25 }\nbuy = { licence-per-year = \"180k\" }\n+++\n";
        let source = Source::new(SourcePath::new("content/rfc/1.md"), text);
        let (record, found) = Record::parse(&source, &Config::builtin());
        let shown: Vec<_> = found.iter().map(|finding| (finding.rule, finding.primary.span.of(text))).collect();
        assert_eq!(shown, [("invalid-value", "\"180k\"")]);
        let cost = &record.front.cost.as_ref().unwrap().value;
        assert_eq!(cost.options[0].name.value, "build");
        assert_eq!(cost.options[0].amounts[1].1.value, 0.25);
    }
}
