//! A new record: its number, its file, and a text to fill in.

use super::escalation::draw;
use super::find::{find_part, name};
use super::form::{body, parts};
use super::literal::Literal;
use super::model::model;
use super::own::{self, Values};
use super::series::{Series, joined, next_addendum, root};
use super::slug::slug;
use super::top::{Language, Top, one_line};
use crate::config::{Config, Decision, Kind};
use crate::date::Date;
use crate::error::{Error, Result};
use crate::log::DecisionLog;
use crate::record::{Record, RecordId, RelationKind};
use crate::source::Source;
use crate::text::SourcePath;

/// The kind of addenda.
const ADDENDUM: &str = "addendum";

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// What the record is called.
    pub title: String,
    /// The record that an addendum changes, or that an escalation is about, by position.
    pub about: Option<usize>,
    /// Values for keys at the top: `door`, `scope`, `sourcing`.
    pub choices: Vec<(&'static str, String)>,
    /// Who drives and who decides: `driver`, `approver`.
    pub people: Vec<(&'static str, String)>,
    /// What it is to other records: ids, each perhaps with a part behind `#`.
    pub relations: Vec<(RelationKind, String)>,
    /// Whether it tells of what was done already.
    pub retroactive: bool,
    /// The folder below the project's in which it is asked for; it says which root is meant, where there are several.
    pub here: String,
}

/// A record that is not written yet.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Its file.
    pub path: SourcePath,
    /// Its text.
    pub text: String,
    /// The record that the text is.
    pub record: Record,
}

/// Drafts a record of a kind. `elsewhere` are ids that are taken and not in the log: those of other branches.
///
/// # Errors
/// When a title says nothing, a kind does not do what is asked of it, or a record that is named is not there.
pub fn draft(
    (kind, wish): (&Kind, &Wish),
    log: &DecisionLog,
    config: &Config,
    (today, elsewhere): (Date, &[RecordId]),
) -> Result<Draft> {
    let title = one_line(&wish.title);
    if title.is_empty() || title.contains(char::is_control) {
        return refused("give the record a title: a few words that say what is decided");
    }
    if wish.retroactive && kind.retroactive.is_empty() {
        return refused(&format!("`{}` has no form for what was done already", kind.name));
    }
    let about = wish.about.and_then(|position| log.record(position));
    let series = Series::of(log, config, kind, root(config, &wish.here)?);
    let (path, id) = path(&series, &title, about, (today, elsewhere))?;
    if let Some(draft) = in_own_form(&series, (&title, id.as_ref()), wish, &path, today)? {
        return Ok(draft);
    }
    let newest = series.newest();
    let language = newest.filter(|record| record.head.of(record.text()).starts_with("---"));
    let language = language.map_or(Language::Toml, |_| Language::Yaml);
    let mut top = top((kind, &title), about, wish, (log, today))?;
    // What the file's place says of the record is not written again.
    let mut head = parse(&path, &top.write(language, kind), config);
    if head.kind.name != kind.name {
        top.values.insert(1, ("kind", Literal::text(&kind.name)));
        head = parse(&path, &top.write(language, kind), config);
    }
    if let Some(id) = id.filter(|id| head.id.as_ref().is_none_or(|own| own.value != *id)) {
        top.values.insert(1, ("id", Literal::text(id.to_string())));
        head = parse(&path, &top.write(language, kind), config);
    }
    let mut parts = parts(kind, &head);
    if let Some(about) = about.filter(|_| kind.escalation) {
        draw(&mut parts, about, &path);
    }
    if let Some(about) = about.filter(|_| kind.name == ADDENDUM) {
        let sections: Vec<&str> = about
            .outline
            .sections
            .iter()
            .filter(|section| section.level == 2)
            .map(|section| section.title.as_str())
            .collect();
        if let Some(part) = parts.iter_mut().find(|part| part.name == "Change") {
            part.note = format!("{}\nSections of {}: {}.", part.note, name(about), sections.join(", "));
        }
    }
    let body = match (kind.template.trim(), kind.is_chapter()) {
        ("", true) => "\n{what this chapter tells its reader, and what they can do with it}\n".to_owned(),
        ("", false) => body(&parts, 2),
        (template, _) => format!("\n{template}\n"),
    };
    let before = if wish.retroactive { format!("\n{}\n", kind.retroactive.trim()) } else { String::new() };
    let text = format!("{}{before}{body}", top.write(language, kind));
    let is_crlf = newest.is_some_and(|record| record.text().contains("\r\n"));
    let text = if is_crlf { text.replace('\n', "\r\n") } else { text };
    let record = parse(&path, &text, config);
    Ok(Draft { path, text, record })
}

