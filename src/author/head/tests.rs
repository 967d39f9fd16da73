//! Changes to heads of every shape: what comes out differs in what was meant, and in nothing else.

use super::super::change::Change;
use super::super::literal::Literal;
use super::{parse, revised};
use crate::config::Config;
use crate::record::Record;
use crate::source::Source;
use crate::text::SourcePath;

const BODY: &str = "\n## Context\n\nThé text: 数.  \n+++ no fence\n\n\tLast line";

fn record(text: &str) -> Record {
    Record::parse(&Source::new(SourcePath::new("content/adr/0001-x.md"), text), &Config::builtin()).0
}

fn set(table: Option<&'static str>, key: &'static str, to: &str) -> Change {
    Change::Set { table, key, to: Literal::text(to) }
}

fn signed() -> Change {
    let row = vec![
        ("role", Literal::text("vp")),
        ("by", Literal::text("Zoë")),
        ("on", Literal::Bare("2026-06-01".to_owned())),
    ];
    Change::Append { list: "sign-off", row }
}

fn held() -> Change {
    Change::Set { table: Some("review"), key: "held", to: Literal::Bare("2026-06-03T10:00:00Z".to_owned()) }
}

fn measured(row: usize) -> Change {
    Change::SetInRow { list: "metric", row, key: "actual", to: Literal::text("41 ms") }
}

/// A head between its fences, with changes made, in the usual dress and in others.
fn head(fence: &str, head: &str, changes: &[Change]) -> String {
    let text = format!("{fence}\n{head}{fence}\n{BODY}");
    let config = Config::builtin();
    let made = revised(&record(&text), changes, &config).unwrap_or_else(|error| panic!("{error}: {head}")).text;
    assert!(made.ends_with(&format!("{fence}\n{BODY}")), "{made}");
    let crlf = revised(&record(&text.replace('\n', "\r\n")), changes, &config).unwrap().text;
    assert_eq!(crlf, made.replace('\n', "\r\n"));
    let marked = revised(&record(&format!("\u{feff}{text}")), changes, &config).unwrap().text;
    assert_eq!(marked, format!("\u{feff}{made}"));
    // Nothing behind the head at all, not even a line break.
    let bare = revised(&record(&format!("{fence}\n{head}{fence}")), changes, &config).unwrap().text;
    assert_eq!(format!("{bare}\n{BODY}"), made);
    made.get(fence.len() + 1..made.len() - fence.len() - 1 - BODY.len()).unwrap_or_default().to_owned()
}

fn toml(text: &str, change: Change) -> String {
    head("+++", text, &[change])
}

fn yaml(text: &str, change: Change) -> String {
    head("---", text, &[change])
}

#[test]
fn a_value_is_replaced_where_it_stands() {
    for (text, made) in [
        ("status = \"draft\" # since March\n", "status = \"accepted\" # since March\n"),
        ("title='a'\n   status   =   'draft'\n\n# end\n", "title='a'\n   status   =   'accepted'\n\n# end\n"),
        ("status = \"\"\"draft\"\"\"\n[daci]\n", "status = \"accepted\"\n[daci]\n"),
        ("# only this\ntitle = \"ü\"\n", "# only this\ntitle = \"ü\"\nstatus = \"accepted\"\n"),
        ("[daci]\ndriver = \"x\"\n", "status = \"accepted\"\n[daci]\ndriver = \"x\"\n"),
        ("tags = [\n  \"a\", # ]\n]\n\n[daci]\n", "tags = [\n  \"a\", # ]\n]\nstatus = \"accepted\"\n\n[daci]\n"),
    ] {
        assert_eq!(toml(text, set(None, "status", "accepted")), made);
    }
    for (text, made) in [
        ("status: draft   # since March\ntitle: x\n", "status: accepted   # since March\ntitle: x\n"),
        ("status: 'draft'\n", "status: 'accepted'\n"),
        ("\"status\": \"draft\"\n", "\"status\": \"accepted\"\n"),
        ("status:\ntitle: x\n", "status: accepted\ntitle: x\n"),
        ("title: x\ntags:\n  - a\n  - b\n# end\n", "title: x\ntags:\n  - a\n  - b\nstatus: accepted\n# end\n"),
        ("summary: |\n  one\n\n  two\n", "summary: |\n  one\n\n  two\nstatus: accepted\n"),
        ("", "status: accepted\n"),
    ] {
        assert_eq!(yaml(text, set(None, "status", "accepted")), made);
    }
}

