//! Formulas to MathML.

use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::{Parser, Storage, push_mathml};

/// Bytes; a longer formula is shown as written.
const LONGEST: usize = 4_096;

/// Open groups; a deeper formula is shown as written, since the parser nests with it.
const DEEPEST: usize = 64;

/// Commands that make new commands: they could grow without end, and a formula has no use for them.
const MACROS: [&str; 8] =
    ["\\def", "\\gdef", "\\edef", "\\xdef", "\\let", "\\futurelet", "\\newcommand", "\\renewcommand"];

/// The formula as a `<math>` element, or what is wrong with it, in one line.
pub(super) fn mathml(formula: &str, display: DisplayMode) -> Result<String, String> {
    refuse(formula)?;
    let storage = Storage::new();
    let mut events = Vec::new();
    for event in Parser::new(formula, &storage) {
        events.push(event.map_err(|error| reason(&error.to_string()))?);
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
    if let Some(command) = MACROS.into_iter().find(|command| formula.contains(command)) {
        return Err(format!("the formula defines a command (`{command}`), which is not supported"));
    }
    let opened = formula.bytes().filter(|byte| matches!(byte, b'{' | b'^' | b'_')).count();
    let named =
        formula.matches("\\left").count() + formula.matches("\\begin").count() + formula.matches("\\sqrt").count();
    if opened + named > DEEPEST * 8 {
        return Err("the formula has too many parts".to_owned());
    }
    Ok(())
}

/// The first line of the parser's message, without its drawing of the place.
fn reason(message: &str) -> String {
    let line = message.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("it does not parse");
    format!("the formula cannot be read: {}", line.trim_end_matches(['.', ':']))
}
