//! The schemas for editors say what the program itself reads, no more and no less.

#![allow(clippy::disallowed_methods, clippy::expect_used, reason = "a test may fail, and reads the sources")]

mod project;

use jsonschema::Validator;
use project::Project;
use serde_json::{Map, Value, json};
use std::fs;
use std::path::{Path, PathBuf};

fn schema(format: &str) -> (Value, Validator) {
    let run = Project::of(&[]).run(&["schema", format]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let text = run.out;
    let schema: Value = serde_json::from_str(&text).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    (schema, validator)
}

/// A TOML text as a schema's validator sees it; dates are texts there.
fn value(toml: &str) -> Value {
    fn plain(value: toml::Value) -> Value {
        match value {
            toml::Value::Datetime(date) => json!(date.to_string()),
            toml::Value::Array(items) => items.into_iter().map(plain).collect(),
            toml::Value::Table(table) => {
                Value::Object(table.into_iter().map(|(key, value)| (key, plain(value))).collect())
            }
            other => serde_json::to_value(other).expect("plain"),
        }
    }
    plain(toml::Value::Table(toml.parse().expect("TOML")))
}

fn faults(validator: &Validator, instance: &Value) -> Vec<String> {
    validator.iter_errors(instance).map(|fault| format!("{fault} at {}", fault.instance_path())).collect()
}

fn texts(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(texts(&path));
        } else if path.extension().is_some_and(|extension| extension == "md") {
            found.push((path.clone(), fs::read_to_string(&path).expect("a text")));
        }
    }
    found
}

#[test]
fn our_own_records_and_settings_are_as_the_schemas_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (_, front_matter) = schema("front-matter");
    let mut heads = 0;
    for (path, text) in texts(&root.join("content")) {
        let Some(head) = text.strip_prefix("+++\n").and_then(|rest| rest.split_once("\n+++")) else { continue };
        assert_eq!(faults(&front_matter, &value(head.0)), Vec::<String>::new(), "{}", path.display());
        heads += 1;
    }
    assert!(heads > 30, "{heads}");
    let (_, settings) = schema("settings");
    for file in ["precedent.toml", "src/config/default.toml"] {
        let text = fs::read_to_string(root.join(file)).expect("a file");
        assert_eq!(faults(&settings, &value(&text)), Vec::<String>::new(), "{file}");
    }
}

#[test]
fn what_is_wrong_is_wrong_by_the_schema_too() {
    let (_, front_matter) = schema("front-matter");
    for wrong in [
        "door = \"sideways\"",
        "tags = [1]",
        "created = 7",
        "[daci]\napprovers = [\"x\"]",
        "[[metric]]\ntraget = \"x\"",
        "[deprecation]\nbrownouts = [{ minutes = 5 }]",
        "[cost]\nbuild = 7",
    ] {
        assert!(!front_matter.is_valid(&value(wrong)), "{wrong}");
    }
    let (_, settings) = schema("settings");
    for wrong in [
        "[sight]",
        "[site]\ntitel = \"x\"",
        "[rules]\nbroken-link = \"loud\"",
        "[kinds.x]\nstatuses = [{ name = \"a\" }]",
    ] {
        assert!(!settings.is_valid(&value(wrong)), "{wrong}");
    }
}

/// A value that a schema allows.
fn sample(schema: &Value) -> Value {
    if let Some(form) = schema.get("oneOf").and_then(|forms| forms.get(0)) {
        return sample(form);
    }
    if let Some(first) = schema.get("enum").or_else(|| schema.get("examples")).and_then(|values| values.get(0)) {
        return first.clone();
    }
    let date = schema.get("format").is_some();
    match schema.get("type").and_then(Value::as_str).expect("a type") {
        "string" if date => json!("2026-03-01"),
        "string" => json!("x"),
        "boolean" => json!(true),
        "integer" => json!(7),
        "number" => json!(0.5),
        "array" => json!([schema.get("items").map_or_else(|| json!("2026-03-01"), sample)]),
        _ => {
            let properties = schema.get("properties").and_then(Value::as_object);
            let entries = properties.into_iter().flatten().map(|(key, value)| (key.clone(), sample(value)));
            Value::Object(entries.collect::<Map<_, _>>())
        }
    }
}

#[test]
fn the_program_knows_every_key_of_the_schemas() {
    let (front_matter, _) = schema("front-matter");
    let mut head = sample(&front_matter);
    let keys = head.as_object_mut().expect("a table");
    // Read as `created` and `summary`, beside which they say nothing.
    keys.remove("date");
    keys.remove("description");
    let text = format!("+++\n{}+++\n\n# x\n", toml::to_string(&head).expect("TOML"));
    let (settings, _) = schema("settings");
    let project = Project::of(&[
        (
            "precedent.toml",
            &toml::to_string(&sample(&settings)).expect("TOML").replace("theme = \"x\"", "theme = \"y\""),
        ),
        ("content/adr/0001-x.md", &text),
    ]);
    let found = |project: &Project| project.run(&["check", "--all", "--format", "github"]).out;
    let unknown = |found: &str| {
        found.lines().filter(|line| line.contains("unknown-field")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(unknown(&found(&project)), Vec::<String>::new());
    let project = Project::of(&[("content/adr/0001-x.md", &text)]);
    assert_eq!(unknown(&found(&project)), Vec::<String>::new());
    // The test would see one.
    let project = Project::of(&[("content/adr/0001-x.md", &text.replace("driver", "drivers"))]);
    assert_eq!(unknown(&found(&project)).len(), 1);
}
