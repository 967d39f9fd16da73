//! Targets and measured values of metrics, as far as they can be compared.

use super::template::is_no_answer;
use crate::record::Metric;

/// Whether anything was written down that was measured: `TBD` was not.
pub fn is_measured(metric: &Metric) -> bool {
    metric.actual.as_ref().is_some_and(|actual| !is_no_answer(&actual.value))
}

/// Whether what was measured meets the target; `None` where nothing was, or where the two cannot be compared.
pub fn meets_target(metric: &Metric) -> Option<bool> {
    let (target, actual) = (metric.target.as_ref()?, metric.actual.as_ref()?);
    let baseline = metric.baseline.as_ref().and_then(|baseline| Quantity::read(&baseline.value));
    Aim::read(&target.value, baseline.as_ref())?.is_met(&Quantity::read(&actual.value)?)
}

/// A number and its unit: `41 ms`.
#[derive(Clone, Debug, PartialEq)]
struct Quantity {
    number: f64,
    unit: String,
}

/// What a target asks for.
#[derive(Clone, Debug, PartialEq)]
struct Aim {
    bound: Bound,
    quantity: Quantity,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bound {
    Below,
    AtMost,
    Above,
    AtLeast,
}

/// How targets are worded; longer words first.
const WORDS: &[(&str, Bound)] = &[
    ("<=", Bound::AtMost),
    (">=", Bound::AtLeast),
    ("≤", Bound::AtMost),
    ("≥", Bound::AtLeast),
    ("<", Bound::Below),
    (">", Bound::Above),
    ("at most", Bound::AtMost),
    ("no more than", Bound::AtMost),
    ("up to", Bound::AtMost),
    ("at least", Bound::AtLeast),
    ("no less than", Bound::AtLeast),
    ("less than", Bound::Below),
    ("fewer than", Bound::Below),
    ("more than", Bound::Above),
    ("under", Bound::Below),
    ("below", Bound::Below),
    ("over", Bound::Above),
    ("above", Bound::Above),
];

impl Quantity {
    /// Reads `41 ms`, `99.9 %`, `1,200 requests`; `None` where there is not exactly one number.
    fn read(text: &str) -> Option<Quantity> {
        let text = text.trim();
        let first = text.find(|c: char| c.is_ascii_digit())?;
        let rest = text.get(first..)?;
        let end = rest.find(|c: char| !c.is_ascii_digit() && !".,_".contains(c)).unwrap_or(rest.len());
        let number = rest.get(..end)?.trim_end_matches(['.', ',']);
        let before = text.get(..first)?.trim();
        let after = rest.get(number.len()..)?.trim();
        let is_plain = after.chars().all(|c| !c.is_ascii_digit()) && ["", "-", "−", "$", "€", "£"].contains(&before);
        let sign = if before == "-" || before == "−" { -1.0 } else { 1.0 };
        let unit = if after.is_empty() { before } else { after };
        let number = plain(number)?.parse::<f64>().ok().filter(|_| is_plain)?;
        Some(Quantity { number: sign * number, unit: unit.trim_end_matches('.').to_lowercase() })
    }
}

/// A number without the marks between its thousands; `None` where a comma may as well stand before decimals.
fn plain(number: &str) -> Option<String> {
    let whole = number.split('.').next().unwrap_or(number);
    let mut groups = whole.split(',');
    let is_first = groups.next().is_some_and(|first| !first.is_empty() && first.len() <= 3);
    let is_grouped = is_first && groups.all(|group| group.len() == 3) && !number.get(whole.len()..)?.contains(',');
    (is_grouped || !number.contains(',')).then(|| number.replace([',', '_'], ""))
}

impl Aim {
    /// Reads `< 50 ms`; a bare number is to be reached from the side on which the baseline lies.
    fn read(target: &str, baseline: Option<&Quantity>) -> Option<Aim> {
        let lower = target.trim().to_lowercase();
        if let Some((word, bound)) = WORDS.iter().find(|(word, _)| lower.starts_with(word)) {
            return Some(Aim { bound: *bound, quantity: Quantity::read(lower.get(word.len()..)?)? });
        }
        let quantity = Quantity::read(&lower)?;
        let baseline = baseline.filter(|baseline| baseline.unit == quantity.unit)?;
        let bound = if baseline.number > quantity.number { Bound::AtMost } else { Bound::AtLeast };
        (baseline.number != quantity.number).then_some(Aim { bound, quantity })
    }

    /// Whether a measured value meets it; `None` where the units differ.
    fn is_met(&self, reached: &Quantity) -> Option<bool> {
        let aim = self.quantity.number;
        (reached.unit == self.quantity.unit).then_some(match self.bound {
            Bound::Below => reached.number < aim,
            Bound::AtMost => reached.number <= aim,
            Bound::Above => reached.number > aim,
            Bound::AtLeast => reached.number >= aim,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_met(baseline: &str, target: &str, actual: &str) -> Option<bool> {
        Aim::read(target, Quantity::read(baseline).as_ref())?.is_met(&Quantity::read(actual)?)
    }

    #[test]
    fn targets_are_compared_where_they_can_be() {
        assert_eq!(is_met("120 ms", "< 50 ms", "41 ms"), Some(true));
        assert_eq!(is_met("120 ms", "< 50 ms", "50 ms"), Some(false));
        assert_eq!(is_met("", "at least 99.9 %", "99.5 %"), Some(false));
        assert_eq!(is_met("11 pages", "2 pages", "3 pages"), Some(false));
        assert_eq!(is_met("48 %", "80 %", "81 %"), Some(true));
        assert_eq!(is_met("", "≤ $1,200", "$1,100"), Some(true));
    }

    #[test]
    fn what_cannot_be_compared_is_left_alone() {
        for (baseline, target, actual) in [
            ("", "50 ms", "60 ms"),
            ("120 ms", "< 50 ms", "0.06 s"),
            ("48 of 79", "79 of 79", "77 of 79"),
            ("", "no pages", "3 pages"),
            ("", "< 50 ms", "41 to 60 ms"),
            ("", "< 1 s", "0,5 s"),
            ("", "< 2,000 s", "1,50 s"),
            ("", "< 2 s", "1.000,5 s"),
        ] {
            assert_eq!(is_met(baseline, target, actual), None, "{target} {actual}");
        }
    }
}
