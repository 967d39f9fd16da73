//! Rules, figures, calendar, people and trackers, from `precedent.toml`.

use super::overlay::{inside, read_rules, set, set_figure};
use super::policy::{Clock, DayOrder, Figures, Person, Policy, States, Tracker};
use super::site::is_web_address;
use crate::date::{Calendar, Offset, Time, Weekday, parse_date};
use crate::text::{Location, SourcePath, Spanned, kebab_case};
use crate::value::{Data, Reader};

const CLOCKS: &[(&str, Clock)] = &[("calendar", Clock::Calendar), ("business", Clock::Business)];

const WEEKDAYS: &[(&str, Weekday)] = &[
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// Reads `[rules]`, `[policy]`, `[calendar]`, `[check]`, `[records]`, `[people]` and `[[tracker]]`.
pub(super) fn read_policy(top: &Reader<'_>, path: &SourcePath, policy: &mut Policy) {
    policy.rules.extend(read_rules(top, "rules", path));
    if let Some(table) = top.table("policy") {
        read_figures(&table.value, path, &mut policy.figures);
        table.value.finish();
    }
    if let Some(table) = top.table("calendar") {
        read_calendar(&table.value, &mut policy.calendar);
        table.value.finish();
    }
    if let Some(table) = top.table("check") {
        read_baseline(&table.value, policy);
        table.value.finish();
    }
    if let Some(table) = top.table("records") {
        let fields = table.value.texts("fields").into_iter().map(|field| field.value);
        // Heads that write their keys in capitals are read as if they did not.
        policy.fields = fields.flat_map(|field| [kebab_case(&field), field]).collect();
        policy.states = States {
            folders: read_states(&table.value, "status-by-folder"),
            names: read_states(&table.value, "status-by-name"),
        };
        let orders = &[("day-first", DayOrder::DayFirst), ("month-first", DayOrder::MonthFirst)];
        policy.dates = table.value.choice("dates", orders).map(|order| order.value);
        policy.dates_are_set = policy.dates.is_some();
        let form = table.value.choice("new", &[("native", true), ("log", false)]);
        policy.native_drafts = form.is_some_and(|form| form.value);
        table.value.finish();
    }
    read_people(top, path, policy);
    read_trackers(top, policy);
}

/// A table of words and the statuses that they give: `{ rejected = "rejected" }`.
fn read_states(table: &Reader<'_>, key: &'static str) -> Vec<(String, String)> {
    let Some(states) = table.free(key) else { return Vec::new() };
    let mut read = Vec::new();
    for entry in &states.entries {
        match &entry.value.data {
            Data::Scalar(_, status) => read.push((entry.key.value.clone(), status.clone())),
            Data::List(_) | Data::Table(_) => {
                let message = format!("`{key}.{}` is {}", entry.key.value, entry.value.describe());
                table.reject(entry.value.span, message, "write the status that it gives: `rejected = \"rejected\"`");
            }
        }
    }
    read
}

fn read_figures(table: &Reader<'_>, path: &SourcePath, figures: &mut Figures) {
    let positive = |key| {
        let number: Spanned<f64> = table.number(key)?;
        if number.value > 0.0 {
            return Some(number);
        }
        table.reject(number.span, format!("`{key}` is {}", number.value), "write a number above zero");
        None
    };
    set_figure(&mut figures.pre_read_hours, positive("pre-read-hours"), path);
    set_figure(&mut figures.maintenance_rate, positive("maintenance-rate"), path);
    set_figure(&mut figures.pre_read_clock, table.choice("pre-read-clock", CLOCKS), path);
    for (key, figure) in [
        ("review-days", &mut figures.review_days),
        ("draft-days", &mut figures.draft_days),
        ("escalation-days", &mut figures.escalation_days),
        ("notice-days", &mut figures.notice_days),
        ("addenda", &mut figures.addenda),
    ] {
        match table.integer(key) {
            Some(number) if number.value < 0 || number.value > 100_000 => {
                table.reject(
                    number.span,
                    format!("`{key}` is {}", number.value),
                    "write a whole number from 0 to 100000",
                );
            }
            number => set_figure(figure, number, path),
        }
    }
}

fn read_calendar(table: &Reader<'_>, calendar: &mut Calendar) {
    let words = table.texts("working-days");
    let days: Vec<Weekday> = words.iter().filter_map(|word| weekday(table, word)).collect();
    if !days.is_empty() {
        calendar.working_days = days;
    }
    let time = |key| {
        let written: Spanned<String> = table.text(key)?;
        // The library would read the time of a day out of a whole date, too.
        let is_time = written.value.bytes().all(|byte| byte.is_ascii_digit() || byte == b':' || byte == b'.');
        let time = written.value.parse::<Time>().ok().filter(|_| is_time);
        if time.is_none() {
            table.reject(
                written.span,
                format!("`{key}` is `{}`", written.value),
                "write hours and minutes: `\"09:00\"`",
            );
        }
        time.map(|time| Spanned::new(time, written.span))
    };
    let (opens, closes) = (time("opens"), time("closes"));
    let span = closes.or(opens).map(|time| time.span);
    let (first, last) =
        (opens.map_or(calendar.opens, |time| time.value), closes.map_or(calendar.closes, |time| time.value));
    match span {
        Some(span) if first >= last => {
            table.reject(span, format!("the day opens at {first} and closes at {last}"), "let it close after it opens");
        }
        _ => (calendar.opens, calendar.closes) = (first, last),
    }
    if let Some(written) = table.text("utc-offset") {
        match offset(&written.value) {
            Some(offset) => calendar.offset = offset,
            None => {
                let message = format!("`utc-offset` is `{}`", written.value);
                table.reject(written.span, message, "write hours and minutes: `\"+01:00\"`");
            }
        }
    }
    for day in table.texts("holidays") {
        match parse_date(&day.value) {
            Some(date) => drop(calendar.holidays.insert(date)),
            None => table.reject(
                day.span,
                format!("`{}` is not a day", day.value),
                "write it as year-month-day, such as `2026-12-25`",
            ),
        }
    }
}

fn weekday(table: &Reader<'_>, word: &Spanned<String>) -> Option<Weekday> {
    let known = WEEKDAYS.iter().find(|(name, _)| {
        let short = word.value.trim().to_lowercase();
        short.len() >= 3 && name.starts_with(&short)
    });
    if known.is_none() {
        table.reject(
            word.span,
            format!("`{}` is not a day of the week", word.value),
            "write `monday`, `tuesday` and so on",
        );
    }
    known.map(|(_, day)| *day)
}

/// Reads `+01:00`, `-0330`, `Z`.
fn offset(text: &str) -> Option<Offset> {
    let text = text.trim();
    if text.eq_ignore_ascii_case("z") {
        return Some(Offset::UTC);
    }
    let (sign, rest) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let digits: String = rest.chars().filter(|c| *c != ':').collect();
    let number: i32 =
        digits.parse().ok().filter(|_| digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()))?;
    let (hours, minutes) = (number / 100, number % 100);
    let seconds = sign * (hours * 3600 + minutes * 60);
    (minutes < 60).then(|| Offset::from_seconds(seconds).ok()).flatten()
}