#[test]
fn a_key_goes_into_its_table() {
    let now = "held = 2026-06-03T10:00:00Z";
    for (text, made) in [
        ("title = \"x\"\n", format!("title = \"x\"\n\n[review]\n{now}\n")),
        (
            "title = \"x\"\n\n[review]\n  circulated = 2026-06-01 # sent\n\n  # who?\n[daci]\n",
            format!("title = \"x\"\n\n[review]\n  circulated = 2026-06-01 # sent\n  {now}\n\n  # who?\n[daci]\n"),
        ),
        ("[review]\nheld = 2026-01-01 # moved\n", format!("[review]\n{now} # moved\n")),
        ("review = { circulated = 2026-06-01 }\n", format!("review = {{ circulated = 2026-06-01, {now} }}\n")),
        (
            "review.circulated = 2026-06-01\ntitle = \"x\"\n",
            format!("review.circulated = 2026-06-01\nreview.{now}\ntitle = \"x\"\n"),
        ),
        // A new table stands where a reader looks for it, whatever the order of the others.
        (
            "title = \"x\"\n\n[extra]\na = 1\n\n[daci]\ndriver = \"y\"\n# of daci\n\n# of the metric\n[[metric]]\nname = \"[review]\"\n",
            format!(
                "title = \"x\"\n\n[extra]\na = 1\n\n[daci]\ndriver = \"y\"\n# of daci\n\n[review]\n{now}\n\n# of the metric\n[[metric]]\nname = \"[review]\"\n"
            ),
        ),
    ] {
        assert_eq!(toml(text, held()), made);
    }
    let now = "held: 2026-06-03T10:00:00Z";
    for (text, made) in [
        ("title: x\n", format!("title: x\nreview:\n  {now}\n")),
        (
            "review:\n    circulated: 2026-06-01 # sent\ntitle: x\n",
            format!("review:\n    circulated: 2026-06-01 # sent\n    {now}\ntitle: x\n"),
        ),
        ("review: { circulated: 2026-06-01 }\n", format!("review: {{ circulated: 2026-06-01, {now} }}\n")),
        ("review:\ntitle: x\n", format!("review:\n  {now}\ntitle: x\n")),
    ] {
        assert_eq!(yaml(text, held()), made);
    }
}

#[test]
fn a_row_is_added_behind_the_others() {
    let row = "[[sign-off]]\nrole = \"vp\"\nby = \"Zoë\"\non = 2026-06-01\n";
    for (text, made) in [
        ("title = \"x\"\n", format!("title = \"x\"\n\n{row}")),
        (
            "[[sign-off]]\nrole = \"pe\" # first\n\n[[metric]]\nname = \"m\"\n",
            format!("[[sign-off]]\nrole = \"pe\" # first\n\n{row}\n[[metric]]\nname = \"m\"\n"),
        ),
        (
            "sign-off = [\n  { role = \"pe\" }, # first\n]\n",
            "sign-off = [\n  { role = \"pe\" },\n  { role = \"vp\", by = \"Zoë\", on = 2026-06-01 }, # first\n]\n"
                .to_owned(),
        ),
        (
            "sign-off = [{ role = \"pe\" }]\n",
            "sign-off = [{ role = \"pe\" }, { role = \"vp\", by = \"Zoë\", on = 2026-06-01 }]\n".to_owned(),
        ),
        ("sign-off = []\n", "sign-off = [{ role = \"vp\", by = \"Zoë\", on = 2026-06-01 }]\n".to_owned()),
    ] {
        assert_eq!(toml(text, signed()), made);
    }
    for (text, made) in [
        ("title: x\n", "title: x\nsign-off:\n  - role: vp\n    by: Zoë\n    on: 2026-06-01\n"),
        (
            "sign-off:\n- role: pe\n  by: a\ntitle: x\n",
            "sign-off:\n- role: pe\n  by: a\n- role: vp\n  by: Zoë\n  on: 2026-06-01\ntitle: x\n",
        ),
        (
            "sign-off:\n  -   role: pe # first\ntitle: x\n",
            "sign-off:\n  -   role: pe # first\n  -   role: vp\n      by: Zoë\n      on: 2026-06-01\ntitle: x\n",
        ),
        ("sign-off:\ntitle: x\n", "sign-off:\n  - role: vp\n    by: Zoë\n    on: 2026-06-01\ntitle: x\n"),
        ("sign-off: []\n", "sign-off: \n  - role: vp\n    by: Zoë\n    on: 2026-06-01\n"),
    ] {
        assert_eq!(yaml(text, signed()), made);
    }
}

