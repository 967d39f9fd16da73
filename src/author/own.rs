//! A new record in the form that the log has: the head of one of its records with other values, and the sections that most have.

use super::form::{Part, body, part};
use super::literal::Literal;
use super::model::{Model, is_left_open};
use super::series::Series;
use crate::config::{Kind, section_key};
use crate::date::Date;
use crate::markdown::Section;
use crate::record::{Field, Format, Holder, Key, Record, RecordId, RelationKind, shown};
use crate::text::{Span, kebab_case, line_start};
use std::collections::{BTreeMap, BTreeSet};

/// What is to stand where something must be filled in.
const NAMES: &str = "{name}";

/// What a new record says.
pub(super) struct Values<'a> {
    /// What it is called.
    pub(super) title: &'a str,
    /// Its id, where records have one.
    pub(super) id: Option<&'a RecordId>,
    /// The day.
    pub(super) today: Date,
    /// Who drives and who decides: `driver`, `approver`.
    pub(super) people: &'a [(&'static str, String)],
    /// What it is to other records: each with its name, and the link to it.
    pub(super) relations: &'a [(RelationKind, String, String)],
}

/// The text of a new record after a model.
pub(super) fn text(series: &Series<'_>, model: &Model, values: &Values<'_>) -> String {
    let writing = Writing { model: &model.record, odd: &model.odd, kind: series.kind, values };
    let head = writing.head();
    let sections = writing.sections(series);
    let gap = if head.ends_with("\n\n") || head.is_empty() { "" } else { "\n" };
    let body = body(&sections.0, sections.1);
    let whole = format!("{head}{gap}{}", body.trim_start_matches('\n'));
    whole.trim_end_matches('\n').to_owned() + "\n"
}

struct Writing<'a> {
    model: &'a Record,
    odd: &'a BTreeSet<String>,
    kind: &'a Kind,
    values: &'a Values<'a>,
}

