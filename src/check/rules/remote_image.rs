//! A picture that the reader's browser would ask another host for.

use crate::check::rule::{Check, Context, Rule, Subject};
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
    for target in record.outline.images.iter().map(|image| &image.target) {
        let Some(host) = host(&target.value) else { continue };
        let message = format!("this picture is not shown, since `{host}` would hear of every reader");
        let finding = Diagnostic::new(RULE.name, record.path(), target.span, message);
        let help = "put the picture beside the text, or set `remote-images = true` under `[markdown]`";
        found.push(finding.with_label("a link stands in its place").with_help(help));
    }
}

/// The host of an address on the web.
fn host(address: &str) -> Option<&str> {
    let scheme = |known: &str| address.get(..known.len()).is_some_and(|start| start.eq_ignore_ascii_case(known));
    let known = ["https://", "http://", "//"].into_iter().find(|known| scheme(known))?;
    address.get(known.len()..)?.split(['/', '?', '#']).next().filter(|host| !host.is_empty())
}
