//! What every template may see: the page's frame, and the small views that several pages share.

// An address in a view is below the site's root and percent-encoded; a template writes `page.root` before it.

use super::look::LookView;
use super::print::Print;
use super::route::Route;
use crate::config::{Config, Status};
use crate::record::Record;
use crate::text::{Digest, capitalised};
use serde::Serialize;
use tera::Value;

/// A page to be rendered: where, with which template, from what.
pub struct Page {
    /// Where it will stand.
    pub route: Route,
    /// The template's name in the theme.
    pub template: &'static str,
    page: PageView,
    site: Everywhere,
    content: Box<dyn Content>,
}

/// What a page shows. It is converted for the template only while that page is rendered: the converted views of all
/// pages at once would double the memory of a build.
trait Content: Send + Sync {
    fn convert(&self) -> Value;
    fn print(&self, print: &mut Print);
}

impl<T: Serialize + Send + Sync> Content for T {
    fn convert(&self) -> Value {
        value(self)
    }

    fn print(&self, print: &mut Print) {
        print.add(self);
    }
}

/// What templates see of the site, the same for every page.
#[derive(Clone)]
pub(super) struct Everywhere {
    /// Converted once.
    value: Value,
    print: Option<Digest>,
}

impl Everywhere {
    pub(super) fn new(site: &SiteView) -> Everywhere {
        let mut print = Print::default();
        print.add(site);
        Everywhere { value: value(site), print: print.digest() }
    }
}

impl Page {
    /// What the template sees: `page` (this very page), `site` (the same everywhere) and `view` (its content).
    pub fn context(&self) -> tera::Context {
        let mut context = tera::Context::new();
        context.insert_value("page", value(&self.page));
        context.insert_value("site", self.site.value.clone());
        context.insert_value("view", self.content.convert());
        context
    }

    /// The fingerprint of the template's name, of all that [`Page::context`] gives it, and of what else it is given; `None` where
    /// something of it has none.
    pub fn print(&self, else_given: &impl Serialize) -> Option<Digest> {
        let mut print = Print::default();
        print.add(&(self.template, self.site.print?.0.to_le_bytes(), &self.page, else_given));
        self.content.print(&mut print);
        print.digest()
    }
}

/// Makes pages that share one site.
pub(super) struct Frame<'a> {
    pub(super) config: &'a Config,
    /// The site's view.
    pub(super) site: Everywhere,
}

/// What a page says of itself in its head.
pub(super) struct Head {
    pub(super) title: String,
    pub(super) description: String,
    /// Which entry of the navigation it belongs to.
    pub(super) section: Section,
}

/// The entries of the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Section {
    Home,
    Log,
    Handbook,
    Rules,
    Health,
    Search,
    None,
}

/// The site, the same on every page.
#[derive(Debug, Serialize)]
pub(super) struct SiteView {
    pub(super) title: String,
    pub(super) description: String,
    pub(super) language: String,
    pub(super) repository: String,
    pub(super) footer: String,
    pub(super) policy: &'static str,
    /// Where readers search; `None` where they cannot.
    pub(super) search: Option<&'static str>,
    /// In how many parts the data for cards on references lies.
    pub(super) cards: usize,
    /// The organisation's logo.
    pub(super) look: LookView,
    pub(super) navigation: Vec<NavigationView>,
}

/// One entry of the navigation.
#[derive(Debug, Serialize)]
pub(super) struct NavigationView {
    pub(super) label: &'static str,
    pub(super) href: String,
    pub(super) section: Section,
}

/// This very page.
#[derive(Debug, Serialize)]
struct PageView {
    title: String,
    description: String,
    section: Section,
    root: String,
    here: String,
    canonical: Option<String>,
}

/// A few words that lead somewhere, or not.
#[derive(Clone, Debug, Serialize)]
pub(super) struct LinkView {
    pub(super) label: String,
    pub(super) href: Option<String>,
}

