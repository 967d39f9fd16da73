//! `precedent diff`: what has changed since somebody vouched for a text.

use super::caching::Caching;
use super::console::Console;
use super::globals::Globals;
use super::named::named;
use super::outcome::Outcome;
use super::revision::Revision;
use crate::author::{Vouched, circulated, name, vouched};
use crate::error::{Error, Result};
use crate::line::LineIndex;
use crate::record::{Difference, Record};
use crate::report::{difference, escape};
use crate::text::Span;
use crate::workspace::{kept, usual_place};
use std::fmt::Write;
use std::path::PathBuf;

/// Show which words of a record have changed since it was signed or circulated
///
/// The text of then is found by its fingerprint, in the pre-read that went out or in git. White space and line breaks do not
/// count, nor does what may go on living: sign-offs, measurements, relations, tags.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Diff {
    /// The record, such as RFC-7, or its title or file
    #[arg(value_name = "ID")]
    id: String,

    /// Compare with what was circulated, also where the record is signed
    #[arg(long, conflicts_with = "against")]
    circulated: bool,

    /// Compare with the text in this file: a pre-read, or a copy of the record
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
}

impl Diff {
    /// Shows the difference.
    ///
    /// # Errors
    /// When there is nothing to compare with.
    pub(super) fn run(&self, globals: &Globals, console: Console) -> Result<Outcome> {
        let revision = Revision::open(globals, console, &self.id, &Caching::none())?;
        let record = revision.record()?;
        let (project, config) = (&revision.project, &revision.snapshot.config);
        let show = |then: &Record, since: &str| {
            let changes = Difference::between(then, record);
            if changes.is_empty() {
                console.note(&format!("{}: no word of the decision has changed since it was {since}.", name(record)));
            }
            console.data(&difference(&changes, (record.path(), record.text()), console.style(project.root())))
        };
        if let Some(file) = &self.against {
            show(&named(project, file, record, config)?, "as it is in that file")?;
            return Ok(Outcome::Clean);
        }
        let found = if self.circulated { circulated(record) } else { vouched(record) };
        let Some(vouched) = found else { return Err(unvouched(record, self.circulated)) };
        let Some(places) = vouched.fingerprint.drift(record) else {
            console.note(&format!("{}: no word of the decision has changed since it was {vouched}.", name(record)));
            return Ok(Outcome::Clean);
        };
        match kept(project.root(), record, &vouched.fingerprint, config) {
            Some(then) => show(&then, &vouched.to_string())?,
            None => {
                console.data(&lines(record, &places))?;
                console.warn(&lost(record, &vouched));
            }
        }
        Ok(Outcome::Clean)
    }
}

/// The lines that have changed, where the words of then are not known.
fn lines(record: &Record, places: &[Span]) -> String {
    let index = LineIndex::new(record.text());
    let mut out = String::new();
    for place in places {
        let (line, _) = index.line_column(record.text(), place.start);
        let _ = writeln!(out, "{}:{line}", record.path());
        for line in place.of(record.text()).lines() {
            let _ = writeln!(out, "  {}", escape(line));
        }
        out.push('\n');
    }
    out
}

fn lost(record: &Record, vouched: &Vouched) -> String {
    format!(
        "{} has changed since it was {vouched}, at the places above by its fingerprint; the words of then are neither in {} nor in \
         the commits of this clone: name a pre-read or a copy with `--against FILE`, or fetch the history with `git fetch --unshallow`",
        name(record),
        usual_place(record)
    )
}

fn unvouched(record: &Record, is_circulated: bool) -> Error {
    let named = name(record);
    let message = match is_circulated {
        true => format!(
            "{named} was not circulated with a fingerprint; `precedent circulate {named} --held WHEN` writes one"
        ),
        false => format!(
            "{named} was neither signed nor circulated with a fingerprint, so there is nothing to compare with; \
             `precedent circulate {named} --held WHEN` writes one, or name a file with `--against FILE`"
        ),
    };
    Error::Refused { message }
}
