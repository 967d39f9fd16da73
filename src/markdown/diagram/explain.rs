//! Faults of a source in words for its author, at the place where to mend them.

use super::draw::Failure;
use super::problem::Problem;
use crate::text::Span;
use merman::RenderError;
use merman::analysis::{AnalysisDiagnostic, Analyzer, DiagnosticSeverity};

/// What is wrong with a source, by analysis alone.
pub(super) fn analyse(source: &str) -> Option<Problem> {
    let found = Analyzer::new().analyze(source).diagnostics;
    let worst = found.into_iter().find(|diagnostic| diagnostic.severity == DiagnosticSeverity::Error)?;
    Some(raw(source, &worst))
}
fn raw(_source: &str, d: &AnalysisDiagnostic) -> Problem {
    let span = d.span.as_ref().map_or(Span::new(0, 0), |s| Span::new(s.byte_start, s.byte_end));
    Problem { message: format!("{} | {:?}", d.message, d.id), span, help: d.help.clone() }
}

/// What is wrong with a source that could not be drawn.
pub(super) fn explain(source: &str, failure: Failure) -> Problem {
    let whole = Span::new(0, source.len());
    match failure {
        Failure::TooLarge(what) => {
            Problem { message: what.to_owned(), span: whole, help: Some("split the diagram in two".to_owned()) }
        }
        Failure::Refused(RenderError::Parse(parse)) => {
            analyse(source).unwrap_or_else(|| Problem { message: parse.to_string(), span: whole, help: None })
        }
        Failure::Refused(other) => {
            analyse(source).unwrap_or_else(|| Problem { message: other.to_string(), span: whole, help: None })
        }
        Failure::Unsafe(why) => Problem { message: format!("unsafe: {why}"), span: whole, help: None },
    }
}
