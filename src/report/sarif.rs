//! Findings as SARIF 2.1.0, for services that collect the findings of many tools.

use super::run::Run;
use crate::check::{RULES, Rule};
use crate::config::Level;
use crate::diagnostic::{Diagnostic, Fix, Severity};
use crate::text::{Digest, Location, SourcePath};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The name of the project's folder in the file's addresses.
const ROOT: &str = "PROJECT";

/// What may not stand in a relative address as it is.
const RESERVED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}')
    .add(b':');

/// A run as one SARIF log, with a newline at its end.
pub fn sarif(run: &Run<'_>) -> String {
    let rules: Vec<Value> = RULES.iter().map(|rule| self::rule(rule, run.base_url)).collect();
    let whole = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "precedent",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { ROOT: { "description": { "text": "The folder that holds precedent.toml." } } },
            "results": results(run),
        }],
    });
    format!("{whole:#}\n")
}

fn rule(rule: &Rule, base_url: &str) -> Value {
    let mut whole = json!({
        "id": rule.name,
        "shortDescription": { "text": rule.summary },
        "help": { "text": format!("precedent explain {}", rule.name), "markdown": repair(rule.page) },
        "defaultConfiguration": match rule.level {
            Level::Allow => json!({ "enabled": false }),
            Level::Warn => json!({ "level": "warning" }),
            Level::Deny => json!({ "level": "error" }),
        },
    });
    if let (Value::Object(entries), false) = (&mut whole, base_url.is_empty()) {
        let page = format!("{}/rules/{}.html", base_url.trim_end_matches('/'), rule.name);
        entries.insert("helpUri".to_owned(), json!(page));
    }
    whole
}

/// What a rule's page says of what is wrong, why, and what to do: its first three parts.
fn repair(page: &str) -> &str {
    let body = page.splitn(3, "+++").nth(2).unwrap_or(page);
    body.split("\n## Passes").next().unwrap_or(body).trim()
}

fn results(run: &Run<'_>) -> Vec<Value> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let numbered = |found: &&Diagnostic| {
        // The same finding is known again wherever it stands: the lines above it may have changed.
        let key = format!("{}\n{}\n{}", found.primary.path, found.rule, found.message);
        let count = counts.entry(key.clone()).or_default();
        *count += 1;
        let key = if *count > 1 { format!("{key}\n{count}") } else { key };
        result(run, found, &key)
    };
    run.found.iter().map(numbered).collect()
}

/// A finding; `key` is what it is known by.
fn result(run: &Run<'_>, found: &Diagnostic, key: &str) -> Value {
    let text = match &found.help {
        Some(help) if help.ends_with('?') => format!("{}. Help: {help}", found.message),
        Some(help) => format!("{}. Help: {help}.", found.message),
        None => format!("{}.", found.message),
    };
    let related = found.related.iter().enumerate().map(|(at, label)| {
        let mut place = location(run, &label.location);
        if let Value::Object(entries) = &mut place {
            entries.insert("id".to_owned(), json!(at + 1));
            entries.insert("message".to_owned(), json!({ "text": plain(&label.message) }));
        }
        place
    });
    let mut whole = json!({
        "ruleId": found.rule,
        "level": level(found.severity),
        "message": { "text": plain(&text) },
        "locations": [location(run, &found.primary)],
        "partialFingerprints": { "found/v1": Digest::of(key.as_bytes()).to_string() },
    });
    if let Value::Object(entries) = &mut whole {
        if let Some(index) = RULES.iter().position(|rule| rule.name == found.rule) {
            entries.insert("ruleIndex".to_owned(), json!(index));
        }
        if !found.related.is_empty() {
            entries.insert("relatedLocations".to_owned(), Value::Array(related.collect()));
        }
        if let Some(fix) = &found.fix {
            entries.insert("fixes".to_owned(), json!([self::fix(run, fix)]));
        }
    }
    whole
}

/// A message without what SARIF takes for links in it.
fn plain(text: &str) -> String {
    text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

fn fix(run: &Run<'_>, fix: &Fix) -> Value {
    let mut by_file: BTreeMap<&SourcePath, Vec<Value>> = BTreeMap::new();
    for edit in &fix.edits {
        let at = Location { path: edit.path.clone(), span: edit.span };
        let replacement = json!({ "deletedRegion": region(run, &at), "insertedContent": { "text": edit.text } });
        by_file.entry(&edit.path).or_default().push(replacement);
    }
    let changes = by_file
        .into_iter()
        .map(|(path, replacements)| json!({ "artifactLocation": artifact(path), "replacements": replacements }));
    json!({ "description": { "text": fix.title }, "artifactChanges": changes.collect::<Vec<_>>() })
}

fn location(run: &Run<'_>, at: &Location) -> Value {
    json!({ "physicalLocation": { "artifactLocation": artifact(&at.path), "region": region(run, at) } })
}

fn artifact(path: &SourcePath) -> Value {
    json!({ "uri": utf8_percent_encode(path.as_str(), RESERVED).to_string(), "uriBaseId": ROOT })
}

fn region(run: &Run<'_>, at: &Location) -> Value {
    let (start, end) = run.points(at);
    json!({ "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information | Severity::Hint => "note",
    }
}
