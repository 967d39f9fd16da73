//! Drawings and problems as values of the cache, and what of them is believed.

use super::clean::is_clean;
use super::drawing::Drawing;
use super::problem::Problem;
use super::reading::Reading;
use super::size::Size;
use crate::cache::{Cache, Kind, next_field, push_field};
use crate::text::Span;

/// What drawing gave, by its first byte.
const DRAWN: u8 = b'd';
const DRAWN_LIGHT: u8 = b'l';
const REFUSED: u8 = b'r';

/// What drawing a source gave in an earlier run.
pub(super) fn drawing(cache: &Cache, source: &str) -> Option<Result<Drawing, Problem>> {
    let value = cache.get(Kind::Drawing, source)?;
    let (first, mut fields) = value.split_first()?;
    let outcome = match *first {
        REFUSED => Err(next_problem(&mut fields, source)?),
        DRAWN | DRAWN_LIGHT => {
            let (title, svg) = (text(next_field(&mut fields)?)?, text(next_field(&mut fields)?)?);
            Ok(Drawing { svg: Some(svg).filter(|svg| is_clean(svg))?, title, light_only: *first == DRAWN_LIGHT })
        }
        _ => return None,
    };
    fields.is_empty().then_some(outcome)
}

/// Remembers what drawing a source gave.
pub(super) fn put_drawing(cache: &Cache, source: &str, outcome: Result<&Drawing, &Problem>) {
    let mut value = Vec::new();
    match outcome {
        Ok(drawing) => {
            value.push(if drawing.light_only { DRAWN_LIGHT } else { DRAWN });
            push_field(&mut value, drawing.title.as_bytes());
            push_field(&mut value, drawing.svg.as_bytes());
        }
        Err(problem) => {
            value.push(REFUSED);
            push_problem(&mut value, problem);
        }
    }
    cache.put(Kind::Drawing, source, &value);
}

/// What reading a source gave in an earlier run.
pub(super) fn reading(cache: &Cache, source: &str) -> Option<Reading> {
    let value = cache.get(Kind::Reading, source)?;
    let mut fields = value.as_slice();
    let size = match next_field(&mut fields)? {
        [] => None,
        numbers => Some(size(numbers)?),
    };
    let mut problems = Vec::new();
    while !fields.is_empty() {
        problems.push(next_problem(&mut fields, source)?);
    }
    Some(Reading { size, problems })
}

/// Remembers what reading a source gave.
pub(super) fn put_reading(cache: &Cache, source: &str, reading: &Reading) {
    let mut value = Vec::new();
    let numbers = |Size { nodes, edges, parts }| [nodes, edges, parts].map(|number| (number as u64).to_le_bytes());
    push_field(&mut value, reading.size.map(numbers).as_ref().map_or(&[], |numbers| numbers.as_flattened()));
    reading.problems.iter().for_each(|problem| push_problem(&mut value, problem));
    cache.put(Kind::Reading, source, &value);
}

fn size(numbers: &[u8]) -> Option<Size> {
    let ([nodes, edges, parts], []) = numbers.as_chunks::<8>() else { return None };
    let number = |bytes: &[u8; 8]| usize::try_from(u64::from_le_bytes(*bytes)).ok();
    Some(Size { nodes: number(nodes)?, edges: number(edges)?, parts: number(parts)? })
}

fn push_problem(value: &mut Vec<u8>, problem: &Problem) {
    push_field(value, problem.message.as_bytes());
    push_field(value, &[problem.span.start.to_le_bytes(), problem.span.end.to_le_bytes()].concat());
    // A help that is there is told from none by a byte before it.
    let help = problem.help.as_ref().map_or_else(String::new, |help| format!(" {help}"));
    push_field(value, help.as_bytes());
}

fn next_problem(fields: &mut &[u8], source: &str) -> Option<Problem> {
    let message = text(next_field(fields)?)?;
    let (start, end) = next_field(fields)?.split_first_chunk::<4>()?;
    let span = Span { start: u32::from_le_bytes(*start), end: u32::from_le_bytes(end.try_into().ok()?) };
    let help = text(next_field(fields)?)?;
    source.get(span.range())?;
    Some(Problem { message, span, help: help.strip_prefix(' ').map(str::to_owned) })
}

fn text(bytes: &[u8]) -> Option<String> {
    String::from_utf8(bytes.to_vec()).ok()
}
