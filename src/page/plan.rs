//! Plans every page: first where each stands, then page by page what is on it.

use super::address::{Addresses, HEALTH, LOG, RULE_INDEX, SEARCH};
use super::browse::filter::filter_data;
use super::browse::register::Registers;
use super::browse::{board, event, graph, owner, timeline, values};
use super::card::cards;
use super::finding::Findings;
use super::folders::Folders;
use super::handbook::Handbook;
use super::link::{Map, linked_assets};
use super::listing::Lines;
use super::look::{look, pictures, style};
use super::record::Series;
use super::redirect::Redirects;
use super::route::{Route, shown};
use super::text::Text;
use super::view::{Everywhere, Frame, NavigationView, Page, Section, SiteView};
use super::{chapter, health, home, not_found, record, rule, search};
use crate::check::with_levels;
use crate::config::Config;
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::error::{Result, in_order};
use crate::log::DecisionLog;
use crate::markdown::Diagrams;
use crate::record::Record;
use crate::search::{BATCH, Index, Passage, Shard};
use crate::text::{SourcePath, Span};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// What pages may load: only what lies beside them, and images written into the page. No script and no style
/// stands in a page itself, nothing is sent, no form goes anywhere. `file:` stands beside `'self'` because not every browser
/// takes a folder on disk for one origin; from a server it allows nothing.
const POLICY: &str = "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' file: data:; \
                      font-src 'self' file:; media-src 'self' file:; base-uri 'none'; form-action 'none'";

/// The same, where the organisation lets pages load pictures from other hosts.
const OPEN_POLICY: &str = "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' file: data: https:; \
                      font-src 'self' file:; media-src 'self' file: https:; base-uri 'none'; form-action 'none'";

/// Where everything stands, and what it takes to plan each page. Pages are handed on one by one, since all of them at once
/// would take more memory than all that they are made of.
pub struct Plan<'a> {
    /// Assets that pages link, to be published at their path below the content folder.
    pub assets: BTreeSet<SourcePath>,
    /// By record: the address of its page; `None` when another page has it.
    pub routes: Vec<Option<Route>>,
    /// Old addresses, each with the record that it leads to.
    pub redirects: BTreeMap<Route, usize>,
    /// By kind: the page that lists its records.
    pub kinds: BTreeMap<String, Route>,
    /// Tags as they are shown, each with the page that lists its records.
    pub tags: Vec<(String, Route)>,
    /// The handbook's chapters, in reading order.
    pub chapters: Vec<usize>,
    /// What cards on references say, in parts; each part is a script.
    pub cards: Vec<String>,
    /// The organisation's colours, as a style sheet; `None` when it has chosen none.
    pub style: Option<String>,
    /// The organisation's pictures, by the address at which each is published.
    pub pictures: Vec<(Route, SourcePath)>,
    /// What could only be found by planning: diagrams that parse and cannot be drawn, two pages at one address.
    pub found: Vec<Diagnostic>,
    /// What was found before.
    known: &'a [Diagnostic],
    log: &'a DecisionLog,
    config: &'a Config,
    today: Date,
    diagrams: &'a Diagrams,
    addresses: Addresses,
    old: Redirects,
    handbook: Handbook,
    series: Series,
    site: Everywhere,
    /// The text of the home page.
    intro: Option<(usize, Text)>,
}

/// Takes pages up, from any thread.
pub type Take<'a> = dyn Fn(Page) -> Result<()> + Sync + 'a;

/// Takes files of the search's index up, from any thread.
pub(super) type TakeShard<'a> = dyn Fn(Shard) -> Result<()> + Sync + 'a;

/// Puts every page of the site in its place: home, the ways into the log, a page per record, rule and old address, health, 404.
///
/// `today` is the day that they are as of.
pub fn plan<'a>(
    log: &'a DecisionLog,
    found: &'a [Diagnostic],
    config: &'a Config,
    today: Date,
    diagrams: &'a Diagrams,
) -> Plan<'a> {
    let mut addresses = Addresses::assign(log, config);
    let (assets, old, ours) = beside_texts(log, (config, today), &mut addresses);
    let map = Map { log, addresses: &addresses, config, today };
    let (handbook, series, cards) = (Handbook::new(map), Series::new(log), cards(map));
    Plan {
        assets,
        routes: addresses.records.clone(),
        redirects: old.routes().map(|(route, record)| (route.clone(), record)).collect(),
        kinds: addresses.kinds.clone(),
        tags: addresses.tags.values().map(|(route, tag)| (tag.clone(), route.clone())).collect(),
        chapters: handbook.reading_order().to_vec(),
        style: style(&config.look),
        pictures: pictures(&config.look),
        found: ours,
        known: found,
        log,
        config,
        today,
        diagrams,
        site: Everywhere::new(&site(map, &handbook, cards.len())),
        addresses,
        old,
        handbook,
        series,
        cards,
        intro: None,
    }
}