/// The draft in the form of the log, where that is another than this tool's and the settings do not ask for this tool's.
fn in_own_form(
    series: &Series<'_>,
    (title, id): (&str, Option<&RecordId>),
    wish: &Wish,
    path: &SourcePath,
    today: Date,
) -> Result<Option<Draft>> {
    let is_plain = wish.about.is_none() && series.kind.template.trim().is_empty() && !series.kind.is_chapter();
    let Some(model) = model(series).filter(|_| is_plain && !series.config.policy.native_drafts) else {
        return Ok(None);
    };
    let form = model.record.format.name();
    let without = |flag: &str| {
        refused(&format!(
            "the records of this log are in the form `{form}`, which has no place for `--{flag}`; leave it out, or write \
             `new = \"native\"` under `[records]` in the settings"
        ))
    };
    let flag = wish.choices.first().map(|(key, _)| *key).or(wish.retroactive.then_some("retroactive"));
    if let Some(flag) = flag {
        return without(flag);
    }
    let mut relations = Vec::new();
    for (kind, target) in &wish.relations {
        let (to, name) = related(series.log, target)?;
        let link = series.log.record(to).map(|record| record.path().link_from(path)).unwrap_or_default();
        relations.push((*kind, name, link));
    }
    let values = Values { title, id, today, people: &wish.people, relations: &relations };
    let text = own::text(series, &model, &values);
    let text = if model.record.text().contains("\r\n") { text.replace('\n', "\r\n") } else { text };
    let record = parse(path, &text, series.config);
    let says_so = record.kind.name == series.kind.name
        && record.id.as_ref().map(|id| &id.value) == id
        && record.title == title
        && record.references.len() == relations.len();
    let names = |(role, who): &&(&str, String)| {
        let daci = record.front.daci.as_ref().map(|daci| &daci.value);
        let mut people = daci.into_iter().flat_map(|daci| match *role {
            "approver" => daci.approver.iter().chain(None),
            _ => daci.contributors.iter().chain(daci.driver.as_ref()),
        });
        people.any(|known| known.value == *who)
    };
    if let Some((role, _)) = wish.people.iter().find(|person| !names(person)) {
        return without(role);
    }
    // A form that cannot be filled in so that it is read as what was asked for, such as a table of tags, is left to people.
    Ok(says_so.then(|| Draft { path: path.clone(), text, record }))
}

fn parse(path: &SourcePath, text: &str, config: &Config) -> Record {
    Record::parse(&Source::new(path.clone(), text), config).0
}

fn path(
    series: &Series<'_>,
    title: &str,
    about: Option<&Record>,
    (today, elsewhere): (Date, &[RecordId]),
) -> Result<(SourcePath, Option<RecordId>)> {
    let kind = series.kind;
    let slug = slug(title);
    if kind.is_chapter() {
        let name = if slug.is_empty() { return refused("give the chapter a title with letters in it") } else { slug };
        return Ok((SourcePath::new(joined(&series.folder(), &format!("{name}.md"))), None));
    }
    if kind.name == ADDENDUM {
        let Some((about, id)) = about.and_then(|about| Some((about, &about.id.as_ref()?.value))) else {
            return refused("name the record that it changes: `precedent new addendum RFC-7 TITLE`");
        };
        let is_accepted = about.status.as_ref().is_some_and(|status| status.decision == Decision::Accepted);
        if !is_accepted || id.addendum.is_some() {
            return refused(&without_addendum(about, id));
        }
        let number = next_addendum(series.log, id, elsewhere);
        let folder = about.path().record_folder();
        let tail = if slug.is_empty() { String::new() } else { format!("-{slug}") };
        let file = format!("{:0width$}-a{number}{tail}.md", id.number, width = id.width);
        let id = RecordId { addendum: Some(number), ..id.clone() };
        return Ok((SourcePath::new(joined(folder, &file)), Some(id)));
    }
    if series.is_dated {
        let file = series.naming().dated(today, &slug);
        return Ok((SourcePath::new(joined(&series.folder(), &file)), None));
    }
    if kind.prefix.is_empty() {
        return refused(&format!(
            "`{}` has no `prefix` in the settings, so that its records have no numbers",
            kind.name
        ));
    }
    let id = series.next(elsewhere);
    let file = series.naming().numbered((&id, series.width()), &slug);
    Ok((SourcePath::new(joined(&series.folder(), &file)), Some(id)))
}

