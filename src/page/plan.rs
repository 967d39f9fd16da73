//! Plans every page.

use super::address::{Addresses, HEALTH, LOG, RULE_INDEX, SEARCH};
use super::browse::filter::filter_data;
use super::browse::register::Registers;
use super::browse::{board, event, graph, owner, timeline, values};
use super::card::cards;
use super::finding::Findings;
use super::handbook::Handbook;
use super::link::Map;
use super::listing::Lines;
use super::look::{look, pictures, style};
use super::record::Series;
use super::redirect::Redirects;
use super::route::Route;
use super::text::Text;
use super::view::{Frame, NavigationView, Page, Section, SiteView, value};
use super::{chapter, health, home, not_found, record, rule, search};
use crate::check::with_levels;
use crate::config::Config;
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::log::DecisionLog;
use crate::markdown::Diagrams;
use crate::record::Record;
use crate::search::Entry;
use crate::text::{Location, SourcePath};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// What pages may load: only what lies beside them, and images by https or written into the page. No script and no style
/// stands in a page itself, nothing is sent, no form goes anywhere. `file:` stands beside `'self'` because not every browser
/// takes a folder on disk for one origin; from a server it allows nothing.
const POLICY: &str = "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' file: data: https:; \
                      font-src 'self' file:; media-src 'self' file: https:; base-uri 'none'; form-action 'none'";

/// All pages, and what they need.
#[derive(Default)]
pub struct Plan {
    /// Pages, by address.
    pub pages: Vec<Page>,
    /// Scripts that pages load, with what is in them.
    pub scripts: Vec<(Route, String)>,
    /// Assets that pages link, to be published at their path below the content folder.
    pub assets: BTreeSet<SourcePath>,
    /// What could only be found by rendering: diagrams that parse and cannot be drawn, two pages at one address.
    pub found: Vec<Diagnostic>,
    /// By record: the address of its page; `None` when another page has it.
    pub routes: Vec<Option<Route>>,
    /// All findings that the pages show, those of `found` among them.
    pub findings: Vec<Diagnostic>,
    /// Old addresses, each with the record that it leads to.
    pub redirects: BTreeMap<Route, usize>,
    /// By kind: the page that lists its records.
    pub kinds: BTreeMap<String, Route>,
    /// Tags as they are shown, each with the page that lists its records.
    pub tags: Vec<(String, Route)>,
    /// The handbook's chapters, in reading order.
    pub chapters: Vec<usize>,
    /// What can be found; empty where the site cannot be searched.
    pub entries: Vec<Entry>,
    /// What cards on references say, in parts; each part is a script.
    pub cards: Vec<String>,
    /// The organisation's colours, as a style sheet; `None` when it has chosen none.
    pub style: Option<String>,
    /// The organisation's pictures, by the address at which each is published.
    pub pictures: Vec<(Route, SourcePath)>,
}

/// Plans every page of the site: home, the ways into the log, a page per record, rule and old address, health, 404.
///
/// `today` is the day that they are as of.
pub fn plan(log: &DecisionLog, found: &[Diagnostic], config: &Config, today: Date, diagrams: &Diagrams) -> Plan {
    let addresses = Addresses::assign(log, config);
    let map = Map { log, addresses: &addresses, config, today };
    let mut texts = render(map, diagrams);
    let assets: BTreeSet<SourcePath> =
        texts.iter_mut().flat_map(|text| std::mem::take(&mut text.linked.assets)).collect();
    let mut redirects = Redirects::assign(map, &assets.iter().map(|path| Route::of_asset(path, config)).collect());
    let ours = addresses.found.iter().cloned().chain(texts.iter_mut().flat_map(|text| text.linked.found.drain(..)));
    let ours = ours.chain(redirects.found.drain(..));
    let known: BTreeSet<(&str, &Location)> = found.iter().map(|finding| (finding.rule, &finding.primary)).collect();
    let ours = ours.filter(|finding| !known.contains(&(finding.rule, &finding.primary))).collect();
    let ours = with_levels(ours, log, config);
    let mut findings: Vec<Diagnostic> = found.iter().chain(&ours).cloned().collect();
    findings.sort_by(|one, other| one.primary.cmp(&other.primary));

    let entries = if config.site.search { search::entries(map, &mut texts) } else { Vec::new() };
    let handbook = Handbook::new(map);
    let cards = cards(map);
    let (style, pictures) = (style(&config.look), pictures(&config.look));
    let frame = Frame { config, site: value(&site(map, &handbook, cards.len())) };
    let (mut pages, scripts) = pages(&frame, map, (&handbook, &Findings::new(&findings)), texts, diagrams);
    pages.extend(redirects.pages(&frame, map));
    pages.sort_by(|one, other| one.route.cmp(&other.route));
    let redirects = redirects.routes().map(|(route, record)| (route.clone(), record)).collect();
    let (routes, kinds) = (addresses.records.clone(), addresses.kinds.clone());
    let tags = addresses.tags.values().map(|(route, tag)| (tag.clone(), route.clone())).collect();
    let chapters = handbook.reading_order().to_vec();
    Plan {
        pages,
        scripts,
        assets,
        found: ours,
        routes,
        findings,
        redirects,
        kinds,
        tags,
        chapters,
        entries,
        cards,
        style,
        pictures,
    }
}