#[test]
fn a_row_is_filled_in() {
    for (text, row, made) in [
        (
            "[[metric]]\nname = \"a\"\n\n[[metric]]\nname = \"b\"\nactual = \"TBD\"\n",
            0,
            "[[metric]]\nname = \"a\"\nactual = \"41 ms\"\n\n[[metric]]\nname = \"b\"\nactual = \"TBD\"\n",
        ),
        ("[[metric]]\nname = \"b\"\nactual = 'TBD' # ?\n", 0, "[[metric]]\nname = \"b\"\nactual = '41 ms' # ?\n"),
        (
            "metric = [{ name = \"a\" }, { name = \"b\" }]\n",
            1,
            "metric = [{ name = \"a\" }, { name = \"b\", actual = \"41 ms\" }]\n",
        ),
        ("[metric]\nname = \"a\"\n", 0, "[metric]\nname = \"a\"\nactual = \"41 ms\"\n"),
    ] {
        assert_eq!(toml(text, measured(row)), made);
    }
    for (text, row, made) in [
        (
            "metric:\n  - name: a\n    due: 2026-06-01\n  - name: b\nx: 1\n",
            0,
            "metric:\n  - name: a\n    due: 2026-06-01\n    actual: \"41 ms\"\n  - name: b\nx: 1\n",
        ),
        ("metric:\n- name: a\n- name: b\n", 1, "metric:\n- name: a\n- name: b\n  actual: \"41 ms\"\n"),
        ("metric: [{ name: a }, { name: b }]\n", 0, "metric: [{ name: a, actual: \"41 ms\" }, { name: b }]\n"),
        ("metric:\n- name: a\n  actual:\n", 0, "metric:\n- name: a\n  actual: \"41 ms\"\n"),
    ] {
        assert_eq!(yaml(text, measured(row)), made);
    }
}

#[test]
fn where_there_is_no_safe_place_nothing_changes() {
    let refused =
        |text: &str, change: Change| revised(&record(text), &[change], &Config::builtin()).unwrap_err().to_string();
    for (text, change, words) in [
        ("# x\n", held(), "has no front matter"),
        ("+++\ntitle = \n+++\n", held(), "cannot be read"),
        ("+++\ntitle = \"x\"\n", held(), "cannot be read"),
        ("+++\n[sign-off]\nrole = \"pe\"\n+++\n", signed(), "no safe place for [[sign-off]]"),
        ("---\n{ title: x }\n---\n", signed(), "no safe place"),
        ("---\nreview: soon\n---\n", held(), "no safe place for review.held"),
        ("+++\nreview = \"soon\"\n+++\n", held(), "no safe place for review.held"),
        ("+++\nmetric = []\n+++\n", measured(3), "`actual` under [[metric]]"),
    ] {
        let message = refused(text, change);
        assert!(message.contains(words) && message.contains("content/adr/0001-x.md"), "{text}: {message}");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 300, failure_persistence: None, ..Default::default() })]

    /// Lines that heads are made of, in any order and of any sense: what is not refused has changed as it was meant.
    #[test]
    fn whatever_the_head_only_what_was_meant_changes(
        lines in proptest::collection::vec(proptest::sample::select(&LINES[..]), 0..12),
        is_toml in proptest::bool::ANY,
        which in 0..5_usize,
    ) {
        let fence = if is_toml { "+++" } else { "---" };
        let text = format!("{fence}\n{}{fence}\n{BODY}", lines.concat());
        let change = [set(None, "status", "accepted"), held(), signed(), measured(0), measured(1)][which].clone();
        let before = record(&text);
        if let Ok(made) = revised(&before, &[change], &Config::builtin()) {
            let made = made.text;
            let after = parse(&before, &made, &Config::builtin());
            let end = format!("{fence}\n{BODY}");
            proptest::prop_assert!(made.ends_with(&end) && !after.malformed);
            // One place has changed, and what went there is a value.
            let pairs = |one: &str, other: &str| one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
            let start = pairs(&text, &made);
            let (old, new) = (&text.as_bytes()[start..], &made.as_bytes()[start..]);
            let end = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
            let gone = &old[..old.len() - end];
            proptest::prop_assert!(gone.len() < 13 && !gone.contains(&b'\n'), "{} -> {}", text, made);
        }
    }
}

const LINES: [&str; 24] = [
    "title = \"x\"\n",
    "status = \"draft\"\n",
    "tags = [\n  \"a\",\n]\n",
    "\n",
    "# [review]\n",
    "[review]\n",
    "circulated = 2026-06-01\n",
    "held = 2026-06-02\n",
    "[[sign-off]]\n",
    "role = \"pe\"\n",
    "[[metric]]\n",
    "name = \"a\"\n",
    "actual = ''\n",
    "sign-off = []\n",
    "title: x\n",
    "status: draft\n",
    "review:\n",
    "  held: 2026-06-02\n",
    "sign-off:\n",
    "  - role: pe\n",
    "    by: a\n",
    "metric:\n",
    "- name: a\n",
    "  actual:\n",
];