/// Why a record has no addendum, and what to do.
fn without_addendum(about: &Record, id: &RecordId) -> String {
    if id.addendum.is_some() {
        return format!("{id} is an addendum itself; write another to the record that it amends");
    }
    let status = about.status.as_ref().map_or("without a status", |status| status.name.as_str());
    let is_open =
        about.status.as_ref().is_some_and(|status| matches!(status.decision, Decision::Draft | Decision::InReview));
    match is_open {
        true => format!("{id} is `{status}`, and an addendum changes what was agreed to; change its text"),
        false => format!(
            "{id} is `{status}`, and an addendum changes what is in force; write a new record that supersedes or revives it"
        ),
    }
}

fn top(
    (kind, title): (&Kind, &str),
    about: Option<&Record>,
    wish: &Wish,
    (log, today): (&DecisionLog, Date),
) -> Result<Top> {
    let mut top = Top { values: vec![("title", Literal::text(title))], ..Top::default() };
    let statuses = &kind.lifecycle.statuses;
    let draft = statuses.iter().find(|status| status.decision == Decision::Draft).or(statuses.first());
    top.values.extend(draft.map(|status| ("status", Literal::text(&status.name))));
    top.values.extend(wish.choices.iter().map(|(key, value)| (*key, Literal::text(value))));
    top.values.push(("created", Literal::day(today)));
    if wish.retroactive {
        top.lists.push(("tags", vec!["retroactive".to_owned()]));
    }
    for (kind, target) in &wish.relations {
        let (_, target) = related(log, target)?;
        match top.lists.iter_mut().find(|(key, _)| *key == kind.key()) {
            Some((_, targets)) => targets.push(target),
            None => top.lists.push((kind.key(), vec![target])),
        }
    }
    top.daci.clone_from(&wish.people);
    if let Some(about) = about {
        let key = if kind.name == ADDENDUM { RelationKind::Amends } else { RelationKind::RelatesTo }.key();
        top.lists.push((key, vec![name(about)]));
        let daci = about.front.daci.as_ref().map(|daci| &daci.value);
        let mut inherit = |role, who: Option<String>| {
            if let Some(who) = who.filter(|_| !wish.people.iter().any(|(known, _)| *known == role)) {
                top.daci.push((role, who));
            }
        };
        inherit("driver", daci.and_then(|daci| daci.driver.as_ref()).map(|driver| driver.value.clone()));
        // An escalation is decided by somebody above.
        let approver = daci.and_then(|daci| daci.approver.first()).map(|approver| approver.value.clone());
        inherit("approver", approver.filter(|_| !kind.escalation));
    }
    Ok(top)
}

/// A record that is named, by position and by its id as records write it, with the part that is meant.
fn related(log: &DecisionLog, target: &str) -> Result<(usize, String)> {
    let (position, part) = find_part(log, target)?;
    let named = log.record(position).map_or_else(|| target.to_owned(), name);
    Ok((position, part.map_or_else(|| named.clone(), |part| format!("{named}#{part}"))))
}

fn refused<T>(message: &str) -> Result<T> {
    Err(Error::Refused { message: message.to_owned() })
}
