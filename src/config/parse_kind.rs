//! `[kinds.<name>]` over the kind that stands, or over the one it is based on.

use super::kind::section_key;
use super::kind::{Condition, Decision, Delivery, FieldRule, Kind, NEVER, SectionRule, SignOffRule, Status, Zone};
use super::overlay::{Origin, read_rules, set};
use crate::text::{Location, SourcePath, Span, Spanned, capitalised, nearest};
use crate::value::{Data, Reader, Table, Value};
use std::sync::Arc;

const ZONES: &[(&str, Zone)] = &[("frozen", Zone::Frozen), ("append-only", Zone::AppendOnly), ("live", Zone::Live)];

/// Reads `[kinds]`; chapters stay last.
pub(super) fn read_kinds(top: &Reader<'_>, path: &SourcePath, known: Vec<Arc<Kind>>, origin: Origin) -> Vec<Arc<Kind>> {
    let mut kinds: Vec<Arc<Kind>> = known;
    for (name, table) in top.entries("kinds") {
        let existing = kinds.iter().position(|kind| kind.name == name.value);
        let base = match existing.and_then(|position| kinds.get(position)) {
            Some(kind) => {
                refuse_base(&table, &name.value);
                kind.as_ref().clone()
            }
            None => new_kind(&name, based_on(&table, &kinds)),
        };
        let kind = Arc::new(read_kind(&table, path, base, origin));
        table.finish();
        match existing.and_then(|position| kinds.get_mut(position)) {
            Some(place) => *place = kind,
            None => kinds.push(kind),
        }
    }
    kinds.sort_by_key(|kind| kind.is_chapter());
    kinds
}

/// A kind that stands has its base already.
fn refuse_base(table: &Reader<'_>, name: &str) {
    if let Some(base) = table.value("based-on") {
        let message = format!("`{name}` stands already, and `based-on` is only for a new kind");
        table.reject(base.span, message, "take it out, or give the new kind a name of its own");
    }
}

/// The kind that `based-on` names.
fn based_on(table: &Reader<'_>, kinds: &[Arc<Kind>]) -> Option<Kind> {
    let base = table.text("based-on")?;
    let kind = kinds.iter().find(|kind| kind.name == base.value);
    if kind.is_none() {
        let near = nearest(&base.value, kinds.iter().map(|kind| kind.name.as_str()));
        let help =
            near.map_or("name a kind that stands before it".to_owned(), |near| format!("did you mean `{near}`?"));
        table.reject(base.span, format!("there is no kind `{}` to base it on", base.value), help);
    }
    kind.map(|kind| kind.as_ref().clone())
}

fn new_kind(name: &Spanned<String>, base: Option<Kind>) -> Kind {
    let label = in_words(&name.value);
    let plural = format!("{label}s");
    let base = base.unwrap_or_else(|| Kind { width: 4, ..Kind::default() });
    Kind { name: name.value.clone(), label, plural, folders: vec![name.value.clone()], ..base }
}

fn read_kind(table: &Reader<'_>, path: &SourcePath, mut kind: Kind, origin: Origin) -> Kind {
    // `based-on` is only read for a new kind; here it is merely known.
    table.value("based-on");
    set(&mut kind.label, table.text("label"));
    set(&mut kind.plural, table.text("plural"));
    set(&mut kind.summary, table.text("summary"));
    set(&mut kind.prefix, table.text("prefix"));
    set(&mut kind.template, table.text("template"));
    set(&mut kind.head, table.text("head"));
    set(&mut kind.retroactive, table.text("retroactive"));
    set(&mut kind.lite, table.boolean("lite"));
    set(&mut kind.consults, table.boolean("consults"));
    set(&mut kind.escalation, table.boolean("escalation"));
    if let Some(width) = table.integer("width") {
        match usize::try_from(width.value).ok().filter(|width| *width <= 9) {
            Some(width) => kind.width = width,
            None => {
                table.reject(width.span, format!("`width` is {}", width.value), "give a number of digits from 0 to 9")
            }
        }
    }
    if table.value("folders").is_some() {
        kind.folders = table.texts("folders").into_iter().map(|folder| folder.value).collect();
    }
    if table.value("statuses").is_some() {
        kind.lifecycle.statuses = read_statuses(table);
    }
    if table.value("transitions").is_some() {
        kind.lifecycle.transitions = read_transitions(table, &kind.lifecycle.statuses);
    }
    let at = |span: Span| (origin == Origin::Organisation).then(|| Location { path: path.clone(), span });
    for section in table.tables("sections") {
        read_section(&section, at(section.span), &mut kind);
        section.value.finish();
    }
    for field in table.tables("fields") {
        read_field(&field, at(field.span), &mut kind);
        field.value.finish();
    }
    if table.value("sign-offs").is_some() {
        kind.sign_offs =
            table.tables("sign-offs").into_iter().map(|row| read_sign_off(row, path, origin, &kind)).collect();
    }
    kind.rules.extend(read_rules(table, "rules", path));
    kind
}

