//! A way was chosen without its cost.

use crate::check::absence::absent_sections;
use crate::check::demand::is_held;
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::cost::{chosen, way};
use crate::diagnostic::Diagnostic;
use crate::record::{Cost, CostOption, Record, Sourcing};
use crate::text::{Location, Spanned};
use crate::value::{Data, Entry};

pub(super) const RULE: Rule = Rule {
    name: "missing-cost",
    summary: "A record that builds, buys or partners does not say what that costs over the years.",
    page: include_str!("../../../content/rules/missing-cost.md"),
    level: Level::Deny,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, _context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(absent_sections(RULE.name, record));
    let Some(cost) = record.front.cost.as_ref().map(|cost| &cost.value).filter(|_| is_held(record)) else { return };
    found.extend(cost.options.first().into_iter().flat_map(|first| unmeasured(record, cost, first)));
    found.extend(record.front.sourcing.as_ref().and_then(|sourcing| unpriced(record, cost, sourcing)));
}

/// Amounts of nobody knows what, for nobody knows how long.
fn unmeasured(record: &Record, cost: &Cost, first: &CostOption) -> Vec<Diagnostic> {
    let report = |message: &str, label: &str, help: &str| {
        let finding = Diagnostic::new(RULE.name, record.path(), first.name.span, message);
        finding.with_label(label).with_help(help)
    };
    // What was written and could not be read is another rule's matter.
    let is_silent = |key: &str| record.front.get(key).is_none();
    let currency = (cost.currency.is_none() && is_silent("cost.currency")).then(|| {
        let message = "the cost does not say in which currency";
        report(message, "amounts of what?", "add `currency = \"USD\"` under `[cost]`")
    });
    let horizon = (cost.horizon_years.is_none() && is_silent("cost.horizon-years")).then(|| {
        let message = "the cost does not say over how many years";
        report(message, "for how long?", "add `horizon-years = 5` under `[cost]`")
    });
    currency.into_iter().chain(horizon).collect()
}

/// The chosen way has no figures; what was written and could not be read is another rule's matter.
fn unpriced(record: &Subject<'_>, cost: &Cost, sourcing: &Spanned<Sourcing>) -> Option<Diagnostic> {
    let way = way(sourcing.value)?;
    let message = format!("the cost of the chosen way, `{way}`, is not given");
    let help = format!("add `{way} = {{ initial = …, run-per-year = … }}` under `[cost]`");
    let report = |span| Diagnostic::new(RULE.name, record.path(), span, &message);
    if let Some(option) = chosen(cost, sourcing.value) {
        let is_blank = entries(record, &format!("cost.{way}")).is_some_and(<[Entry]>::is_empty);
        return is_blank.then(|| report(option.name.span).with_label("no figures").with_help(help));
    }
    if let Some(first) = cost.options.first() {
        let at = Location { path: record.path().clone(), span: first.name.span };
        let finding = report(sourcing.span).with_label("chosen").with_related(at, "the options that have figures");
        return Some(finding.with_help(help));
    }
    let is_option = |entry: &Entry| !["currency", "horizon-years"].contains(&entry.key.value.as_str());
    let is_read = !entries(record, "cost")?.iter().any(is_option);
    let has_section = record.kind.sections.iter().filter(|section| section.rule.value == RULE.name);
    let has_section = has_section.flat_map(|section| record.headings().named(section)).next().is_some();
    (is_read && !has_section).then(|| report(sourcing.span).with_label("chosen").with_help(help))
}

fn entries<'a>(record: &'a Record, key: &str) -> Option<&'a [Entry]> {
    match &record.front.get(key)?.data {
        Data::Table(table) => Some(&table.entries),
        Data::Scalar(..) | Data::List(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::trial;

    fn found(cost: &str, body: &str) -> Vec<String> {
        let head = "title = \"x\"\nstatus = \"formal-review\"\nsourcing = \"buy\"\n";
        let text = format!("+++\n{head}\n[cost]\n{cost}\n+++\n\n{body}");
        let findings = trial::found(&RULE, "content/rfc/0001-x.md", &text);
        findings.iter().map(|finding| finding.primary.span.of(&text).to_owned()).collect()
    }

    #[test]
    fn figures_are_asked_for_where_there_are_none() {
        let measure = "currency = \"USD\"\nhorizon-years = 5\n";
        let with = |options: &str| format!("{measure}{options}");
        assert_eq!(found(measure, ""), ["\"buy\""]);
        assert_eq!(found(&with("build = { initial = 5 }"), ""), ["\"buy\""]);
        assert_eq!(found(&with("buy = {}"), ""), ["buy"]);
        assert_eq!(found("buy = { initial = 5 }", ""), ["buy", "buy"]);
        assert!(found(&with("buy = { initial = 0 }"), "").is_empty());
    }

    #[test]
    fn what_the_text_says_or_another_rule_reports_is_not_asked_for() {
        let measure = "currency = \"USD\"\nhorizon-years = 5\n";
        assert!(found(measure, "## TCO\n\n| | Buy |\n|---|---|\n| Total | 5 |\n").is_empty());
        for unreadable in ["buy = { initial = \"180k\" }", "buy = 180000"] {
            assert!(found(&format!("{measure}{unreadable}"), "").is_empty(), "{unreadable}");
        }
    }
}
