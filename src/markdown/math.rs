//! Formulas to MathML.

use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::event::StateChange;
use pulldown_latex::{Event, Parser, Storage, push_mathml};

/// Bytes; a longer formula is shown as written.
const LONGEST: usize = 4_096;

/// Groups and scripts; a formula with more is shown as written, since the parser may nest with each of them.
const MOST_PARTS: usize = 512;

/// Commands in a row: each may be the argument of the one before, and the parser recurses into it.
const LONGEST_CHAIN: usize = 16;

/// Commands that make new commands could grow without end, and the parser fails on what may follow `\char`.
const REFUSED: [&str; 9] =
    ["\\char", "\\def", "\\gdef", "\\edef", "\\xdef", "\\let", "\\futurelet", "\\newcommand", "\\renewcommand"];

/// The formula as a `<math>` element, or what is wrong with it, in one line.
pub(super) fn mathml(formula: &str, display: DisplayMode) -> Result<String, String> {
    refuse(formula)?;
    // The parser cuts some commands' arguments within a character and panics; a page must not fall with one formula.
    std::panic::catch_unwind(|| read(formula, display)).unwrap_or_else(|_| Err("the formula cannot be read".to_owned()))
}

fn read(formula: &str, display: DisplayMode) -> Result<String, String> {
    let storage = Storage::new();
    let mut events = Vec::new();
    for event in Parser::new(formula, &storage) {
        let event = event.map_err(|error| reason(&error.to_string()))?;
        // Colours would become styles within the page, which neither night mode nor a strict security policy can bear.
        if !matches!(event, Event::StateChange(StateChange::Color(_))) {
            events.push(event);
        }
    }
    let mut out = String::new();
    let config = RenderConfig { display_mode: display, ..RenderConfig::default() };
    push_mathml(&mut out, events.into_iter().map(Ok::<_, std::fmt::Error>), config)
        .map_err(|error| error.to_string())?;
    Ok(out)
}

fn refuse(formula: &str) -> Result<(), String> {
    if formula.len() > LONGEST {
        return Err(format!("the formula is longer than {LONGEST} bytes"));
    }
    if let Some(command) = REFUSED.into_iter().find(|command| formula.contains(command)) {
        return Err(format!("the command `{command}` is not supported in formulas"));
    }
    let opened = formula.bytes().filter(|byte| matches!(byte, b'{' | b'^' | b'_')).count();
    let named =
        formula.matches("\\left").count() + formula.matches("\\begin").count() + formula.matches("\\sqrt").count();
    if opened + named > MOST_PARTS {
        return Err("the formula has too many parts".to_owned());
    }
    if longest_chain(formula) > LONGEST_CHAIN {
        return Err(format!("the formula has more than {LONGEST_CHAIN} commands in a row"));
    }
    Ok(())
}

/// The longest row of commands of which each may be the argument of the one before.
fn longest_chain(formula: &str) -> usize {
    let (mut longest, mut chain) = (0, 0);
    let mut in_name = false;
    for byte in formula.bytes() {
        match byte {
            b'\\' => {
                chain += 1;
                longest = longest.max(chain);
                in_name = true;
            }
            byte if in_name && byte.is_ascii_alphabetic() => {}
            b'{' | b'[' | b'^' | b'_' | b' ' | b'\n' | b'\t' => in_name = false,
            _ => {
                in_name = false;
                chain = 0;
            }
        }
    }
    longest
}

/// The first line of the parser's message, without its drawing of the place.
fn reason(message: &str) -> String {
    let line = message.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("it does not parse");
    format!("the formula cannot be read: {}", line.trim_end_matches(['.', ':']))
}
