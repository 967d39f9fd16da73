//! The pages of all values of a facet, each with the number of its records: the tags, and the statuses or years where they are many.

use super::facet::{Facet, FacetValue};
use super::index::{INDEXED, NAMED};
use super::pager::{PagerView, cut, titled, weight_of};
use super::way::{Way, WayView};
use crate::page::link::Map;
use crate::page::route::Route;
use crate::page::view::{Frame, Head, Page, Section};
use serde::Serialize;

#[derive(Debug, Serialize)]
struct ValuesView {
    ways: Vec<WayView>,
    title: &'static str,
    lede: &'static str,
    empty: &'static str,
    values: Vec<ValueView>,
    pager: PagerView,
}

#[derive(Clone, Debug, Serialize)]
struct ValueView {
    label: String,
    href: String,
    count: usize,
}

/// What such a page says.
struct Words {
    way: Way,
    title: &'static str,
    lede: &'static str,
    empty: &'static str,
}

/// Plans the page of all tags, and those of facets with too many values to stand beside the log.
pub(in crate::page) fn pages(frame: &Frame<'_>, map: Map<'_>) -> Vec<Page> {
    let facets = &map.addresses.facets;
    let tags = Words {
        way: Way::Tags,
        title: "Tags",
        lede: "Words to find decisions by.",
        empty: "No record has a tag. A line such as `tags = [\"storage\"]` in a record's front matter gives it one.",
    };
    let mut pages = index(frame, &facets.tag, &Way::Tags.route(), &tags);
    for facet in [&facets.status, &facets.year] {
        let used = facet.values.iter().filter(|value| value.count > 0).count();
        let Some((_, address)) = INDEXED.iter().find(|(name, _)| used > NAMED && *name == facet.name) else { continue };
        let words =
            Words { way: Way::List, title: facet.label, lede: "Every one of them, with its records.", empty: "" };
        pages.extend(index(frame, facet, &Route((*address).to_owned()), &words));
    }
    pages
}

fn index(frame: &Frame<'_>, facet: &Facet, route: &Route, words: &Words) -> Vec<Page> {
    let shown = facet.values.iter().filter(|value| value.count > 0 || facet.name == "tag");
    let view =
        |value: &FacetValue| ValueView { label: value.label.clone(), href: value.route.href(), count: value.count };
    let parts = cut(shown.map(view).collect(), |value| 80 + weight_of(&value.label) + weight_of(&value.href));
    let count = parts.len();
    let page = |(number, values): (usize, Vec<ValueView>)| {
        let here = route.numbered(number);
        let pager = PagerView::new(route, number, count);
        let ways = words.way.navigation(&here);
        let view = ValuesView { ways, title: words.title, lede: words.lede, empty: words.empty, values, pager };
        let head =
            Head { title: titled(words.title, number), description: words.lede.to_owned(), section: Section::Log };
        frame.page(here, "values.html", head, view)
    };
    (1..).zip(parts).map(page).collect()
}
