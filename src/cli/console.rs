//! What is written to standard output and standard error.

use crate::error::{Error, Result};
use crate::report::{Screen, Style};
use crate::text::folded;
use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style as Ansi};
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

const ERROR: Ansi = AnsiColor::Red.on_default().bold();
const WARNING: Ansi = AnsiColor::Yellow.on_default().bold();

/// How much is said besides findings and data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Voice {
    /// Errors only.
    Quiet,
    /// What was done.
    Normal,
    /// Also what it was done with.
    Verbose,
}

/// The terminal, or whatever stands in its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Console {
    pub(super) voice: Voice,
}

impl Console {
    /// How findings are to be written: as the user asked, else by `NO_COLOR`, `CLICOLOR_FORCE` and whether it is a terminal.
    pub(super) fn style(self, root: &Path) -> Style<'_> {
        match AutoStream::choice(&io::stdout()) {
            ColorChoice::Never => Style::Plain,
            _ => root.to_str().filter(|_| has_hyperlinks()).map_or(Style::Coloured, Style::Linked),
        }
    }

    /// What findings are written on: how, and how wide.
    pub(super) fn screen(self, root: &Path) -> Screen<'_> {
        Screen { style: self.style(root), width: self.width() }
    }

    /// How many characters a line holds where people read it; `None` when standard output is no terminal.
    pub(super) fn width(self) -> Option<usize> {
        width(terminal_size::terminal_size_of(io::stdout()))
    }

    /// Writes findings or data to standard output.
    ///
    /// # Errors
    /// When it cannot be written to. That nobody reads any more (`… | head`) is no error.
    pub(super) fn data(self, text: &str) -> Result<()> {
        written(&mut anstream::stdout().lock(), text)
    }

    /// Writes what programs read to standard output, byte for byte; only a terminal is spared what could steer it.
    ///
    /// # Errors
    /// When it cannot be written to. That nobody reads any more (`… | head`) is no error.
    pub(super) fn exact(self, text: &str) -> Result<()> {
        let steers = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
        let mut out = io::stdout().lock();
        if out.is_terminal() && text.contains(steers) {
            let shown = |c: char| if steers(c) { c.escape_unicode().to_string() } else { c.to_string() };
            return written(&mut out, &text.chars().map(shown).collect::<String>());
        }
        written(&mut out, text)
    }

    /// Says what was done, unless asked to be quiet.
    pub(super) fn note(self, text: &str) {
        if self.voice >= Voice::Normal {
            say("", Ansi::new(), text);
        }
    }

    /// Says what it is done with, if asked for.
    pub(super) fn detail(self, text: &str) {
        if self.voice >= Voice::Verbose {
            say("", Ansi::new(), text);
        }
    }

    /// Says what the user should mind.
    pub(super) fn warn(self, text: &str) {
        if self.voice >= Voice::Normal {
            say("warning", WARNING, text);
        }
    }

    /// Says why it could not be done.
    pub(super) fn error(self, error: &Error) {
        let words = error.to_string();
        // The template engine says so itself.
        let words = words.trim_end();
        say("error", ERROR, words.strip_prefix("error: ").unwrap_or(words));
    }
}

/// Whether the terminal opens links: `FORCE_HYPERLINK` says so, or the terminal's name does, if findings go to one.
#[allow(clippy::disallowed_methods, reason = "the environment is read in cli")]
fn has_hyperlinks() -> bool {
    const TERMINALS: &[&str] = &["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio"];
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    if let Ok(forced) = std::env::var("FORCE_HYPERLINK") {
        return forced != "0";
    }
    let is_known = TERMINALS.contains(&variable("TERM_PROGRAM").as_str())
        || variable("VTE_VERSION").parse::<u32>().is_ok_and(|version| version >= 5_000)
        || ["KITTY_WINDOW_ID", "WT_SESSION", "KONSOLE_VERSION"].iter().any(|name| !variable(name).is_empty());
    is_known && io::stdout().is_terminal()
}

/// Says something on standard error, in lines that end at words where people read it.
///
/// There is nobody left to tell when it cannot be written to.
fn say(lead: &str, ansi: Ansi, text: &str) {
    let lead = if lead.is_empty() { String::new() } else { format!("{lead}: ") };
    let room = width(terminal_size::terminal_size_of(io::stderr()));
    // Lines that are set already stay as they are.
    let lines = match room.filter(|_| !text.contains('\n')) {
        Some(room) => folded(&lead, text, room),
        None => format!("{lead}{text}"),
    };
    let (name, rest) = lines.split_at(lead.trim_end_matches(": ").len());
    let _ = writeln!(anstream::stderr().lock(), "{ansi}{name}{ansi:#}{rest}");
}

fn width(size: Option<(terminal_size::Width, terminal_size::Height)>) -> Option<usize> {
    size.map(|(width, _)| usize::from(width.0)).filter(|width| *width > 0)
}

fn written(out: &mut dyn Write, text: &str) -> Result<()> {
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Error::Io { doing: "could not write to", path: PathBuf::from("standard output"), source: error })
        }
        _ => Ok(()),
    }
}
