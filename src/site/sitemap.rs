//! `sitemap.xml` and `robots.txt`: what search engines are told.

use super::face::Face;
use super::xml::Xml;
use crate::config::Config;
use crate::date::Date;
use crate::log::DecisionLog;
use crate::page::{Plan, Route};
use std::collections::BTreeMap;

const NAMESPACE: (&str, &str) = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");

/// What one sitemap may hold by the protocol: addresses, and bytes, of which one address less is used.
const LIMITS: Limits = Limits { addresses: 50_000, bytes: 50 * 1024 * 1024 - 16 * 1024 };

#[derive(Clone, Copy)]
struct Limits {
    addresses: usize,
    bytes: usize,
}

/// An address, and when what stands there last changed.
struct Listed {
    address: String,
    changed: Option<Date>,
}

/// The sitemap, and `robots.txt`, which names it; `pages` are the addresses of all pages, in order.
///
/// There is no sitemap without `base-url`, since it holds absolute addresses, nor for a site that is not to be listed.
pub(super) fn for_search_engines(pages: &[Route], plan: &Plan<'_>, log: &DecisionLog, config: &Config) -> Vec<Face> {
    let site = &config.site;
    let mut faces = Vec::new();
    let mut robots = "User-agent: *\n".to_owned();
    robots.push_str(if site.index { "Disallow:\n" } else { "Disallow: /\n" });
    if let (true, Some(address)) = (site.index, Route("sitemap.xml".to_owned()).canonical(&site.base_url)) {
        faces = sitemaps(&listed(pages, plan, log, &site.base_url), &site.base_url, LIMITS);
        robots.push_str(&format!("\nSitemap: {address}\n"));
    }
    faces.push(Face::new("robots.txt", robots).yielding());
    faces
}

/// Every page that a reader may come to first: not the one for what is not found, and none at an old address.
fn listed(pages: &[Route], plan: &Plan<'_>, log: &DecisionLog, base_url: &str) -> Vec<Listed> {
    let texts = log.records().iter().zip(&plan.routes);
    let changed: BTreeMap<&Route, Option<Date>> =
        texts.filter_map(|(record, route)| Some((route.as_ref()?, record.last_change()))).collect();
    let pages = pages.iter().filter(|route| route.0 != "404.html" && !plan.redirects.contains_key(*route));
    let listed = |route: &Route| {
        let changed = changed.get(route).copied().flatten();
        Some(Listed { address: route.canonical(base_url)?, changed })
    };
    pages.filter_map(listed).collect()
}

/// One sitemap; or where they do not fit, several, and an index of them in its place.
fn sitemaps(listed: &[Listed], base_url: &str, limits: Limits) -> Vec<Face> {
    let mut files = Vec::new();
    let mut rest = listed.iter().peekable();
    while rest.peek().is_some() {
        let mut xml = Xml::new("urlset", &[NAMESPACE]);
        let mut count = 0;
        while let Some(one) = rest.next_if(|_| count < limits.addresses && (count == 0 || xml.len() < limits.bytes)) {
            count += 1;
            xml.open("url", &[]);
            xml.leaf("loc", &[], &one.address);
            if let Some(changed) = one.changed {
                xml.leaf("lastmod", &[], &changed.to_string());
            }
            xml.close();
        }
        files.push(xml.finish());
    }
    if files.len() == 1 {
        return files.into_iter().map(|file| Face::new("sitemap.xml", file)).collect();
    }
    let mut index = Xml::new("sitemapindex", &[NAMESPACE]);
    let mut faces = Vec::new();
    for (at, file) in files.into_iter().enumerate() {
        let face = Face::new(&format!("sitemap-{}.xml", at + 1), file);
        index.open("sitemap", &[]);
        index.leaf("loc", &[], &face.route.canonical(base_url).unwrap_or_default());
        index.close();
        faces.push(face);
    }
    faces.push(Face::new("sitemap.xml", index.finish()));
    faces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(count: usize, limits: Limits) -> Vec<(String, Vec<String>)> {
        let listed = |at| Listed { address: format!("https://e.org/{at}?a&b"), changed: None };
        let listed: Vec<Listed> = (0..count).map(listed).collect();
        let faces = sitemaps(&listed, "https://e.org", limits);
        let addresses = |face: &Face| {
            let text = String::from_utf8(face.bytes.clone()).unwrap();
            let document = roxmltree::Document::parse(&text).unwrap();
            let found = document.descendants().filter(|node| node.has_tag_name((NAMESPACE.1, "loc")));
            (face.route.0.clone(), found.filter_map(|node| Some(node.text()?.to_owned())).collect())
        };
        faces.iter().map(addresses).collect()
    }

    #[test]
    fn what_does_not_fit_is_split_and_indexed() {
        let all = files(50_000, LIMITS);
        assert_eq!((all.len(), all[0].0.as_str(), all[0].1.len()), (1, "sitemap.xml", 50_000));
        let two = files(50_001, LIMITS);
        let shape: Vec<(&str, usize)> = two.iter().map(|(name, found)| (name.as_str(), found.len())).collect();
        assert_eq!(shape, [("sitemap-1.xml", 50_000), ("sitemap-2.xml", 1), ("sitemap.xml", 2)]);
        assert_eq!(two[2].1, ["https://e.org/sitemap-1.xml", "https://e.org/sitemap-2.xml"]);
        assert_eq!(two[1].1, ["https://e.org/50000?a&b"]);
    }

    #[test]
    fn bytes_are_limited_too() {
        let limits = Limits { addresses: 50_000, bytes: 10_000 };
        let faces = files(1_000, limits);
        assert!(faces.len() > 5);
        let total: usize = faces.iter().filter(|(name, _)| name != "sitemap.xml").map(|(_, found)| found.len()).sum();
        assert_eq!(total, 1_000);
        assert_eq!(files(3, Limits { addresses: 50_000, bytes: 0 }).len(), 4, "one address at least");
    }
}