fn read_statuses(table: &Reader<'_>) -> Vec<Arc<Status>> {
    let mut statuses: Vec<Arc<Status>> = Vec::new();
    let mut next = 0;
    for entry in table.tables("statuses") {
        let reader = &entry.value;
        let Some(name) = reader.text("name") else {
            reader.reject(entry.span, "a status needs a `name`", "add one, such as `name = \"accepted\"`");
            continue;
        };
        let decision = reader.choice("decision", Decision::ALL);
        if decision.is_none() && reader.value("decision").is_none() {
            reader.reject(
                entry.span,
                format!("status `{}` needs a `decision`", name.value),
                "add one, such as `decision = \"accepted\"`",
            );
        }
        let off_ramp = reader.boolean("off-ramp").is_some_and(|off_ramp| off_ramp.value);
        let beside = reader.text("beside").and_then(|beside| known_beside(reader, &beside, &statuses));
        let step = if off_ramp {
            None
        } else if beside.is_some() {
            beside
        } else {
            next += 1;
            Some(next - 1)
        };
        statuses.push(Arc::new(Status {
            label: reader.text("label").map_or_else(|| in_words(&name.value), |label| label.value),
            synonyms: reader.texts("synonyms").into_iter().map(|synonym| synonym.value).collect(),
            decision: decision.map_or(Decision::Draft, |decision| decision.value),
            delivery: reader.choice("delivery", Delivery::ALL).map_or(Delivery::NotStarted, |delivery| delivery.value),
            step,
            name: name.value,
        }));
        entry.value.finish();
    }
    statuses
}

/// The step of the status that `beside` names.
fn known_beside(reader: &Reader<'_>, beside: &Spanned<String>, statuses: &[Arc<Status>]) -> Option<usize> {
    let step = statuses.iter().find(|status| status.name == beside.value).and_then(|status| status.step);
    if step.is_none() {
        let message = format!("`{}` is not a status on the main path before this one", beside.value);
        reader.reject(beside.span, message, "name one that stands above it");
    }
    step
}

fn read_transitions(table: &Reader<'_>, statuses: &[Arc<Status>]) -> Vec<(String, String)> {
    let mut transitions = Vec::new();
    for step in table.texts("transitions") {
        let ends = step.value.split_once("->").map(|(from, to)| (from.trim().to_owned(), to.trim().to_owned()));
        let known = |name: &str| statuses.iter().any(|status| status.name == name);
        match ends {
            Some((from, to)) if known(&from) && known(&to) => transitions.push((from, to)),
            _ => table.reject(
                step.span,
                format!("`{}` is not a step between two statuses", step.value),
                "write `from -> to`, with statuses of this kind",
            ),
        }
    }
    transitions
}

/// Adds a section, replaces the one of the same name, or takes it away.
fn read_section(table: &Spanned<Reader<'_>>, at: Option<Location>, kind: &mut Kind) {
    let reader = &table.value;
    let (name, from) = (reader.text("name"), reader.text("from"));
    let Some(name) = name else {
        reader.reject(table.span, "a section needs a `name`", "add one, such as `name = \"Privacy\"`");
        return;
    };
    let position = kind.sections.iter().position(|section| section.name == name.value);
    let old = position.and_then(|position| kind.sections.get(position)).cloned();
    let from = from.and_then(|from| known_from(reader, from, kind));
    let synonyms = reader.texts("synonyms").into_iter().map(|synonym| synonym.value);
    let synonyms: Vec<String> = old.iter().flat_map(|old| old.synonyms.iter().cloned()).chain(synonyms).collect();
    let more = reader.texts("words").into_iter().map(|word| word.value.to_lowercase());
    let words = |key, of_old: fn(&SectionRule) -> &String| {
        let written = reader.text(key).map(|text| text.value);
        written.or_else(|| old.as_ref().map(of_old).cloned()).unwrap_or_default()
    };
    let section = SectionRule {
        words: old.iter().flat_map(|old| old.words.iter().cloned()).chain(more).collect(),
        keys: std::iter::once(&name.value).chain(&synonyms).map(|name| section_key(name)).collect(),
        synonyms,
        from: from.or_else(|| old.as_ref().map(|old| old.from.clone())).unwrap_or_else(|| first_status(kind)),
        when: match reader.value("when") {
            Some(when) => read_when(reader, when),
            None => old.as_ref().map(|old| old.when.clone()).unwrap_or_default(),
        },
        guidance: words("guidance", |old| &old.guidance),
        good: words("good", |old| &old.good),
        form: words("form", |old| &old.form),
        rule: reader.text("rule").or_else(|| old.as_ref().map(|old| old.rule.clone())).unwrap_or_else(no_rule),
        zone: reader
            .choice("zone", ZONES)
            .map(|zone| zone.value)
            .or_else(|| old.as_ref().map(|old| old.zone))
            .unwrap_or_default(),
        alternatives: alternatives(reader).or_else(|| old.as_ref().map(|old| old.alternatives)).unwrap_or_default(),
        name: name.value,
        at,
    };
    lay(&mut kind.sections, position, section, |section| section.from != NEVER);
}

