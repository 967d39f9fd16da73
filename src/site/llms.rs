//! `llms.txt`: the site for language models, by the links to its Markdown, with a word on whether each decision holds.

use super::data::{DATA, DATA_SCHEMA};
use super::face::Face;
use super::standing::{Standing, standing, successors};
use crate::config::Config;
use crate::log::DecisionLog;
use crate::page::{Plan, Route};
use crate::record::Record;

/// What a reader has to know before any of it.
const NOTE: &str = "Every link leads to the Markdown of a page. After the title of each record stands its status. \
                    Records under \u{201c}Optional\u{201d} are history: they do not hold any more, or never did.";

/// Sections of the file, and what goes to its end.
struct Index<'a> {
    plan: &'a Plan<'a>,
    log: &'a DecisionLog,
    out: String,
    history: String,
}

/// The file; one of the organisation's own takes its place. `others` are the files for other programs, besides
/// the log as data.
pub(super) fn llms(plan: &Plan<'_>, log: &DecisionLog, config: &Config, others: &[Face]) -> Face {
    let mut index = Index { plan, log, out: String::new(), history: String::new() };
    index.out.push_str(&format!("# {}\n", plain(&config.site.title)));
    if !config.site.description.trim().is_empty() {
        index.out.push_str(&format!("\n> {}\n", plain(&config.site.description)));
    }
    index.out.push_str(&format!("\n{NOTE}\n"));
    index.chapters();
    for kind in config.kinds.iter().filter(|kind| !kind.is_chapter()) {
        index.records(&kind.name, &kind.plural);
    }
    let is_there = |file: &str| [DATA, DATA_SCHEMA].contains(&file) || others.iter().any(|face| face.route.0 == file);
    index.out.push_str("\n## Data\n\n");
    for (file, what) in FILES.iter().filter(|(file, _)| is_there(file)) {
        index.out.push_str(&format!("- [{file}]({file}): {what}\n"));
    }
    if !index.history.is_empty() {
        index.out.push_str(&format!("\n## Optional\n\n{}", index.history));
    }
    Face::new("llms.txt", index.out).yielding()
}

/// Files for programs, and what is in them.
const FILES: [(&str, &str); 5] = [
    (DATA, "every record with its dates, people, relations and findings"),
    (DATA_SCHEMA, "the JSON Schema of log.json"),
    ("log.atom", "the newest records as a feed"),
    ("status.atom", "changes of status as a feed"),
    ("calendar.ics", "reviews, brownouts, sunsets and what is due"),
];

impl Index<'_> {
    fn chapters(&mut self) {
        let home =
            self.plan.routes.iter().position(|route| route.as_ref().is_some_and(|route| route.0 == "index.html"));
        let mut lines = String::new();
        for position in home.into_iter().chain(self.plan.chapters.iter().copied()) {
            let Some((record, route)) = self.record(position) else { continue };
            lines.push_str(&line(record, route, &record.summary()));
        }
        self.section("Handbook", &lines);
    }

    fn records(&mut self, kind: &str, plural: &str) {
        let mut lines = String::new();
        for position in 0..self.log.records().len() {
            let Some((record, route)) = self.record(position).filter(|(record, _)| record.kind.name == kind) else {
                continue;
            };
            let standing = standing(position, record, self.log);
            let said = format!("{} {}", where_it_stands(standing, position, record, self.log), record.summary());
            let line = line(record, route, said.trim_end());
            if standing == Standing::Over {
                self.history.push_str(&line);
            } else {
                lines.push_str(&line);
            }
        }
        self.section(plural, &lines);
    }

    fn section(&mut self, title: &str, lines: &str) {
        if !lines.is_empty() {
            self.out.push_str(&format!("\n## {}\n\n{lines}", plain(title)));
        }
    }

    fn record(&self, position: usize) -> Option<(&Record, &Route)> {
        Some((self.log.record(position)?, self.plan.routes.get(position)?.as_ref()?))
    }
}

/// The status, and what it means for whoever looks for what holds.
fn where_it_stands(standing: Standing, position: usize, record: &Record, log: &DecisionLog) -> String {
    let label = record.status.as_ref().map(|status| status.label.as_str());
    let label = label.or(record.raw_status.as_ref().map(|raw| raw.value.as_str())).unwrap_or("No status");
    let others = successors(position, log);
    match standing {
        Standing::InForce => format!("{label}."),
        Standing::Open | Standing::Deferred => format!("{label}, not decided."),
        Standing::Over if others.is_empty() => format!("{label}, not in force."),
        Standing::Over => format!("Superseded by {}, not in force.", others.join(", ")),
    }
}

fn line(record: &Record, route: &Route, said: &str) -> String {
    let said = plain(said);
    let colon = if said.is_empty() { "" } else { ": " };
    format!("- [{}]({}){colon}{said}\n", plain(&record.name()), route.markdown().href())
}

/// A text on one line, in which nothing is a link or markup.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        for c in word.chars() {
            if matches!(c, '\\' | '[' | ']' | '<' | '`') {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}
