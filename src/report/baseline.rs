//! Findings that are left in peace: remembered by file, rule and what was found, never by line.

use crate::diagnostic::Diagnostic;
use crate::text::SourcePath;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version of the file's form.
const VERSION: u32 = 1;

/// Rules whose findings no baseline holds: a record that cannot be read is not an old fault, but no record.
const NEVER: &[&str] = &["malformed-front-matter"];

/// Findings that are left in peace, and how often each may be found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline(BTreeMap<Key, usize>);

/// File, rule and message.
type Key = (String, String, String);

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    path: String,
    rule: String,
    found: String,
    #[serde(default = "once", skip_serializing_if = "is_once")]
    count: u32,
}

#[derive(Deserialize)]
struct Version {
    version: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "version")]
    _version: u32,
    findings: Vec<Entry>,
}

/// What is left when a baseline is laid over findings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Remainder {
    /// Findings that are not in it.
    pub new: Vec<Diagnostic>,
    /// Those that are.
    pub known: Vec<Diagnostic>,
    /// How many that it holds were not found.
    pub fixed: usize,
}

impl Baseline {
    /// The findings of a run; those about `settings` and about unreadable records are left out.
    pub fn of<'a>(found: impl IntoIterator<Item = &'a Diagnostic>, settings: &SourcePath) -> Baseline {
        let mut counts = BTreeMap::new();
        for finding in found.into_iter().filter(|finding| may_hold(finding, settings)) {
            *counts.entry(key(finding)).or_insert(0) += 1;
        }
        Baseline(counts)
    }

    /// Reads the file.
    ///
    /// # Errors
    /// When it is not a baseline, in words that start with `line:column`.
    pub fn parse(text: &str) -> Result<Baseline, String> {
        let refused = |error: serde_json::Error| {
            let words = error.to_string();
            let words = words.split(" at line ").next().unwrap_or("");
            format!("{}:{}: this is not a baseline: {words}", error.line().max(1), error.column().max(1))
        };
        // Another version may have other keys, which would be complained of first.
        let Version { version } = serde_json::from_str(text).map_err(refused)?;
        if version != VERSION {
            return Err(format!("1:1: this is a baseline of version {version}, and this program reads {VERSION}"));
        }
        let file: File = serde_json::from_str(text).map_err(refused)?;
        // Two branches that were merged may each have written the same entry.
        let mut counts = BTreeMap::new();
        for entry in file.findings {
            *counts.entry((entry.path, entry.rule, entry.found)).or_insert(0) += entry.count as usize;
        }
        Ok(Baseline(counts))
    }

    /// The file: one finding a line, in order, so that two branches can be merged.
    pub fn to_json(&self) -> String {
        let line = |((path, rule, found), count): (&Key, &usize)| {
            let (path, rule, found) = (path.clone(), rule.clone(), found.clone());
            let count = u32::try_from(*count).unwrap_or(u32::MAX);
            serde_json::to_string(&Entry { path, rule, found, count }).unwrap_or_default()
        };
        let lines: Vec<String> = self.0.iter().map(line).collect();
        let findings = if lines.is_empty() { String::new() } else { format!("\n{}\n", lines.join(",\n")) };
        format!("{{\"version\": {VERSION}, \"findings\": [{findings}]}}\n")
    }

    /// What it holds of one file.
    #[must_use]
    pub fn of_file(&self, path: &SourcePath) -> Baseline {
        let first = (path.as_str().to_owned(), String::new(), String::new());
        let own = self.0.range(first..).take_while(|((file, ..), _)| file == path.as_str());
        Baseline(own.map(|(key, count)| (key.clone(), *count)).collect())
    }

    /// How many findings it holds.
    pub fn len(&self) -> usize {
        self.0.values().sum()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Tells new findings from those that it holds; `is_asked` says of a rule whether this run could find what it is about.
    pub fn split(&self, found: Vec<Diagnostic>, settings: &SourcePath, is_asked: &dyn Fn(&str) -> bool) -> Remainder {
        let mut left = self.0.clone();
        let mut remainder = Remainder::default();
        for finding in found {
            let count = left.get_mut(&key(&finding)).filter(|count| **count > 0 && may_hold(&finding, settings));
            match count {
                Some(count) => {
                    *count -= 1;
                    remainder.known.push(finding);
                }
                None => remainder.new.push(finding),
            }
        }
        remainder.fixed = left.iter().filter(|((_, rule, _), _)| is_asked(rule)).map(|(_, count)| count).sum();
        remainder
    }
}

