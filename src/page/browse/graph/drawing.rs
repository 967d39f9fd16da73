//! A group of records as a drawing: a box for each, with its status in shape and word, and lines with words on them.

use super::group::{Group, Tie};
use super::layout::{Line, lay_out};
use crate::log::Strength;
use crate::page::browse::pager::weight_of;
use crate::page::link::Map;
use crate::page::view::StatusView;
use serde::Serialize;

/// Records in one drawing, at most: beyond that nobody finds anything in it.
pub(super) const RECORDS: usize = 300;

/// Lines in one drawing, at most.
const LINES: usize = 900;

/// Size of a box, in pixels.
const BOX: (f64, f64) = (204.0, 46.0);

/// Letters of a title that fit into a box.
const LETTERS: usize = 31;

/// Letters of a status that fit beside an id of ten.
const STATUS: usize = 15;

/// Around the drawing, in pixels.
const MARGIN: f64 = 4.0;

/// A drawing; numbers are pixels from its upper left.
#[derive(Clone, Debug, Serialize)]
pub(super) struct FigureView {
    width: i64,
    height: i64,
    label: String,
    boxes: Vec<BoxView>,
    lines: Vec<LineView>,
    start: StartView,
}

/// Where a reader begins, in pixels from the upper right, at which a drawing larger than its frame is seen first.
#[derive(Clone, Debug, Serialize)]
struct StartView {
    across: i64,
    down: i64,
}

#[derive(Clone, Debug, Serialize)]
struct BoxView {
    x: i64,
    y: i64,
    href: Option<String>,
    /// All that the box can only begin to say.
    name: String,
    id: String,
    title: String,
    decision: &'static str,
    delivery: &'static str,
    status: String,
    /// Whether most lines of the drawing meet here: where its reader begins.
    is_hub: bool,
}

#[derive(Clone, Debug, Serialize)]
struct LineView {
    path: String,
    class: String,
    words: String,
    x: i64,
    y: i64,
}

impl FigureView {
    /// How many bytes of a page it takes.
    pub(super) fn weight(&self) -> usize {
        let of_box = |view: &BoxView| {
            let words = [&view.name, &view.id, &view.title, &view.status];
            340 + words.into_iter().map(|text| weight_of(text)).sum::<usize>()
                + view.href.as_deref().map_or(0, weight_of)
        };
        let of_line = |view: &LineView| 130 + view.path.len() + view.class.len() + view.words.len();
        300 + self.boxes.iter().map(of_box).sum::<usize>() + self.lines.iter().map(of_line).sum::<usize>()
    }
}

/// Draws a group; `None` for one that is too large, or too entangled.
pub(super) fn draw(group: &Group, map: Map<'_>) -> Option<FigureView> {
    if group.records.len() > RECORDS || group.ties.len() > LINES {
        return None;
    }
    let place = |record: usize| group.records.binary_search(&record).ok();
    let mut lines = Vec::with_capacity(group.ties.len());
    let mut words = Vec::with_capacity(group.ties.len());
    for ((from, to), ties) in &group.ties {
        let text = words_of(ties);
        let width = 6.0 * f64::from(u16::try_from(text.chars().count()).unwrap_or(u16::MAX)) + 10.0;
        lines.push(Line { from: place(*from)?, to: place(*to)?, words: width });
        words.push((text, class_of(ties)));
    }
    let laid = lay_out(group.records.len(), BOX, &lines)?;
    let hub = hub(group.records.len(), &lines);
    let boxes = group.records.iter().zip(&laid.boxes).enumerate();
    let boxes = boxes.filter_map(|(at, (record, place))| box_view(*record, *place, at == hub, map));
    let middle = |at: usize| laid.boxes.get(at).copied().unwrap_or_default();
    let drawn = laid.lines.iter().zip(&lines).zip(words);
    let lines = drawn.map(|(((bends, centre), line), (words, class))| LineView {
        path: path(&between_sides(bends, (*centre, line.words), (middle(line.from), middle(line.to)))),
        class,
        words,
        x: pixel(centre.0),
        y: pixel(centre.1) + 4,
    });
    let (records, ties) = (group.records.len(), group.ties.len());
    Some(FigureView {
        width: pixel(laid.width + MARGIN),
        height: pixel(laid.height + MARGIN),
        label: format!("{records} records and what {ties} pairs of them are to each other, as listed below"),
        boxes: boxes.collect(),
        lines: lines.collect(),
        start: StartView { across: pixel(laid.width + MARGIN - middle(hub).0), down: pixel(middle(hub).1) },
    })
}

/// The box that most lines meet; of several the first.
fn hub(boxes: usize, lines: &[Line]) -> usize {
    let mut met = vec![0_usize; boxes];
    for end in lines.iter().flat_map(|line| [line.from, line.to]) {
        if let Some(met) = met.get_mut(end) {
            *met += 1;
        }
    }
    (0..boxes).rev().max_by_key(|at| met.get(*at).copied()).unwrap_or(0)
}

