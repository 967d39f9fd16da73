//! A picture that the reader's browser would ask another host for.

use crate::check::rule::{Check, Context, Rule, Subject};
use crate::check::target::is_picture;
use crate::config::Level;
use crate::diagnostic::Diagnostic;

pub(super) const RULE: Rule = Rule {
    name: "remote-image",
    summary: "A picture lies on another host, and is not shown.",
    page: include_str!("../../../content/rules/remote-image.md"),
    level: Level::Warn,
    in_drafts: Level::Warn,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if context.config.markdown.remote_images {
        return;
    }
    for image in &record.outline.images {
        let target = &image.target;
        let Some(host) = host(&target.value) else { continue };
        let around = record.outline.links.iter().find(|link| link.span.contains(image.span));
        if around.is_some_and(|link| is_whole(&link.target.value, &target.value, host)) {
            continue;
        }
        let message = format!("this picture is not shown, since `{host}` would hear of every reader");
        let finding = Diagnostic::new(RULE.name, record.path(), target.span, message);
        let help = "put the picture beside the text, or set `remote-images = true` under `[markdown]` in `precedent.toml`";
        let label = if around.is_some() { "its words stand in its place" } else { "a link stands in its place" };
        found.push(finding.with_label(label).with_help(help));
    }
}

/// Whether a link around a picture leads to what the picture is a small view of: itself, another picture, or a page of the same
/// organisation. That link is what the page shows of it.
fn is_whole(link: &str, picture: &str, of_picture: &str) -> bool {
    let Some(of_link) = host(link) else { return false };
    link == picture || is_picture(link) || domain(of_link).eq_ignore_ascii_case(domain(of_picture))
}

/// The last two parts of a host's name: who answers for it.
fn domain(host: &str) -> &str {
    host.rmatch_indices('.').nth(1).and_then(|(at, _)| host.get(at + 1..)).unwrap_or(host)
}

/// The host of an address on the web.
fn host(address: &str) -> Option<&str> {
    let scheme = |known: &str| address.get(..known.len()).is_some_and(|start| start.eq_ignore_ascii_case(known));
    let known = ["https://", "http://", "//"].into_iter().find(|known| scheme(known))?;
    address.get(known.len()..)?.split(['/', '?', '#']).next().filter(|host| !host.is_empty())
}
