//! One scalar read as a number, a date or a word of yes or no.

use super::excerpt::quoted;
use super::tree::Scalar;
use crate::date::{Date, Moment, parse_date};

/// How a day is written.
pub(super) const AS_DAY: &str = "write it as year-month-day, such as `2026-03-10`";

/// Why a scalar does not fit.
pub(super) struct Misfit {
    /// What is wrong; `None` where "it takes …" says enough.
    pub(super) message: Option<String>,
    /// What to write instead.
    pub(super) help: String,
    /// What it opens with, and what to write there so that it means the same and fits.
    pub(super) mended: Option<(String, String)>,
}

impl Misfit {
    fn help(help: impl Into<String>) -> Misfit {
        Misfit { message: None, help: help.into(), mended: None }
    }
}

/// A whole number, in any notation of TOML.
pub(super) fn integer(form: Scalar, text: &str) -> Result<i64, Misfit> {
    let read = |text: &str| {
        let plain = text.replace('_', "");
        let prefixes = [("0x", 16), ("0o", 8), ("0b", 2)];
        match prefixes.iter().find_map(|(prefix, radix)| plain.strip_prefix(prefix).map(|digits| (digits, *radix))) {
            Some((digits, radix)) => i64::from_str_radix(digits, radix).ok(),
            None => plain.parse().ok(),
        }
    };
    match read(text) {
        Some(number) if form != Scalar::Text => Ok(number),
        Some(_) => Err(Misfit::help("take the quotes away")),
        None => Err(Misfit::help("write a whole number such as `12`")),
    }
}

/// A finite number.
pub(super) fn number(form: Scalar, text: &str) -> Result<f64, Misfit> {
    let looks_right = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-._eE".contains(&byte));
    let read = text.replace('_', "").parse::<f64>().ok().filter(|number| looks_right && number.is_finite());
    match read {
        Some(number) if form != Scalar::Text => Ok(number),
        Some(_) => Err(Misfit::help("take the quotes away")),
        None => {
            integer(form, text).map(|number| number as f64).map_err(|_| Misfit::help("write a number such as `12.5`"))
        }
    }
}

/// `true` or `false`.
pub(super) fn boolean(form: Scalar, text: &str) -> Result<bool, Misfit> {
    let word = text.to_ascii_lowercase();
    let meant = match word.as_str() {
        "true" | "yes" | "on" => true,
        "false" | "no" | "off" => false,
        _ => return Err(Misfit::help("write `true` or `false`")),
    };
    match (form, word.as_str()) {
        (Scalar::Text, _) => Err(Misfit::help(format!("write `{meant}`, without quotes"))),
        (_, "true" | "false") => Ok(meant),
        _ => Err(Misfit::help(format!("write `{meant}`"))),
    }
}

/// A day that exists; a time after it is left aside.
pub(super) fn date(_: Scalar, text: &str) -> Result<Date, Misfit> {
    let text = text.trim();
    let day = text.split(['T', 't', ' ']).next().unwrap_or("");
    let is_time = text.get(day.len() + 1..).is_none_or(|time| time.starts_with(|c: char| c.is_ascii_digit()));
    match parse_date(day) {
        Some(date) if is_time => Ok(date),
        _ => Err(wrong_date(text)),
    }
}

/// A day, or a time with an offset.
pub(super) fn moment(_: Scalar, text: &str) -> Result<Moment, Misfit> {
    let text = text.trim();
    if let Some(moment) = Moment::parse(text) {
        return Ok(moment);
    }
    if text.get(..10).and_then(parse_date).is_none() {
        return Err(wrong_date(text));
    }
    let message = format!("{} does not say in which time zone", quoted(text));
    let day = text.get(..10).unwrap_or("2026-03-10");
    let help = format!("add `Z` or an offset, as in `{day}T09:00:00+01:00`");
    Err(Misfit { message: Some(message), help, mended: None })
}

/// Tells a day that does not exist from a day in another notation and from no day at all.
fn wrong_date(text: &str) -> Misfit {
    let fallback = || Misfit::help(AS_DAY);
    let day = text.split(['T', 't', ' ']).next().unwrap_or("");
    let Some(full) = full_date(day) else { return fallback() };
    if parse_date(&full).is_some() {
        let help = format!("write `{full}`");
        let mended = Some((day.to_owned(), full.clone()));
        return if full == day { fallback() } else { Misfit { message: None, help, mended } };
    }
    let message = Some(format!("{} is not a day that exists", quoted(day)));
    Misfit { message, help: existing_day(&full), mended: None }
}

/// What to write in place of a day that does not exist, given with four and two digits.
pub(super) fn existing_day(full: &str) -> String {
    let parts: Vec<&str> = full.split('-').collect();
    if let [year, month, day] = parts.as_slice()
        && parse_date(&format!("{year}-{day}-{month}")).is_some()
    {
        return format!("the month comes before the day: write `{year}-{day}-{month}`");
    }
    match full.get(..8).and_then(|month| parse_date(&format!("{month}01"))) {
        Some(first) => format!("write a day of the calendar; this month has {} days", first.days_in_month()),
        None => "write a month from 01 to 12 and a day of the calendar".to_owned(),
    }
}

/// A day with four and two digits, from `2026-3-1`; `None` when its year is not written out.
pub(super) fn full_date(day: &str) -> Option<String> {
    let [year, month, date] = three_numbers(day)?;
    (year.len() == 4).then(|| format!("{year}-{month:0>2}-{date:0>2}"))
}

/// What a day is made of, if it is made of three numbers with hyphens between them.
pub(super) fn three_numbers(day: &str) -> Option<[&str; 3]> {
    let parts: Vec<&str> = day.split('-').collect();
    let [year, month, date] = parts.as_slice() else { return None };
    let numeric = |part: &str, most: usize| {
        !part.is_empty() && part.len() <= most && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    (numeric(year, 4) && numeric(month, 2) && numeric(date, 2)).then_some([*year, *month, *date])
}
