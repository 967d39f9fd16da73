//! Code coloured by classes.

use super::escape::push_text;
use super::limits::Limits;
use super::lines::{At, Lines, Part, Place};
use super::palette::Palette;
use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt::Write;
use std::sync::OnceLock;
use std::time::Instant;
use syntect::highlighting::Highlighter;
use syntect::parsing::{Scope, ScopeStack, SyntaxReference, SyntaxSet};

/// Bytes; a block with a longer line is coloured without memory, so that what is remembered stays small.
const LONGEST_REMEMBERED: usize = 1024;

/// Times the size of the code; larger output is shown plain.
const LARGEST_OUTPUT: usize = 20;

/// How many times as long an unoptimised build may take: its authors have the same pages as everybody else.
const SLOWNESS: u32 = if cfg!(debug_assertions) { 20 } else { 1 };

/// Names that authors use and the grammars do not know.
const ALIASES: [(&str, &str); 22] = [
    ("console", "bash"),
    ("csharp", "cs"),
    ("docker", "dockerfile"),
    ("golang", "go"),
    ("json5", "json"),
    ("jsonc", "json"),
    ("jsonl", "json"),
    ("jsx", "tsx"),
    ("ndjson", "json"),
    ("plpgsql", "sql"),
    ("postgres", "sql"),
    ("postgresql", "sql"),
    ("proto3", "proto"),
    ("protobuf", "proto"),
    ("py3", "python"),
    ("python3", "python"),
    ("shell", "bash"),
    ("shell-session", "bash"),
    ("shellsession", "bash"),
    ("systemd", "ini"),
    ("terminal", "bash"),
    ("zsh", "bash"),
];

/// Grammars and colours, loaded when the first block is coloured.
struct Engine {
    grammars: SyntaxSet,
    palette: Palette,
}

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine { grammars: two_face::syntax::extra_newlines(), palette: Palette::new() })
}

/// Adds `code` as HTML with a class for each colour; a language without grammar is added plain.
///
/// When the block is past a limit, nothing is added, and the answer says which one.
pub(super) fn highlight(language: &str, code: &str, limits: &Limits, out: &mut String) -> Result<(), String> {
    if language.is_empty() {
        push_text(out, code);
        return Ok(());
    }
    let engine = engine();
    let Some(grammar) = grammar(&engine.grammars, language) else {
        push_text(out, code);
        return Ok(());
    };
    if let Some(refusal) = refusal(code, limits) {
        return Err(refusal);
    }
    let start = out.len();
    let deadline = Instant::now() + limits.code_time * SLOWNESS;
    let (coloured, is_late) = MEMORY.with_borrow_mut(|memory| {
        let painter = Painter { memory, out: &mut *out, class: 0, deadline, is_late: false };
        painter.paint(grammar, code)
    });
    if is_late {
        out.truncate(start);
        return Err(format!("colouring the code block takes more than {} ms", limits.code_time.as_millis()));
    }
    if coloured.is_none() || out.len() - start > code.len() * LARGEST_OUTPUT {
        out.truncate(start);
        return Err(format!("the code block cannot be coloured as `{language}`"));
    }
    Ok(())
}

/// Which limit a block is past, whatever the language.
pub(super) fn refusal(code: &str, limits: &Limits) -> Option<String> {
    if code.len() > limits.code {
        return Some(format!("the code block is larger than {} KiB", limits.code / 1024));
    }
    let is_long = code.lines().any(|line| line.len() > limits.code_line);
    is_long.then(|| format!("the code block has a line longer than {} KiB", limits.code_line / 1024))
}

fn grammar<'s>(grammars: &'s SyntaxSet, language: &str) -> Option<&'s SyntaxReference> {
    let known = ALIASES.iter().find(|(alias, _)| *alias == language).map_or(language, |(_, name)| name);
    let plain = grammars.find_syntax_plain_text();
    grammars.find_syntax_by_token(known).filter(|grammar| grammar.name != plain.name)
}