impl Writing<'_> {
    /// All that stands before the first section of the text, line by line, with other values.
    fn head(&self) -> String {
        let text = self.model.text();
        let end = self.ordinary().first().map_or(text.len(), |section| section.heading.range().start);
        let mut out = String::new();
        let mut at = self.model.head.range().start;
        let head = self.model.head.range();
        while at < end {
            let line =
                Span::new(at, text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |end| at + end + 1));
            at = line.range().end;
            let (new, next) =
                if head.contains(&line.range().start) { self.line_of_head(line) } else { self.line(line) };
            at = at.max(next);
            let is_blank = new.trim().is_empty();
            // Where a line went, its blank one goes as well; and two blank lines are one.
            if !(is_blank && (out.ends_with("\n\n") || out.is_empty())) {
                out.push_str(new.trim_end_matches(['\r', '\n']));
                out.push('\n');
            }
            if new.is_empty() {
                out.pop();
            }
        }
        // A head of which nothing is left.
        self.with_relations(out.strip_prefix("---\n---\n").map_or(out.clone(), |rest| rest.trim_start().to_owned()))
    }

    /// The sections of the model that say something else than what it is.
    fn ordinary(&self) -> Vec<&Section> {
        let model = self.model;
        let says = |section: &&Section| {
            let is_title = model.title_heading == Some(section.heading);
            let holds = |field: &Field| {
                let is_head = !matches!(field.holder, Holder::Text) && !field.name.span.is_empty();
                is_head && (section.heading == field.name.span || section.own.contains(field.name.span))
            };
            !is_title && !model.fields().iter().any(holds)
        };
        model.outline.sections.iter().filter(says).collect()
    }

    /// A line of a head between fences: a key with its new value, or nothing. With where the next line starts.
    fn line_of_head(&self, line: Span) -> (String, usize) {
        let (text, end) = (self.model.text(), line.range().end);
        let whole = line.of(text);
        if ["---", "+++", "..."].contains(&whole.trim_end()) {
            return (whole.to_owned(), end);
        }
        let entries = &self.model.front.table.entries;
        let Some(entry) = entries.iter().find(|entry| line.contains(entry.key.span)) else {
            return (String::new(), end);
        };
        let next = entry.value.span.range().end.max(line.range().end);
        let next =
            text.get(next..).filter(|_| next > end).and_then(|rest| rest.find('\n')).map_or(next, |at| next + at + 1);
        if self.odd.contains(&kebab_case(&entry.key.value)) {
            return (String::new(), next);
        }
        let id = self.values.id;
        let read_as = self.model.fields().iter().find(|field| field.name.span == entry.key.span).map(|field| field.key);
        let key = match entry.key.value.as_str() {
            "status" => Some(Key::Status),
            "title" => Some(Key::Title),
            // The place among the pages of a site is that of its neighbours.
            "layout" | "parent" | "grand_parent" => return (whole.to_owned(), next),
            // `eip: 7`, `kep-number: 12`.
            "kep-number" | "id" => Some(Key::Number),
            name if id.is_some_and(|id| name.eq_ignore_ascii_case(id.series())) => Some(Key::Number),
            _ => read_as.filter(|key| matches!(key, Key::Status | Key::Created | Key::Authors | Key::Deciders)),
        };
        let old = entry.value.span.of(text);
        let Some(value) = key.and_then(|key| self.value(key, old)) else {
            let is_asked = key.is_none() && Key::named(&entry.key.value).is_none_or(is_left_open);
            return (if is_asked { format!("{}:\n", entry.key.span.of(text)) } else { String::new() }, next);
        };
        let is_bare = value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') && !old.starts_with(['"', '\'']);
        let value = if is_bare { value } else { Literal::text(value).yaml(old) };
        let value = if old.starts_with('[') { format!("[{value}]") } else { value };
        (format!("{}: {value}\n", entry.key.span.of(text)), next)
    }

    /// A line above the text with its new values; nothing where it says what a new record does not.
    fn line(&self, line: Span) -> (String, usize) {
        let (text, end) = (self.model.text(), line.range().end);
        let whole = line.of(text);
        if let Some(heading) = self.model.title_heading.filter(|heading| line.contains(*heading)) {
            return (self.title(heading.of(text)) + "\n", end);
        }
        let starts_here = |field: &&Field| {
            let place = if self.is_named_by_heading(field) { field.value.span } else { field.name.span };
            line.range().contains(&place.range().start) && !matches!(field.holder, Holder::Head | Holder::Text)
        };
        let fields: Vec<&Field> = self.model.fields().iter().filter(starts_here).collect();
        let is_heading = self.model.outline.sections.iter().any(|section| line.contains(section.heading));
        let is_frame = !shown(whole).contains(char::is_alphanumeric) || (is_heading && fields.is_empty());
        let names_columns =
            self.model.fields().iter().any(|field| field.holder == Holder::Row) && is_before_rule(text, line);
        if fields.is_empty() {
            let kept = if is_frame || names_columns { Some(whole.to_owned()) } else { self.left_to_fill(whole) };
            return (kept.unwrap_or_default(), end);
        }
        let next = fields.iter().map(|field| field.value.span.range().end).max().unwrap_or(end);
        let mut new = String::new();
        let mut from = line.range().start;
        let mut is_said = false;
        for field in &fields {
            // A status that the head has need not be said again.
            let is_twice = field.key == Key::Status && self.model.front.table.get("status").is_some();
            let value = self.value(field.key, &field.value.value).filter(|_| !is_twice);
            is_said |= value.is_some();
            let place = if field.value.span.is_empty() { Span::new(next, next) } else { field.value.span };
            new.push_str(text.get(from..place.range().start).unwrap_or("").trim_end_matches('\n'));
            new.push_str(value.as_deref().unwrap_or("—"));
            from = place.range().end;
        }
        let rest_end = text.get(from..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| from + at + 1);
        let rest = text.get(from..rest_end).unwrap_or("");
        // Of what stood around a value that is left open, one blank is enough.
        let rest = if new.ends_with(' ') { rest.trim_start_matches(' ') } else { rest };
        new.push_str(rest.strip_prefix([';', ',']).unwrap_or(rest));
        (if is_said { new } else { String::new() }, rest_end.max(end))
    }

    /// A line with a key that only the log knows, such as `- Feature Name: x`, without its value.
    fn left_to_fill(&self, line: &str) -> Option<String> {
        let text = self.model.text();
        let line = line.trim_end();
        if line.starts_with('|') && self.model.fields().iter().any(|field| field.holder == Holder::Row) {
            let first = line.get(1..)?.split('|').next()?;
            if self.odd.contains(&kebab_case(first.trim())) {
                return None;
            }
            return Some(format!("|{first}| |\n"));
        }
        if line.starts_with("<tr") && self.model.fields().iter().any(|field| field.holder == Holder::HtmlRow) {
            let second = line.match_indices("<td").nth(1)?.0;
            let value = second + line.get(second..)?.find('>')? + 1;
            let end = value + line.get(value..)?.find("</td>")?;
            return Some(format!("{} {}\n", line.get(..value)?, line.get(end..)?));
        }
        let lead = |place: usize| {
            let start = line_start(text, place);
            text.get(start..place)
        };
        let of_lines = self.model.fields().iter().filter(|field| field.holder == Holder::Line);
        let mut leads = of_lines.filter_map(|field| lead(field.name.span.range().start));
        let lead =
            leads.find(|lead| line.strip_prefix(lead).is_some_and(|rest| rest.starts_with(char::is_alphabetic)))?;
        let key = line.get(lead.len()..)?.split(':').next()?;
        let is_key =
            key.len() <= 40 && key.split(' ').count() <= 4 && line.get(lead.len() + key.len()..)?.starts_with(':');
        let marks =
            line.get(lead.len() + key.len() + 1..)?.chars().take_while(|c| "*_`".contains(*c)).collect::<String>();
        is_key.then(|| format!("{lead}{key}:{marks}\n"))
    }

    /// Whether a field's name is the heading above its value.
    fn is_named_by_heading(&self, field: &Field) -> bool {
        matches!(field.holder, Holder::Section(whole) if whole.start == field.name.span.start)
            && field.name.value.starts_with('#')
    }

    fn value(&self, key: Key, old: &str) -> Option<String> {
        let values = self.values;
        let who = |role: &str| values.people.iter().find(|(known, _)| *known == role).map(|(_, who)| who.clone());
        match key {
            Key::Status => Some(self.status(old)),
            Key::Title => Some(values.title.to_owned()),
            Key::Number => values.id.map(|id| renumbered(&shown(old), id.number)),
            key if is_left_open(key) => Some(String::new()),
            Key::Created => Some(values.today.to_string()),
            Key::Authors => Some(who("driver").unwrap_or_else(|| NAMES.to_owned())),
            Key::Deciders => Some(who("approver").unwrap_or_else(|| NAMES.to_owned())),
            _ => None,
        }
    }

    /// The first status of the kind, in the letters in which the log writes its statuses.
    fn status(&self, old: &str) -> String {
        let word = match (self.model.format, self.kind.lifecycle.statuses.first()) {
            (Format::Kep, _) => "provisional",
            (_, first) => first.map_or("proposed", |first| first.name.as_str()),
        };
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if shown(old).chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase) => {
                first.to_uppercase().chain(letters).collect()
            }
            _ => word.to_owned(),
        }
    }

    /// The heading of the model with another title and, where it has one, another number.
    fn title(&self, heading: &str) -> String {
        let values = self.values;
        let old = self.model.title.as_str();
        let marks: String = heading.chars().take_while(|c| *c == '#').collect();
        let Some(at) = heading.rfind(old) else { return format!("{marks} {}", values.title) };
        let before = heading.get(..at).unwrap_or("");
        let before = values.id.map_or_else(|| before.to_owned(), |id| renumbered(before, id.number));
        format!("{before}{}", values.title)
    }

    /// The relations that were asked for, where the form has such things: in its head, in its section, or on lines.
    fn with_relations(&self, head: String) -> String {
        if self.values.relations.is_empty() {
            return head;
        }
        let status = self.model.fields().iter().find(|field| field.key == Key::Status && field.holder != Holder::Head);
        let link = |(kind, name, link): &(RelationKind, String, String)| (kind.forward(), format!("[{name}]({link})"));
        match status {
            Some(field) if self.is_named_by_heading(field) => {
                let lines = self.values.relations.iter().map(link).map(|(phrase, link)| format!("\n{phrase} {link}\n"));
                format!("{}\n{}\n", head.trim_end(), lines.collect::<String>())
            }
            Some(field) if field.holder == Holder::Line => {
                let text = self.model.text();
                let start = text
                    .get(..field.name.span.range().start)
                    .and_then(|before| before.rfind('\n'))
                    .map_or(0, |at| at + 1);
                let lead = text.get(start..field.name.span.range().start).unwrap_or("");
                let mid = text.get(field.name.span.range().end..field.value.span.range().start).unwrap_or(": ");
                let tail = text.get(field.value.span.range().end..).and_then(|rest| rest.lines().next());
                let tail = tail.filter(|tail| !tail.contains(char::is_alphanumeric)).unwrap_or("");
                let line = |(phrase, link): (&str, String)| format!("{lead}{phrase}{mid}{link}{tail}\n");
                let lines = self.values.relations.iter().map(link).map(line);
                let lines = lines.collect::<String>();
                match head
                    .rfind(&format!("{lead}{}{mid}", field.name.value))
                    .and_then(|at| Some(at + head.get(at..)?.find('\n')? + 1))
                {
                    Some(at) => format!("{}{lines}{}", head.get(..at).unwrap_or(""), head.get(at..).unwrap_or("")),
                    None => head,
                }
            }
            _ => {
                let mut by_key: BTreeMap<&str, Vec<String>> = BTreeMap::new();
                for (kind, name, _) in self.values.relations {
                    by_key.entry(kind.key()).or_default().push(Literal::text(name).toml(""));
                }
                let lines: String =
                    by_key.iter().map(|(key, names)| format!("{key}: [{}]\n", names.join(", "))).collect();
                match head.match_indices("---\n").nth(1).filter(|_| head.starts_with("---")) {
                    Some((at, _)) => format!("{}{lines}{}", head.get(..at).unwrap_or(""), head.get(at..).unwrap_or("")),
                    None => head,
                }
            }
        }
    }

    /// The sections that at least half of the records of this form have, where most have them, and their level.
    fn sections(&self, series: &Series<'_>) -> (Vec<Part>, usize) {
        let level = self.ordinary().iter().map(|section| section.level).min().unwrap_or(2);
        let records: Vec<&Record> = series.records().filter(|record| record.format == self.model.format).collect();
        let is_head = |section: &Section| {
            Key::named(&section.title).is_some()
                || self.model.title_heading.is_some_and(|title| title == section.heading)
        };
        // By title: how many have it, and at which places together.
        let mut of_title: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for record in &records {
            let sections = record.outline.sections.iter().filter(|section| section.level == level && !is_head(section));
            for (place, section) in sections.enumerate() {
                let (count, places) = of_title.entry(section.title.as_str()).or_default();
                (*count, *places) = (*count + 1, *places + place);
            }
        }
        let mut usual: Vec<(f64, &str)> = of_title
            .into_iter()
            .filter(|(_, (count, _))| count * 2 >= records.len())
            .map(|(title, (count, places))| (places as f64 / count as f64, title))
            .collect();
        usual.sort_by(|one, other| one.0.total_cmp(&other.0));
        let named = |(_, title): &(f64, &str)| {
            let key = section_key(title);
            let rule = self.kind.sections.iter().find(|rule| rule.keys.contains(&key));
            let note = rule.map(|rule| part(rule).note).unwrap_or_default();
            Part { name: (*title).to_owned(), more: String::new(), note, drawn: String::new(), form: String::new() }
        };
        (usual.iter().map(named).collect(), usize::from(level))
    }
}

/// A text with the last number in it replaced, in as many digits.
fn renumbered(text: &str, number: u32) -> String {
    let Some(end) = text.rfind(|c: char| c.is_ascii_digit()).map(|at| at + 1) else { return text.to_owned() };
    let start = text.get(..end).and_then(|before| before.rfind(|c: char| !c.is_ascii_digit()));
    let start =
        start.map_or(0, |at| at + text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
    let (before, after) = (text.get(..start).unwrap_or(""), text.get(end..).unwrap_or(""));
    let width = if text.get(start..).is_some_and(|digits| digits.starts_with('0')) { end - start } else { 1 };
    format!("{before}{number:0width$}{after}")
}

/// Whether a line stands right above the rule of a table, and so names its columns.
fn is_before_rule(text: &str, line: Span) -> bool {
    let next = text.get(line.range().end..).and_then(|rest| rest.lines().next()).unwrap_or("");
    line.of(text).contains('|') && next.contains('-') && next.chars().all(|c| "|-: ".contains(c))
}