/// Where texts and linked files stand, as far as it can be told without making pages.
pub struct Places {
    /// Files beside the texts that are published.
    pub assets: BTreeSet<SourcePath>,
    /// By record: the address of its page.
    pub texts: Vec<Option<Route>>,
    /// The addresses of all pages that every site has, of those of texts, and of the pictures that the settings name.
    pub pages: BTreeSet<Route>,
    /// What wants the address of another.
    pub found: Vec<Diagnostic>,
}

/// Puts texts and linked files in their places. Only a text that may become more than a page can hold is rendered.
pub fn places(log: &DecisionLog, config: &Config, today: Date, diagrams: &Diagrams) -> Places {
    let mut addresses = Addresses::of_texts(log, config);
    let (assets, _, mut found) = beside_texts(log, (config, today), &mut addresses);
    let map = Map { log, addresses: &addresses, config, today };
    found.par_extend(
        log.records().par_iter().enumerate().flat_map_iter(|(at, record)| oversized((at, record), map, diagrams)),
    );
    let mut pages = addresses.taken;
    pages.extend(pictures(&config.look).into_iter().map(|(route, _)| route));
    Places { assets, texts: addresses.records, pages, found }
}

/// What rendering finds of a text that becomes more than a page can hold.
fn oversized((position, record): (usize, &Record), map: Map<'_>, diagrams: &Diagrams) -> Vec<Diagnostic> {
    let Some(route) = map.addresses.of(position) else { return Vec::new() };
    if !Text::may_be_oversized(record, &map.config.limits.text) {
        return Vec::new();
    }
    // What a page shows may have been laid aside.
    let record = Record::parse(&record.source, map.config).0;
    let found = Text::render(&record, Some(position), route, map, diagrams).found;
    found.into_iter().filter(|finding| finding.rule == "oversized-text").collect()
}

/// Puts linked files and old addresses in their places beside those of texts; with all that wants the address of another.
fn beside_texts(
    log: &DecisionLog,
    (config, today): (&Config, Date),
    addresses: &mut Addresses,
) -> (BTreeSet<SourcePath>, Redirects, Vec<Diagnostic>) {
    let (mut found, folders) = (std::mem::take(&mut addresses.found), std::mem::take(&mut addresses.folders));
    let map = Map { log, addresses, config, today };
    let (assets, alike) = told_apart(linked_assets(map), folders, config);
    found.extend(alike);
    let mut old = Redirects::assign(map, &assets.iter().map(|path| Route::of_asset(path, config)).collect());
    found.append(&mut old.found);
    (assets, old, found)
}

/// Files without those that a disk may take for another one, and what is to be said of these.
fn told_apart(
    assets: BTreeSet<SourcePath>,
    mut folders: Folders,
    config: &Config,
) -> (BTreeSet<SourcePath>, Vec<Diagnostic>) {
    let mut alike: BTreeMap<String, (Route, SourcePath)> = BTreeMap::new();
    let (mut kept, mut found) = (BTreeSet::new(), Vec::new());
    for path in assets {
        let route = Route::of_asset(&path, config);
        match alike.get(&route.folded()) {
            Some((other, owner)) => {
                let (route, other) = (shown(&route), shown(other));
                let message = format!(
                    "{path} is not published: many disks take its address {route} for {other}, which is that of {owner}"
                );
                found.push(unpublished(&path, message));
            }
            None => {
                found.extend(folders.add(&route, &path));
                alike.insert(route.folded(), (route, path.clone()));
                kept.insert(path);
            }
        }
    }
    (kept, found)
}

/// A file beside the texts that cannot have its address.
pub fn unpublished(path: &SourcePath, message: String) -> Diagnostic {
    let help = format!("rename {}, so that it has an address of its own", path.file_name());
    Diagnostic::new("duplicate-address", path, Span::default(), message).with_help(help)
}

/// What rendering one text gave besides its page.
#[derive(Default)]
struct Rest {
    found: Vec<Diagnostic>,
    intro: Option<Text>,
    passages: Vec<Passage>,
}

