//! `log.json`, held to its published schema by code that is not ours, and the schema to what is published.

use crate::published::{Published, publish};
use serde_json::{Value, json};

const FULL: &str = "+++\nstatus = \"approved\"\nsummary = \"\\u0000 <x>\"\ndoor = \"one-way\"\ndoor-reasons = [\"public-api\"]\n\
    scope = \"team\"\nsourcing = \"buy\"\nfocus = \"core\"\ncreated = 2026-03-02\nupdated = 2026-03-09\ndeadline = 2026-12-24\n\
    review-by = 2027-03-01\nexpires = 2027-03-02\ntags = [\"C++\"]\ntracking = [\"BILL-1\"]\naliases = [\"old/\", \"b.html\"]\n\
    supersedes = [\"ADR-1#decision\"]\n[daci]\ndriver = \"ines\"\napprover = \"vp\"\ncontributors = [\"a\"]\ninformed = [\"b\"]\n\
    [[history]]\nstatus = \"formal-review\"\non = 2026-03-03\n[review]\ncirculated = 2026-03-04T09:00:00+02:00\nheld = 2026-03-06\n\
    [[consulted]]\nwho = \"c\"\non = 2026-03-03\nstance = \"neutral\"\noutcome = \"none\"\n\
    [[sign-off]]\nrole = \"vp\"\nby = \"vp\"\non = 2026-03-10\n[[dissent]]\nwho = \"d\"\nposition = \"no\"\ncommitted = 2026-03-08\n\
    [[metric]]\nname = \"p99\"\nbaseline = \"9 ms\"\ntarget = \"5 ms\"\nsource = \"s\"\ndue = 2026-09-01\nactual = \"4 ms\"\n\
    measured = 2026-03-09\n[[debt]]\nwhat = \"w\"\nticket = \"T-1\"\ndue = 2026-09-01\npaid = 2026-03-09\n\
    [cost]\ncurrency = \"USD\"\nhorizon-years = 5\nbuy = { initial = 50000, growth-rate = 0.15 }\n\
    [deprecation]\ntarget = \"t\"\nreplacement = \"ADR-1\"\nowner = \"o\"\nannounced = 2026-01-15\nsunset = 2026-09-30\n\
    removed = 2026-12-31\ngovernance-lock = 2026-08-31\nbrownouts = [{ start = 2026-04-01T10:00:00Z, minutes = 15, share = 0.01 }]\n\
    consumers = [{ name = \"n\", owner = \"o\", migrated = 2026-03-01 }]\n+++\n# 7. Move\n\n## Summary {#sum}\n\nSee ADR-2.\n";

fn site() -> Published {
    publish([
        (
            "precedent.toml",
            "[site]\ntitel = \"x\"\nrepository = \"https://git.example.org/x\"\n[people.ines]\nname = \"Ines\"\nrole = \"r\"\nteam = \"t\"\nactive = false\n",
        ),
        ("content/rfc/0007-move.md", FULL),
        ("content/adr/0001-queue.md", "+++\nstatus = \"accepted\"\n+++\n# 1. A queue\n\n## Decision\n\nx\n"),
        ("content/adr/0002-next.md", "+++\nstatus = \"approved?\"\n+++\n# 2. Next\n\n[lost](lost.md)\n"),
        ("content/adr/0003-after.md", "+++\nstatus = \"accepted\"\nsupersedes = [\"ADR-2\"]\n+++\n# 3. After\n"),
        ("content/handbook/index.md", "# Handbook\n"),
        ("content/log.md", "# Taken\n"),
    ])
}

fn faults(schema: &Value, instance: &Value) -> Vec<String> {
    let validator = jsonschema::validator_for(schema).unwrap();
    validator.iter_errors(instance).map(|fault| format!("{fault} at {}", fault.instance_path())).collect()
}

