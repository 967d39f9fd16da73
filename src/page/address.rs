//! Gives every page its address, and finds the pages that want the same one.

use super::browse::facet::{Facets, has_marks_of};
use super::browse::index::INDEXED;
use super::browse::people::{People, has_people_of};
use super::browse::register::sort::Sort;
use super::browse::way::Way;
use super::folders::Folders;
use super::route::{Route, shown};
use crate::check::{RULES, Rule};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::log::DecisionLog;
use crate::record::Record;
use crate::text::{Location, SourcePath, Span, TextHash};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Pages that the site makes itself at fixed addresses, besides the ways into the log, with what a reader finds there.
const GENERATED: [(&str, &str); 6] = [
    (HOME, "the home page"),
    (DOORS, "the one-way doors"),
    (RULE_INDEX, "the rules"),
    (HEALTH, "the health page"),
    (SEARCH, "the search"),
    (NOT_FOUND, "the page for what is not found"),
];

pub(super) const HOME: &str = "index.html";
pub(super) const LOG: &str = "log.html";
pub(super) const DOORS: &str = "one-way.html";
pub(super) const RULE_INDEX: &str = "rules/index.html";
pub(super) const HEALTH: &str = "health.html";
pub(super) const SEARCH: &str = "search.html";
pub(super) const NOT_FOUND: &str = "404.html";

/// Folders of which each page is the site's own, with what a reader finds there.
const GENERATED_FOLDERS: [(&str, &str); 7] = [
    ("log/status/", "a list by status"),
    ("log/door/", "a list by door"),
    ("log/year/", "a list by year"),
    ("log/owner/", "the page of an owner"),
    ("log/timeline/", "a year of the timeline"),
    ("log/graph/", "a part of the graph"),
    ("log/register/", "a register"),
];

/// Who stands where.
#[derive(Debug, Default)]
pub(super) struct Addresses {
    /// By record: its page; `None` when another has its address.
    pub(super) records: Vec<Option<Route>>,
    /// The text that introduces the home page.
    pub(super) home: Option<usize>,
    /// By rule: its page, written in the content folder or generated.
    pub(super) rules: BTreeMap<&'static str, Route>,
    /// Rules whose page is generated from the built-in text.
    pub(super) generated_rules: BTreeSet<&'static str>,
    /// By kind: its page.
    pub(super) kinds: BTreeMap<String, Route>,
    /// By tag, without regard to case: its page, and how the tag is shown.
    pub(super) tags: BTreeMap<String, (Route, String)>,
    /// Everyone who has to do with records.
    pub(super) people: People,
    /// What records are told apart by, and the pages for it.
    pub(super) facets: Facets,
    /// The addresses of pages that the site makes itself, but for those of the rules.
    generated: BTreeSet<Route>,
    /// Every address of a page.
    pub(super) taken: BTreeSet<Route>,
    /// The addresses of texts and of generated pages that disks which tell no capital letters take for another one, by that one.
    alike: HashMap<Route, Route, TextHash>,
    /// The folders of both.
    pub(super) folders: Folders,
    /// Pages that wanted an address that was taken.
    pub(super) found: Vec<Diagnostic>,
}

impl Addresses {
    /// Generated pages come first, then texts in the order of their paths; the rule catalogue yields to texts.
    pub(super) fn assign(log: &DecisionLog, config: &Config) -> Addresses {
        Addresses::beside(Facets::of(log, config), log, config)
    }

    /// The same without the pages of what records are told apart by: all that can be told without reading every head once more.
    pub(super) fn of_texts(log: &DecisionLog, config: &Config) -> Addresses {
        Addresses::beside((People::default(), Facets::default()), log, config)
    }

