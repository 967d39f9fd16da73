//! What the page of one text takes, where it alone is asked for.

use super::address::{Addresses, NOT_FOUND, SEARCH};
use super::card::cards;
use super::finding::Findings;
use super::handbook::Handbook;
use super::link::Map;
use super::look::{pictures, style};
use super::plan::{Shared, site, text_page};
use super::record::Series;
use super::redirect::Redirects;
use super::route::Route;
use super::text::Text;
use super::view::{Frame, Page, value};
use super::{not_found, search};
use crate::config::Config;
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::log::DecisionLog;
use crate::markdown::Diagrams;
use crate::text::SourcePath;
use std::collections::BTreeSet;
use tera::Value;

/// Who stands where, and what all pages share: made once, so that a page can be made without the others.
pub struct Atlas {
    addresses: Addresses,
    handbook: Handbook,
    series: Series,
    cards: Vec<String>,
    style: Option<String>,
    pictures: Vec<(Route, SourcePath)>,
    site: Value,
    found: Vec<Diagnostic>,
}

impl Atlas {
    /// Puts every page in its place.
    pub fn new(log: &DecisionLog, config: &Config, today: Date) -> Atlas {
        let addresses = Addresses::assign(log, config);
        let map = Map { log, addresses: &addresses, config, today };
        let redirects = Redirects::assign(map, &BTreeSet::new());
        let (handbook, series, cards) = (Handbook::new(map), Series::new(map), cards(map));
        let site = value(&site(map, &handbook, cards.len()));
        let (style, pictures) = (style(&config.look), pictures(&config.look));
        let found = addresses.found.iter().cloned().chain(redirects.found).collect();
        Atlas { addresses, handbook, series, cards, style, pictures, site, found }
    }

    /// Two pages at one address, and aliases that cannot be.
    pub fn found(&self) -> &[Diagnostic] {
        &self.found
    }

    /// By record: the address of its page; `None` when another page has it.
    pub fn routes(&self) -> &[Option<Route>] {
        &self.addresses.records
    }

    /// Whether a page stands at an address; later pages of lists and old addresses are not known here.
    pub fn has(&self, route: &Route) -> bool {
        self.addresses.taken.contains(route)
    }

    /// What cards on references say, in parts; each part is a script.
    pub fn cards(&self) -> &[String] {
        &self.cards
    }

    /// The organisation's colours, as a style sheet.
    pub fn style(&self) -> Option<&str> {
        self.style.as_deref()
    }

    /// The organisation's pictures, by the address at which each is published.
    pub fn pictures(&self) -> &[(Route, SourcePath)] {
        &self.pictures
    }

    /// Plans the page of the text at an address, the page for what is not found, and that of the search; `None` for pages that
    /// are made of all texts.
    pub fn page(
        &self,
        route: &Route,
        (log, found): (&DecisionLog, &[Diagnostic]),
        (config, today): (&Config, Date),
        diagrams: &Diagrams,
    ) -> Option<Page> {
        let map = Map { log, addresses: &self.addresses, config, today };
        let frame = Frame { config, site: self.site.clone() };
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
        let own = Findings::new(found.iter().filter(|finding| finding.primary.path == *record.path()));
        let shared = Shared { map, series: &self.series, handbook: &self.handbook, found: &own };
        Some(text_page(&frame, (position, record, route), text, &shared))
    }
}
