//! Old addresses, and the small pages there that lead to the new ones.

use super::address::Addresses;
use super::link::Map;
use super::route::{Route, shown};
use super::view::{Frame, Head, Page, Section};
use crate::diagnostic::Diagnostic;
use crate::record::{Record, alias_file};
use crate::text::{Location, Spanned};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

const RULE: &str = "duplicate-address";

/// A page that says where another has gone. It is whole without the site's frame.
#[derive(Debug, Serialize)]
struct RedirectView {
    /// Where to, below the root.
    href: String,
    /// The same as an absolute address, where the site has one.
    canonical: Option<String>,
}

/// Old addresses that lead somewhere.
#[derive(Debug, Default)]
pub(super) struct Redirects {
    /// By old address: the record, and where the alias is written.
    routes: BTreeMap<Route, (usize, Location)>,
    /// The same addresses by what disks make of them that do not tell capital letters.
    alike: BTreeMap<String, Route>,
    /// Aliases that cannot be followed.
    pub(super) found: Vec<Diagnostic>,
}

impl Redirects {
    /// Gives each alias its address, unless something else stands there or in its way; `files` are the site's other files.
    pub(super) fn assign(map: Map<'_>, files: &BTreeSet<Route>) -> Redirects {
        let mut redirects = Redirects::default();
        for (position, record) in map.log.records().iter().enumerate() {
            let Some(page) = map.addresses.of(position) else { continue };
            for alias in &record.front.aliases {
                // What is no address was reported when the head was read.
                let Ok(file) = alias_file(&alias.value) else { continue };
                redirects.add(Route(file), (position, record, page), alias, (map.addresses, files));
            }
        }
        redirects
    }

    fn add(
        &mut self,
        route: Route,
        (position, record, page): (usize, &Record, &Route),
        alias: &Spanned<String>,
        (addresses, files): (&Addresses, &BTreeSet<Route>),
    ) {
        let at = Location { path: record.path().clone(), span: alias.span };
        let finding = |why: String| {
            let message = format!("the alias `{}` is not followed: {why}", alias.value);
            let finding = Diagnostic::new(RULE, record.path(), alias.span, message);
            finding.with_help("take it out, or name the address at which this page used to stand")
        };
        if route == *page {
            self.found.push(finding("it is the address of this very page".to_owned()));
        } else if addresses.is_taken(&route) {
            self.found.push(finding(format!("{route} is the address of another page")));
        } else if let Some(other) = in_the_way(&route, |other| addresses.taken.contains(other) || files.contains(other))
            .or_else(|| below(&route, &addresses.taken).or_else(|| below(&route, files)).cloned())
        {
            self.found.push(finding(format!("{other} is in its way")));
        } else if let Some(other) = addresses.like(&route).or_else(|| self.like(&route)) {
            let why = format!("many disks take {} for {}, which is another page's", shown(&route), shown(other));
            self.found.push(finding(why));
        } else if let Some((_, first)) = self.routes.get(&route).filter(|(other, _)| *other != position) {
            let finding = finding(format!("another record has {route}, too"));
            self.found.push(finding.with_related(first.clone(), "this one has the address"));
        } else if let Some(other) =
            in_the_way(&route, |other| self.routes.contains_key(other)).or_else(|| self.below(&route))
        {
            self.found.push(finding(format!("the alias {other} is in its way")));
        } else {
            self.alike.insert(route.folded(), route.clone());
            self.routes.entry(route).or_insert((position, at));
        }
    }

    fn like(&self, route: &Route) -> Option<&Route> {
        self.alike.get(&route.folded()).filter(|alike| *alike != route)
    }

    /// An old address below an address, which then would have to be a folder.
    fn below(&self, route: &Route) -> Option<Route> {
        let (next, _) = self.routes.range(Route(format!("{route}/"))..).next()?;
        is_below(next, route).then(|| next.clone())
    }

    /// Every old address, with the record that it leads to.
    pub(super) fn routes(&self) -> impl Iterator<Item = (&Route, usize)> {
        self.routes.iter().map(|(route, (record, _))| (route, *record))
    }

    /// Plans a page at each old address.
    pub(super) fn pages(&self, frame: &Frame<'_>, map: Map<'_>) -> Vec<Page> {
        let page = |(route, position): (&Route, usize)| {
            let (record, target) = (map.log.record(position)?, map.addresses.of(position)?);
            let head = Head { title: record.name(), description: String::new(), section: Section::None };
            let view = RedirectView { href: target.href(), canonical: frame.canonical(target) };
            Some(frame.page(route.clone(), "redirect.html", head, view))
        };
        self.routes().filter_map(page).collect()
    }
}

/// The first file that stands where an address needs a folder.
fn in_the_way(route: &Route, is_file: impl Fn(&Route) -> bool) -> Option<Route> {
    let folders = route.0.match_indices('/').map(|(at, _)| Route(route.0.get(..at).unwrap_or("").to_owned()));
    folders.into_iter().find(|folder| is_file(folder))
}

/// A file below an address, which then would have to be a folder.
fn below<'a>(route: &Route, files: &'a BTreeSet<Route>) -> Option<&'a Route> {
    files.range(Route(format!("{route}/"))..).next().filter(|file| is_below(file, route))
}

fn is_below(file: &Route, route: &Route) -> bool {
    file.0.strip_prefix(&route.0).is_some_and(|rest| rest.starts_with('/'))
}
