//! Runs the rules and sets their levels.

use super::rule::Context;
use crate::config::{Config, Level};
use crate::diagnostic::Diagnostic;
use crate::log::DecisionLog;
use crate::record::Record;

/// Runs the rules that look at one record alone; memoised per record.
pub fn check_record(_record: &Record, _context: &Context<'_>) -> Vec<Diagnostic> {
    todo!()
}

/// Runs the rules that need the whole log.
pub fn check_log(_log: &DecisionLog, _context: &Context<'_>) -> Vec<Diagnostic> {
    todo!()
}

/// How loudly a rule speaks about a record (`None`: about the configuration or an unread file).
pub fn level(_rule: &str, _record: Option<&Record>, _config: &Config) -> Level {
    todo!()
}

/// Sets each finding's severity from its rule's level, drops what is allowed, and sorts by file, place and rule.
pub fn with_levels(_found: Vec<Diagnostic>, _log: &DecisionLog, _config: &Config) -> Vec<Diagnostic> {
    todo!()
}