    fn beside((people, facets): (People, Facets), log: &DecisionLog, config: &Config) -> Addresses {
        let mut addresses = Addresses { people, facets, ..Addresses::default() };
        let mut owners = Owners::default();
        for (address, what) in GENERATED {
            if address != RULE_INDEX && (address != SEARCH || config.site.search) {
                owners.insert(Route(address.to_owned()), Owner::Generated(what.to_owned()));
            }
        }
        for way in Way::ALL {
            let name = if way == Way::List { "log".to_owned() } else { way.label().to_lowercase() };
            owners.insert(way.route(), Owner::Generated(format!("the {name}")));
        }
        for (route, what) in register_routes().into_iter().chain(index_routes()) {
            owners.insert(route, Owner::Generated(what));
        }
        addresses.add_facets(config, &mut owners);
        addresses.generated = owners.keys().cloned().collect();
        let folded = addresses.generated.iter().map(|route| (Route(route.folded()), route.clone()));
        addresses.alike = folded.filter(|(folded, route)| folded != route).collect();
        for (folder, what) in GENERATED_FOLDERS.into_iter().chain([(RULE_INDEX, "the list of rules")]) {
            addresses.folders.add_own(&Route(folder.to_owned()), what);
        }
        for route in &addresses.generated {
            if let Some(Owner::Generated(what)) = owners.get(route) {
                addresses.folders.add_own(route, what);
            }
        }
        addresses.add_records(log, config, &mut owners);
        addresses.add_rules(&mut owners);
        owners.entry(Route(RULE_INDEX.to_owned())).or_insert(Owner::Generated("the rules".to_owned()));
        addresses.taken = owners.into_keys().collect();
        addresses
    }

    /// Whether every page stands where it stood, and every list holds what it held, once a record is `after` that was `before`;
    /// its path and its id are the same.
    pub(super) fn hold_for(before: &Record, after: &Record) -> bool {
        let slug = |record: &Record| record.front.slug.as_ref().map(|slug| slug.value.clone());
        slug(before) == slug(after) && has_marks_of(before, after) && has_people_of(before, after)
    }

    /// Whether the lists of a facet have this page; the pages of people are no lists.
    pub(super) fn is_list(&self, route: &Route) -> bool {
        let facets = self.facets.all().into_iter();
        let values = facets.flat_map(|facet| facet.values.iter().map(move |value| (facet.name, value)));
        let lists = values.filter(|(name, value)| *name != "owner" || value.is_none);
        lists.into_iter().any(|(_, value)| value.route == *route)
    }

    /// The page of a record.
    pub(super) fn of(&self, record: usize) -> Option<&Route> {
        self.records.get(record).and_then(Option::as_ref)
    }

    /// The address of a record as a view holds it.
    pub(super) fn href(&self, record: usize) -> Option<String> {
        self.of(record).map(Route::href)
    }

    /// Whether a page stands at an address, or may: a long list has later pages.
    pub(super) fn is_taken(&self, route: &Route) -> bool {
        let is_own = GENERATED_FOLDERS.iter().any(|(folder, _)| route.0.starts_with(folder));
        is_own || self.taken.contains(route) || first_page(route).is_some_and(|first| self.generated.contains(&first))
    }

    /// The address that a disk may take for another one.
    pub(super) fn like(&self, route: &Route) -> Option<&Route> {
        let folded = Route(route.folded());
        self.alike.get(&folded).or_else(|| self.taken.get(&folded)).filter(|alike| *alike != route)
    }

    /// The rule whose page stands at an address, and its place in the catalogue.
    pub(super) fn rule_at(&self, route: &Route) -> Option<(usize, &'static Rule)> {
        let name = route.0.strip_prefix("rules/")?.strip_suffix(".html")?;
        RULES.iter().enumerate().find(|(_, rule)| rule.name == name)
    }

    fn add_facets(&mut self, config: &Config, owners: &mut Owners) {
        for facet in self.facets.all() {
            for value in facet.values.iter().filter(|value| !(value.is_none && value.count == 0)) {
                let what = format!("the records by {}, “{}”", facet.label.to_lowercase(), value.label);
                owners.insert(value.route.clone(), Owner::Generated(what));
            }
        }
        let kinds = config.kinds.iter().filter(|kind| !kind.is_chapter());
        let routes = kinds.zip(&self.facets.kind.values).map(|(kind, value)| (kind.name.clone(), value.route.clone()));
        self.kinds = routes.collect();
        let tags = self.facets.tag.values.iter();
        self.tags = tags.map(|tag| (tag.label.to_lowercase(), (tag.route.clone(), tag.label.clone()))).collect();
    }

