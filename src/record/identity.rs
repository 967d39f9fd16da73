//! Kind, id and title of a record: from the front matter, else from the file's name and folder, else from the first heading.

use super::format::{Format, Key, Stated, shown};
use super::id::{Numbered, RecordId};
use super::series::Series;
use crate::config::{Config, Kind, Root, kind_advice};
use crate::date::{Date, parse_date};
use crate::diagnostic::Diagnostic;
use crate::markdown::{Outline, Section, is_in_braces};
use crate::text::{SourcePath, Span, Spanned, capitalised};
use std::sync::Arc;

/// The kind of addenda, which are known by their id (`RFC-0007-A1`) wherever they lie.
const ADDENDUM: &str = "addendum";

/// The most bytes between two headings with nothing but line ends between them: two, each of two bytes.
const GAP: u32 = 4;

/// Whether a file is itself a template, whose words are meant to be left behind: `template.md`, `0000-template.md`,
/// `CAIP-Template.md`; `cep-0000.md`, which has the number that nobody is given, and no name. A record of a number of its own is
/// none: `0012-new-page-template.md`.
pub fn is_template(path: &SourcePath) -> bool {
    let stem = path.record_name();
    let mut words = stem.split(['-', '_', '.', ' ']);
    let is_it = |word: &str| word.eq_ignore_ascii_case("template");
    let has_word = words.clone().next().is_some_and(is_it) || words.next_back().is_some_and(is_it);
    // Asked of every finding: a number is only looked for where it can tell.
    if !has_word && !stem.ends_with('0') {
        return false;
    }
    let numbered = Numbered::parse(stem);
    if numbered
        .as_ref()
        .is_some_and(|it| it.number == 0 && it.digits > 1 && !it.prefix.is_empty() && it.rest.is_empty())
    {
        return true;
    }
    let is_dated = stem.starts_with(|c: char| c.is_ascii_digit()) && numbered.is_none();
    let is_record = is_dated || numbered.is_some_and(|numbered| numbered.number > 0);
    has_word && !is_record
}

/// The kind of a record: as written; else by its folders, the nearest first; else by the prefix of its name; else a chapter.
pub(super) fn kind(
    written: Option<&Spanned<String>>,
    path: &SourcePath,
    config: &Config,
    said: (&Stated, Option<&Series>),
    found: &mut Vec<Diagnostic>,
) -> Arc<Kind> {
    if let Some(written) = written {
        let named = |kind: &&Arc<Kind>| {
            kind.name.eq_ignore_ascii_case(&written.value) || kind.label.eq_ignore_ascii_case(&written.value)
        };
        match config.kinds.iter().find(named) {
            Some(kind) => return kind.clone(),
            None => found.push(unknown_kind(written, path, config)),
        }
    }
    let numbered = Numbered::parse(path.record_name());
    let by_folder = by_folder(path, config);
    if let (Some(numbered), Some(addendum)) = (&numbered, config.kind(ADDENDUM))
        && numbered.addendum.is_some()
        && by_folder.as_ref().is_some_and(|kind| !kind.is_chapter())
    {
        return addendum.clone();
    }
    let by_prefix = || {
        let prefix = numbered.as_ref()?.prefix;
        config.kinds.iter().find(|kind| !prefix.is_empty() && kind.prefix.eq_ignore_ascii_case(prefix))
    };
    if is_part(path, numbered.as_ref()) || is_template(path) {
        return config.chapter().cloned().unwrap_or_default();
    }
    // A README of a folder of records introduces them; it is a record only where the folder itself is named like one. The summary
    // of a book lists its pages.
    let lists = path.is_index() || path.stem().eq_ignore_ascii_case("summary");
    let introduces = lists && numbered.is_none() && !opens_with_date(path.record_name());
    let by_folder = by_folder.filter(|kind| !is_series(kind, config) || is_in_series(kind, said, numbered.as_ref()));
    let of_root = || config.kind(&config.roots.holding(path)?.kind).cloned();
    let kind = by_folder.filter(|_| !introduces).or_else(|| by_prefix().cloned());
    let kind = kind.or_else(|| of_root().filter(|_| !introduces));
    let has_bare_number = numbered.as_ref().is_some_and(|numbered| numbered.prefix.is_empty());
    let is_proposal = matches!(said.0.format, Format::Kep | Format::Proposal);
    let is_named = is_proposal || numbered.is_some() || opens_with_date(path.record_name());
    let by_form = || by_form(said.0, said.1.is_some(), (is_named, has_bare_number), config).cloned();
    kind.or_else(by_form).or_else(|| config.chapter().cloned()).unwrap_or_default()
}

