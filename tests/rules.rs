//! Every rule's page is its test: what it says passes does, what it says fails gives the finding it shows.
#![allow(clippy::disallowed_methods, reason = "a test reads the environment, and writes pages when asked to")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop where it is")]

use precedent::check::{GROUPS, RULES, Rule};
use precedent::config::{Level, Overrides};
use precedent::date::Date;
use precedent::diagnostic::{Diagnostic, Severity};
use precedent::report::{Style, terminal};
use precedent::source::Memory;
use precedent::text::SourcePath;
use precedent::workspace::{Demand, Drafts, Snapshot, Workspace};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

/// Set to `1`, it makes the test write what was found into the pages; read every line before you keep it.
const BLESS: &str = "PRECEDENT_BLESS";

/// Rules that speak when pages are planned.
const OF_PAGES: &[&str] = &["duplicate-address", "uncoloured-code"];

const TODAY: Date = Date::constant(2026, 6, 1);

#[test]
fn every_page_says_what_its_rule_does() {
    check_all(|rule| !OF_PAGES.contains(&rule.name));
}

#[test]
fn pages_of_rules_that_need_the_site_say_what_they_do() {
    check_all(|rule| OF_PAGES.contains(&rule.name));
}

#[test]
fn every_page_is_whole() {
    for rule in RULES {
        let page = Page::of(rule);
        assert_eq!(page.field("title"), Some(rule.name), "{}", rule.name);
        assert_eq!(page.field("summary"), Some(rule.summary), "{}", rule.name);
        for heading in ["What it finds", "Why it matters", "How to repair it", "Passes", "Fails", "Finding"] {
            assert!(page.sections.contains_key(heading), "{} has no section `{heading}`", rule.name);
        }
    }
    let names: BTreeSet<&str> = RULES.iter().map(|rule| rule.name).collect();
    assert_eq!(names.len(), RULES.len(), "two rules share a name");
    for name in names {
        assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{name} is not in kebab case");
    }
}

#[test]
fn no_page_is_without_a_rule() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/rules");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap();
        let is_rule = RULES.iter().any(|rule| rule.name == stem);
        assert!(is_rule || ["_index", "index", "README"].contains(&stem), "{} explains no rule", path.display());
    }
}

#[test]
fn the_handbook_lists_every_rule() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| std::fs::read_to_string(root.join(path)).unwrap();
    let mut rows = String::new();
    for (group, rules) in GROUPS {
        let _ = write!(
            rows,
            "### {}\n\n| rule | finds | default | in drafts |\n| --- | --- | --- | --- |\n",
            group.label()
        );
        for rule in *rules {
            let (name, summary) = (rule.name, rule.summary.trim_end_matches('.'));
            let mut letters = summary.chars();
            let first = letters.next().unwrap().to_lowercase();
            let finds = format!("{first}{}", letters.as_str());
            let level = |level: Level| format!("{level:?}").to_lowercase();
            let levels = format!("`{}` | `{}`", level(rule.level), level(rule.level.min(rule.in_drafts)));
            let _ = writeln!(rows, "| [{name}](../rules/{name}.md) | {finds} | {levels} |");
        }
        rows.push('\n');
    }
    let handbook = read("content/handbook/checks.md");
    let listed = handbook.split_once("## The rules\n\n").unwrap().1.split("\n## ").next().unwrap();
    for (is, should) in listed.lines().zip(rows.lines()) {
        assert_eq!(is, should);
    }
    assert_eq!(listed.trim_end(), rows.trim_end());
    let count = format!("{} rules", RULES.len());
    assert!(
        read("README.md").contains(&count) && read("content/handbook/changelog.md").contains(&count),
        "there are {count}"
    );
}

fn check_all(is_meant: impl Fn(&Rule) -> bool) {
    let mut wrong = String::new();
    for rule in RULES.iter().filter(|rule| is_meant(rule)) {
        if let Err(why) = check(rule) {
            let _ = writeln!(wrong, "content/rules/{}.md: {why}", rule.name);
        }
    }
    assert!(
        wrong.is_empty(),
        "{wrong}\nrun `{BLESS}=1 cargo test --test rules` to write what was found into the pages"
    );
}

fn check(rule: &Rule) -> Result<(), String> {
    let page = Page::of(rule);
    let (passes, fails) = (page.tree("Passes"), page.tree("Fails"));
    if passes.0.is_empty() || fails.0.is_empty() {
        return Err("an example of each sort is needed, under `Passes` and under `Fails`".to_owned());
    }
    let snapshot = run(rule, passes);
    let is_wrong = |finding: &&Diagnostic| finding.rule == rule.name || finding.severity == Severity::Error;
    let found: String = snapshot.diagnostics.iter().filter(is_wrong).map(|finding| show(&snapshot, finding)).collect();
    if !found.is_empty() {
        return Err(format!("what passes does not:\n{found}"));
    }
    let snapshot = run(rule, fails);
    let own = snapshot.diagnostics.iter().filter(|finding| finding.rule == rule.name);
    let found: Vec<String> = own.map(|finding| show(&snapshot, finding)).collect();
    let found = found.join("\n");
    if found.is_empty() {
        let others: String = snapshot.diagnostics.iter().map(|finding| show(&snapshot, finding)).collect();
        return Err(format!("what fails does not; other rules say:\n{others}"));
    }
    let expected = page.fences("Finding").into_iter().next();
    if expected.is_some_and(|fence| fence.text == found) {
        return Ok(());
    }
    if std::env::var(BLESS).is_ok_and(|bless| bless == "1") {
        page.bless(rule, &found);
        return Ok(());
    }
    Err(format!("the finding is now:\n{found}"))
}

