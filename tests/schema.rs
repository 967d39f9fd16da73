//! The schemas for editors say what the program itself reads, no more and no less.

#![allow(clippy::disallowed_methods, clippy::expect_used, reason = "a test may fail, and reads the sources")]

mod project;

use jsonschema::Validator;
use precedent::config::Config;
use precedent::diagnostic::Diagnostic;
use precedent::record::Record;
use precedent::source::Source;
use precedent::text::SourcePath;
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
fn what_may_be_written_in_more_than_one_way_may_be_so_by_the_schema_too() {
    let (_, front_matter) = schema("front-matter");
    for right in [
        "consulted = [\"sre\", \"vp\"]",
        "consulted = \"sre\"",
        "title = 2026",
        "tags = [2026]",
        "created = 2026-03-10T09:00:00Z",
        "[review]\ncirculated = 2026-03-10\nheld = 2026-03-12T10:00:00+01:00",
        "[deprecation]\nbrownouts = { start = 2026-04-01, minutes = 15 }",
        "[metric]\nname = \"p99\"\nbaseline = 120",
    ] {
        assert_eq!(faults(&front_matter, &value(right)), Vec::<String>::new(), "{right}");
    }
    let (_, settings) = schema("settings");
    for right in [
        "[policy]\nreview-days = 100000",
        "[paths]\nexclude = \"docs/old\"",
        "[records]\nfields = \"squad\"",
        "[calendar]\nworking-days = \"Mon\"\nholidays = 2026-12-25",
        "[kinds.adr]\nfolders = \"decisions\"\nsign-offs = { roles = \"cto\", when = { door = \"one-way\" } }",
    ] {
        assert_eq!(faults(&settings, &value(right)), Vec::<String>::new(), "{right}");
    }
}

#[test]
fn what_is_wrong_is_wrong_by_the_schema_too() {
    let (_, front_matter) = schema("front-matter");
    for wrong in [
        "door = \"sideways\"",
        "tags = [[1]]",
        "created = 7",
        "[daci]\napprovers = [\"x\"]",
        "[[metric]]\ntraget = \"x\"",
        "[deprecation]\nbrownouts = [{ minutes = 5 }]",
        "[review]\nheld = 2026-03-10T09:00:00",
        "consulted = [\"sre\", { who = \"vp\" }]",
        "[cost]\nbuild = 7",
    ] {
        assert!(!front_matter.is_valid(&value(wrong)), "{wrong}");
    }
    let (_, settings) = schema("settings");
    for wrong in [
        "[sight]",
        "[site]\ntitel = \"x\"",
        "[rules]\nbroken-link = \"loud\"",
        "[policy]\nreview-days = 100001",
        "[calendar]\nworking-days = \"mo\"",
        "[kinds.x]\nstatuses = [{ name = \"a\" }]",
    ] {
        assert!(!settings.is_valid(&value(wrong)), "{wrong}");
    }
}

/// What a part of a schema leads to, where it names a definition.
fn defined<'a>(schema: &'a Value, whole: &'a Value) -> &'a Value {
    let named = schema.get("allOf").map_or(schema, |all| &all[0]);
    let path = named.get("$ref").and_then(Value::as_str).and_then(|path| path.strip_prefix('#'));
    path.map_or(named, |path| whole.pointer(path).expect("a definition"))
}

/// A value that a schema allows.
fn sample(schema: &Value, whole: &Value) -> Value {
    if let Some(first) = schema.get("enum").or_else(|| schema.get("examples")).and_then(|values| values.get(0)) {
        return first.clone();
    }
    let schema = defined(schema, whole);
    if let Some(first) = schema.get("enum").and_then(|values| values.get(0)) {
        return first.clone();
    }
    if let Some(form) = schema.get("anyOf").and_then(|forms| forms.get(0)) {
        return sample(form, whole);
    }
    let pattern = json!({ "pattern": schema.get("pattern").unwrap_or(&json!("")) });
    let fits = |text: &&&str| jsonschema::is_valid(&pattern, &json!(text));
    let of_type = |name: &str| match &schema["type"] {
        Value::String(only) => only == name,
        several => several.as_array().is_some_and(|several| several.iter().any(|one| one == name)),
    };
    let words = [
        "x",
        "2026-03-01",
        "https://e.org/{id}",
        "https://e.org/",
        "x.svg",
        "#1c4f82",
        "monday",
        "12:00",
        "+01:00",
        "->",
    ];
    match () {
        () if of_type("object") => {
            let properties = schema.get("properties").and_then(Value::as_object);
            let entries = properties.into_iter().flatten().map(|(key, value)| (key.clone(), sample(value, whole)));
            Value::Object(entries.collect::<Map<_, _>>())
        }
        () if of_type("array") => json!([sample(&schema["items"], whole)]),
        () if of_type("string") => json!(words.iter().find(fits).expect("a word")),
        () if of_type("boolean") => json!(true),
        () if of_type("integer") => json!(7),
        () => json!(0.5),
    }
}

/// Every place of a schema, as the keys to it, with an instance that has nothing but what the place needs.
fn places(schema: &Value, whole: &Value) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let schema = defined(schema, whole);
    let forms = schema.get("anyOf").and_then(Value::as_array);
    for form in forms.into_iter().flatten().filter(|form| form.get("items").is_none()) {
        found.extend(places(form, whole));
    }
    let properties = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    let any = schema.get("additionalProperties").filter(|any| any.is_object()).map(|any| ("own", any));
    for (key, value) in properties.map(|(key, value)| (key.as_str(), value)).chain(any) {
        found.push(vec![key.to_owned()]);
        found.extend(places(value, whole).into_iter().map(|inner| [vec![key.to_owned()], inner].concat()));
    }
    found.sort();
    found.dedup();
    found
}