/// The text of every record with a page, in the order of the log.
fn render(map: Map<'_>, diagrams: &Diagrams) -> Vec<Text> {
    let records: Vec<_> = map.log.records().iter().enumerate().collect();
    let text = |(position, record): (usize, &std::sync::Arc<crate::record::Record>)| match map.addresses.of(position) {
        Some(route) => Text::render(record, Some(position), route, map, diagrams),
        None => Text::default(),
    };
    records.into_par_iter().map(text).collect()
}

fn pages(
    frame: &Frame<'_>,
    map: Map<'_>,
    (handbook, found): (&Handbook, &Findings<'_>),
    texts: Vec<Text>,
    diagrams: &Diagrams,
) -> (Vec<Page>, Vec<(Route, String)>) {
    let (lines, series) = (Lines::new(map), Series::new(map.log));
    let mut intro = None;
    let mut written = Vec::new();
    for (position, (record, text)) in map.log.records().iter().zip(texts).enumerate() {
        let Some(route) = map.addresses.of(position) else { continue };
        if map.addresses.home == Some(position) {
            intro = Some((record.as_ref(), text));
        } else {
            written.push(((position, record.as_ref(), route), text));
        }
    }
    let shared = Shared { map, series: &series, handbook, found };
    let written = written.into_par_iter().map(|(whose, text)| text_page(frame, whose, text, &shared));
    let mut pages: Vec<Page> = written.collect();
    let (events, registers) = (event::events(map.log), Registers::new(map, found));
    let filter = filter_data(map, &lines.order);
    pages.push(home::page(frame, intro, (map, &lines, handbook, found), (&events, &registers)));
    pages.extend(lines.log(frame, &filter));
    pages.extend(lines.parts(frame));
    pages.push(board::page(frame, map, &lines));
    pages.extend(timeline::pages(frame, map, &events));
    pages.extend(graph::pages(frame, map, lines.len()));
    pages.extend(registers.pages(frame, map));
    pages.extend(owner::pages(frame, &lines, (map, &registers)));
    pages.extend(values::pages(frame, map));
    pages.extend(rule::pages(frame, map, found, diagrams));
    pages.extend(health::pages(frame, map, found));
    if frame.config.site.search {
        pages.push(search::page(frame));
    }
    pages.push(not_found::page(frame));
    (pages, vec![(filter.route, filter.script)])
}

/// What the pages of texts share.
pub(super) struct Shared<'a> {
    pub(super) map: Map<'a>,
    pub(super) series: &'a Series,
    pub(super) handbook: &'a Handbook,
    pub(super) found: &'a Findings<'a>,
}

/// Plans the page of a record, of a rule or of a chapter.
pub(super) fn text_page(
    frame: &Frame<'_>,
    whose: (usize, &Record, &Route),
    text: Text,
    Shared { map, series, handbook, found }: &Shared<'_>,
) -> Page {
    if !whose.1.kind.is_chapter() {
        return record::page(frame, whose, text, (*map, series, found));
    }
    match map.addresses.rule_at(whose.2) {
        Some(rule) => rule::written(frame, rule, (whose.1, whose.2), text, *map),
        None => chapter::page(frame, whose, text, (*map, handbook, found)),
    }
}

pub(super) fn site(map: Map<'_>, handbook: &Handbook, cards: usize) -> SiteView {
    let settings = &map.config.site;
    let entry = |label, href: &str, section| NavigationView { label, href: href.to_owned(), section };
    let mut navigation = vec![entry("Log", LOG, Section::Log)];
    if let Some(first) = handbook.first(map.addresses) {
        navigation.push(entry("Handbook", &first, Section::Handbook));
    }
    navigation.push(entry("Rules", RULE_INDEX, Section::Rules));
    navigation.push(entry("Health", HEALTH, Section::Health));
    SiteView {
        title: settings.title.clone(),
        description: settings.description.clone(),
        language: settings.language.clone(),
        repository: settings.repository.clone(),
        footer: settings.footer.clone(),
        policy: POLICY,
        search: settings.search.then_some(SEARCH),
        cards,
        look: look(&map.config.look, &settings.title),
        navigation,
    }
}
