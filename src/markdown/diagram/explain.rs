//! Faults of a source in words for its author, at the place where to mend them.

use super::draw::Failure;
use super::kind::keywords;
use super::place::{Closer, first, first_line, line_at, line_before, line_number, line_with, unclosed};
use super::problem::Problem;
use crate::text::{Span, nearest};
use merman::RenderError;
use merman::analysis::{AnalysisDiagnostic, Analyzer, DiagnosticSeverity};
use std::sync::LazyLock;

/// The longest message, in characters; parsers may quote whole lines of the source.
const LONGEST: usize = 160;

/// What is wrong with a source, by analysis alone.
pub(super) fn analyse(source: &str) -> Vec<Problem> {
    // Making one costs more than using it.
    static ANALYZER: LazyLock<Analyzer> = LazyLock::new(Analyzer::new);
    let found = ANALYZER.analyze(source).diagnostics;
    let errors = found.iter().filter(|diagnostic| diagnostic.severity == DiagnosticSeverity::Error);
    let mut problems: Vec<Problem> = errors.map(|diagnostic| problem(source, diagnostic)).collect();
    problems.extend(directive(source));
    problems
}

/// What is wrong with a source that could not be drawn.
pub(super) fn explain(source: &str, failure: Failure) -> Problem {
    let here = first_line(source);
    let say = |message: &str, help: Option<&str>| Problem {
        message: shortened(message),
        span: here,
        help: help.map(str::to_owned),
    };
    match failure {
        Failure::Slow(time) => beyond(
            source,
            &format!("the diagram takes longer than {} ms to draw", time.as_millis()),
            "diagram-milliseconds",
        ),
        Failure::Unsafe => say("a label holds markup that cannot be shown", Some("remove tags and `<` from labels")),
        Failure::Refused(error) => match (analyse(source).into_iter().next(), &error) {
            (Some(problem), _) => problem,
            (None, RenderError::ResourceLimitExceeded(limit)) => {
                let what = limit.id.trim_start_matches("max_").replace('_', " ");
                say(
                    &format!("the diagram is too large: more than {} {what}", limit.maximum),
                    Some("split the diagram, and link the parts"),
                )
            }
            (None, RenderError::Svg(merman::svg::RenderError::MissingCapability { diagram_type, .. })) => say(
                &format!("this program does not draw everything a {diagram_type} diagram may hold"),
                Some(
                    "formulas, and the layouts of architecture diagrams, need other tools; its source is shown instead",
                ),
            ),
            (None, other) => say(&other.to_string(), None),
        },
    }
}

/// That a source is beyond a limit, which a setting says.
pub(super) fn beyond(source: &str, message: &str, setting: &str) -> Problem {
    Problem {
        message: message.to_owned(),
        span: first_line(source),
        help: Some(format!(
            "split the diagram, and link the parts, or raise `{setting}` under `[limits]` in `precedent.toml`; its source is shown \
             instead"
        )),
    }
}

/// A directive that is not closed, or not in balance: Mermaid ignores it without a word.
pub(super) fn directive(source: &str) -> Option<Problem> {
    let start = source.find("%%{")?;
    let rest = source.get(start..)?;
    let body = rest.find("}%%").and_then(|end| rest.get(..=end));
    let count = |brace: char| body.unwrap_or("").matches(brace).count();
    if body.is_some() && count('{') == count('}') {
        return None;
    }
    Some(Problem {
        message: "the directive is not closed, so it has no effect".to_owned(),
        span: line_at(source, start),
        help: Some("close every brace, and end it with `}%%`".to_owned()),
    })
}

/// One finding of the parser, at its true place and in plain words.
fn problem(source: &str, diagnostic: &AnalysisDiagnostic) -> Problem {
    let told = diagnostic.span.as_ref().map_or(Span::new(0, source.len()), |s| Span::new(s.byte_start, s.byte_end));
    let message = diagnostic.message.as_str();
    let block = block(source, message);
    let span = block.map_or_else(|| place(source, message, told), |(span, _)| span);
    let (message, help) = match block {
        Some((_, word)) => open_block(word, message),
        None => words(source, message, span),
    };
    Problem { message: shortened(&message), span, help }
}

