//! The handbook's chapter "From an idea to a signed decision", played back: every command, every answer, and a clean log after each.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail, and makes its own files"
)]
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::Command;

const CHAPTER: &str = include_str!("../content/handbook/idea-to-decision.md");

/// What a chapter has its readers do.
#[derive(Debug, PartialEq, Eq)]
enum Act {
    /// The day is this one.
    Day(String),
    /// A file is written.
    Write(String, String),
    /// A command is given, and this is the answer.
    Run(String, String),
    /// A block of commands has ended.
    Rest,
}

fn acts(chapter: &str) -> Vec<Act> {
    let mut acts = Vec::new();
    let mut lines = chapter.lines();
    while let Some(line) = lines.next() {
        if let Some(day) = line.strip_prefix("<!-- today: ").and_then(|rest| rest.strip_suffix(" -->")) {
            acts.push(Act::Day(day.to_owned()));
        }
        let Some(info) = line.strip_prefix("```").filter(|info| !info.is_empty()) else { continue };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        if let Some((_, path)) = info.split_once(' ') {
            acts.push(Act::Write(path.to_owned(), block.join("\n") + "\n"));
        } else if info == "console" {
            for line in block {
                match (line.strip_prefix("$ "), acts.last_mut()) {
                    (Some(command), _) => acts.push(Act::Run(command.to_owned(), String::new())),
                    (None, Some(Act::Run(_, answer))) => *answer += &format!("{line}\n"),
                    (None, _) => panic!("an answer without a command: {line}"),
                }
            }
            acts.push(Act::Rest);
        }
    }
    acts
}

/// Whether a text is what is expected, where a line of `…` stands for lines and a `…` within one for words.
fn is_like(text: &str, expected: &str) -> bool {
    let (text, expected): (Vec<&str>, Vec<&str>) = (text.lines().collect(), expected.lines().collect());
    are_like(&text, &expected)
}

fn are_like(text: &[&str], expected: &[&str]) -> bool {
    match expected.split_first() {
        None => text.is_empty(),
        Some((&"…", rest)) => (0..=text.len()).any(|skipped| are_like(&text[skipped..], rest)),
        Some((line, rest)) => {
            text.split_first().is_some_and(|(first, more)| line_is_like(first, line) && are_like(more, rest))
        }
    }
}

fn line_is_like(line: &str, expected: &str) -> bool {
    // The program cuts long runs of words with the same mark.
    if line == expected {
        return true;
    }
    let Some((before, after)) = expected.split_once('…') else { return false };
    line.strip_prefix(before).is_some_and(|rest| rest.ends_with(after))
}

#[test]
fn the_chapter_is_played_back() {
    let project = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &str| {
        let path = project.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    };
    write("content/index.md", "# Our decisions\n\nAll of them.\n");
    let bin = Path::new(env!("CARGO_BIN_EXE_precedent")).parent().expect("a folder");
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").expect("a path"));
    let mut day = String::new();
    let mut commands = 0;
    let run = |command: &str, day: &str| {
        let morning: jiff::Timestamp = format!("{day}T09:00:00Z").parse().expect("a day");
        let mut shell = Command::new("sh");
        shell
            .args(["-c", &format!("{command} 2>&1")])
            .current_dir(project.path())
            .env("PATH", &path)
            .env("NO_COLOR", "1");
        shell.env("SOURCE_DATE_EPOCH", morning.as_second().to_string());
        let output = shell.output().expect("starts");
        (output.status.code(), String::from_utf8(output.stdout).expect("UTF-8"))
    };
    for act in acts(CHAPTER) {
        match act {
            Act::Day(on) => day = on,
            Act::Write(path, text) => write(&path, &text),
            Act::Run(command, answer) => {
                let (_, said) = run(&command, &day);
                assert!(is_like(&said, &answer), "$ {command}\n{said}\n--- expected:\n{answer}");
                commands += 1;
            }
            Act::Rest => {
                let (code, said) = run("precedent check", &day);
                assert_eq!(code, Some(0), "on {day}, the log is not clean:\n{said}");
            }
        }
    }
    assert!(commands > 30, "{commands}");
    // Every status of the main path was passed through, in this order.
    let said = |status: &str| CHAPTER.find(&format!("RFC-0001 is `{status}`")).unwrap_or_else(|| panic!("{status}"));
    let way = ["pre-alignment", "revision", "approved", "implementing", "complete"].map(said);
    assert!(way.is_sorted(), "{way:?}");
}

#[test]
fn an_answer_is_compared_line_by_line() {
    assert!(is_like("a\nb\nc\n", "a\n…\nc\n") && is_like("a\n", "a\n…\n") && is_like("abc\n", "a…c\n"));
    assert!(!is_like("a\nb\n", "a\n") && !is_like("a\n", "a\nb\n") && !is_like("abd\n", "a…c\n"));
}
