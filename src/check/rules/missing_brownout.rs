//! The end comes without a rehearsal.

use crate::check::demand::{is_accepted, says_something};
use crate::check::rule::{Check, Context, Rule, Subject};
use crate::config::Level;
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::text::Spanned;

pub(super) const RULE: Rule = Rule {
    name: "missing-brownout",
    summary: "A deprecation has a sunset and no brownout before it.",
    page: include_str!("../../../content/rules/missing-brownout.md"),
    level: Level::Warn,
    in_drafts: Level::Allow,
    since: "0.2.0",
    check: Check::Record(check),
};

fn check(record: &Subject<'_>, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(deprecation) = record.front.deprecation.as_ref().filter(|_| is_accepted(record)) else { return };
    // After the last day there is nothing left to rehearse.
    let is_ahead = |sunset: &&Spanned<Date>| sunset.value >= context.today;
    let Some(sunset) = deprecation.value.sunset.as_ref().filter(is_ahead) else { return };
    // What was written and could not be read is another rule's matter.
    if record.front.get("deprecation.brownouts").is_none_or(|value| !says_something(value)) {
        let finding =
            Diagnostic::new(RULE.name, record.path(), sunset.span, "nothing is browned out before the sunset");
        let help = "plan one: `brownouts = [{ start = 2026-04-01T10:00:00Z, minutes = 15, share = 0.01 }]`";
        found.push(finding.with_label("the first failure would be the last").with_help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::trial;

    #[test]
    fn what_is_still_to_come_is_rehearsed() {
        let found = |dates: &str| {
            let text = format!("+++\ntitle = \"x\"\nstatus = \"announced\"\n[deprecation]\n{dates}\n+++\n");
            trial::found(&RULE, "content/deprecation/0001-x.md", &text).len()
        };
        assert_eq!(found("sunset = 2026-09-30"), 1);
        assert_eq!(found("sunset = 2026-09-30\nbrownouts = []"), 1);
        assert_eq!(found("sunset = 2026-09-30\nbrownouts = [{ start = 2026-07-01 }]"), 0);
        assert_eq!(found("sunset = 2026-05-31"), 0);
        assert_eq!(found("announced = 2026-05-31"), 0);
    }
}