fn key(finding: &Diagnostic) -> Key {
    (finding.primary.path.as_str().to_owned(), finding.rule.to_owned(), finding.message.clone())
}

fn may_hold(finding: &Diagnostic, settings: &SourcePath) -> bool {
    finding.primary.path != *settings && !NEVER.contains(&finding.rule)
}

fn once() -> u32 {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_once(count: &u32) -> bool {
    *count == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn finding(path: &str, rule: &'static str, message: &str, at: usize) -> Diagnostic {
        Diagnostic::new(rule, &SourcePath::new(path), Span::new(at, at + 1), message)
    }

    fn settings() -> SourcePath {
        SourcePath::new("precedent.toml")
    }

    #[test]
    fn findings_are_known_again_wherever_they_stand() {
        let old = [
            finding("a.md", "broken-link", "there is no `x`", 3),
            finding("a.md", "broken-link", "there is no `x`", 9),
        ];
        let baseline = Baseline::parse(&Baseline::of(&old, &settings()).to_json()).unwrap();
        assert_eq!(baseline.len(), 2);
        let now = vec![
            finding("a.md", "broken-link", "there is no `x`", 103),
            finding("a.md", "broken-link", "there is no `y`", 9),
            finding("b.md", "broken-link", "there is no `x`", 3),
        ];
        let remainder = baseline.split(now, &settings(), &|_| true);
        let new: Vec<_> =
            remainder.new.iter().map(|finding| (finding.primary.path.as_str(), finding.message.as_str())).collect();
        assert_eq!(new, [("a.md", "there is no `y`"), ("b.md", "there is no `x`")]);
        assert_eq!((remainder.known.len(), remainder.fixed), (1, 1));
    }

    #[test]
    fn what_nobody_can_read_is_never_old() {
        let found =
            [finding("a.md", "malformed-front-matter", "x", 0), finding("precedent.toml", "unknown-field", "x", 0)];
        assert!(Baseline::of(&found, &settings()).is_empty());
        assert_eq!(Baseline::default().to_json(), "{\"version\": 1, \"findings\": []}\n");
    }

    #[test]
    fn entries_that_a_merge_doubled_are_added_up() {
        let entry = "{\"path\": \"a.md\", \"rule\": \"broken-link\", \"found\": \"x\"}";
        let text = format!("{{\"version\": 1, \"findings\": [{entry},\n{entry}]}}");
        assert_eq!(Baseline::parse(&text).unwrap().len(), 2);
    }

    #[test]
    fn a_broken_file_says_where() {
        for (text, words) in [
            ("", "1:1: this is not a baseline: EOF"),
            ("{\"version\": 1,\n\"findings\": [3]}", "2:14: this is not a baseline: invalid type"),
            (
                "{\"version\": 1, \"findings\": [{\"path\": \"a\", \"rule\": \"b\", \"found\": \"c\", \"count\": 4294967296}]}",
                "this is not a baseline: invalid value",
            ),
            ("{\"version\": 7, \"entries\": []}", "1:1: this is a baseline of version 7"),
            ("{\"version\": 1, \"findings\": [], \"x\": 1}", "this is not a baseline: unknown field"),
        ] {
            let why = Baseline::parse(text).unwrap_err();
            assert!(why.contains(words), "{why}");
        }
    }
}
