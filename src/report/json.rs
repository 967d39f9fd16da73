//! Findings for programs, in a form of our own: `findings.schema.json` describes it.

use super::run::{Point, Run, severity};
use crate::diagnostic::{Applicability, Diagnostic, Fix};
use crate::text::Location;
use serde_json::{Value, json};

/// The version of the form; it grows when something that was there changes or goes.
const VERSION: u32 = 1;

/// The JSON Schema of the form.
pub const FINDINGS_SCHEMA: &str = include_str!("findings.schema.json");

/// A run as one JSON object, with a newline at its end.
pub fn json(run: &Run<'_>) -> String {
    let summary = run.summary;
    let whole = json!({
        "version": VERSION,
        "tool": { "name": "precedent", "version": env!("CARGO_PKG_VERSION") },
        "as-of": run.today.to_string(),
        "summary": {
            "records": summary.records,
            "links": summary.links,
            "anchors": summary.anchors,
            "diagrams": summary.diagrams,
            "unread-files": summary.unread,
            "errors": summary.errors,
            "warnings": summary.warnings,
            "allowed": summary.allowed,
            "baselined": summary.baselined,
            "repaired": summary.fixed,
        },
        "findings": run.found.iter().map(|found| finding(run, found)).collect::<Vec<_>>(),
    });
    format!("{whole:#}\n")
}

fn finding(run: &Run<'_>, found: &Diagnostic) -> Value {
    let record = run.log.at_path(&found.primary.path).and_then(|position| run.log.record(position));
    let related = found.related.iter().map(|label| {
        let mut place = place(run, &label.location);
        insert(&mut place, "message", Some(json!(label.message)));
        place
    });
    let mut whole = json!({
        "rule": found.rule,
        "severity": severity(found.severity),
        "message": found.message,
        "place": place(run, &found.primary),
        "related": related.collect::<Vec<_>>(),
    });
    insert(&mut whole, "label", (!found.label.is_empty()).then(|| json!(found.label)));
    insert(&mut whole, "help", found.help.as_ref().map(|help| json!(help)));
    insert(&mut whole, "fix", found.fix.as_deref().map(|fix| self::fix(run, fix)));
    insert(&mut whole, "id", record.and_then(|record| record.id.as_ref()).map(|id| json!(id.value.to_string())));
    insert(&mut whole, "title", record.map(|record| json!(record.title)));
    whole
}

fn fix(run: &Run<'_>, fix: &Fix) -> Value {
    let edits = fix.edits.iter().map(|edit| {
        let mut place = place(run, &Location { path: edit.path.clone(), span: edit.span });
        insert(&mut place, "text", Some(json!(edit.text)));
        place
    });
    json!({
        "title": fix.title,
        "safe": fix.applicability == Applicability::Safe,
        "edits": edits.collect::<Vec<_>>(),
    })
}

fn place(run: &Run<'_>, at: &Location) -> Value {
    let (start, end) = run.points(at);
    json!({ "path": at.path.as_str(), "start": point(start), "end": point(end) })
}

fn point(point: Point) -> Value {
    json!({ "line": point.line, "column": point.column, "offset": point.offset })
}

/// Keys without a value are left out.
fn insert(object: &mut Value, key: &str, value: Option<Value>) {
    if let (Value::Object(entries), Some(value)) = (object, value) {
        entries.insert(key.to_owned(), value);
    }
}
