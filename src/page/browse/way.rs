//! The ways into the log, as the navigation that its pages share.

use crate::page::route::Route;
use serde::Serialize;

/// A way into the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::page) enum Way {
    /// All records, one to a line, and the lists of a kind, a status and so on.
    List,
    /// By status.
    Board,
    /// By date.
    Timeline,
    /// By relation.
    Graph,
    /// What is owed.
    Registers,
    /// By person.
    Owners,
    /// By tag.
    Tags,
}

/// One entry of the navigation.
#[derive(Clone, Debug, Serialize)]
pub(in crate::page) struct WayView {
    label: &'static str,
    href: &'static str,
    /// `page` on the page itself, `true` on the pages behind it, empty elsewhere: as in `aria-current`.
    current: &'static str,
}

impl Way {
    /// All ways, in the order in which readers find them.
    pub(in crate::page) const ALL: [Way; 7] =
        [Way::List, Way::Board, Way::Timeline, Way::Graph, Way::Registers, Way::Owners, Way::Tags];

    /// Where it begins.
    pub(in crate::page) fn address(self) -> &'static str {
        match self {
            Way::List => "log.html",
            Way::Board => "log/board.html",
            Way::Timeline => "log/timeline.html",
            Way::Graph => "log/graph.html",
            Way::Registers => "log/registers.html",
            Way::Owners => "log/owners.html",
            Way::Tags => "tags.html",
        }
    }

    /// Where it begins, as a page's address.
    pub(in crate::page) fn route(self) -> Route {
        Route(self.address().to_owned())
    }

    /// What readers call it.
    pub(in crate::page) fn label(self) -> &'static str {
        match self {
            Way::List => "List",
            Way::Board => "Board",
            Way::Timeline => "Timeline",
            Way::Graph => "Graph",
            Way::Registers => "Registers",
            Way::Owners => "Owners",
            Way::Tags => "Tags",
        }
    }

    /// The navigation on a page that is not of the log.
    pub(in crate::page) fn all() -> Vec<WayView> {
        Way::ALL.map(|way| WayView { label: way.label(), href: way.address(), current: "" }).to_vec()
    }

    /// The navigation on a page of this way.
    pub(in crate::page) fn navigation(self, here: &Route) -> Vec<WayView> {
        let current = |way: Way| match (way == self, way.address() == here.0) {
            (true, true) => "page",
            (true, false) => "true",
            (false, _) => "",
        };
        Way::ALL.map(|way| WayView { label: way.label(), href: way.address(), current: current(way) }).to_vec()
    }
}
