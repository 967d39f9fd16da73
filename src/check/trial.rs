//! One text held against one rule, for the rules' own tests.

use super::rule::{Check, Context, Rule, Subject};
use crate::config::Config;
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::log::DecisionLog;
use crate::markdown::Diagrams;
use crate::record::Record;
use crate::source::Source;
use crate::text::SourcePath;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a rule that looks at one record finds in a text that is the only one, under the built-in settings.
pub(super) fn found(rule: &Rule, path: &str, text: &str) -> Vec<Diagnostic> {
    let (config, diagrams) = (Config::builtin(), Diagrams::default());
    let record = Record::parse(&Source::new(SourcePath::new(path), text), &config).0;
    let context = Context { config: &config, today: Date::constant(2026, 6, 1), diagrams: &diagrams };
    let mut found = Vec::new();
    match rule.check {
        Check::Record(check) => check(&Subject::new(&record), &context, &mut found),
        Check::Among(check) => {
            check(&DecisionLog::link(vec![Arc::new(record)], BTreeMap::new(), &config), 0, &context, &mut found);
        }
        _ => panic!("{} does not look at one record", rule.name),
    }
    found
}