/// Whether a kind's records are numbered one and all, and known by what opens their names: it is one of proposals, with a prefix.
fn is_series(kind: &Kind, config: &Config) -> bool {
    let is_of_proposals = |base: &Arc<Kind>| base.lifecycle == kind.lifecycle && base.prefix.is_empty();
    !kind.prefix.is_empty() && config.kind("proposal").is_some_and(is_of_proposals)
}

/// Whether a text in the folder of such a kind is one of its records, by its name or by what it says of itself: minutes and
/// overviews lie there, too.
fn is_in_series(kind: &Kind, said: (&Stated, Option<&Series>), numbered: Option<&Numbered<'_>>) -> bool {
    let is_named = numbered
        .is_some_and(|numbered| numbered.prefix.is_empty() || numbered.prefix.eq_ignore_ascii_case(&kind.prefix));
    // Minutes say the day on a line of its own, too.
    let has_head = !matches!(said.0.format, Format::Bare | Format::Lines) || said.0.first(Key::Status).is_some();
    is_named || said.1.is_some() || has_head
}

/// The kind of a record that lies in no kind's folder, and whose form and name leave no doubt that it is one.
fn by_form<'a>(
    stated: &Stated,
    in_series: bool,
    (is_named, has_bare_number): (bool, bool),
    config: &'a Config,
) -> Option<&'a Arc<Kind>> {
    let has = |key: Key| stated.first(key).is_some();
    let kind = match stated.format {
        Format::Proposal if !in_series && has_bare_number => "rfc",
        Format::Kep | Format::Proposal => "proposal",
        Format::Native if in_series || has(Key::Authors) => "proposal",
        // Only a head that nobody closed says the number alone.
        Format::Bare if in_series => "proposal",
        Format::Native | Format::Bare => return None,
        Format::Madr => "adr",
        _ if has(Key::Number) => "proposal",
        Format::HtmlTable | Format::Headers if has(Key::Status) && has(Key::Authors) => "proposal",
        Format::Bullets if has(Key::Tracking) && has(Key::Created) => "rfc",
        _ if has(Key::Status) => "adr",
        _ => return None,
    };
    config.kind(kind).filter(|_| is_named || in_series)
}

/// Whether a file lies in the folder of one record and is none itself: `0007-x/measurements.md` beside `0007-x/README.md`.
fn is_part(path: &SourcePath, numbered: Option<&Numbered<'_>>) -> bool {
    let folder = path.folder_name();
    // Few digits, and years, put folders of several records in order.
    let is_year = |folder: &Numbered<'_>| folder.digits == 4 && (1900..2100).contains(&folder.number);
    let is_id = |folder: Numbered<'_>| folder.rest.len() > 1 && folder.digits > 2 && !is_year(&folder);
    let is_of_record = Numbered::parse(folder).is_some_and(is_id) || opens_with_date(folder);
    is_of_record && numbered.is_none() && !path.is_index() && !opens_with_date(path.stem())
}

/// The kind whose folder a file lies in, the nearest folder first.
fn by_folder(path: &SourcePath, config: &Config) -> Option<Arc<Kind>> {
    let mut folders = path.folder().rsplit('/');
    folders.find_map(|folder| config.kinds.iter().find(|kind| kind.is_of_folder(folder))).cloned()
}

