//! Logs that are hard to lay out: words without end, many records, deep lists, wide tables, letters from right to left.

use super::drive;
use super::project::Project;
use std::fmt::Write;

#[test]
fn words_without_end_stick_out_nowhere() {
    let word = "WordsOfAnIdentifierThatNobodyEverBroke".repeat(3);
    let person = word.to_lowercase();
    let project = Project::of(&[]);
    project.write(
        "content/adr/0001-x.md",
        &format!(
            "+++\ntitle = \"{word}\"\nsummary = \"{word}\"\nstatus = \"{word}\"\ncreated = 2026-01-02\ntags = [\"{word}\"]\n\
             [daci]\ndriver = \"{person}\"\napprover = \"{person}\"\n+++\n\n## Context {word}\n\n{word} `{word}`\n\n\
             | a | {word} |\n|---|---|\n| {word} | b |\n\n## Decision\n\nhttps://example.org/{word}\n"
        ),
    );
    let run = project.run(&["build", "--quiet"]);
    assert!(run.code.is_some_and(|code| code < 2), "{}{}", run.out, run.err);
    let site = project.path("public").to_str().expect("UTF-8").to_owned();
    let owner = format!("log/owner/{person}.html");
    let pages = [
        "index.html",
        "log.html",
        "log/board.html",
        "log/timeline.html",
        "log/owners.html",
        "health.html",
        "adr/0001-x.html",
        &owner,
    ];
    drive("pages.mjs", std::iter::once(site).chain(pages.map(str::to_owned)));
}

#[test]
fn what_is_long_wide_or_deep_stays_readable() {
    let project = Project::of(&[]);
    // Enough records for a second page of the list, all of which depend on one.
    for number in 1..=260 {
        let depends = if (2..=40).contains(&number) { "depends-on = [\"ADR-0001\"]\n" } else { "" };
        let head = format!("title = \"Record {number}\"\nstatus = \"accepted\"\ncreated = 2026-01-02\n{depends}");
        let text = "## Context\n\nOne.\n\n## Decision\n\nTwo.\n";
        project.write(&format!("content/adr/{number:04}-x.md"), &format!("+++\n{head}+++\n\n{text}"));
    }
    let mut hard = String::from("# Hard to set\n\n## Lists\n\n");
    for depth in 0..14 {
        let _ = writeln!(hard, "{}- an item with some words in it", "  ".repeat(depth));
    }
    let row = |word: &str| format!("| {} |\n", [word; 9].join(" | "));
    let _ = write!(hard, "\n## Tables\n\n{}{}{}", row("a column"), row("---"), row("words in a cell"));
    hard.push_str("\n| | b |\n|---|---|\n| a | 1 |\n\n## كلمات\n\n- كلمة أولى\n\n> كلمة\n\n");
    hard.push_str("<table><thead><tr><td>Plain</td></tr></thead><tbody><tr><td>a</td></tr></tbody></table>\n\n");
    hard.push_str("| | |\n|---|---|\n| bare | 1 |\n\n");
    hard.push_str("```mermaid\nflowchart LR\n  A --> B\n```\n\n```mermaid\nflowchart LR\n  C --> D\n```\n");
    project.write("content/handbook/hard.md", &hard);
    let run = project.run(&["build", "--quiet"]);
    assert!(run.code.is_some_and(|code| code < 2), "{}{}", run.out, run.err);
    let site = project.path("public").to_str().expect("UTF-8").to_owned();
    let pages = ["log.html", "log.2.html", "log/graph.html", "health.html", "handbook/hard.html", "search.html"];
    drive("pages.mjs", std::iter::once(site.clone()).chain(pages.map(str::to_owned)));
    drive("layout.mjs", [site.as_str(), "handbook/hard.html", "adr/0002-x.html"]);
}
