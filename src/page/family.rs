//! Pages that are made of many texts, by what is made together when one of them is asked for.

use super::address::{DOORS, HEALTH, HOME, LOG, first_page};
use super::atlas::Atlas;
use super::browse::filter::filter_data;
use super::browse::index::INDEXED;
use super::browse::register::{QUEUE, Registers};
use super::browse::way::Way;
use super::browse::{board, event, graph, owner, timeline, values};
use super::finding::Findings;
use super::link::Map;
use super::listing::Lines;
use super::route::Route;
use super::stock::Stock;
use super::text::Text;
use super::view::{Frame, Page};
use super::{health, home, rule};
use std::collections::BTreeMap;

/// Pages that are made together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// The home page.
    Home,
    /// The log, and the data by which it is narrowed down.
    Log,
    /// A list of the records with one value of a facet, by its first page.
    List(Route),
    /// The board.
    Board,
    /// The timeline.
    Timeline,
    /// The graph.
    Graph,
    /// The registers.
    Registers,
    /// The owners.
    Owners,
    /// The pages that list all values of a facet.
    Values,
    /// The rules.
    Rules,
    /// The health page.
    Health,
    /// The pages at old addresses.
    Old,
}

/// The pages of a family, and the scripts that they load.
#[derive(Default)]
pub struct Kin {
    /// By address.
    pub pages: BTreeMap<Route, Page>,
    /// By address: what is in it.
    pub scripts: BTreeMap<Route, String>,
}

impl Family {
    /// Whether it shows nothing but what records say to others: no finding, and nobody's own words.
    pub fn is_of_faces(&self) -> bool {
        matches!(
            self,
            Family::Log | Family::List(_) | Family::Board | Family::Timeline | Family::Graph | Family::Values
        )
    }
}

impl Atlas {
    /// The family that has the page at an address, if there is such a page; a script of the log belongs to the log.
    pub fn family(&self, route: &Route) -> Option<Family> {
        if route.0.starts_with("log/data.") && route.0.ends_with(".js") {
            return Some(Family::Log);
        }
        let first = first_page(route).unwrap_or_else(|| route.clone());
        let is_in = |way: Way, folder: &str| first == way.route() || first.0.starts_with(folder);
        let family = match first.0.as_str() {
            HOME => Family::Home,
            LOG => Family::Log,
            HEALTH => Family::Health,
            DOORS | QUEUE => Family::Registers,
            _ if first == Way::Board.route() => Family::Board,
            _ if is_in(Way::Timeline, "log/timeline/") => Family::Timeline,
            _ if is_in(Way::Graph, "log/graph/") => Family::Graph,
            _ if is_in(Way::Registers, "log/register/") => Family::Registers,
            _ if self.addresses.is_list(&first) => Family::List(first),
            _ if is_in(Way::Owners, "log/owner/") => Family::Owners,
            _ if first == Way::Tags.route() || INDEXED.iter().any(|(_, address)| *address == first.0) => Family::Values,
            _ if self.redirects.routes().any(|(old, _)| old == route) => Family::Old,
            _ if first.0.starts_with("rules/") => Family::Rules,
            _ => return None,
        };
        Some(family)
    }

    /// Plans the pages of a family.
    pub fn kin(&self, family: &Family, stock: Stock<'_>) -> Kin {
        let Stock { log, config, today, diagrams, .. } = stock;
        let map = Map { log, addresses: &self.addresses, config, today };
        let frame = &self.frame(config);
        let found = || Findings::new(stock.found.iter());
        let mut scripts = BTreeMap::new();
        let pages = match family {
            Family::Home => vec![self.home(frame, map, stock)],
            Family::Log => {
                let lines = Lines::new(map);
                let filter = filter_data(map, &lines.order);
                let pages = lines.log(frame, &filter);
                scripts.insert(filter.route, filter.script);
                pages
            }
            Family::List(first) => Lines::new(map).parts_at(frame, |route| route == first),
            Family::Board => vec![board::page(frame, map, &Lines::new(map))],
            Family::Timeline => timeline::pages(frame, map, &event::events(log, map.today)),
            Family::Graph => {
                let records = log.records().iter().filter(|record| !record.kind.is_chapter()).count();
                graph::pages(frame, map, records)
            }
            Family::Registers => Registers::new(map, &found()).pages(frame, map),
            Family::Owners => {
                let registers = Registers::new(map, &found());
                owner::pages(frame, &Lines::new(map), (map, &registers))
            }
            Family::Values => values::pages(frame, map),
            Family::Rules => rule::pages(frame, map, &found(), diagrams),
            Family::Health => health::pages(frame, map, &found()),
            Family::Old => self.redirects.pages(frame, map),
        };
        Kin { pages: pages.into_iter().map(|page| (page.route.clone(), page)).collect(), scripts }
    }

    fn home(&self, frame: &Frame<'_>, map: Map<'_>, stock: Stock<'_>) -> Page {
        let found = Findings::new(stock.found.iter());
        let intro = self.addresses.home.and_then(|position| {
            let (record, route) = (map.log.record(position)?, map.addresses.of(position)?);
            Some((record, Text::render(record, Some(position), route, map, stock.diagrams)))
        });
        let (lines, events, registers) =
            (Lines::new(map), event::events(map.log, map.today), Registers::new(map, &found));
        home::page(frame, intro, (map, &lines, &self.handbook, &found), (&events, &registers))
    }
}
