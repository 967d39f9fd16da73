//! One text held against one rule, for the rules' own tests.

use super::rule::{Check, Context, Rule, Subject};
use crate::config::Config;
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::markdown::Diagrams;
use crate::record::Record;
use crate::source::Source;
use crate::text::SourcePath;

/// What a rule that looks at one record alone finds in a text, under the built-in settings.
pub(super) fn found(rule: &Rule, path: &str, text: &str) -> Vec<Diagnostic> {
    let (config, diagrams) = (Config::builtin(), Diagrams::default());
    let record = Record::parse(&Source::new(SourcePath::new(path), text), &config).0;
    let context = Context { config: &config, today: Date::constant(2026, 6, 1), diagrams: &diagrams };
    let mut found = Vec::new();
    let Check::Record(check) = rule.check else { panic!("{} does not look at one record alone", rule.name) };
    check(&Subject::new(&record), &context, &mut found);
    found
}