fn run(rule: &Rule, tree: Memory) -> Snapshot {
    let demand = if OF_PAGES.contains(&rule.name) { Demand::Site(Drafts::Withheld) } else { Demand::Findings };
    Workspace::new(Arc::new(tree), Overrides::default()).snapshot(TODAY, demand).unwrap()
}

fn show(snapshot: &Snapshot, finding: &Diagnostic) -> String {
    terminal(finding, &|path| snapshot.source(path), Style::Plain)
}

/// A rule's page, cut at its second headings.
struct Page {
    head: String,
    sections: BTreeMap<String, String>,
}

/// A fenced block of a page.
struct Fence {
    info: String,
    text: String,
}

impl Page {
    fn of(rule: &Rule) -> Page {
        let mut sections: BTreeMap<String, String> = BTreeMap::new();
        let mut name = String::new();
        let mut fence = Fencing::default();
        for line in rule.page.split_inclusive('\n') {
            let is_code = fence.take(line);
            match line.strip_prefix("## ").filter(|_| !is_code) {
                Some(heading) => heading.trim().clone_into(&mut name),
                None => sections.entry(name.clone()).or_default().push_str(line),
            }
        }
        Page { head: sections.remove("").unwrap_or_default(), sections }
    }

    /// A string of the front matter.
    fn field(&self, key: &str) -> Option<&str> {
        let start = format!("{key} = \"");
        let line = self.head.lines().find(|line| line.starts_with(&start))?;
        line.strip_prefix(&start)?.strip_suffix('"')
    }

    fn fences(&self, section: &str) -> Vec<Fence> {
        let mut fences = Vec::new();
        let mut fencing = Fencing::default();
        for line in self.sections.get(section).map_or("", String::as_str).split_inclusive('\n') {
            let was_open = fencing.0.is_some();
            fencing.take(line);
            match (was_open, fencing.0.is_some()) {
                (false, true) => {
                    fences.push(Fence { info: line.trim_start_matches('`').trim().to_owned(), text: String::new() })
                }
                (true, true) => fences.last_mut().unwrap().text.push_str(line),
                _ => {}
            }
        }
        fences
    }

    /// The files of an example: each fence names its own after its language. `escaped` as third word turns `\xE9` into
    /// the byte, for texts that are not text.
    fn tree(&self, section: &str) -> Memory {
        let mut files = BTreeMap::new();
        for fence in self.fences(section) {
            let words: Vec<&str> = fence.info.split_whitespace().collect();
            let [_, path, options @ ..] = words.as_slice() else { panic!("a fence under `{section}` names no file") };
            let bytes = if options.contains(&"escaped") { unescaped(&fence.text) } else { fence.text.into_bytes() };
            files.insert(SourcePath::new(path), Arc::from(bytes));
        }
        Memory(files)
    }

    /// Writes a finding into the page.
    fn bless(&self, rule: &Rule, found: &str) {
        let mut whole = String::new();
        let mut is_finding = false;
        let mut fencing = Fencing::default();
        for line in rule.page.split_inclusive('\n') {
            let is_code = fencing.take(line);
            let heading = line.strip_prefix("## ").filter(|_| !is_code);
            if let Some(heading) = heading {
                is_finding = heading.trim() == "Finding";
            }
            if heading.is_some() && is_finding {
                let _ = write!(whole, "{line}\n```text\n{found}```\n");
            }
            if !is_finding {
                if heading.is_some() && !whole.ends_with("\n\n") {
                    whole.push('\n');
                }
                whole.push_str(line);
            }
        }
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("content/rules/{}.md", rule.name));
        std::fs::write(path, whole).unwrap();
    }
}

/// How many backticks opened the fence that is open.
#[derive(Default)]
struct Fencing(Option<usize>);

impl Fencing {
    /// Reads a line; whether it is part of a fenced block.
    fn take(&mut self, line: &str) -> bool {
        let ticks = line.len() - line.trim_start_matches('`').len();
        match self.0 {
            None if ticks >= 3 => self.0 = Some(ticks),
            Some(open) if ticks >= open && line.trim_matches('`').trim().is_empty() => self.0 = None,
            Some(_) => {}
            None => return false,
        }
        true
    }
}

fn unescaped(text: &str) -> Vec<u8> {
    let mut parts = text.split("\\x");
    let mut bytes = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        let (code, rest) = part.split_at(2);
        bytes.push(u8::from_str_radix(code, 16).unwrap());
        bytes.extend(rest.as_bytes());
    }
    bytes
}
