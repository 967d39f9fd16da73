//! The text of a page: its body, its table of contents, and what surrounds it.

use super::link::{Links, Map};
use super::route::{Route, encode_fragment, encode_path};
use super::view::{LinkView, TocView, shortened};
use crate::check::thin;
use crate::diagnostic::Diagnostic;
use crate::markdown::{Diagrams, Html, Limits, Options, Resolve, html};
use crate::record::Record;
use serde::Serialize;

/// How many bytes of HTML a byte of a text may become, with a margin: headings, formulas and words of code come to forty.
const GROWTH: usize = 64;

/// A rendered text, and what rendering it brought to light.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub(super) html: Html,
    /// What could only be found by rendering.
    pub(super) found: Vec<Diagnostic>,
    /// Where its Markdown is published.
    source: Option<String>,
}

/// What every page with a text shows of it.
#[derive(Debug, Serialize)]
pub(super) struct TextView {
    pub(super) title: String,
    /// The heading that says the title, as HTML, with its markup and its number; `None` where no heading does.
    pub(super) heading: Option<String>,
    pub(super) body: String,
    pub(super) toc: Vec<TocView>,
    /// The text's own source, beside the page; `None` for a generated page.
    pub(super) source: Option<String>,
    /// The file, for readers.
    pub(super) path: Option<String>,
    /// Where it can be edited.
    pub(super) edit: Option<String>,
    /// The organisation's script for what was not drawn, where this page needs it.
    pub(super) script: Option<String>,
    pub(super) previous: Option<LinkView>,
    pub(super) next: Option<LinkView>,
}

impl Text {
    /// Renders a record's body for the page at `route`.
    pub(super) fn render(
        record: &Record,
        position: Option<usize>,
        route: &Route,
        map: Map<'_>,
        diagrams: &Diagrams,
    ) -> Text {
        Text::of(record, (position, route), (map, diagrams), Words::Left)
    }

    /// The same, and gathers the words in one go, where the site can be searched.
    pub(super) fn render_with_words(
        record: &Record,
        position: usize,
        route: &Route,
        map: Map<'_>,
        diagrams: &Diagrams,
    ) -> Text {
        let words = if map.config.site.search { Words::Gathered } else { Words::Left };
        Text::of(record, (Some(position), route), (map, diagrams), words)
    }

    fn of(
        record: &Record,
        (position, route): (Option<usize>, &Route),
        (map, diagrams): (Map<'_>, &Diagrams),
        words: Words,
    ) -> Text {
        let links = Links::new(map, record, position, route);
        let mut html = rendered(record, (map, diagrams), &links, words);
        let sorts = [
            ("broken-diagram", std::mem::take(&mut html.problems)),
            ("oversized-text", std::mem::take(&mut html.oversized)),
            ("uncoloured-code", std::mem::take(&mut html.plain)),
        ];
        let mut found = Vec::new();
        for (rule, problems) in sorts {
            let problems = problems.into_iter().map(|problem| {
                let finding = Diagnostic::new(rule, record.path(), problem.span, problem.message);
                Diagnostic { help: problem.help, ..finding }
            });
            thin(&mut found, problems);
        }
        Text { html, found, source: Some(route.markdown().href()) }
    }

    /// Whether a text is so long that it may become more HTML than a page may hold.
    pub(super) fn may_be_oversized(record: &Record, limits: &Limits) -> bool {
        // A few words of a chart may become thousands of marks along its axis.
        let diagrams = record.outline.fences.iter().filter(|fence| fence.diagram.is_some()).count();
        let most = record.source.length.saturating_mul(GROWTH).saturating_add(diagrams.saturating_mul(limits.drawing));
        most > limits.html && !record.outline.is_oversized()
    }

    /// Renders a record's body for a page that stands by itself.
    pub(super) fn alone(record: &Record, map: Map<'_>, diagrams: &Diagrams, links: &dyn Resolve) -> Text {
        Text { html: rendered(record, (map, diagrams), links, Words::Left), ..Text::default() }
    }

    /// The view of the text; takes the body rather than copying it.
    pub(super) fn view(self, record: &Record, map: Map<'_>) -> TextView {
        let edit = &map.config.site.edit_url;
        let client = &map.config.diagrams.client;
        TextView {
            title: record.title.clone(),
            heading: self.html.title,
            body: self.html.body,
            toc: toc(record),
            source: self.source,
            path: Some(record.path().to_string()),
            edit: (!edit.is_empty()).then(|| edit.replace("{path}", &encode_path(record.path().as_str()))),
            script: (self.html.undrawn && !client.is_empty()).then(|| encode_path(client.trim_start_matches('/'))),
            previous: None,
            next: None,
        }
    }
}

/// What becomes of the words of a text besides its page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Words {
    /// They are gathered for the search.
    Gathered,
    /// Nobody asks for them.
    Left,
}

fn rendered(record: &Record, (map, diagrams): (Map<'_>, &Diagrams), links: &dyn Resolve, words: Words) -> Html {
    let settings = &map.config.markdown;
    let options = Options {
        raw_html: settings.raw_html,
        highlight: settings.highlight,
        remote_images: settings.remote_images,
        diagrams: map.config.diagrams.draw,
        keep_title: record.title_heading.is_none(),
        passages: words == Words::Gathered,
        limits: map.config.limits.text.clone(),
    };
    html(record.text(), record.body, &record.outline, &options, diagrams, links)
}

/// One sentence about a record: its own summary, else its first paragraph.
pub(super) fn description(record: &Record) -> String {
    shortened(&record.summary(), 200)
}

/// The first sentence of that.
pub(super) fn sentence(record: &Record) -> String {
    let description = description(record);
    let end = description.match_indices(['.', '!', '?']).map(|(at, mark)| at + mark.len()).find(|at| {
        // A point ends a sentence where a word of some length stands before it, and a new one begins behind it.
        let (before, after) = description.split_at(*at);
        let word = before.trim_end_matches(['.', '!', '?']).rsplit(' ').next().unwrap_or("");
        let is_word = word.chars().count() > 3 && !word.contains('.');
        is_word && after.strip_prefix(' ').is_some_and(|rest| rest.starts_with(|c: char| !c.is_lowercase()))
    });
    end.and_then(|end| description.get(..end)).unwrap_or(&description).to_owned()
}

/// Two levels of headings, from the highest that the text uses below its title.
fn toc(record: &Record) -> Vec<TocView> {
    if record.outline.is_oversized() {
        return Vec::new();
    }
    let sections = &record.outline.sections;
    let below_title = || sections.iter().filter(|section| record.title_heading != Some(section.heading));
    let top = below_title().map(|section| section.level).min().unwrap_or(2);
    let shown = below_title().filter(|section| section.level <= top + 1 && !section.title.trim().is_empty());
    shown
        .map(|section| TocView {
            title: section.title.clone(),
            anchor: encode_fragment(&section.anchor),
            nested: section.level > top,
        })
        .collect()
}
