//! Code coloured by classes.

use super::escape::push_text;
use super::palette::Palette;
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
    let coloured = Painter::new(engine, out).paint(grammar, code);
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

/// Colours one block.
struct Painter<'a> {
    engine: &'static Engine,
    highlighter: Highlighter<'static>,
    /// The class of each stack of scopes that was met: matching the theme's selectors is dear, and stacks repeat.
    classes: HashMap<Vec<Scope>, u8>,
    out: &'a mut String,
    /// The class of the text that is being gathered; 0 is plain.
    class: u8,
}

impl<'a> Painter<'a> {
    fn new(engine: &'static Engine, out: &'a mut String) -> Painter<'a> {
        let highlighter = Highlighter::new(&engine.palette.theme);
        Painter { engine, highlighter, classes: HashMap::new(), out, class: 0 }
    }

    /// Adds the code; `None` when the grammar gives up.
    fn paint(mut self, grammar: &SyntaxReference, code: &str) -> Option<()> {
        let mut parser = ParseState::new(grammar);
        let mut stack = ScopeStack::new();
        for line in code.split_inclusive('\n') {
            let changes = parser.parse_line(line, &self.engine.grammars).ok()?;
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
        if text.is_empty() {
            return;
        }
        // Blanks have no colour of their own, and taking the neighbour's saves a change.
        if !text.bytes().all(|byte| byte.is_ascii_whitespace()) {
            let class = self.class_of(stack.as_slice());
            self.change(class);
        }
        push_text(self.out, text);
    }

    fn class_of(&mut self, stack: &[Scope]) -> u8 {
        if let Some(class) = self.classes.get(stack) {
            return *class;
        }
        let class = self.highlighter.style_for_stack(stack).foreground.r;
        self.classes.insert(stack.to_vec(), class);
        class
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
