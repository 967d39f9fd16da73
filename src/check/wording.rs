//! Advice in the language of a record's own front matter.

use crate::diagnostic::Diagnostic;
use crate::record::Record;

/// Turns what rules say in TOML into YAML where the record's front matter is YAML.
pub fn in_own_words(record: &Record, found: &mut [Diagnostic]) {
    if found.is_empty() || !is_yaml(record) {
        return;
    }
    for finding in found {
        finding.label = in_yaml(&finding.label);
        finding.help = finding.help.take().map(|help| in_yaml(&help));
    }
}

/// Whether a record's front matter is YAML.
pub(super) fn is_yaml(record: &Record) -> bool {
    record.head.of(record.text()).starts_with("---")
}

/// Advice with its code in YAML; what is said of the settings stays as it is, since those are TOML.
fn in_yaml(advice: &str) -> String {
    if advice.contains(".toml") {
        return advice.to_owned();
    }
    let turned = |(position, part): (usize, &str)| if position % 2 == 1 { code_in_yaml(part) } else { part.to_owned() };
    advice.split('`').enumerate().map(turned).collect::<Vec<String>>().join("`")
}

/// `door = "two-way"` as `door: "two-way"`, `[daci]` as `daci:`; anything else as it is.
fn code_in_yaml(code: &str) -> String {
    let is_key = |key: &str| !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '-' | '.'));
    let table = code.strip_prefix('[').and_then(|inner| inner.strip_suffix(']'));
    let table = table.map(|inner| inner.strip_prefix('[').and_then(|row| row.strip_suffix(']')).unwrap_or(inner));
    if let Some(name) = table.filter(|name| is_key(name)) {
        return format!("{name}:");
    }
    let is_pair = code.split_once(" = ").is_some_and(|(key, _)| is_key(key) || key.starts_with("{ "));
    if is_pair { code.replace(" = ", ": ") } else { code.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_is_given_in_yaml() {
        for (toml, yaml) in [
            ("add `status = \"…\"` to it", "add `status: \"…\"` to it"),
            ("`approver = \"…\"` under `[daci]`", "`approver: \"…\"` under `daci:`"),
            ("in a row of `[[sign-off]]` with `by`", "in a row of `sign-off:` with `by`"),
            ("`brownouts = [{ start = 2026-04-01, share = 0.1 }]`", "`brownouts: [{ start: 2026-04-01, share: 0.1 }]`"),
            ("write `{ start = 2026-04-01, minutes = 15 }`", "write `{ start: 2026-04-01, minutes: 15 }`"),
        ] {
            assert_eq!(in_yaml(toml), yaml);
            assert_eq!(in_yaml(yaml), yaml);
        }
    }

    #[test]
    fn what_is_no_front_matter_stays_as_it_is() {
        for advice in [
            "add `[people.x]` to precedent.toml",
            "set `a = 1` under `[rules]` in `precedent.toml`",
            "did you mean `[!NOTE]`?",
            "write `[X]`, or `x == y`",
            "an odd ` mark",
        ] {
            assert_eq!(in_yaml(advice), advice);
        }
    }
}
