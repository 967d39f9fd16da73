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

/// Says what to do with a key that nobody asked for; `absent` are those of the `known` ones that are not there.
pub(super) fn misplaced(fault: Diagnostic, key: &str, known: &[&str], absent: &[&str]) -> Diagnostic {
    let near = |names: &[&str]| nearest(key, names.iter().copied()).map(str::to_owned);
    match (near(absent), near(known)) {
        (Some(_), _) => suggest(fault, key, absent, Scalar::Plain),
        (None, Some(near)) => {
            fault.with_help(format!("`{near}` is there already: remove this one, or correct its name"))
        }
        _ if known.contains(&"extra") => fault.with_help("move it under `extra`, where any field may stand"),
        _ => fault.with_help("remove it, or correct its name"),
    }
}