/// How many alternatives a section has to give.
fn alternatives(reader: &Reader<'_>) -> Option<usize> {
    let number = reader.integer("alternatives")?;
    let count = usize::try_from(number.value).ok();
    if count.is_none() {
        reader.reject(number.span, format!("`alternatives` is {}", number.value), "write how many, from 0");
    }
    count
}

/// Adds a field, replaces the one of the same name, or takes it away.
fn read_field(table: &Spanned<Reader<'_>>, at: Option<Location>, kind: &mut Kind) {
    let reader = &table.value;
    let (name, from) = (reader.text("name"), reader.text("from"));
    let Some(name) = name else {
        reader.reject(table.span, "a field needs a `name`", "add one, such as `name = \"door\"`");
        return;
    };
    let position = kind.fields.iter().position(|field| field.name == name.value);
    let old = position.and_then(|position| kind.fields.get(position)).map(|old| old.rule.clone());
    let from = from.and_then(|from| known_from(reader, from, kind)).unwrap_or_else(|| first_status(kind));
    let when = reader.value("when").map(|when| read_when(reader, when)).unwrap_or_default();
    let rule = reader.text("rule").or(old).unwrap_or_else(no_rule);
    lay(&mut kind.fields, position, FieldRule { name: name.value, from, when, rule, at }, |field| field.from != NEVER);
}

/// The rule for what has none of its own.
fn no_rule() -> Spanned<String> {
    Spanned::new(String::new(), Span::default())
}

/// Reads who must have signed.
fn read_sign_off(row: Spanned<Reader<'_>>, path: &SourcePath, origin: Origin, kind: &Kind) -> SignOffRule {
    let reader = &row.value;
    let rule = SignOffRule {
        roles: reader.texts("roles").into_iter().map(|role| role.value).collect(),
        from: reader.text("from").and_then(|from| known_from(reader, from, kind)).unwrap_or_else(|| first_status(kind)),
        when: reader.value("when").map(|when| read_when(reader, when)).unwrap_or_default(),
        at: (origin == Origin::Organisation).then(|| Location { path: path.clone(), span: row.span }),
    };
    if rule.roles.is_empty() {
        reader.reject(row.span, "a sign-off needs `roles`", "name them, such as `roles = [\"principal-engineer\"]`");
    }
    row.value.finish();
    rule
}

/// Puts an entry in place of the old one, at the end when there is none, or nowhere when it is not to be kept.
fn lay<T>(list: &mut Vec<T>, position: Option<usize>, entry: T, keep: impl Fn(&T) -> bool) {
    if let Some(position) = position {
        list.remove(position);
    }
    if keep(&entry) {
        list.insert(position.unwrap_or(list.len()), entry);
    }
}

fn first_status(kind: &Kind) -> String {
    kind.lifecycle.statuses.first().map(|status| status.name.clone()).unwrap_or_default()
}

/// The status that `from` names, if the kind has it.
fn known_from(reader: &Reader<'_>, from: Spanned<String>, kind: &Kind) -> Option<String> {
    if from.value == NEVER || kind.lifecycle.statuses.iter().any(|status| status.name == from.value) {
        return Some(from.value);
    }
    let near = kind.lifecycle.nearest(&from.value);
    let help = near
        .map_or(format!("name a status of `{}`, or `{NEVER}`", kind.name), |near| format!("did you mean `{near}`?"));
    reader.reject(from.span, format!("`{}` is not a status of `{}`", from.value, kind.name), help);
    None
}

/// `when = { door = "one-way" }`, or a list of such tables of which any will do.
fn read_when(reader: &Reader<'_>, when: &Value) -> Vec<Condition> {
    let values: Vec<&Value> = match &when.data {
        Data::List(list) if !list.is_empty() => list.iter().collect(),
        Data::Table(_) | Data::List(_) | Data::Scalar(..) => vec![when],
    };
    let mut conditions = Vec::new();
    for value in values {
        match &value.data {
            Data::Table(table) => conditions.push(read_condition(reader, table)),
            Data::Scalar(..) | Data::List(_) => reader.reject(
                value.span,
                format!("`when` is {}", value.describe()),
                "write a table, such as `when = { door = \"one-way\" }`",
            ),
        }
    }
    conditions
}

fn read_condition(reader: &Reader<'_>, table: &Table) -> Condition {
    let words = |value: &Value| {
        let values = match &value.data {
            Data::List(list) => list.iter().collect(),
            Data::Scalar(..) | Data::Table(_) => vec![value],
        };
        let mut words = Vec::new();
        for value in values {
            match &value.data {
                Data::Scalar(_, word) => words.push(word.clone()),
                Data::List(_) | Data::Table(_) => {
                    reader.reject(
                        value.span,
                        format!("a condition compares with {}", value.describe()),
                        "write a word, or a list of words",
                    );
                }
            }
        }
        words
    };
    Condition(table.entries.iter().map(|entry| (entry.key.value.clone(), words(&entry.value))).collect())
}

/// `formal-review` as `Formal review`.
fn in_words(name: &str) -> String {
    capitalised(&name.replace(['-', '_'], " "))
}
