//! The house stays a house: imports lead down, nothing runs in a circle, every file says what it is for and stays small.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may fail, and reads the sources"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms of `src`, from the ground up. A room imports only rooms on lower floors.
const FLOORS: &[&[&str]] = &[
    &["text", "date", "error", "stack"],
    &["cache", "diagnostic", "line"],
    &["history", "markdown", "search", "source", "value"],
    &["config", "theme"],
    &["record"],
    &["cost", "log"],
    &["check"],
    &["author", "page", "report"],
    &["site"],
    &["workspace"],
    &["lsp", "serve"],
    &["cli"],
];

/// The only modules that may touch files: the door in and the door out.
const DOORS: &[&str] = &["source::disk", "site::write"];

const MAX_LINES: usize = 400;

/// Names that say nothing about what is in a file, and so collect everything.
const NAMES_FOR_NOTHING: &[&str] = &["util", "utils", "common", "helper", "helpers", "prelude", "misc", "shared"];

#[test]
fn every_room_stands_on_a_floor() {
    let rooms: BTreeSet<String> = modules().into_iter().filter_map(|module| module.name.into_iter().next()).collect();
    let known: BTreeSet<String> = FLOORS.iter().flat_map(|floor| floor.iter().map(|room| (*room).to_owned())).collect();
    let homeless: Vec<_> = rooms.difference(&known).collect();
    let empty: Vec<_> = known.difference(&rooms).collect();
    assert!(homeless.is_empty(), "{homeless:?} stand on no floor: add them to FLOORS in tests/architecture.rs");
    assert!(empty.is_empty(), "{empty:?} are gone from src: take them out of FLOORS in tests/architecture.rs");
}

#[test]
fn imports_lead_down() {
    let floor = |name: &[String]| FLOORS.iter().position(|floor| floor.iter().any(|room| Some(*room) == room_of(name)));
    let modules = modules();
    let wrong = imports(&modules)
        .into_iter()
        .filter(|(from, to)| room_of(from) != room_of(to) && floor(from) <= floor(to))
        .map(|(from, to)| format!("{} imports {}", from.join("::"), to.join("::")));
    none(wrong, "an import must lead to a lower floor: move what is shared down, or hand it in as an argument");
}

#[test]
fn children_do_not_use_their_roof() {
    let modules = modules();
    let wrong = imports(&modules)
        .into_iter()
        .filter(|(from, to)| from.len() > to.len() && from.starts_with(to))
        .map(|(from, to)| format!("{} uses {}", from.join("::"), to.join("::")));
    none(wrong, "a `mod.rs` uses its children, never the other way: import from the sibling that defines it");
}

#[test]
fn nothing_runs_in_a_circle() {
    let modules = modules();
    let mut edges: BTreeMap<Name, BTreeSet<Name>> = BTreeMap::new();
    for (from, to) in imports(&modules) {
        edges.entry(from).or_default().insert(to);
    }
    // What imports nothing that is left stands firm; what can never be taken out runs in a circle or leads into one.
    loop {
        let left: BTreeSet<Name> = edges.keys().cloned().collect();
        edges.values_mut().for_each(|to| to.retain(|name| left.contains(name)));
        edges.retain(|_, to| !to.is_empty());
        if edges.len() == left.len() {
            break;
        }
    }
    if let Some(start) = edges.keys().next() {
        let mut walk = vec![start.clone()];
        loop {
            let next = edges[&walk[walk.len() - 1]].first().expect("only modules with imports are left").clone();
            let seen = walk.iter().position(|name| *name == next);
            walk.push(next);
            if let Some(seen) = seen {
                let circle: Vec<String> = walk[seen..].iter().map(|name| name.join("::")).collect();
                panic!("a circle: {}\n  move what they share into a file that both import", circle.join(" -> "));
            }
        }
    }
}

#[test]
fn files_stay_small() {
    let big = rust_files(&["src", "tests"]).into_iter().filter_map(|(path, text)| {
        let lines = text.lines().count();
        (lines > MAX_LINES).then(|| format!("{path} has {lines} lines"))
    });
    none(big, "no file is longer than 400 lines: split it by subject, one noun a file");
}

#[test]
fn every_file_opens_with_one_sentence_of_purpose() {
    let wrong = rust_files(&["src", "tests"]).into_iter().filter_map(|(path, text)| {
        let fault = fault_of_opening(&text)?;
        Some(format!("{path}: {fault}"))
    });
    none(
        wrong,
        "the first line of a file is `//! What it is for, in one sentence.`, and there is no second `//!` line",
    );
}

#[test]
fn the_map_defines_nothing() {
    let text = fs::read_to_string(root().join("src/lib.rs")).expect("src/lib.rs");
    let tokens = tokens(&text);
    let wrong = tokens.split_inclusive(|token| token == ";").filter_map(|statement| {
        let words: Vec<&str> = statement.iter().map(String::as_str).collect();
        (!matches!(words.as_slice(), ["pub", "mod", _, ";"])).then(|| words.join(" "))
    });
    none(wrong, "src/lib.rs is a map of `pub mod …;`: what it defines belongs to a room");
}

