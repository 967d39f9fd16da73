//! Findings for programs: each format is held to its own schema or rules by code that is not ours.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail, and makes its own files"
)]

mod project;

use project::Project;
use serde_json::Value;

/// A project with findings of every shape: a fix, a second file, a name that needs escaping, odd characters.
fn project() -> Project {
    let text = "# Ä::error::x\n\n> [!WARNNG]\n> Text.\n\nnaïve [b](bb.md) and\n[gone](gone%.md)\n";
    Project::of(&[
        ("content/a b#1.md", text),
        ("content/b.md", "# B\n\nText.\n"),
        (
            "content/adr/0001-x.md",
            "+++\ntitle = \"X\"\nstatus = \"accepted\"\ntitel = \"::warning::\"\n+++\n\n## Context\n\nText.\n",
        ),
        ("precedent.toml", "[site]\nbase-url = \"https://docs.example.org/log/\"\n[rules]\nbroken-lnik = \"warn\"\n"),
    ])
}

fn run(format: &str) -> (Option<i32>, String) {
    let run = project().run(&["check", "--format", format, "--color", "always"]);
    (run.code, run.out)
}

fn is_valid(schema: &str, instance: &Value) {
    let schema: Value = serde_json::from_str(schema).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let faults: Vec<String> =
        validator.iter_errors(instance).map(|fault| format!("{fault} at {}", fault.instance_path())).collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn json_is_as_its_schema_says() {
    let (code, out) = run("json");
    assert_eq!(code, Some(1));
    let whole: Value = serde_json::from_str(&out).expect("JSON");
    let schema = project().run(&["schema", "findings"]).out;
    is_valid(&schema, &whole);
    assert_eq!((&whole["version"], &whole["as-of"]), (&Value::from(1), &Value::from("2026-06-01")));
    let found = whole["findings"].as_array().expect("a list");
    let link = found.iter().find(|finding| finding["rule"] == "broken-link").expect("a broken link");
    assert_eq!(
        (&link["place"]["path"], &link["place"]["start"]["line"]),
        (&Value::from("content/a b#1.md"), &Value::from(6))
    );
    assert_eq!(link["place"]["start"]["column"], 11, "columns count characters");
    assert_eq!(link["fix"]["edits"][0]["text"], "b.md");
    let summary = &whole["summary"];
    assert_eq!((&summary["records"], &summary["links"]), (&Value::from(3), &Value::from(2)));
    let errors = found.iter().filter(|finding| finding["severity"] == "error").count();
    assert_eq!(summary["errors"], errors);
    assert!(found.iter().any(|finding| finding["id"] == "ADR-0001" && finding["title"] == "X"));
}

#[test]
fn sarif_is_valid() {
    let (code, out) = run("sarif");
    assert_eq!(code, Some(1));
    let whole: Value = serde_json::from_str(&out).expect("JSON");
    is_valid(include_str!("schemas/sarif-schema-2.1.0.json"), &whole);
    let run = &whole["runs"][0];
    let results = run["results"].as_array().expect("a list");
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
    }
    let uris: Vec<&str> = results
        .iter()
        .map(|result| result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap())
        .collect();
    assert!(uris.contains(&"content/a%20b%231.md"), "{uris:?}");
    assert_eq!(run["tool"]["driver"]["rules"][0]["helpUri"], "https://docs.example.org/log/rules/unread-file.html");
}

#[test]
fn no_text_becomes_a_command_for_github() {
    let (code, out) = run("github");
    assert_eq!(code, Some(1));
    for line in out.lines() {
        let (head, _) = line.strip_prefix("::").and_then(|line| line.split_once("::")).expect("a command");
        let (word, properties) = head.split_once(' ').expect("properties");
        assert!(["error", "warning", "notice"].contains(&word), "{line}");
        let names: Vec<&str> =
            properties.split(',').filter_map(|property| property.split_once('=')).map(|(name, _)| name).collect();
        assert!(names.starts_with(&["file", "line", "endLine"]) && names.ends_with(&["title"]), "{line}");
    }
    assert!(
        out.contains("::error file=content/a b#1.md,line=6,endLine=6,col=11,endColumn=16,title=broken-link::"),
        "{out}"
    );
}

#[test]
fn formats_are_plain_and_the_same_each_time() {
    for format in ["json", "sarif", "github"] {
        let (_, out) = run(format);
        assert!(!out.contains('\u{1b}') && out.ends_with('\n') && !out.ends_with("\n\n"), "{format}");
        assert_eq!(run(format).1, out, "{format}");
    }
    let run = project().run(&["check", "--format", "jsno"]);
    assert!(run.code == Some(2) && run.err.contains("json"), "{}", run.err);
}
