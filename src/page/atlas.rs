//! What the page of one text takes, where it alone is asked for.

use super::address::{Addresses, NOT_FOUND, SEARCH};
use super::card::Cards;
use super::finding::Findings;
use super::handbook::Handbook;
use super::link::Map;
use super::look::{pictures, style};
use super::plan::{Shared, site, text_page};
use super::record::Series;
use super::redirect::Redirects;
use super::route::Route;
use super::search::Sought;
use super::stock::Stock;
use super::text::Text;
use super::view::{Everywhere, Frame, Page};
use super::{not_found, search};
use crate::config::Config;
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::log::DecisionLog;
use crate::text::SourcePath;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Who stands where, and what all pages share: made once, so that a page can be made without the others.
pub struct Atlas {
    pub(super) addresses: Arc<Addresses>,
    pub(super) handbook: Arc<Handbook>,
    pub(super) redirects: Redirects,
    series: Arc<Series>,
    cards: Cards,
    style: Option<String>,
    pictures: Vec<(Route, SourcePath)>,
    site: Everywhere,
    found: Vec<Diagnostic>,
}

impl Atlas {
    /// Puts every page in its place.
    pub fn new(log: &DecisionLog, config: &Config, today: Date) -> Atlas {
        let (addresses, series) = rayon::join(|| Addresses::assign(log, config), || Series::new(log));
        let map = Map { log, addresses: &addresses, config, today };
        let (handbook, cards) = rayon::join(|| Handbook::new(map), || Cards::new(map));
        Atlas::of(log, (config, today), (Arc::new(addresses), Arc::new(handbook), Arc::new(series)), cards)
    }

    /// The same after some records of the log `before` have changed, of which none goes by another name now.
    pub fn again(
        &self,
        (before, log): (&DecisionLog, &DecisionLog),
        changed: &BTreeSet<usize>,
        (config, today): (&Config, Date),
    ) -> Atlas {
        let versions = || changed.iter().filter_map(|at| Some((before.record(*at)?, log.record(*at)?)));
        if !versions().all(|(before, after)| Addresses::hold_for(before, after)) {
            return Atlas::new(log, config, today);
        }
        let map = Map { log, addresses: &self.addresses, config, today };
        let is_chapter = versions().any(|(_, after)| after.kind.is_chapter());
        let handbook = if is_chapter { Arc::new(Handbook::new(map)) } else { Arc::clone(&self.handbook) };
        let cards = self.cards.again(before, map, changed);
        Atlas::of(log, (config, today), (Arc::clone(&self.addresses), handbook, Arc::clone(&self.series)), cards)
    }

    fn of(
        log: &DecisionLog,
        (config, today): (&Config, Date),
        (addresses, handbook, series): (Arc<Addresses>, Arc<Handbook>, Arc<Series>),
        cards: Cards,
    ) -> Atlas {
        let map = Map { log, addresses: &addresses, config, today };
        let redirects = Redirects::assign(map, &BTreeSet::new());
        let site = Everywhere::new(&site(map, &handbook, cards.count()));
        let (style, pictures) = (style(&config.look), pictures(&config.look));
        let found = addresses.found.iter().chain(&redirects.found).cloned().collect();
        Atlas { addresses, handbook, redirects, series, cards, style, pictures, site, found }
    }

    /// Two pages at one address, and aliases that cannot be.
    pub fn found(&self) -> &[Diagnostic] {
        &self.found
    }

    /// By record: the address of its page; `None` when another page has it.
    pub fn routes(&self) -> &[Option<Route>] {
        &self.addresses.records
    }

    /// Whether every page stands where it stands in another atlas, for the very same reasons.
    pub fn has_addresses_of(&self, other: &Atlas) -> bool {
        Arc::ptr_eq(&self.addresses, &other.addresses)
    }

    /// Whether a page stands at an address; later pages of lists and old addresses are not known here.
    pub fn has(&self, route: &Route) -> bool {
        self.addresses.taken.contains(route)
    }

    /// What cards on references say, in parts; each part is a script.
    pub fn cards(&self) -> &[String] {
        self.cards.parts()
    }

    /// The organisation's colours, as a style sheet.
    pub fn style(&self) -> Option<&str> {
        self.style.as_deref()
    }

    /// The organisation's pictures, by the address at which each is published.
    pub fn pictures(&self) -> &[(Route, SourcePath)] {
        &self.pictures
    }

    /// What can be found by searching.
    pub fn sought<'a>(&'a self, Stock { log, config, today, .. }: Stock<'a>) -> Sought<'a> {
        search::sought(Map { log, addresses: &self.addresses, config, today })
    }

    /// Plans the page of the text at an address, the page for what is not found, and that of the search; `None` for pages that
    /// are made of all texts.
    pub fn page(&self, route: &Route, Stock { log, found, config, today, diagrams }: Stock<'_>) -> Option<Page> {
        let map = Map { log, addresses: &self.addresses, config, today };
        let frame = self.frame(config);
        match route.0.as_str() {
            NOT_FOUND => return Some(not_found::page(&frame)),
            SEARCH if config.site.search => return Some(search::page(&frame)),
            _ => {}
        }
        let is_there = |at: &Option<Route>| at.as_ref() == Some(route);
        let position =
            self.addresses.records.iter().position(is_there).filter(|at| self.addresses.home != Some(*at))?;
        let record = log.record(position)?;
        let text = Text::render(record, Some(position), route, map, diagrams);
        let own = Findings::new(found.of(record.path()));
        let shared = Shared { map, series: &self.series, handbook: &self.handbook, found: &own };
        Some(text_page(&frame, (position, record, route), text, &shared))
    }

    pub(super) fn frame<'a>(&self, config: &'a Config) -> Frame<'a> {
        Frame { config, site: self.site.clone() }
    }
}
