//! What tests share: a caller that knows a few targets, and a page from a text.

use crate::markdown::diagram::Diagrams;
use crate::markdown::html::{Html, html};
use crate::markdown::limits::Limits;
use crate::markdown::options::{Options, RawHtml};
use crate::markdown::resolve::{Link, Resolve};
use crate::markdown::survey::outline;

/// Knows `ADR-7`, every `.md` file but `missing.md`, and every address and picture.
pub(super) struct Known;

impl Resolve for Known {
    fn link(&self, target: &str) -> Option<Link> {
        let href = target.replace(".md", "/");
        (target != "missing.md").then_some(Link { href, title: String::new(), class: String::new() })
    }

    fn image(&self, target: &str) -> Option<String> {
        (target != "missing.png").then(|| format!("/{target}"))
    }

    fn mention(&self, id: &str) -> Option<Link> {
        let class = "record".to_owned();
        (id == "ADR-7").then(|| Link { href: "/adr/7/".to_owned(), title: "Use queues".to_owned(), class })
    }
}

pub(super) fn options(raw_html: RawHtml) -> Options {
    Options { raw_html, diagrams: false, ..Options::default() }
}

pub(super) fn render_with(text: &str, options: &Options) -> Html {
    html(text, 0, &outline(text, 0, &Limits::default()), options, &Diagrams::default(), &Known)
}

pub(super) fn render(text: &str) -> Html {
    render_with(text, &options(RawHtml::Sanitise))
}

pub(super) fn page(text: &str) -> String {
    render(text).body
}