fn read_baseline(table: &Reader<'_>, policy: &mut Policy) {
    let Some(file) = table.text("baseline") else { return };
    match inside(&file.value) {
        Some(path) => policy.baseline = path,
        None => {
            let message = format!("`baseline` is `{}`, outside the project", file.value);
            table.reject(file.span, message, "name a file below the folder that holds precedent.toml");
        }
    }
}

fn read_people(top: &Reader<'_>, path: &SourcePath, policy: &mut Policy) {
    for (handle, person) in top.entries("people") {
        let at = Location { path: path.clone(), span: handle.span };
        let (name, role, team) = (handle.value.clone(), String::new(), String::new());
        let mut entry = Person { name, role, team, active: true, at };
        set(&mut entry.name, person.text("name").filter(|name| !name.value.is_empty()));
        set(&mut entry.role, person.text("role"));
        set(&mut entry.team, person.text("team"));
        set(&mut entry.active, person.boolean("active"));
        person.finish();
        policy.people.insert(handle.value, entry);
    }
}

fn read_trackers(top: &Reader<'_>, policy: &mut Policy) {
    for tracker in top.tables("tracker") {
        let (prefix, url) = (tracker.value.text("prefix"), tracker.value.text("url"));
        match (prefix, url) {
            (Some(_), Some(url)) if !is_web_address(&url.value) => {
                let message = format!("`url` is `{}`, which is not a web address", url.value);
                tracker.value.reject(url.span, message, "start it with `https://` or `http://` and a host");
            }
            (Some(prefix), Some(url)) if url.value.contains("{id}") => {
                policy.trackers.push(Tracker { prefix, url: url.value });
            }
            (Some(_), Some(url)) => {
                tracker.value.reject(url.span, "`url` has no `{id}` in it", "write `{id}` where the ticket's id goes");
            }
            _ => {
                tracker.value.reject(tracker.span, "a tracker needs `prefix` and `url`", "add the one that is missing")
            }
        }
        tracker.value.finish();
    }
}
