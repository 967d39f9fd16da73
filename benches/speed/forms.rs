//! The same records with heads in the forms that teams have, and how long they take to parse beside those of this tool.

use super::corpus;
use precedent::config::Config;
use precedent::record::Record;
use precedent::source::Source;
use precedent::text::SourcePath;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Forms in turn, by the names that the program has for them.
pub(crate) const FORMS: [&str; 9] =
    ["madr", "bullets", "sections", "lines", "headers", "table", "html-table", "proposal", "kep"];

/// The records of a log: a path and a text each.
type Log = Vec<(SourcePath, String)>;

/// The path of a record and its text in one of the forms, with the body of the record in [`corpus::text`].
pub(crate) fn record(number: usize) -> (String, String) {
    let native = corpus::text(number);
    let body = native.splitn(3, "+++\n").nth(2).unwrap_or("").trim_start();
    let (day, who) = (format!("2025-{:02}-{:02}", number % 12 + 1, number % 28 + 1), "Brenda, Caldor and Fen");
    let other = number.saturating_sub(9).max(1);
    let other = format!("[ADR-{other:06}]({other:06}-x.md)");
    let status = if number.is_multiple_of(5) { format!("superseded by {other}") } else { "accepted".to_owned() };
    let title = format!("Record {number}");
    let text = match FORMS[number % FORMS.len()] {
        "madr" => {
            format!(
                "---\nstatus: {status:?}\ndate: {day}\ndecision-makers: {who}\nconsulted: Gil\ninformed: all\n---\n\n# {title}\n\n{body}"
            )
        }
        "bullets" => {
            format!("# {title}\n\n* Status: {status}\n* Deciders: {who}\n* Date: {day}\n* Tags: maps, vans\n\n{body}")
        }
        "sections" => {
            format!("# {number}. {title}\n\nDate: {day}\n\n## Status\n\n{status}\n\nAmends {other}\n\n{body}")
        }
        "lines" => format!("# {title}\n\n**Status:** {status} · **Date:** {day}  \n**Authors:** {who}\n\n{body}"),
        "headers" => {
            format!("Title: {title}\nStatus: {status}\nAuthor: {who}\nCreated: {day}\nReplaces: {other}\n\n{body}")
        }
        "table" => {
            format!(
                "# {title}\n\n| Key | Value |\n| --- | --- |\n| Status | {status} |\n| Author | {who} |\n| Date | {day} |\n\n{body}"
            )
        }
        "html-table" => format!(
            "# {title}\n\n<table>\n<tr><td>Status</td><td>{status}</td></tr>\n<tr><td>Author(s)</td><td>{who}</td></tr>\n\
             <tr><td>Created</td><td>{day}</td></tr>\n</table>\n\n{body}"
        ),
        "proposal" => format!(
            "---\ntitle: {title}\nauthor: {who}\ndiscussions-to: https://example.org/{number}\nstatus: Final\ntype: Core\n\
             category: Maps\ncreated: {day}\nrequires: 1, 2\n---\n\n{body}"
        ),
        _ => format!(
            "---\ntitle: {title}\nkep-number: {number}\nauthors: [\"@brenda\", \"@fen\"]\nowning-sig: maps\nstatus: implementable\n\
             creation-date: {day}\nreviewers: [\"@gil\"]\napprovers: [\"@cal\"]\nstage: alpha\n---\n\n# {title}\n\n{body}"
        ),
    };
    (format!("content/adr/{number:06}-record.md"), text)
}

/// Parses as many records of both sorts in turn, and prints how long either took and the median of their ratios.
pub(crate) fn compare(size: usize, runs: usize) -> String {
    let log = |record: &dyn Fn(usize) -> (String, String)| -> Log {
        (1..=size).map(record).map(|(path, text)| (SourcePath::new(path), text)).collect()
    };
    let native = log(&|number| (corpus::path(number), corpus::text(number)));
    let mixed = log(&record);
    let config = Config::builtin();
    let mut rounds: Vec<(Duration, Duration)> =
        (0..runs.max(1)).map(|_| (parse(&native, &config), parse(&mixed, &config))).collect();
    rounds.sort_by(|one, other| ratio(one).total_cmp(&ratio(other)));
    let median = rounds[rounds.len() / 2];
    format!(
        "{size} records, {runs} rounds, one thread: native {:.3} s, mixed {:.3} s, {:.2} times as long",
        median.0.as_secs_f64(),
        median.1.as_secs_f64(),
        ratio(&median)
    )
}

fn ratio((native, mixed): &(Duration, Duration)) -> f64 {
    mixed.as_secs_f64() / native.as_secs_f64()
}

fn parse(log: &Log, config: &Config) -> Duration {
    // Sources are made before the clock starts: their fingerprints are the same work for both.
    let sources: Vec<Source> = log.iter().map(|(path, text)| Source::new(path.clone(), text.as_str())).collect();
    let start = Instant::now();
    for source in &sources {
        black_box(Record::parse(source, config));
    }
    start.elapsed()
}