/// An instance with a value at a place, and with whatever else the tables on the way have to have.
fn instance(place: &[String], value: &Value) -> Value {
    let Some((key, rest)) = place.split_first() else { return value.clone() };
    let inner = instance(rest, value);
    let mut table = Map::from_iter([(key.clone(), inner)]);
    let needs: &[(&str, &str, Value)] = &[
        ("minutes", "start", json!("2026-04-01T10:00:00Z")),
        ("start", "minutes", json!(5)),
        ("share", "start", json!("2026-04-01T10:00:00Z")),
        ("share", "minutes", json!(5)),
        ("url", "prefix", json!("X-")),
        ("prefix", "url", json!("https://e.org/{id}")),
    ];
    for (_, other, value) in needs.iter().filter(|(known, ..)| known == key) {
        table.entry(*other).or_insert_with(|| value.clone());
    }
    Value::Object(table)
}

/// Values of every type, and some that are almost right.
fn values() -> Vec<Value> {
    let single = [
        json!("x"),
        json!(""),
        json!("2026-03-01"),
        json!("2026-02-30"),
        json!("2026-03-01T10:00:00+01:00"),
        json!("2026-03-01T10:00:00"),
        json!("2026-3-1"),
        json!("one-way"),
        json!("allow"),
        json!("https://e.org/{id}"),
        json!("e.org"),
        json!("#1c4f82"),
        json!("a.svg"),
        json!("mon"),
        json!("12:00"),
        json!("+01:00"),
        json!("USD/EUR"),
        json!(7),
        json!(-1),
        json!(100_001),
        json!(0.5),
        json!(1.5),
        json!(true),
    ];
    let lists = [json!([]), json!(["x"]), json!([7, "x"]), json!([["x"]]), json!([{}]), json!(["x", {}])];
    let tables = [json!({}), json!({ "frobnicate": "x" }), json!({ "frobnicate": { "x": 1 } })];
    single.iter().cloned().chain(single.iter().map(|one| json!([one]))).chain(lists).chain(tables).collect()
}

/// Holds a schema against the reader of the same format at every place with every value; `refused` says what the reader has against
/// a text.
fn hold(
    schema: &Value,
    validator: &Validator,
    is_beyond: &dyn Fn(&[String]) -> bool,
    refused: &dyn Fn(&str) -> Vec<String>,
) {
    let places = places(schema, schema);
    assert!(places.len() > 90, "{}", places.len());
    let mut wrong = Vec::new();
    for place in &places {
        for value in values() {
            let instance = instance(place, &value);
            let text = toml::to_string(&instance).expect("TOML");
            let (faults, refusals) = (faults(validator, &instance), refused(&text));
            match (faults.is_empty(), refusals.is_empty()) {
                (false, true) => wrong.push(format!("the schema alone refuses {}: {faults:?}", text.trim())),
                (true, false) if !is_beyond(place) => {
                    wrong.push(format!("the reader alone refuses {}: {refusals:?}", text.trim()));
                }
                _ => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{} of them:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_schema_of_a_head_takes_what_the_reader_takes() {
    let (schema, validator) = schema("front-matter");
    let config = Config::builtin();
    let refused = |text: &str| {
        let source = Source::new(SourcePath::new("content/adr/0001-x.md"), format!("+++\n{text}+++\n\n# x\n"));
        let found = Record::parse(&source, &config).1;
        let of_head = found.into_iter().filter(|finding| finding.primary.span.end > 0);
        let is_wrong = |finding: &Diagnostic| {
            ["invalid-value", "unknown-field", "malformed-front-matter", "leftover-placeholder"].contains(&finding.rule)
        };
        of_head.filter(is_wrong).map(|finding| finding.message).collect()
    };
    // Which ids there are and where a page may have stood is more than a pattern can say.
    let is_beyond = |place: &[String]| ["id", "aliases"].contains(&place[0].as_str());
    hold(&schema, &validator, &is_beyond, &refused);
}

#[test]
fn the_schema_of_the_settings_takes_what_the_reader_takes() {
    let (schema, validator) = schema("settings");
    let refused = |text: &str| {
        let found = Config::parse(&Source::new(SourcePath::new("precedent.toml"), text)).1;
        found.into_iter().map(|finding| finding.message).collect()
    };
    // Names of kinds, of their statuses and of folders are the organisation's own, and so is what can be read on which ground.
    let is_beyond = |place: &[String]| {
        let last = place.last().map_or("", String::as_str);
        ["from", "beside", "based-on", "transitions", "kind"].contains(&last)
            || place[0] == "look"
            || place[0] == "paths"
    };
    hold(&schema, &validator, &is_beyond, &refused);
}

#[test]
fn the_program_knows_every_key_of_the_schemas() {
    let (front_matter, _) = schema("front-matter");
    let mut head = sample(&front_matter, &front_matter);
    let keys = head.as_object_mut().expect("a table");
    // Read as `created` and `summary`, beside which they say nothing.
    keys.remove("date");
    keys.remove("description");
    let text = format!("+++\n{}+++\n\n# x\n", toml::to_string(&head).expect("TOML"));
    let (settings, _) = schema("settings");
    let project = Project::of(&[
        (
            "precedent.toml",
            &toml::to_string(&sample(&settings, &settings)).expect("TOML").replace("theme = \"x\"", "theme = \"y\""),
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