#[test]
fn files_are_touched_at_two_doors() {
    let wrong = modules().into_iter().filter_map(|module| {
        let name = module.name.join("::");
        let door = DOORS.iter().any(|door| name == *door || name.starts_with(&format!("{door}::")));
        let touches = module.paths.iter().any(|path| path.len() > 1 && path[0] == "std" && path[1] == "fs");
        (touches && !door).then_some(name)
    });
    none(wrong, "`std::fs` is used only in source/disk.rs (in) and site/write.rs (out): go through them");
}

#[test]
fn names_say_what_is_inside() {
    let wrong = rust_files(&["src"]).into_keys().filter(|path| {
        path.trim_end_matches(".rs").split('/').any(|part| NAMES_FOR_NOTHING.contains(&part.to_lowercase().as_str()))
    });
    none(wrong, "a function lives with the type it is about, not in a drawer");
}

#[test]
fn nothing_of_ours_is_imported_by_the_glob() {
    let wrong = modules().into_iter().flat_map(|module| {
        let name = module.name.join("::");
        let ours = module.paths.into_iter().filter(|path| ["crate", "self", "super"].contains(&path[0].as_str()));
        let globs = ours.filter(|path| path.last().is_some_and(|last| last == "*"));
        globs.map(move |path| format!("{name}: {}", path.join("::"))).collect::<Vec<_>>()
    });
    none(wrong, "name what you import");
}

#[test]
fn the_reader_of_imports_reads_rust() {
    let text = r##"
        //! crate::comment::Never
        use crate::{text::{Span, SourcePath as Path}, date};
        use super::leaf::Leaf; /* crate::block /* nested */ ::never */
        pub(in crate::visible) fn f<'a>(x: &'a str) -> char { let _ = r#"crate::raw"#; let _ = "\"crate::string"; '"' }
        fn g() { let x = std::fs::read("y"); child::call::<crate::log::Log>(x.child::<u8>()) }
        const C: char = '\''; use crate::value::*;
    "##;
    let found: BTreeSet<String> = paths(&tokens(text)).iter().map(|path| path.join("::")).collect();
    let expected = [
        "crate::text::Span",
        "crate::text::SourcePath",
        "crate::date",
        "super::leaf::Leaf",
        "std::fs::read",
        "child::call",
        "crate::log::Log",
        "crate::value::*",
    ];
    let expected: BTreeSet<String> = expected.iter().map(|path| (*path).to_owned()).collect();
    assert_eq!(found, expected);
}

/// `["log", "target"]` for `src/log/target.rs`, `["log"]` for `src/log/mod.rs`.
type Name = Vec<String>;

struct Module {
    name: Name,
    /// Every path of two or more parts outside unit tests, as written.
    paths: Vec<Vec<String>>,
}

fn room_of(name: &[String]) -> Option<&str> {
    name.first().map(String::as_str)
}

fn none(wrong: impl Iterator<Item = String>, advice: &str) {
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{advice}\n  {}", wrong.join("\n  "));
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Paths (below the package, with `/`) and texts of all Rust files below some folders.
fn rust_files(folders: &[&str]) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut open: Vec<PathBuf> = folders.iter().map(|folder| root().join(folder)).collect();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of sources") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root()).expect("below the package").to_string_lossy().replace('\\', "/");
                files.insert(name, fs::read_to_string(&path).expect("UTF-8"));
            }
        }
    }
    files
}

/// Every module but the map, `main` and unit tests, which may name anything.
fn modules() -> Vec<Module> {
    let free = |path: &str| matches!(path, "src/lib.rs" | "src/main.rs") || path.contains("/tests");
    let files = rust_files(&["src"]).into_iter().filter(|(path, _)| !free(path));
    let module = |(path, text): (String, String)| {
        let path = path.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
        let name = path.split('/').map(str::to_owned).collect();
        // Unit tests stand last, and may look anywhere.
        let code = text.split("\nmod tests {").next().unwrap_or("");
        Module { name, paths: paths(&tokens(code)) }
    };
    files.map(module).collect()
}

/// Who imports whom: modules of this package only, each resolved to the deepest module that its path names.
fn imports(modules: &[Module]) -> BTreeSet<(Name, Name)> {
    let names: BTreeSet<&Name> = modules.iter().map(|module| &module.name).collect();
    let mut found = BTreeSet::new();
    for module in modules {
        for path in &module.paths {
            let full = absolute(path, &module.name);
            let target = (1..=full.len()).rev().map(|parts| full[..parts].to_vec()).find(|name| names.contains(name));
            if let Some(target) = target.filter(|target| *target != module.name) {
                found.insert((module.name.clone(), target));
            }
        }
    }
    found
}

