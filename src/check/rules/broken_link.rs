//! A link that leads nowhere.

use crate::check::lost::joined;
use crate::check::rule::{Check, Context, Rule};
use crate::check::target::{Wanted, all_lost};
use crate::check::thin::thin;
use crate::config::Level;
use crate::diagnostic::Diagnostic;
use crate::log::DecisionLog;

pub(super) const RULE: Rule = Rule {
    name: "broken-link",
    summary: "A link leads nowhere, out of the project, or to a scheme that pages may not use.",
    page: include_str!("../../../content/rules/broken-link.md"),
    level: Level::Deny,
    in_drafts: Level::Deny,
    since: "0.1.0",
    check: Check::Among(check),
};

fn check(log: &DecisionLog, position: usize, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(record) = log.record(position) else { return };
    let links = record.outline.links.iter().enumerate();
    let doubtful = links.filter(|(link, _)| log.linked(position, *link).is_none()).map(|(_, link)| &link.target);
    let lost = all_lost((RULE.name, Wanted::File), (log, record), doubtful, context);
    thin(found, joined(RULE.name, record, lost));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::lost::MOST_PLACES;
    use crate::config::Config;
    use crate::date::Date;
    use crate::markdown::Diagrams;
    use crate::record::Record;
    use crate::source::Source;
    use crate::text::SourcePath;
    use std::collections::BTreeMap;
    use std::sync::Arc;

    fn found(path: &str, body: &str) -> Vec<Diagnostic> {
        let (config, diagrams) = (Config::builtin(), Diagrams::default());
        let text = |path: &str, text: &str| {
            Arc::new(Record::parse(&Source::new(SourcePath::new(path), text), &config).0)
        };
        let records = vec![text(path, &format!("# Links\n\n{body}\n")), text("content/notes/plan.md", "# Plan\n")];
        let log = DecisionLog::link(records, BTreeMap::new(), &config);
        let mut found = Vec::new();
        let context = Context { config: &config, today: Date::constant(2026, 6, 1), diagrams: &diagrams };
        let position = log.at_path(&SourcePath::new(path)).unwrap();
        check(&log, position, &context, &mut found);
        found
    }

    #[test]
    fn each_lost_link_has_its_own_words() {
        let words = |target: &str| {
            let found = found("content/adr/0001-x.md", &format!("[it](<{target}>)"));
            let words = |finding: &Diagnostic| format!("{}; {}", finding.message, finding.help.clone().unwrap_or_default());
            found.iter().map(words).collect::<Vec<_>>().join("\n")
        };
        for (target, expected) in [
            ("../notes", "the folder `content/notes` has no index page; add a README.md to the folder, name one of its texts, or take"),
            ("../memos", "there is no page `content/memos`; name a text that exists, write the full address (`https://…`) if it"),
            ("../memos/", "there is no folder `content/memos`; add the folder with a README.md, write the full address"),
            ("\"../notes/plan.md\"", "take the quotes away"),
            ("\"../notes/plans.md\"", "did you mean `../notes/plan.md`?"),
            ("\"../rota.md\"", "take the quotes away: they are part of the address here, and there is no `../rota.md` either"),
            ("4.3-memos", "there is no page `content/adr/4.3-memos`; name a text"),
            ("run.sh", "`content/adr/run.sh` is no part of the log; write its full address (`https://…`), or take the link out"),
            ("[https://example.org/a]", "take the brackets away"),
            ("docs.example.org/start", "write `https://` before it"),
            ("TBD", "name what it is to lead to"),
            ("ada@example.org", "write `mailto:` before it"),
            ("@ada", "write the full address of whom it names"),
            ("0002-y.md", "there is no `content/adr/0002-y.md`; name a file that exists, write the full"),
            ("/memos/ladder.md#now", "lies outside this site, or take the link out"),
            ("../../rota/ladder.md", "there is no `rota/ladder.md`; name a file that exists, write the full"),
        ] {
            assert!(words(target).contains(expected), "{target}: {}", words(target));
        }
        assert_eq!(words("../../LICENSE"), "");
    }

    #[test]
    fn links_to_one_place_are_one_finding() {
        let found = found("content/adr/0001-x.md", "[a](../notes/plans.md), [b](../notes/plans.md) and [c](c.md)");
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].related.len(), 1);
        assert_eq!(found[0].fix.as_ref().unwrap().edits.len(), 2);
    }

    #[test]
    fn a_place_is_one_however_it_is_written() {
        let found = found("content/adr/0001-x.md", "[a](../notes/plans.md#now) and [b](/notes/plans.md)");
        assert_eq!((found.len(), found[0].related.len()), (1, 1));
        let found = self::found("content/adr/0001-x.md", "[a](javascript:one) and [b](javascript:two)");
        assert_eq!((found.len(), found[0].related.len()), (1, 1));
    }

    #[test]
    fn of_very_many_links_to_one_place_the_rest_is_counted() {
        let found = found("content/adr/0001-x.md", &"[a](../notes/plans.md) ".repeat(1_000));
        assert_eq!((found.len(), found[0].related.len()), (1, MOST_PLACES));
        assert_eq!(found[0].related[MOST_PLACES - 1].message, "here, too, and in 949 more places");
    }

    #[test]
    fn a_template_leads_from_where_its_copies_lie() {
        assert!(found("content/template.md", "[a](../notes/old.md) and [b](../../../RULES.md)").is_empty());
        assert_eq!(found("content/template.md", "[a](/notes/old.md) and [b](javascript:page)").len(), 2);
    }
}
