//! Atom feeds (RFC 4287): the log, each kind, and changes of status.

use super::entry::{Entry, changes, records};
use super::face::Face;
use super::xml::Xml;
use crate::config::Config;
use crate::date::Date;
use crate::log::DecisionLog;
use crate::page::{Plan, Route};

const MEDIA: &str = "application/atom+xml";

/// Entries in one feed, the newest.
pub(super) const LONGEST_FEED: usize = 50;

/// One feed, before it is written.
struct Feed<'a> {
    route: &'a str,
    title: String,
    subtitle: &'a str,
    /// The page that shows the same.
    page: &'a Route,
    entries: Vec<&'a Entry<'a>>,
}

/// Every feed that has an entry. Without `base-url` there is none: a feed is read away from the site, and what it names must
/// be absolute.
pub(super) fn feeds(plan: &Plan, log: &DecisionLog, config: &Config) -> Vec<Face> {
    if config.site.base_url.is_empty() {
        return Vec::new();
    }
    let records = records(plan, log, config);
    let changes = changes(&records);
    let site = &config.site.title;
    let log_page = Route("log.html".to_owned());
    let all = Feed {
        route: "log.atom",
        title: site.clone(),
        subtitle: &config.site.description,
        page: &log_page,
        entries: records.iter().take(LONGEST_FEED).collect(),
    };
    let of_status = Feed {
        route: "status.atom",
        title: format!("{site}: changes of status"),
        subtitle: "Each status that a record comes to.",
        page: &log_page,
        entries: changes.iter().take(LONGEST_FEED).collect(),
    };
    let mut faces: Vec<Face> = [all, of_status].iter().filter_map(|feed| face(feed, None, config)).collect();
    for kind in &config.kinds {
        let Some(page) = plan.kinds.get(&kind.name) else { continue };
        let route = page.beside("atom").0;
        let entries = records.iter().filter(|entry| entry.record.kind.name == kind.name).take(LONGEST_FEED).collect();
        let title = format!("{site}: {}", kind.plural);
        let feed = Feed { route: &route, title, subtitle: &kind.summary, page, entries };
        faces.extend(face(&feed, Some(page), config));
    }
    faces
}

fn face(feed: &Feed<'_>, page: Option<&Route>, config: &Config) -> Option<Face> {
    let updated = feed.entries.first()?.updated;
    let face = Face::new(feed.route, write(feed, updated, config));
    Some(face.announced(MEDIA, feed.title.clone(), page.cloned()))
}

fn write(feed: &Feed<'_>, updated: Date, config: &Config) -> Vec<u8> {
    let site = &config.site;
    let base = site.base_url.trim_end_matches('/');
    let here = absolute(&Route(feed.route.to_owned()), base);
    let attributes = [("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", site.language.as_str())];
    let mut xml = Xml::new("feed", &attributes);
    xml.leaf("id", &[], &here);
    xml.leaf("title", &[], &feed.title);
    if !feed.subtitle.is_empty() {
        xml.leaf("subtitle", &[], feed.subtitle);
    }
    xml.leaf("updated", &[], &midnight(updated));
    xml.empty("link", &[("rel", "self"), ("type", MEDIA), ("href", &here)]);
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &absolute(feed.page, base))]);
    author(&mut xml, &site.title);
    xml.leaf("generator", &[], "Precedent");
    for entry in &feed.entries {
        write_entry(&mut xml, entry, base);
    }
    xml.finish()
}

fn write_entry(xml: &mut Xml, entry: &Entry<'_>, base: &str) {
    let record = entry.record;
    xml.open("entry", &[]);
    xml.leaf("id", &[], &format!("{base}/#{}", entry.name));
    xml.leaf("title", &[], &entry.title);
    xml.leaf("updated", &[], &midnight(entry.updated));
    if let Some(published) = entry.published {
        xml.leaf("published", &[], &midnight(published));
    }
    entry.authors.iter().for_each(|name| author(xml, name));
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &absolute(entry.route, base))]);
    let markdown = absolute(&entry.route.markdown(), base);
    xml.empty("link", &[("rel", "alternate"), ("type", "text/markdown"), ("href", &markdown)]);
    let mut category = |scheme: &str, term: &str, label: &str| {
        xml.empty("category", &[("term", term), ("scheme", &format!("{base}/#{scheme}")), ("label", label)]);
    };
    category("kind", &record.kind.name, &record.kind.label);
    if let Some(status) = entry.status {
        category("status", &status.name, &status.label);
    }
    for tag in record.front.tags.iter().filter(|tag| !tag.value.trim().is_empty()) {
        category("tag", &tag.value, &tag.value);
    }
    if !entry.summary.is_empty() {
        xml.leaf("summary", &[], &entry.summary);
    }
    xml.close();
}

fn author(xml: &mut Xml, name: &str) {
    xml.open("author", &[]);
    xml.leaf("name", &[], name);
    xml.close();
}

/// The absolute address of a file; there is one wherever feeds are written.
fn absolute(route: &Route, base: &str) -> String {
    route.canonical(base).unwrap_or_default()
}

/// A day as an instant: records know days, and feeds want instants.
fn midnight(day: Date) -> String {
    format!("{day}T00:00:00Z")
}