/// The block that the end of the input left open.
fn block<'a>(source: &'a str, message: &str) -> Option<(Span, &'a str)> {
    if message.contains("EOF inside") || message.contains("end of input; expected \"}\"") {
        return unclosed(source, Closer::Brace);
    }
    let ended = message.contains("end of input") && message.contains("\"end\"");
    ended.then(|| unclosed(source, Closer::End)).flatten()
}

fn open_block(word: &str, message: &str) -> (String, Option<String>) {
    let closer = if message.contains("\"end\"") { "end" } else { "}" };
    (format!("`{word}` is never closed"), Some(format!("close it with a line `{closer}`")))
}

/// Where the fault is: parsers point behind the line at fault, or at the whole diagram.
fn place(source: &str, message: &str, told: Span) -> Span {
    let (start, end) = (told.start as usize, told.end as usize);
    if let Some(span) = named(source, message) {
        return span;
    }
    if told.of(source).trim().is_empty() {
        let at_start = source.get(..start).is_none_or(|before| before.is_empty() || before.ends_with('\n'));
        let on_line = line_at(source, start);
        let behind = at_start || on_line.is_empty() || start >= source.trim_end().len();
        return if behind { line_before(source, start) } else { on_line };
    }
    if source.get(start..end).is_some_and(|text| text.trim().contains('\n')) {
        return first_line(source);
    }
    told
}

/// The place of what the message names.
fn named(source: &str, message: &str) -> Option<Span> {
    if let Some(date) = message.strip_prefix("Invalid date:") {
        return first(source, date.trim());
    }
    if message.contains("inactive participant") {
        let name = inside(message, '(', ')')?;
        return line_with(source, &format!("deactivate {name}")).or_else(|| line_with(source, &format!("-{name}")));
    }
    if message.contains("front-matter") {
        let line = message.split(" line ").nth(1)?.split_whitespace().next()?.parse::<usize>().ok()?;
        return line_number(source, line + 1);
    }
    None
}

/// What closes the label that a text opens: `))` for `((`.
fn closing(text: &str) -> String {
    let mirrored = |opening| match opening {
        '(' => Some(')'),
        '[' => Some(']'),
        '{' => Some('}'),
        _ => None,
    };
    let marks: Vec<char> = text.chars().map_while(mirrored).collect();
    if marks.is_empty() { "]".to_owned() } else { marks.into_iter().rev().collect() }
}

/// The fault in plain words, with advice where there is some.
fn words(source: &str, message: &str, span: Span) -> (String, Option<String>) {
    let text = span.of(source).trim();
    let advise = |message: &str, help: &str| (message.to_owned(), Some(help.to_owned()));
    match message {
        _ if message.contains("no Mermaid diagram") => unknown(text),
        _ if message.contains("contains structural characters") => quotes(text),
        _ if message.starts_with("Unterminated node label") => {
            let (what, mark) = match text.matches('"').count() % 2 {
                1 => ("quote", "\"".to_owned()),
                _ => ("label", closing(text)),
            };
            (format!("the {what} is never closed"), Some(format!("`{mark}` is missing")))
        }
        "unexpected end" => advise("`end` closes nothing here", "remove it, or look for a block that is closed twice"),
        _ if message.starts_with("unexpected end;") && text == "end" => {
            advise("`end` is a keyword and cannot name a node", "write `End`, or give the node another id")
        }
        _ if message.starts_with("Unexpected character") => character(source, text, span),
        _ if message.starts_with("unexpected") && message.contains("; expected") => expected(message),
        _ if message.starts_with("Invalid date:") => (
            format!("`{text}` is not a date"),
            Some("dates are written as `dateFormat` says, like 2026-01-31".to_owned()),
        ),
        _ if message.contains("inactive participant") => {
            let name = inside(message, '(', ')').unwrap_or(text);
            (
                format!("`{name}` is deactivated but was not active"),
                Some(format!("activate it first: `activate {name}`")),
            )
        }
        _ if message.contains("checkout branch") => {
            let name = text.rsplit(' ').next().unwrap_or(text);
            (format!("there is no branch `{name}` yet"), Some(format!("create it first: `branch {name}`")))
        }
        _ if message.contains("only one root") => {
            (format!("`{text}` would be a second root"), Some("a mind map has one root: indent the line".to_owned()))
        }
        _ if message.contains("flowchart direction") => {
            (format!("`{text}` is not a direction"), Some("write TB, BT, LR or RL".to_owned()))
        }
        _ if message.contains("point coordinate") => {
            advise("the point lies outside the chart", "both numbers run from 0 to 1")
        }
        _ if message.contains("pie statement") => advise("this is not a slice", "write `\"Label\" : 12.5`"),
        _ if message.contains("front-matter") => {
            let detail = message.split(": ").nth(1).and_then(|detail| detail.split(" at char ").next()).unwrap_or("");
            (format!("the front matter is not YAML: {detail}"), None)
        }
        _ => (message.trim_end_matches('.').to_owned(), None),
    }
}