impl Plan<'_> {
    /// Plans the page of each text, and makes the index that is searched in, which has the words of all. After that, all findings
    /// are known.
    ///
    /// # Errors
    /// When a page or a file of the index is not taken.
    pub fn texts(&mut self, take: &Take<'_>, take_shard: &TakeShard<'_>) -> Result<()> {
        let known = Findings::new(self.known);
        let ours = Findings::new(&self.found);
        let sought = self.config.site.search.then(|| search::sought(self.map()));
        let all = || (0..self.log.records().len()).collect();
        // The index takes words in its own order, a few at a time: those of all texts at once would take too much memory.
        let order: Vec<usize> = sought.as_ref().map_or_else(all, |sought| sought.records().collect());
        let mut index = Index::default();
        let mut rests = Vec::with_capacity(order.len());
        for batch in order.chunks(BATCH) {
            let text = |position: usize| {
                let whose = (self.log.record(position), self.addresses.of(position));
                let (Some(record), Some(route)) = whose else { return Ok(Rest::default()) };
                self.text((position, record, route), (&known, &ours), take)
            };
            let mut texts: Vec<Rest> = batch.iter().map(|_| Rest::default()).collect();
            in_order(texts.par_iter_mut().zip(batch), |(place, position)| {
                *place = text(*position)?;
                Ok(())
            })?;
            if let Some(sought) = &sought {
                let passages = texts.iter_mut().map(|text| std::mem::take(&mut text.passages)).collect();
                in_order(index.add(&sought.entries, passages).into_par_iter(), take_shard)?;
            }
            rests.extend(batch.iter().zip(texts));
        }
        rests.sort_unstable_by_key(|(position, _)| **position);
        if let Some(sought) = &sought {
            let others = (order.len()..sought.entries.len()).into_par_iter();
            let others = index.add(&sought.entries, others.map(|entry| sought.passages(entry)).collect());
            in_order(others.into_par_iter().chain(index.rest(&sought.entries)), take_shard)?;
        }
        let mut found = self.found.clone();
        let mut intro = None;
        for (position, mut rest) in rests {
            found.append(&mut rest.found);
            intro = rest.intro.map(|text| (*position, text)).or(intro);
        }
        found.retain(|finding| !is_known(finding, &known));
        self.found = with_levels(found, self.log, self.config);
        self.intro = intro;
        Ok(())
    }

    /// Plans the page of one text, and keeps that of the home page.
    fn text(
        &self,
        whose: (usize, &Record, &Route),
        (known, ours): (&Findings<'_>, &Findings<'_>),
        take: &Take<'_>,
    ) -> Result<Rest> {
        let (position, record, route) = whose;
        let map = self.map();
        let mut text = Text::render_with_words(record, position, route, map, self.diagrams);
        let passages = search::sections(record, std::mem::take(&mut text.html.passages));
        let found = std::mem::take(&mut text.found);
        if self.addresses.home == Some(position) {
            return Ok(Rest { found, intro: Some(text), passages });
        }
        let all = ours.of(record.path()).iter().copied().chain(&found);
        let own = all.filter(|finding| !is_known(finding, known)).cloned().collect();
        let own = with_levels(own, self.log, self.config);
        let mut shown: Vec<&Diagnostic> = known.of(record.path()).iter().copied().chain(&own).collect();
        shown.sort_by(|one, other| one.primary.cmp(&other.primary));
        let found_here = Findings::new(shown);
        let shared = Shared { map, series: &self.series, handbook: &self.handbook, found: &found_here };
        take(text_page(&self.frame(), whose, text, &shared))?;
        Ok(Rest { found, intro: None, passages })
    }

    /// Plans all other pages; the texts come first. Returns the scripts that these pages load, with what is in them.
    ///
    /// # Errors
    /// When a page is not taken.
    pub fn lists(&mut self, take: &Take<'_>) -> Result<Vec<(Route, String)>> {
        let intro = self.intro.take().and_then(|(position, text)| Some((self.log.record(position)?, text)));
        let (map, frame, found) = (self.map(), &self.frame(), &Findings::new(self.findings()));
        let (lines, events, registers) =
            (Lines::new(map), event::events(map.log, map.today), Registers::new(map, found));
        let filter = filter_data(map, &lines.order);
        take(home::page(frame, intro, (map, &lines, &self.handbook, found), (&events, &registers)))?;
        let groups: [&(dyn Fn() -> Vec<Page> + Sync); 12] = [
            &|| lines.log(frame, &filter),
            &|| lines.parts(frame),
            &|| owner::pages(frame, &lines, (map, &registers)),
            &|| graph::pages(frame, map, lines.len()),
            &|| timeline::pages(frame, map, &events),
            &|| registers.pages(frame, map),
            &|| values::pages(frame, map),
            &|| rule::pages(frame, map, found, self.diagrams),
            &|| health::pages(frame, map, found),
            &|| vec![board::page(frame, map, &lines), not_found::page(frame)],
            &|| if self.config.site.search { vec![search::page(frame)] } else { Vec::new() },
            &|| self.old.pages(frame, map),
        ];
        // One group after the other, so that no more pages wait than those of one.
        groups.iter().try_for_each(|group| in_order(group().into_par_iter(), take))?;
        Ok(vec![(filter.route, filter.script)])
    }

    /// All findings that the pages show, in order; those of the texts are among them once these are planned.
    pub fn findings(&self) -> Vec<&Diagnostic> {
        let mut findings: Vec<&Diagnostic> = self.known.iter().chain(&self.found).collect();
        findings.sort_by(|one, other| one.primary.cmp(&other.primary));
        findings
    }

    fn map(&self) -> Map<'_> {
        Map { log: self.log, addresses: &self.addresses, config: self.config, today: self.today }
    }

    fn frame(&self) -> Frame<'_> {
        Frame { config: self.config, site: self.site.clone() }
    }
}

/// Whether a rule has already said something of that name at that place.
fn is_known(finding: &Diagnostic, known: &Findings<'_>) -> bool {
    let there = known.of(&finding.primary.path);
    there.iter().any(|other| other.rule == finding.rule && other.primary == finding.primary)
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
        policy: if map.config.markdown.remote_images { OPEN_POLICY } else { POLICY },
        search: settings.search.then_some(SEARCH),
        cards,
        look: look(&map.config.look, &settings.title),
        navigation,
    }
}
