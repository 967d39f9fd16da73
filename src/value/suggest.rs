//! "Did you mean": the nearest word, as help and as a repair.

use super::excerpt::one_of;
use super::tree::Scalar;
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix};
use crate::text::nearest;

/// Adds the word nearest to what is `written` to a finding about exactly that text; `form` says whether it stands in quotes.
pub(super) fn suggest(fault: Diagnostic, written: &str, words: &[&str], form: Scalar) -> Diagnostic {
    let Some(word) = nearest(written, words.iter().copied()) else {
        return fault.with_help(format!("write {}", one_of(words)));
    };
    let text = if form == Scalar::Text { format!("\"{word}\"") } else { word.to_owned() };
    let edit = Edit { path: fault.primary.path.clone(), span: fault.primary.span, text };
    let fix = Fix { title: format!("write `{word}`"), applicability: Applicability::Unsafe, edits: vec![edit] };
    fault.with_help(format!("did you mean `{word}`?")).with_fix(fix)
}
