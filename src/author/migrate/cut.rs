//! Takes out of a body what a head says from now on, whole lines and sections at a time.

use crate::record::{Field, Holder};
use crate::text::{Span, line_start};

/// What is taken out of a body, and which fields went with it.
#[derive(Debug, Default)]
pub(super) struct Cuts {
    /// Places, and the text that stays of them: comments, and the head of a table that keeps some rows.
    pub(super) places: Vec<(Span, String)>,
    /// Positions of the fields that are gone, in the list that was given.
    pub(super) gone: Vec<usize>,
}

/// A field by its position.
type Numbered<'a> = (usize, &'a Field);

/// Cuts the fields that a head carries out of `text[body..]`. A line that says anything else stays whole.
pub(super) fn cut(text: &str, body: usize, fields: &[Field], is_carried: &dyn Fn(&Field) -> bool) -> Cuts {
    let cutting = Cutting { text, body, is_carried };
    let in_text = |(_, field): &Numbered<'_>| {
        let spans = [field.name.span, field.value.span];
        let is_set = !field.name.span.is_empty() && spans.iter().all(|span| span.range().end <= text.len());
        is_set && field.name.span.range().start >= body && !matches!(field.holder, Holder::Head | Holder::Text)
    };
    let all: Vec<Numbered<'_>> = fields.iter().enumerate().filter(in_text).collect();
    let mut cuts = Cuts::default();
    let mut lines: Vec<Numbered<'_>> = Vec::new();
    let mut wholes: Vec<Span> = Vec::new();
    for (at, field) in &all {
        match field.holder {
            Holder::Section(whole) | Holder::Meta(whole) if !wholes.contains(&whole) => {
                wholes.push(whole);
                let of_whole: Vec<Numbered<'_>> = all
                    .iter()
                    .filter(
                        |(_, other)| matches!(other.holder, Holder::Section(own) | Holder::Meta(own) if own == whole),
                    )
                    .copied()
                    .collect();
                if !cutting.takes(whole, &of_whole, &mut cuts) {
                    lines.extend(of_whole.iter().filter(|(_, field)| cutting.is_line(field, whole)));
                }
            }
            Holder::Line => lines.push((*at, field)),
            _ => {}
        }
    }
    cutting.lines(&lines, &mut cuts);
    cutting.tables(&all, &mut cuts);
    cuts.places.sort_by_key(|(span, _)| *span);
    cutting.close_gaps(&mut cuts.places);
    cuts
}

struct Cutting<'a> {
    text: &'a str,
    body: usize,
    is_carried: &'a dyn Fn(&Field) -> bool,
}