/// A source that opens with no keyword of Mermaid.
fn unknown(text: &str) -> (String, Option<String>) {
    let word = text.split_whitespace().next().unwrap_or("");
    if word.is_empty() {
        return ("the diagram is empty".to_owned(), Some("start with its kind, like `flowchart LR`".to_owned()));
    }
    let help = match nearest(word, keywords()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "start with the kind of diagram, like `flowchart LR`".to_owned(),
    };
    (format!("`{word}` is not a kind of diagram"), Some(help))
}

/// A label with characters that Mermaid reads as shapes; the advice is the author's own label in quotes.
fn quotes(line: &str) -> (String, Option<String>) {
    let label = line.split_once('[').and_then(|(before, rest)| {
        let node = before.split_whitespace().next_back()?;
        let (label, _) = rest.split_once(']')?;
        Some(format!("{node}[\"{label}\"]"))
    });
    let example = label.unwrap_or_else(|| "A[\"Deploy (canary)\"]".to_owned());
    ("parentheses and brackets in a label need quotes".to_owned(), Some(format!("write `{example}`")))
}

/// A character that fits nowhere; most often part of an arrow.
fn character(source: &str, text: &str, span: Span) -> (String, Option<String>) {
    let line = line_at(source, span.start as usize).of(source);
    let arrow = line.split_whitespace().find(|word| word.contains(['—', '–', '→']) || matches!(*word, "->" | "=>"));
    match arrow {
        Some(arrow) => (format!("`{arrow}` is not an arrow here"), Some("write `-->`".to_owned())),
        None => (format!("unexpected `{text}`"), None),
    }
}

/// What stood there and what could have: three choices at most, in words.
fn expected(message: &str) -> (String, Option<String>) {
    let (found, choices) = message.split_once("; expected ").unwrap_or((message, ""));
    let found = found.replace("statement separator", "end of the line").replace("end of input", "end of the diagram");
    let mut names: Vec<&str> = choices.split(", ").map(|name| name.trim_matches('"')).map(in_words).collect();
    names.retain(|name| !name.is_empty());
    names.truncate(3);
    (found, (!names.is_empty()).then(|| format!("expected {}", names.join(", "))))
}

/// A token's name as an author would say it; empty for what nobody would write there.
fn in_words(token: &str) -> &str {
    match token {
        "node identifier" => "a node",
        "edge label" => "a label between bars",
        "actor" => "a participant",
        "identifying" => "`--`",
        "non identifying" => "`..`",
        "newline" | "num" | "central" | "plus" | "minus" => "",
        other => other,
    }
}

fn inside(text: &str, open: char, close: char) -> Option<&str> {
    text.split_once(open)?.1.split_once(close).map(|(inside, _)| inside)
}

/// One line of at most [`LONGEST`] characters.
fn shortened(message: &str) -> String {
    let line = message.lines().next().unwrap_or("");
    match line.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", line.get(..at).unwrap_or(line).trim_end()),
        None => line.to_owned(),
    }
}