thread_local! {
    /// What repeats from block to block. One memory a thread, so that no thread waits for another.
    static MEMORY: RefCell<Memory> = RefCell::new(Memory::default());
}

#[derive(Default)]
struct Memory {
    classes: Classes,
    lines: Lines,
}

/// Stacks that are remembered; hostile code could make up new ones without end.
const MOST_STACKS: usize = 20_000;

/// The class of each stack of scopes that was met: matching the theme's selectors is dear.
#[derive(Default)]
struct Classes {
    known: HashMap<Vec<Scope>, u8>,
}

impl Classes {
    fn of(&mut self, stack: &[Scope]) -> u8 {
        if let Some(class) = self.known.get(stack) {
            return *class;
        }
        if self.known.len() >= MOST_STACKS {
            self.known.clear();
        }
        let class = highlighter().style_for_stack(stack).foreground.r;
        self.known.insert(stack.to_vec(), class);
        class
    }
}

fn highlighter() -> &'static Highlighter<'static> {
    static HIGHLIGHTER: OnceLock<Highlighter<'static>> = OnceLock::new();
    HIGHLIGHTER.get_or_init(|| Highlighter::new(&engine().palette.theme))
}

/// Colours one block.
struct Painter<'a> {
    memory: &'a mut Memory,
    out: &'a mut String,
    /// The class of the text that is being gathered; 0 is plain.
    class: u8,
    deadline: Instant,
    is_late: bool,
}

impl Painter<'_> {
    /// Adds the code; `None` when the grammar gives up, or the time is up, which is said beside it.
    fn paint(mut self, grammar: &'static SyntaxReference, code: &str) -> (Option<()>, bool) {
        (self.lines(grammar, code), self.is_late)
    }

    fn lines(&mut self, grammar: &'static SyntaxReference, code: &str) -> Option<()> {
        let remembers = code.lines().all(|line| line.len() <= LONGEST_REMEMBERED);
        let mut at =
            if remembers { self.memory.lines.start(grammar) } else { At::Own(Box::new(Place::start(grammar))) };
        for line in code.split_inclusive('\n') {
            if Instant::now() > self.deadline {
                self.is_late = true;
                return None;
            }
            at = match at {
                At::Known(number) => self.known(number, line)?,
                At::Own(mut place) => {
                    let parts = self.memory.classes.parts(&mut place, line)?;
                    write(self.out, &mut self.class, line, &parts)?;
                    if remembers { self.memory.lines.settle(*place) } else { At::Own(place) }
                }
            };
        }
        change(self.out, &mut self.class, 0);
        Some(())
    }

    /// Adds a line at a place that is remembered.
    fn known(&mut self, number: usize, line: &str) -> Option<At> {
        let Memory { classes, lines } = &mut *self.memory;
        if let Some((parts, next)) = lines.recall(number, line) {
            write(self.out, &mut self.class, line, parts)?;
            return Some(At::Known(next));
        }
        let mut place = lines.place(number)?;
        let parts = classes.parts(&mut place, line)?;
        write(self.out, &mut self.class, line, &parts)?;
        Some(lines.learn(number, line, &parts, place))
    }
}

impl Classes {
    /// Parses a line, which moves the place to its end; `None` when the grammar gives up.
    fn parts(&mut self, place: &mut Place, line: &str) -> Option<Vec<Part>> {
        let changes = place.parser.parse_line(line, &engine().grammars).ok()?;
        let mut parts = Vec::with_capacity(changes.len() / 2 + 1);
        let mut read = 0;
        for (at, change) in &changes {
            if *at > read {
                parts.push(self.part(line.get(read..*at)?, *at, &place.stack));
                read = *at;
            }
            place.stack.apply(change).ok()?;
        }
        parts.push(self.part(line.get(read..)?, line.len(), &place.stack));
        Some(parts)
    }

    fn part(&mut self, text: &str, end: usize, stack: &ScopeStack) -> Part {
        // Blanks have no colour of their own, and keeping the neighbour's saves a change.
        let blank = text.bytes().all(|byte| byte.is_ascii_whitespace());
        Part { end, class: if blank { None } else { Some(self.of(stack.as_slice())) } }
    }
}