fn box_view(position: usize, (x, y): (f64, f64), is_hub: bool, map: Map<'_>) -> Option<BoxView> {
    let record = map.log.record(position)?;
    let status = StatusView::of(record);
    let word = status.as_ref().map_or("No status", |status| status.label.as_str());
    Some(BoxView {
        x: pixel(x - BOX.0 / 2.0),
        y: pixel(y - BOX.1 / 2.0),
        href: map.addresses.href(position),
        name: format!("{} ({word})", record.name()),
        id: record.id.as_ref().map(|id| fitted(&id.value.to_string(), 14)).unwrap_or_default(),
        title: fitted(&record.title, LETTERS),
        status: fitted(word, STATUS),
        is_hub,
        decision: status.as_ref().map_or("unknown", |status| status.decision),
        delivery: status.as_ref().map_or("not-started", |status| status.delivery),
    })
}

/// What the ties between two records say together: `supersedes, relates to`.
fn words_of(ties: &[Tie]) -> String {
    let words = |tie: &Tie| {
        let mut words = tie.words.to_lowercase();
        if tie.in_part {
            words.push_str(" a part of");
        }
        match tie.strength {
            Strength::InForce => words,
            Strength::Proposed => words + " (proposed)",
            Strength::Void => words + " (void)",
        }
    };
    ties.iter().map(words).collect::<Vec<_>>().join(", ")
}

fn class_of(ties: &[Tie]) -> String {
    let Some(first) = ties.first() else { return String::new() };
    match first.strength {
        Strength::InForce => first.key.to_owned(),
        Strength::Proposed => format!("{} proposed", first.key),
        Strength::Void => format!("{} void", first.key),
    }
}

/// The line through its bends; it leaves and meets them, and the boxes, level.
fn path(points: &[(f64, f64)]) -> String {
    let Some((first, rest)) = points.split_first() else { return String::new() };
    let mut path = format!("M{} {}", pixel(first.0), pixel(first.1));
    let mut last = first;
    for point in rest {
        let middle = pixel((last.0 + point.0) / 2.0);
        let (x, y) = (pixel(point.0), pixel(point.1));
        path.push_str(&format!("C{middle} {} {middle} {y} {x} {y}", pixel(last.1)));
        last = point;
    }
    path
}

/// The bends of a line with its ends where boxes are met best, in the middle of the sides that face each other, and level behind
/// its words, so that it crosses no other line's.
fn between_sides(
    bends: &[(f64, f64)],
    (centre, width): ((f64, f64), f64),
    (from, to): ((f64, f64), (f64, f64)),
) -> Vec<(f64, f64)> {
    let way = if from.0 <= to.0 { 0.5 } else { -0.5 };
    let inner = bends.get(1..bends.len().saturating_sub(1)).unwrap_or(&[]);
    let mut points = vec![(from.0 + way * BOX.0, from.1)];
    for (x, y) in inner.iter().copied() {
        if (x - centre.0).abs() < 1.0 && (y - centre.1).abs() < 1.0 {
            points.extend([(x - way * width, y), (x + way * width, y)]);
        } else {
            points.push((x, y));
        }
    }
    points.push((to.0 - way * BOX.0, to.1));
    points
}

/// To the nearest pixel; drawings are far smaller than what a number can hold.
fn pixel(length: f64) -> i64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a float that is no number, or too large, becomes the nearest one that is"
    )]
    let pixel = (length + MARGIN / 2.0).round() as i64;
    pixel
}

/// As much of a text as fits; letters of wide scripts take the room of two.
fn fitted(text: &str, letters: usize) -> String {
    let width = |c: char| if ('\u{1100}'..='\u{ffdc}').contains(&c) || c > '\u{1f000}' { 2 } else { 1 };
    let total: usize = text.chars().map(width).sum();
    if total <= letters {
        return text.to_owned();
    }
    let mut room = letters.saturating_sub(1);
    let fits = |c: &char| {
        let fits = width(*c) <= room;
        room = room.saturating_sub(width(*c));
        fits
    };
    let cut: String = text.chars().take_while(fits).collect();
    format!("{}…", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_cut_to_their_box() {
        assert_eq!(fitted("Use Tera", 31), "Use Tera");
        assert_eq!(fitted("Use Tera for templates of pages", 12), "Use Tera fo…");
        assert_eq!(fitted("決定の記録を残す", 7), "決定の…");
    }

    #[test]
    fn the_hub_is_where_most_lines_meet() {
        let line = |(from, to)| Line { from, to, words: 0.0 };
        assert_eq!(hub(5, &[(0, 3), (1, 3), (3, 4), (1, 4)].map(line)), 3);
        assert_eq!(hub(3, &[(2, 1), (0, 1), (2, 0)].map(line)), 0);
    }

    #[test]
    fn lines_are_level_at_their_bends() {
        assert_eq!(path(&[(0.0, 0.0), (10.0, 0.0), (20.0, 10.0)]), "M2 2C7 2 7 2 12 2C17 2 17 12 22 12");
        assert_eq!(path(&[]), "");
    }
}