/// A path as written in a module, from the package's root; a bare first part may be a child of the module.
fn absolute(path: &[String], here: &[String]) -> Name {
    let (base, mut rest) = match path[0].as_str() {
        "crate" => (&here[..0], &path[1..]),
        "self" => (here, &path[1..]),
        "super" => (&here[..here.len() - 1], &path[1..]),
        _ => (here, path),
    };
    let mut full = base.to_vec();
    while rest.first().is_some_and(|part| part == "super") {
        full.pop();
        rest = &rest[1..];
    }
    full.extend_from_slice(rest);
    full
}

fn fault_of_opening(text: &str) -> Option<&'static str> {
    let Some(sentence) = text.lines().next().unwrap_or("").strip_prefix("//! ") else {
        return Some("it does not open with `//! `");
    };
    // A stage's number (`3. How records relate.`) is no sentence.
    let sentence = sentence.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(". ");
    if !sentence.ends_with('.') {
        return Some("its opening has no full stop");
    }
    if sentence.trim_end_matches('.').contains(". ") {
        return Some("its opening is more than one sentence");
    }
    let second = text.lines().skip(1).any(|line| line.starts_with("//!"));
    second.then_some("it has a second `//!` line")
}

/// Words and marks of a Rust text, without comments, strings and characters; `::` is one mark.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let length = skipped(rest).unwrap_or_else(|| {
            let length = if word > 0 {
                word
            } else if rest.starts_with("::") {
                2
            } else {
                first.len_utf8()
            };
            if !first.is_whitespace() {
                tokens.push(rest[..length].to_owned());
            }
            length
        });
        rest = &rest[length..];
    }
    tokens
}

/// The length of what stands at the start of a text and holds no import: a comment, a string, a character, a lifetime.
fn skipped(text: &str) -> Option<usize> {
    let until = |end: &str, from: usize| text[from..].find(end).map_or(text.len(), |at| from + at + end.len());
    if text.starts_with("//") {
        return Some(until("\n", 0));
    }
    if text.starts_with("pub(in ") {
        // Who may see an item is no import.
        return Some(until(")", 0));
    }
    if text.starts_with("/*") {
        let (mut depth, mut at) = (1, 2);
        while depth > 0 && at < text.len() {
            let (change, step) = match &text.as_bytes()[at..] {
                [b'/', b'*', ..] => (1, 2),
                [b'*', b'/', ..] => (-1, 2),
                _ => (0, 1),
            };
            depth += change;
            at += step;
        }
        return Some(at);
    }
    let raw = text.strip_prefix("br").or_else(|| text.strip_prefix('r'));
    if let Some(raw) = raw {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw[hashes..].starts_with('"') {
            let open = text.len() - raw.len() + hashes + 1;
            return Some(until(&format!("\"{}", "#".repeat(hashes)), open));
        }
    }
    let quoted = text.strip_prefix('b').unwrap_or(text);
    if let Some(string) = quoted.strip_prefix('"') {
        let mut escaped = false;
        let end = string.find(|c| {
            let end = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            end
        });
        return Some(end.map_or(text.len(), |end| text.len() - string.len() + end + 1));
    }
    let character = quoted.strip_prefix('\'')?;
    let mut chars = character.chars();
    let (first, second) = (chars.next()?, chars.next()?);
    if first == '\\' {
        // The escaped character itself may be a quote.
        let from = text.len() - character.len() + 1 + second.len_utf8();
        return Some(until("'", from));
    }
    // One character between quotes, or else a lifetime, of which only the quote is skipped.
    Some(text.len() - character.len() + if second == '\'' { first.len_utf8() + 1 } else { 0 })
}

/// Every path of two or more parts, with groups (`a::{b, c::d}`) opened.
fn paths(tokens: &[String]) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut path: Vec<String> = Vec::new();
    // What stands before each open `{` of a path; `None` for any other brace.
    let mut groups: Vec<Option<Vec<String>>> = Vec::new();
    let is_word = |token: &str| token.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == '*');
    for (at, token) in tokens.iter().enumerate() {
        let after_colons = at > 0 && tokens[at - 1] == "::";
        let before_colons = tokens.get(at + 1).is_some_and(|next| next == "::");
        match token.as_str() {
            "::" => {}
            "{" => groups.push(after_colons.then(|| path.clone())),
            "}" => drop(groups.pop()),
            _ if !is_word(token) || at > 0 && tokens[at - 1] == "." => {}
            "as" => {}
            word => {
                let group = groups.last().and_then(Option::as_ref);
                let renamed = at > 0 && tokens[at - 1] == "as";
                if !after_colons {
                    path = group.filter(|_| !renamed).cloned().unwrap_or_default();
                }
                path.push(word.to_owned());
                if !before_colons && path.len() > 1 {
                    found.push(path.clone());
                }
            }
        }
        if token == "::" && tokens.get(at + 1).is_some_and(|next| next == "<") && path.len() > 1 {
            found.push(path.clone());
        }
    }
    found
}
