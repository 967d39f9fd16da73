//! The page for what is not found.

use super::address::NOT_FOUND;
use super::route::Route;
use super::view::{Frame, Head, Page, Section};

/// Plans the page that servers show in place of an address that is not there, at any depth.
///
/// Links that hold at any depth need the path of the site, and only `base-url` tells it: with it, they start there. Without
/// it they are relative, as on every other page: right from disk, right for addresses at the top of the site under any
/// sub-path, wrong further down. Starting them with `/` instead would lead out of every site that lives under a sub-path.
/// The page says so little that it can be read without its style sheet.
pub(super) fn page(frame: &Frame<'_>) -> Page {
    let root = path_of(&frame.config.site.base_url);
    let head = Head {
        title: "Not found".to_owned(),
        description: "There is no page at this address.".to_owned(),
        section: Section::None,
    };
    frame.page_from(Route(NOT_FOUND.to_owned()), root, "404.html", head, ())
}

/// The path of a base address, with `/` at both ends: `/handbook/` of `https://docs.example.org/handbook`; empty for none.
fn path_of(base_url: &str) -> String {
    let Some((_, rest)) = base_url.split_once("://") else { return String::new() };
    let path = rest.split_once('/').map_or("", |(_, path)| path.trim_matches('/'));
    if path.is_empty() { "/".to_owned() } else { format!("/{path}/") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_start_at_the_path_of_the_site() {
        assert_eq!(path_of(""), "");
        assert_eq!(path_of("https://example.org"), "/");
        assert_eq!(path_of("https://example.org/a/b/"), "/a/b/");
    }
}