    fn add_records(&mut self, log: &DecisionLog, config: &Config, owners: &mut Owners) {
        for (position, record) in log.records().iter().enumerate() {
            let route = Route::of_text(&below_content(record.path(), config));
            let route = match &record.front.slug {
                Some(slug) if !record.is_index() => route.ending_in(&slug.value),
                _ => route,
            };
            if route.0 == HOME && self.home.is_none() {
                owners.insert(route.clone(), Owner::Text(record.path().clone()));
                self.home = Some(position);
                self.records.push(Some(route));
                continue;
            }
            let later_page =
                first_page(&route).and_then(|first| owners.get(&first)).filter(|owner| owner.is_generated());
            let folder = GENERATED_FOLDERS.iter().find(|(folder, _)| route.0.starts_with(folder));
            let folder = folder.map(|(_, what)| Owner::Generated((*what).to_owned()));
            let folded = Route(route.folded());
            let alike = self.alike.get(&folded).unwrap_or(&folded);
            let alike =
                owners.get(alike).filter(|_| *alike != route).map(|owner| owner.likeness(record, (&route, alike)));
            let conflict =
                owners.get(&route).or(later_page).or(folder.as_ref()).map(|owner| owner.conflict(record, &route));
            if let Some(finding) = conflict.or(alike) {
                self.found.push(finding);
                self.records.push(None);
                continue;
            }
            self.found.extend(self.folders.add(&route, record.path()));
            if folded != route {
                self.alike.insert(folded, route.clone());
            }
            owners.insert(route.clone(), Owner::Text(record.path().clone()));
            self.records.push(Some(route));
        }
    }

    fn add_rules(&mut self, owners: &mut Owners) {
        for rule in RULES {
            let route = Route(format!("rules/{}.html", rule.name));
            if !owners.contains_key(&route) {
                owners.insert(route.clone(), Owner::Generated(format!("the page of the rule `{}`", rule.name)));
                self.generated_rules.insert(rule.name);
            }
            self.rules.insert(rule.name, route);
        }
    }
}

/// The pages of the registers.
fn register_routes() -> Vec<(Route, String)> {
    Sort::ALL.iter().map(|sort| (sort.route(), format!("the register “{}”", sort.title()))).collect()
}

/// The pages that list all values of a facet, where these are too many to stand beside the log.
fn index_routes() -> Vec<(Route, String)> {
    INDEXED.iter().map(|(name, address)| (Route((*address).to_owned()), format!("the index by {name}"))).collect()
}

/// Who has which address.
type Owners = HashMap<Route, Owner, TextHash>;

/// Who has an address.
enum Owner {
    Generated(String),
    Text(SourcePath),
}

impl Owner {
    fn is_generated(&self) -> bool {
        matches!(self, Owner::Generated(_))
    }

    fn conflict(&self, record: &Record, route: &Route) -> Diagnostic {
        self.finding(record, |other| format!("its address {route} is that of {other}"))
    }

    fn likeness(&self, record: &Record, (route, other): (&Route, &Route)) -> Diagnostic {
        self.finding(record, |owner| {
            let (route, other) = (shown(route), shown(other));
            format!("many disks take its address {route} for {other}, which is that of {owner}")
        })
    }

    fn finding(&self, record: &Record, why: impl Fn(&str) -> String) -> Diagnostic {
        let path = record.path();
        let rename = format!("rename {} so that each page has an address of its own", path.file_name());
        match self {
            Owner::Generated(what) => {
                let message = format!("{path} is not published: {}", why(what));
                Diagnostic::new("duplicate-address", path, Span::default(), message).with_help(rename)
            }
            Owner::Text(other) => {
                let message = format!("{path} is not published: {}", why(other.as_str()));
                let place = Location { path: other.clone(), span: Span::default() };
                Diagnostic::new("duplicate-address", path, Span::default(), message)
                    .with_related(place, "this one has the address")
                    .with_help(rename)
            }
        }
    }
}

/// The first page of the list that `log.2.html` is a later page of.
pub(super) fn first_page(route: &Route) -> Option<Route> {
    let (first, number) = route.0.strip_suffix(".html")?.rsplit_once('.')?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| Route(format!("{first}.html")))
}

/// A path as its address has it: see [`Roots::below`](crate::config::Roots::below).
pub(super) fn below_content<'a>(path: &'a SourcePath, config: &Config) -> Cow<'a, str> {
    config.roots.below(path)
}
