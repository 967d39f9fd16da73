//! Amounts of money as people write them in tables.

/// An amount, in whose currency, and how finely it is given.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Amount {
    /// The amount.
    pub(super) value: f64,
    /// The size of the last digit that is given: 100,000 for `1.2 M`.
    pub(super) grain: f64,
    /// `USD`, `EUR`, `$`, as written; empty when none is.
    pub(super) currency: String,
}

/// Signs of currencies, and the codes that each may stand for.
const SIGNS: &[(&str, &[&str])] = &[
    ("$", &["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN"]),
    ("€", &["EUR"]),
    ("£", &["GBP", "EGP", "GIP"]),
    ("¥", &["JPY", "CNY"]),
];

/// Codes of currencies; of those that are words besides (`ALL`, `TOP`, `TRY`) none, and no other capitals: `5 FTE`, `SOC 2`.
const CODES: &[&str] = &[
    "AED", "AUD", "BGN", "BRL", "CAD", "CHF", "CLP", "CNY", "CZK", "DKK", "EGP", "EUR", "GBP", "GIP", "HKD", "HUF",
    "IDR", "ILS", "INR", "ISK", "JPY", "KES", "KRW", "MXN", "MYR", "NGN", "NOK", "NZD", "PEN", "PKR", "PLN", "RON",
    "RSD", "SAR", "SEK", "SGD", "THB", "TWD", "UAH", "USD", "VND", "ZAR",
];

const SCALES: &[(&str, f64)] = &[
    ("k", 1e3),
    ("thousand", 1e3),
    ("m", 1e6),
    ("mn", 1e6),
    ("mio", 1e6),
    ("million", 1e6),
    ("bn", 1e9),
    ("b", 1e9),
    ("billion", 1e9),
];

/// Reads `1,200`, `$1.2 M`, `600k`, `EUR 1 200`, `(300)`; `None` for what is not an amount and nothing else.
pub(super) fn amount(text: &str) -> Option<Amount> {
    let text = text.trim().trim_start_matches(['~', '≈']).trim();
    let (text, is_negative) = match text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) {
        Some(inner) => (inner, true),
        None => (text, false),
    };
    let first = text.find(|c: char| c.is_ascii_digit())?;
    let last = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    let (before, number, after) = (text.get(..first)?, text.get(first..last)?, text.get(last..)?);
    let is_minus = before.contains(['-', '−']);
    let mut currency = word(before.trim_matches(|c: char| c.is_whitespace() || "+-−".contains(c)), true)?;
    let mut scale = 1.0;
    for part in after.split_whitespace() {
        // `600k€` is three things in one word.
        let letters = part.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(part.len());
        let (part, rest) = part.split_at(letters);
        currency = if rest.is_empty() { currency } else { word(rest, currency.is_empty())? };
        if part.is_empty() {
            continue;
        }
        if let Some((_, factor)) = SCALES.iter().find(|(name, _)| part.eq_ignore_ascii_case(name)) {
            scale *= factor;
        } else {
            currency = word(part, currency.is_empty())?;
        }
    }
    let (value, grain) = plain(number, scale)?;
    let sign = if is_negative || is_minus { -1.0 } else { 1.0 };
    Some(Amount { value: sign * value * scale, grain: grain * scale, currency })
}

/// Whether two currencies may be the same one: `$` and `USD` may, `€` and `USD` may not.
pub(super) fn is_same_currency(one: &str, other: &str) -> bool {
    let codes = |text: &str| -> Vec<String> {
        let sign = SIGNS.iter().find(|(sign, _)| *sign == text).map(|(_, codes)| *codes);
        sign.map_or_else(|| vec![text.to_uppercase()], |codes| codes.iter().map(|code| (*code).to_owned()).collect())
    };
    let (one, other) = (codes(one), codes(other));
    one.iter().any(|code| other.contains(code))
}

/// Whether a text is a currency's sign or its code, and not, say, `engineer-days` or `thousands of euros`.
pub(super) fn is_currency(text: &str) -> bool {
    CODES.contains(&text) || SIGNS.iter().any(|(sign, _)| *sign == text)
}

/// A currency's sign or code; empty when nothing is written; `None` for any other word.
fn word(text: &str, is_free: bool) -> Option<String> {
    (text.is_empty() || (is_currency(text) && is_free)).then(|| text.to_owned())
}

/// A number with separators, and the size of its last digit.
fn plain(text: &str, scale: f64) -> Option<(f64, f64)> {
    let text: String = text.chars().filter(|c| !c.is_whitespace() && !"_'’\u{a0}\u{202f}".contains(*c)).collect();
    if text.contains(|c: char| !c.is_ascii_digit() && c != '.' && c != ',') {
        return None;
    }
    // The mark that stands last, once and not before a group of three, separates the decimals; before a unit such as `M` a full
    // stop always does.
    let mark = text.rfind(['.', ',']);
    let decimals = mark.filter(|at| {
        let (mark, tail) = (text.get(*at..*at + 1).unwrap_or(""), text.len() - at - 1);
        let is_only = text.matches(mark).count() == 1;
        let is_fraction = mark == "." && (scale > 1.0 || (text.len() - tail == 2 && text.starts_with('0')));
        is_only && (tail != 3 || is_fraction)
    });
    let digits = |part: &str| -> String { part.chars().filter(char::is_ascii_digit).collect() };
    let (whole, part) =
        decimals.map_or((text.as_str(), ""), |at| (text.get(..at).unwrap_or(""), text.get(at + 1..).unwrap_or("")));
    let value: f64 = format!("{}.{}", digits(whole), if part.is_empty() { "0" } else { part }).parse().ok()?;
    let places = i32::try_from(part.len()).ok()?;
    Some((value, 10f64.powi(-places)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        let read = |text: &str| amount(text).map(|amount| (amount.value, amount.currency));
        let is = |value: f64, currency: &str| Some((value, currency.to_owned()));
        assert_eq!(read("1,200"), is(1200.0, ""));
        assert_eq!(read("$1.2 M"), is(1_200_000.0, "$"));
        assert_eq!(read("600k"), is(600_000.0, ""));
        assert_eq!(read("600k€"), is(600_000.0, "€"));
        assert_eq!(read("600 k"), is(600_000.0, ""));
        assert_eq!(read("EUR 1 200"), is(1200.0, "EUR"));
        assert_eq!(read("1.200,50 €"), is(1200.5, "€"));
        assert_eq!(read("(300)"), is(-300.0, ""));
        assert_eq!(read("−40"), is(-40.0, ""));
        assert_eq!(read("1.5"), is(1.5, ""));
        assert_eq!(read("1.500"), is(1500.0, ""));
        assert_eq!(read("1.125 M"), is(1_125_000.0, ""));
        for other in ["", "n/a", "5 years", "25 %", "v2", "2026-03-01", "3 × 40", "5 FTE", "SOC 2", "40 TPS", "1–2"]
        {
            assert_eq!(read(other), None, "{other}");
        }
    }

    #[test]
    fn a_dollar_may_be_many_but_no_euro() {
        assert!(is_same_currency("$", "USD") && is_same_currency("CAD", "$") && is_same_currency("usd", "USD"));
        assert!(!is_same_currency("€", "USD") && !is_same_currency("EUR", "$"));
    }
}