/// `2023-05-09-x` or `20230509-x`.
fn opens_with_date(name: &str) -> bool {
    let digits: String = name.chars().filter(|c| *c != '-').take(8).collect();
    digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// The day that a record's name opens with: `2023-05-09-x`, `20230509-x`.
pub fn day_of(path: &SourcePath) -> Option<Date> {
    let name = path.record_name();
    let digits: String = name.chars().filter(|c| *c != '-').take(8).collect();
    let (year, month, day) = (digits.get(..4)?, digits.get(4..6)?, digits.get(6..8)?);
    opens_with_date(name).then(|| parse_date(&format!("{year}-{month}-{day}"))).flatten()
}

/// The number that a table or a list above the text gives a record: `| cip | 10 |`.
fn stated_number(stated: &Stated) -> Option<Spanned<String>> {
    let field = stated.first(Key::Number)?;
    let words = shown(&field.value.value);
    let is_id = RecordId::parse(&words).is_some() || words.parse::<u32>().is_ok();
    is_id.then(|| Spanned::new(words, field.value.span))
}

fn unknown_kind(written: &Spanned<String>, path: &SourcePath, config: &Config) -> Diagnostic {
    let help = kind_advice(&written.value, config.kinds.iter().map(|kind| kind.name.as_str()));
    Diagnostic::new("unknown-kind", path, written.span, format!("there is no kind of record `{}`", written.value))
        .with_label("not a kind")
        .with_help(help)
}

/// The id of a record: as written, else from its name.
pub(super) fn id(
    written: Option<Spanned<String>>,
    series: Option<Series>,
    (kind, stated): (&Kind, &Stated),
    path: &SourcePath,
    config: &Config,
    found: &mut Vec<Diagnostic>,
) -> Option<Spanned<RecordId>> {
    if kind.is_chapter() {
        return None;
    }
    let of_series = series.as_ref().map(|series| series.prefix.clone());
    if let Some(written) = written.or(series.map(|series| series.number)).or_else(|| stated_number(stated)) {
        let bare = Numbered::parse(&written.value).filter(|numbered| numbered.rest.is_empty());
        let id = RecordId::parse(&written.value).or_else(|| bare.map(|numbered| named(&numbered, kind, path, config)));
        match id {
            Some(id) => {
                let prefix = Some(id.prefix).filter(|prefix| !prefix.is_empty()).or(of_series).unwrap_or_default();
                let id = RecordId { width: id.width.max(kind.width), prefix, ..id };
                return (!id.prefix.is_empty()).then(|| Spanned::new(id.within(&scope(path, config)), written.span));
            }
            None => found.push(
                Diagnostic::new("invalid-value", path, written.span, format!("`id` is `{}`", written.value))
                    .with_label("not an id")
                    .with_help(format!(
                        "write a prefix and a number, such as `{}-{:0width$}`",
                        prefix(kind, path, config),
                        7,
                        width = kind.width
                    )),
            ),
        }
    }
    let numbered = Numbered::parse(path.record_name())?;
    let id = named(&numbered, kind, path, config);
    (!id.prefix.is_empty()).then(|| Spanned::new(id.within(&scope(path, config)), Span::default()))
}

/// The id that a file has by its place and name alone, whatever is in it.
pub fn id_of_path(path: &SourcePath, config: &Config) -> Option<RecordId> {
    let mut found = Vec::new();
    let nothing = Stated::default();
    let kind = kind(None, path, config, (&nothing, None), &mut found);
    id(None, None, (&kind, &nothing), path, config, &mut found).map(|id| id.value)
}

/// What opens the ids of the root that a file lies in.
fn scope(path: &SourcePath, config: &Config) -> String {
    config.roots.holding(path).map(Root::scope).unwrap_or_default()
}

fn named(numbered: &Numbered<'_>, kind: &Kind, path: &SourcePath, config: &Config) -> RecordId {
    RecordId {
        prefix: prefix(kind, path, config),
        number: numbered.number,
        addendum: numbered.addendum,
        width: kind.width.max(numbered.digits),
    }
}

/// The prefix of a kind's ids; an addendum takes that of the folder it lies in.
fn prefix(kind: &Kind, path: &SourcePath, config: &Config) -> String {
    let own = Some(kind.prefix.clone()).filter(|prefix| !prefix.is_empty());
    let of_folder = || by_folder(path, config).map(|kind| kind.prefix.clone()).filter(|prefix| !prefix.is_empty());
    let of_name = || Numbered::parse(path.record_name()).map(|numbered| numbered.prefix.to_uppercase());
    own.or_else(of_folder).or_else(of_name).unwrap_or_default()
}

/// A title, where it is written, and the heading that says it.
pub(super) struct Title {
    /// Never empty.
    pub(super) text: String,
    /// Where it is written.
    pub(super) span: Option<Span>,
    /// The heading that says it.
    pub(super) heading: Option<Span>,
}

/// The title: as written, else the heading that opens the text, else the file's name in words.
pub(super) fn title(
    written: Option<Spanned<String>>,
    id: Option<&RecordId>,
    (kind, config): (&Kind, &Config),
    path: &SourcePath,
    (outline, stated): (&Outline, &Stated),
) -> Title {
    // A heading of any level is the title when what the record says of itself stands right below it.
    let is_title = |section: &&Section| section.level == 1 || stated.stands_in(section.own);
    let heading = outline.sections.first().filter(is_title).or_else(|| below_overline(outline));
    let heading = heading.filter(|section| is_named_so(section, path) || !is_asked_for(section, config));
    let of_heading = heading.map(|heading| without_number(&heading.title, id, kind)).filter(|title| !title.is_empty());
    let written = written.filter(|title| !title.value.trim().is_empty());
    let elsewhere = || {
        let field = stated.first(Key::Title)?;
        let words = shown(&field.value.value);
        (of_heading.is_none() && !words.is_empty()).then(|| Spanned::new(words, field.value.span))
    };
    let written = written.or_else(elsewhere);
    match (written, heading, of_heading) {
        (Some(written), heading, of_heading) => {
            let same = of_heading.is_some_and(|of_heading| words(of_heading).eq(words(&written.value)));
            let text = written.value.trim().to_owned();
            Title { text, span: Some(written.span), heading: heading.filter(|_| same).map(|heading| heading.heading) }
        }
        // A template lies among the chapters, and is better known by its file than by what it asks for.
        (None, Some(heading), Some(text)) if kind.is_chapter() && is_in_braces(text) => {
            Title { text: of_name(path), span: Some(heading.heading), heading: None }
        }
        (None, Some(heading), Some(text)) => {
            Title { text: text.to_owned(), span: Some(heading.heading), heading: Some(heading.heading) }
        }
        (None, ..) => Title { text: of_name(path), span: None, heading: None },
    }
}

/// The one heading of the first level that stands right below deeper ones: those are a line over the title, such as its day.
fn below_overline(outline: &Outline) -> Option<&Section> {
    let at = outline.sections.iter().position(|section| section.level == 1)?;
    let (above, from) = outline.sections.split_at_checked(at)?;
    let is_bare = above.windows(2).all(|pair| matches!(pair, [one, next] if is_right_above(one, next)));
    let (last, title) = (above.last()?, from.first()?);
    let is_only = from.iter().filter(|section| section.level == 1).count() == 1;
    (is_bare && is_only && is_right_above(last, title)).then_some(title)
}

/// Whether two headings follow one another on neighbouring lines, or with blank lines between.
fn is_right_above(one: &Section, next: &Section) -> bool {
    next.heading.start.saturating_sub(one.heading.end) <= GAP
}

/// Whether a heading is a section that some kind asks for: then it is no title.
fn is_asked_for(section: &Section, config: &Config) -> bool {
    let rules = config.kinds.iter().flat_map(|kind| &kind.sections);
    let mut names = rules.flat_map(|rule| std::iter::once(&rule.name).chain(&rule.synonyms));
    names.any(|name| name.eq_ignore_ascii_case(section.title.trim()))
}

/// Whether a heading is the file's name: `# Summary` in `SUMMARY.md` is no section.
fn is_named_so(section: &Section, path: &SourcePath) -> bool {
    words(&section.title).eq(words(path.stem()))
}

/// Letters and digits in lower case: how titles are compared.
fn words(title: &str) -> impl Iterator<Item = char> {
    title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// `3. Use PostgreSQL`, `ADR-0003: Use PostgreSQL` and `CEP 3 - Use PostgreSQL` without what comes before `Use`.
fn without_number<'a>(title: &'a str, id: Option<&RecordId>, kind: &Kind) -> &'a str {
    let title = title.trim();
    let Some(numbered) = Numbered::parse(title) else {
        // `RFC: Use PostgreSQL`: the kind alone.
        let rest = title
            .split_once(':')
            .filter(|(prefix, _)| prefix.eq_ignore_ascii_case(&kind.prefix))
            .map(|(_, rest)| rest.trim());
        return rest.filter(|rest| !rest.is_empty()).unwrap_or(title);
    };
    let ours = numbered.prefix.is_empty()
        || numbered.prefix.eq_ignore_ascii_case(&kind.prefix)
        || id.is_some_and(|id| id.series().eq_ignore_ascii_case(numbered.prefix) || id.number == numbered.number);
    let rest = numbered.rest.trim_start();
    let parted = rest.starts_with(['.', ':', ')', '-', '–', '—', '|']);
    let rest = rest.trim_start_matches(['.', ':', ')', '-', '–', '—', '|', ' ']);
    if ours && parted && !rest.is_empty() { rest } else { title }
}

/// A file's name in words: `0007-use-tera` as `Use tera`.
fn of_name(path: &SourcePath) -> String {
    let name = path.record_name();
    let rest = Numbered::parse(name).map_or(name, |numbered| numbered.rest);
    let rest =
        if opens_with_date(rest) { rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-') } else { rest };
    let rest = rest.trim_matches(['-', '_', '.', ' ']);
    let text = if rest.is_empty() { name } else { rest };
    if text.is_empty() { "Home".to_owned() } else { capitalised(&text.replace(['-', '_'], " ")) }
}