/// Adds the parts of a line; `None` when they are not of this line.
fn write(out: &mut String, class: &mut u8, line: &str, parts: &[Part]) -> Option<()> {
    let mut written = 0;
    for part in parts {
        if let Some(next) = part.class {
            change(out, class, next);
        }
        push_text(out, line.get(written..part.end)?);
        written = part.end;
    }
    Some(())
}

/// Ends the text of one class and starts that of another.
fn change(out: &mut String, class: &mut u8, next: u8) {
    if *class == next {
        return;
    }
    if *class != 0 {
        out.push_str("</span>");
    }
    if next != 0 {
        // Writing to a `String` cannot fail.
        let _ = write!(out, "<span class=\"k{next}\">");
    }
    *class = next;
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn coloured(language: &str, code: &str) -> String {
        let mut out = String::new();
        highlight(language, code, &Limits::default(), &mut out).unwrap();
        out
    }

    #[test]
    fn neighbours_of_one_colour_are_one_span() {
        assert_eq!(
            coloured("json", "{\"a\": [1, true]}\n"),
            "{<span class=\"k7\">\"a\"</span>: [<span class=\"k5\">1</span>, <span class=\"k5\">true</span>]}\n"
        );
    }

    #[test]
    fn every_alias_leads_to_a_grammar() {
        for (alias, name) in ALIASES {
            assert!(grammar(&engine().grammars, alias).is_some(), "{alias} leads to {name}");
        }
        assert!(ALIASES.is_sorted());
    }

    #[test]
    fn the_code_stays_the_same() {
        for language in ["rust", "ts", "yaml", "toml", "bash", "python", "nosuch", "text", "diff", "html", "markdown"] {
            let code = "a <b> & \"c\"\n\n\tlet é = 'x'; # y\n- 1: {}\r\n```\n</script>";
            let html = coloured(language, code);
            let tags =
                html.split('<').skip(1).all(|tag| tag.starts_with("span class=\"k") || tag.starts_with("/span>"));
            assert!(tags, "{html}");
            let text: String =
                html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
            assert_eq!(
                text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&"),
                code
            );
        }
    }

    #[test]
    fn a_line_means_what_the_lines_before_it_make_of_it() {
        let block = "let a = 1;\n/*\nlet a = 1;\n*/\nlet a = 1;\n";
        let fresh = std::thread::spawn(move || coloured("rust", block)).join().unwrap();
        let (code, comment) = fresh.split_once("/*").unwrap();
        assert!(code.contains("</span>") && comment.starts_with("\nlet a = 1;\n*/"), "{fresh}");
        assert_eq!(coloured("rust", block), fresh);
        assert_eq!(coloured("rust", block), fresh);
        assert_ne!(coloured("python", block), fresh);
    }

    #[test]
    fn memory_changes_nothing_when_it_is_full() {
        let lines = |number: usize| format!("fn f{number}() {{ r{0}\"x\n\"{0}; }}\n", "#".repeat(number % 7));
        let code: String = (0..4_000).map(lines).collect();
        let wide = format!("{code}{}\n", " ".repeat(LONGEST_REMEMBERED + 1));
        assert_eq!(coloured("rust", &wide).trim_end(), coloured("rust", &code).trim_end());
    }

    #[test]
    fn huge_blocks_are_refused() {
        let mut out = String::from("before");
        assert!(
            highlight("rust", &"x\n".repeat(200_000), &Limits::default(), &mut out).unwrap_err().contains("256 KiB")
        );
        assert_eq!(out, "before");
    }

    #[test]
    fn what_takes_too_long_is_refused() {
        let limits = Limits { code_time: Duration::ZERO, ..Limits::default() };
        let mut out = String::from("before");
        assert!(highlight("rust", "let a = 1;\n", &limits, &mut out).unwrap_err().contains("more than 0 ms"));
        assert_eq!(out, "before");
    }
}