/// The schema with no room for anything that it does not name.
fn strict(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            if fields.contains_key("properties") && !fields.contains_key("additionalProperties") {
                fields.insert("additionalProperties".to_owned(), json!(false));
            }
            fields.values_mut().for_each(strict);
        }
        Value::Array(items) => items.iter_mut().for_each(strict),
        _ => {}
    }
}

fn read(site: &Published, address: &str) -> Value {
    serde_json::from_str(&site.text(address)).unwrap()
}

#[test]
fn the_log_is_as_its_schema_says_and_the_schema_leaves_nothing_out() {
    let site = site();
    let (log, mut schema) = (read(&site, "log.json"), read(&site, "log.schema.json"));
    assert_eq!(log["$schema"], "log.schema.json");
    assert_eq!(faults(&schema, &log), Vec::<String>::new());
    strict(&mut schema);
    assert_eq!(faults(&schema, &log), Vec::<String>::new());
    // A schema that would take anything proves nothing.
    for (place, wrong) in
        [("/version", json!(2)), ("/records/0/standing", json!("x")), ("/records/0/created", json!("soon"))]
    {
        let mut broken = log.clone();
        *broken.pointer_mut(place).unwrap() = wrong;
        assert_eq!(faults(&schema, &broken).len(), 1, "{place}");
    }
}

#[test]
fn nothing_that_a_record_says_is_missing() {
    let site = site();
    let log = read(&site, "log.json");
    let records = log["records"].as_array().unwrap();
    let find = |path: &str| records.iter().find(|record| record["path"] == path).unwrap();
    let rfc = find("content/rfc/0007-move.md");
    let unset: Vec<&String> =
        rfc.as_object().unwrap().iter().filter(|(_, value)| value.is_null()).map(|(key, _)| key).collect();
    // A log in memory has no repository.
    assert_eq!(unset, ["git"]);
    assert_eq!(rfc["last_change"], "2026-03-10");
    assert_eq!(rfc["review"], json!({ "circulated": "2026-03-04T07:00:00Z", "held": "2026-03-06" }));
    assert_eq!(rfc["aliases"], json!(["b.html", "old/index.html"]));
    assert_eq!(rfc["sections"], json!([{ "level": 2, "title": "Summary", "anchor": "sum" }]));
    assert_eq!(rfc["cost"]["options"], json!({ "buy": { "initial": 50000.0, "growth-rate": 0.15 } }));
    assert_eq!(rfc["deprecation"]["brownouts"][0]["start"], "2026-04-01T10:00:00Z");
    let next = find("content/adr/0002-next.md");
    assert_eq!(next["mentioned_by"], json!(["content/rfc/0007-move.md"]));
    assert_eq!((&next["standing"], &next["superseded_by"]), (&json!("over"), &json!(["ADR-0003"])));
    assert_eq!((&next["status"], &next["raw_status"]), (&Value::Null, &json!("approved?")));
    let link = next["findings"].as_array().unwrap().iter().find(|finding| finding["rule"] == "broken-link").unwrap();
    assert_eq!((&link["line"], &link["column"]), (&json!(6), &json!(8)));
    let queue = find("content/adr/0001-queue.md");
    let kinds: Vec<&str> =
        queue["relations"].as_array().unwrap().iter().map(|relation| relation["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["supersedes", "replacement"]);
    assert_eq!(
        (&queue["relations"][0]["direction"], &queue["relations"][0]["part"]),
        (&json!("backward"), &json!("decision"))
    );
    let taken = find("content/log.md");
    assert!(taken["address"].is_null() && taken["source"].is_null());
    assert_eq!(log["people"], json!([{ "handle": "ines", "name": "Ines", "role": "r", "team": "t", "active": false }]));
    assert_eq!(log["tags"], json!([{ "name": "C++", "address": "tag/c.html" }]));
    assert_eq!(log["findings"][0]["path"], "precedent.toml");
    for address in
        [&rfc["address"], &rfc["source"], &rfc["aliases"][1], &log["tags"][0]["address"], &log["kinds"][0]["address"]]
    {
        assert!(site.has(address.as_str().unwrap()), "{address}");
    }
}