/// Where a record stands, as word, and as shape and colour by `decision` and `delivery`.
#[derive(Clone, Debug, Serialize)]
pub(super) struct StatusView {
    /// The word of the team, where it is another than the status has of its kind; else that.
    pub(super) label: String,
    /// What the team's own word means.
    pub(super) meaning: Option<String>,
    pub(super) decision: &'static str,
    pub(super) delivery: &'static str,
}

/// A record as it is named on another page.
#[derive(Clone, Debug, Serialize)]
pub(super) struct RecordLink {
    pub(super) id: Option<String>,
    pub(super) title: String,
    /// `None` when another page has its address.
    pub(super) href: Option<String>,
    pub(super) status: Option<StatusView>,
}

/// One line of a listing.
#[derive(Clone, Debug, Serialize)]
pub(super) struct RowView {
    pub(super) record: RecordLink,
    pub(super) kind: String,
    pub(super) door: Option<&'static str>,
    pub(super) owner: Option<String>,
    pub(super) created: Option<String>,
    pub(super) updated: Option<String>,
    pub(super) draft: bool,
}

/// One entry of a table of contents.
#[derive(Clone, Debug, Serialize)]
pub(super) struct TocView {
    pub(super) title: String,
    pub(super) anchor: String,
    /// Whether it stands below the entry before it.
    pub(super) nested: bool,
}

impl Frame<'_> {
    /// Puts a page together.
    pub(super) fn page(
        &self,
        route: Route,
        template: &'static str,
        head: Head,
        content: impl Serialize + Send + Sync + 'static,
    ) -> Page {
        let root = route.root();
        self.page_from(route, root, template, head, content)
    }

    /// The one address under which a page is to be known; `None` without `base-url`.
    pub(super) fn canonical(&self, route: &Route) -> Option<String> {
        route.canonical(&self.config.site.base_url)
    }

    /// The same for a page whose way to the root is not told by its own address.
    pub(super) fn page_from(
        &self,
        route: Route,
        root: String,
        template: &'static str,
        head: Head,
        content: impl Serialize + Send + Sync + 'static,
    ) -> Page {
        let (here, canonical) = (route.href(), self.canonical(&route));
        let Head { title, description, section } = head;
        let page = PageView { title, description, section, root, here, canonical };
        Page { route, template, page, site: self.site.clone(), content: Box::new(content) }
    }
}

/// A view for a template. Views are made of strings, numbers, lists and structures, which always convert.
pub(super) fn value(view: &impl Serialize) -> Value {
    Value::try_from_serializable(view).unwrap_or_else(|_| Value::none())
}

impl StatusView {
    /// Where a record stands; a word that its kind does not know is shown as written.
    pub(super) fn of(record: &Record) -> Option<StatusView> {
        let Some(status) = &record.status else {
            let raw = record.raw_status.as_ref()?;
            let (label, decision, delivery) = (raw.value.clone(), "unknown", "not-started");
            return Some(StatusView { label, meaning: None, decision, delivery });
        };
        let named = StatusView::named(status);
        Some(match record.own_status_word() {
            Some(word) => StatusView { label: capitalised(word), meaning: Some(named.label), ..named },
            None => named,
        })
    }

    /// A status under its own label.
    pub(super) fn named(status: &Status) -> StatusView {
        let (decision, delivery) = (status.decision.name(), status.delivery.name());
        StatusView { label: status.label.clone(), meaning: None, decision, delivery }
    }

    /// The label of the status that is meant, under which filters know it.
    pub(super) fn meant(self) -> String {
        self.meaning.unwrap_or(self.label)
    }
}

/// The first `limit` characters, cut at a word.
pub(super) fn shortened(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let cut: String = text.chars().take(limit).collect();
    let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(before, _)| before);
    format!("{}…", cut.trim_end_matches([',', ';', ':', ' ']))
}

/// The first `limit` characters of a name, cut where they end.
pub(super) fn shortened_word(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let cut: String = text.chars().take(limit.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_end_at_a_word() {
        assert_eq!(shortened("short", 10), "short");
        assert_eq!(shortened("one two, three", 10), "one two…");
    }
}