impl Cutting<'_> {
    /// Takes a place out if its fields are carried and say all that it says.
    fn takes(&self, place: Span, fields: &[Numbered<'_>], cuts: &mut Cuts) -> bool {
        let is_whole = fields.iter().all(|(_, field)| (self.is_carried)(field)) && !self.says_more(place, fields);
        if is_whole {
            cuts.places.push((place, comments(place.of(self.text))));
            cuts.gone.extend(fields.iter().map(|(at, _)| *at));
        }
        is_whole
    }

    /// Whether a place has words besides those of its fields, of comments and of its own heading.
    fn says_more(&self, place: Span, fields: &[Numbered<'_>]) -> bool {
        let mut rest = place.of(self.text).as_bytes().to_vec();
        let start = place.range().start;
        let mut blank = |from: usize, to: usize| {
            let part = from.checked_sub(start).and_then(|from| rest.get_mut(from..to.saturating_sub(start)));
            part.into_iter().for_each(|part| part.fill(b' '));
        };
        for (_, field) in fields {
            for span in [field.name.span, field.value.span] {
                blank(span.range().start, span.range().end.min(place.range().end));
            }
        }
        for comment in comment_places(place.of(self.text)) {
            blank(start + comment.0, start + comment.1);
        }
        let rest = String::from_utf8_lossy(&rest).replace("<br>", " ").replace("<br/>", " ").replace("<br />", " ");
        rest.contains(char::is_alphanumeric)
    }

    /// Whether a field of a section stands on lines of its own, which may go alone.
    fn is_line(&self, field: &Field, whole: Span) -> bool {
        let line = self.line_at(whole.range().start);
        let on_heading = line.contains(field.value.span) || field.value.span.is_empty();
        !on_heading && !self.lines_of(field).of(self.text).contains('|')
    }

    /// Lines, each with all the fields that stand on it.
    fn lines(&self, fields: &[Numbered<'_>], cuts: &mut Cuts) {
        let mut units: Vec<(Span, Vec<Numbered<'_>>)> = Vec::new();
        for (at, field) in fields {
            let place = self.lines_of(field);
            match units.last_mut().filter(|(unit, _)| unit.start < place.end && place.start < unit.end) {
                Some((unit, of_unit)) => {
                    *unit = Span { start: unit.start.min(place.start), end: unit.end.max(place.end) };
                    of_unit.push((*at, field));
                }
                None => units.push((place, vec![(*at, field)])),
            }
        }
        for (place, of_unit) in units {
            self.takes(place, &of_unit, cuts);
        }
    }

    /// The lines that a field takes; of a field whose name is a heading, those of its value.
    fn lines_of(&self, field: &Field) -> Span {
        let (name, value) = (field.name.span.range(), field.value.span.range());
        let is_apart = matches!(field.holder, Holder::Section(whole) if field.name.span.start == whole.start);
        let start = if is_apart { value.start } else { name.start };
        let (first, last) = (self.line_at(start), self.line_at(value.end.max(start).saturating_sub(1).max(start)));
        Span { start: first.start, end: last.end.max(first.end) }
    }

    /// The line around a place, with its end.
    fn line_at(&self, at: usize) -> Span {
        let start = line_start(self.text, at).max(self.body.min(at));
        let end = self.text.get(at..).and_then(|rest| rest.find('\n')).map_or(self.text.len(), |end| at + end + 1);
        Span::new(start, end)
    }

    /// Tables, row by row where some have to stay.
    fn tables(&self, all: &[Numbered<'_>], cuts: &mut Cuts) {
        let mut done: Vec<Span> = Vec::new();
        for (_, field) in all {
            let place = match field.holder {
                Holder::Row | Holder::Column => self.table_around(field.name.span.range().start),
                Holder::HtmlRow => self.html_table_around(field.name.span.range().start),
                _ => continue,
            };
            if done.contains(&place) {
                continue;
            }
            done.push(place);
            let within: Vec<Numbered<'_>> =
                all.iter().filter(|(_, field)| place.contains(field.name.span)).copied().collect();
            let is_taken = match field.holder {
                Holder::HtmlRow => self.takes_html(place, &within, cuts),
                _ => self.takes(place, &within, cuts),
            };
            match field.holder {
                Holder::Row if !is_taken => self.rows(place, &within, cuts),
                Holder::HtmlRow if !is_taken => self.html_rows(place, &within, cuts),
                _ => {}
            }
        }
    }

    /// Takes out the rows that are carried; the first that stays is the head of the table if its head went.
    fn rows(&self, place: Span, fields: &[Numbered<'_>], cuts: &mut Cuts) {
        let mut rows: Vec<Span> = Vec::new();
        let mut at = place.range().start;
        while at < place.range().end {
            let line = self.line_at(at);
            rows.push(line);
            at = line.range().end;
        }
        let of_row = |row: Span| -> Vec<Numbered<'_>> {
            fields.iter().filter(|(_, field)| row.contains(field.name.span)).copied().collect()
        };
        let is_rule = |row: Span| !row.of(self.text).contains(char::is_alphanumeric);
        let goes = |row: Span| {
            let of_row = of_row(row);
            !of_row.is_empty()
                && of_row.iter().all(|(_, field)| (self.is_carried)(field))
                && !self.says_more(row, &of_row)
        };
        let names_columns = |row: Span| {
            let words: Vec<&str> =
                row.of(self.text).split('|').map(str::trim).filter(|cell| !cell.is_empty()).collect();
            words
                .iter()
                .all(|word| ["field", "value", "key", "property", "attribute"].contains(&word.to_lowercase().as_str()))
        };
        let staying: Vec<Span> = rows.iter().copied().filter(|row| !is_rule(*row) && !goes(*row)).collect();
        let gone: Vec<Span> = rows.iter().copied().filter(|row| !is_rule(*row) && goes(*row)).collect();
        cuts.gone.extend(gone.iter().flat_map(|row| of_row(*row)).map(|(at, _)| at));
        if staying.iter().all(|row| names_columns(*row)) {
            cuts.places.push((place, String::new()));
            return;
        }
        let head = rows.first().copied().filter(|head| gone.contains(head));
        let heir = staying.first().copied().filter(|_| head.is_some());
        for row in gone.into_iter().filter(|row| Some(*row) != head) {
            cuts.places.push((row, String::new()));
        }
        if let (Some(head), Some(heir)) = (head, heir) {
            cuts.places.push((head, heir.of(self.text).to_owned()));
            cuts.places.push((heir, String::new()));
        }
    }

    fn table_around(&self, at: usize) -> Span {
        let mut place = self.line_at(at);
        while place.range().start > self.body {
            let before = self.line_at(place.range().start - 1);
            if !before.of(self.text).contains('|') {
                break;
            }
            place.start = before.start;
        }
        while place.range().end < self.text.len() {
            let next = self.line_at(place.range().end);
            if !next.of(self.text).contains('|') {
                break;
            }
            place.end = next.end;
        }
        place
    }

    fn html_table_around(&self, at: usize) -> Span {
        let lower = self.text.to_ascii_lowercase();
        let start = lower.get(..at).and_then(|before| before.rfind("<table")).unwrap_or(at);
        let end = lower.get(at..).and_then(|rest| rest.find("</table>")).map_or(at, |end| at + end + "</table>".len());
        let line = self.line_at(end.saturating_sub(1).max(start));
        let is_alone = self.text.get(end..line.range().end).is_some_and(|rest| rest.trim().is_empty());
        Span::new(self.line_at(start).range().start, if is_alone { line.range().end } else { end })
    }

    /// Takes an HTML table out if the words outside of its tags are those of fields that are carried.
    fn takes_html(&self, place: Span, fields: &[Numbered<'_>], cuts: &mut Cuts) -> bool {
        let mut rest = place.of(self.text).to_owned();
        let mut spans: Vec<Span> = fields.iter().flat_map(|(_, field)| [field.name.span, field.value.span]).collect();
        spans.sort();
        for span in spans.into_iter().rev().filter(|span| place.contains(*span)) {
            let (start, end) = (span.range().start - place.range().start, span.range().end - place.range().start);
            if rest.get(start..end).is_some() {
                rest.replace_range(start..end, " ");
            }
        }
        let has_words = crate::record::shown(&rest).contains(char::is_alphanumeric);
        let goes = !has_words && !fields.is_empty() && fields.iter().all(|(_, field)| (self.is_carried)(field));
        if goes {
            cuts.places.push((place, comments(place.of(self.text))));
            cuts.gone.extend(fields.iter().map(|(at, _)| *at));
        }
        goes
    }

    /// Takes out the rows of an HTML table that stand on lines of their own and are carried.
    fn html_rows(&self, table: Span, fields: &[Numbered<'_>], cuts: &mut Cuts) {
        let lower = self.text.to_ascii_lowercase();
        for (at, field) in fields {
            let (name, value) = (field.name.span.range().start, field.value.span.range().end);
            let start = lower.get(..name).and_then(|before| before.rfind("<tr")).unwrap_or(name);
            let rest = lower.get(value..).unwrap_or("");
            let end =
                [rest.find("<tr"), rest.find("</table")].into_iter().flatten().min().map_or(value, |end| value + end);
            let is_line = |at: usize| {
                self.text.get(self.line_at(at).range().start..at).is_some_and(|lead| lead.trim().is_empty())
            };
            let row = Span { start: self.line_at(start).start, end: self.line_at(end).start };
            if is_line(start) && is_line(end) && table.contains(row) && row.contains(field.value.span) {
                self.takes_html(row, &[(*at, field)], cuts);
            }
        }
    }

    /// Where a blank line stands before what goes, the blank lines behind it go as well.
    fn close_gaps(&self, places: &mut [(Span, String)]) {
        let mut last_end = None;
        for (place, stays) in places.iter_mut() {
            let before = self.text.get(self.body..place.range().start).unwrap_or("");
            let lines = before.strip_suffix('\n').unwrap_or(before);
            let is_below_blank = before.is_empty()
                || lines.rsplit('\n').next().is_some_and(|line| line.trim().is_empty())
                || last_end == Some(place.start);
            while is_below_blank && stays.is_empty() && place.range().end < self.text.len() {
                let next = self.line_at(place.range().end);
                if !next.of(self.text).trim().is_empty() {
                    break;
                }
                place.end = next.end;
            }
            last_end = Some(place.end).filter(|_| is_below_blank && stays.is_empty());
        }
    }
}

/// The comments in a text, each on a line of its own.
fn comments(text: &str) -> String {
    comment_places(text)
        .into_iter()
        .filter_map(|(start, end)| text.get(start..end))
        .map(|comment| format!("{comment}\n"))
        .collect()
}

fn comment_places(text: &str) -> Vec<(usize, usize)> {
    let mut places = Vec::new();
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find("<!--")).map(|start| at + start) {
        let end = text.get(start..).and_then(|rest| rest.find("-->")).map_or(text.len(), |end| start + end + 3);
        places.push((start, end));
        at = end;
    }
    places
}
