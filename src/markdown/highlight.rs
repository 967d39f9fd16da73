//! Code coloured by classes.

use super::escape::push_text;
use super::palette::Palette;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::OnceLock;
use syntect::highlighting::Highlighter;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

/// Bytes; a larger block is shown plain.
const LARGEST_BLOCK: usize = 256 * 1024;

/// Bytes; a block with a longer line is shown plain.
const LONGEST_LINE: usize = 16 * 1024;

/// Times the size of the code; larger output is shown plain.
const LARGEST_OUTPUT: usize = 20;

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
pub(super) fn highlight(language: &str, code: &str, out: &mut String) -> Result<(), String> {
    if language.is_empty() {
        push_text(out, code);
        return Ok(());
    }
    let engine = engine();
    let Some(grammar) = grammar(&engine.grammars, language) else {
        push_text(out, code);
        return Ok(());
    };
    if code.len() > LARGEST_BLOCK {
        return Err(format!("the code block is larger than {} KiB", LARGEST_BLOCK / 1024));
    }
    if code.lines().any(|line| line.len() > LONGEST_LINE) {
        return Err(format!("the code block has a line longer than {} KiB", LONGEST_LINE / 1024));
    }
    let start = out.len();
    let coloured = CLASSES.with_borrow_mut(|classes| {
        Painter { grammars: &engine.grammars, classes, out: &mut *out, class: 0 }.paint(grammar, code)
    });
    if coloured.is_none() || out.len() - start > code.len() * LARGEST_OUTPUT {
        out.truncate(start);
        return Err(format!("the code block cannot be coloured as `{language}`"));
    }
    Ok(())
}

fn grammar<'s>(grammars: &'s SyntaxSet, language: &str) -> Option<&'s SyntaxReference> {
    let known = ALIASES.iter().find(|(alias, _)| *alias == language).map_or(language, |(_, name)| name);
    let plain = grammars.find_syntax_plain_text();
    grammars.find_syntax_by_token(known).filter(|grammar| grammar.name != plain.name)
}

thread_local! {
    /// The class of each stack of scopes that was met: matching the theme's selectors is dear, and stacks repeat from
    /// block to block. One memo a thread, so that no thread waits for another.
    static CLASSES: RefCell<Classes> = RefCell::new(Classes::default());
}

/// Stacks that are remembered; hostile code could make up new ones without end.
const MOST_STACKS: usize = 20_000;

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
    grammars: &'a SyntaxSet,
    classes: &'a mut Classes,
    out: &'a mut String,
    /// The class of the text that is being gathered; 0 is plain.
    class: u8,
}

impl Painter<'_> {
    /// Adds the code; `None` when the grammar gives up.
    fn paint(mut self, grammar: &SyntaxReference, code: &str) -> Option<()> {
        let mut parser = ParseState::new(grammar);
        let mut stack = ScopeStack::new();
        for line in code.split_inclusive('\n') {
            let changes = parser.parse_line(line, self.grammars).ok()?;
            let mut written = 0;
            for (at, change) in &changes {
                if *at > written {
                    self.push(line.get(written..*at)?, &stack);
                    written = *at;
                }
                stack.apply(change).ok()?;
            }
            self.push(line.get(written..)?, &stack);
        }
        self.change(0);
        Some(())
    }

    fn push(&mut self, text: &str, stack: &ScopeStack) {
        // Blanks have no colour of their own, and keeping the neighbour's saves a change.
        if !text.bytes().all(|byte| byte.is_ascii_whitespace()) {
            let class = self.classes.of(stack.as_slice());
            self.change(class);
        }
        push_text(self.out, text);
    }

    fn change(&mut self, class: u8) {
        if class == self.class {
            return;
        }
        if self.class != 0 {
            self.out.push_str("</span>");
        }
        if class != 0 {
            self.out.push_str(&format!("<span class=\"k{class}\">"));
        }
        self.class = class;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coloured(language: &str, code: &str) -> String {
        let mut out = String::new();
        highlight(language, code, &mut out).unwrap();
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
    fn huge_blocks_are_refused() {
        let mut out = String::from("before");
        assert!(highlight("rust", &"x\n".repeat(200_000), &mut out).unwrap_err().contains("256 KiB"));
        assert_eq!(out, "before");
    }
}
