//! The one place where the `git` program is run: nothing that a repository's own settings name is run by it.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;

/// Variables that would lead git elsewhere, or make it run or write something; hooks are started with some of them.
const UNSET: [&str; 21] = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_ASKPASS",
    "GIT_CEILING_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_CONFIG",
    "GIT_CONFIG_COUNT",
    "GIT_CONFIG_PARAMETERS",
    "GIT_DIFF_OPTS",
    "GIT_DIR",
    "GIT_EDITOR",
    "GIT_EXTERNAL_DIFF",
    "GIT_GLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
    "GIT_INDEX_FILE",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_TRACE",
    "GIT_WORK_TREE",
    "SSH_ASKPASS",
];

/// Variables that keep it quiet, local and the same everywhere.
const SET: [(&str, &str); 9] = [
    ("GIT_OPTIONAL_LOCKS", "0"),
    ("GIT_TERMINAL_PROMPT", "0"),
    ("GIT_NO_LAZY_FETCH", "1"),
    ("GIT_NO_REPLACE_OBJECTS", "1"),
    ("GIT_LITERAL_PATHSPECS", "1"),
    ("GIT_PROTOCOL_FROM_USER", "0"),
    ("GIT_ALLOW_PROTOCOL", "none"),
    ("GIT_PAGER", "cat"),
    ("LC_ALL", "C"),
];

/// Settings over those of the repository, which may come from anybody.
const SETTINGS: [(&str, &str); 9] = [
    ("core.fsmonitor", "false"),
    ("core.hooksPath", "/dev/null"),
    ("core.quotePath", "false"),
    ("core.untrackedCache", "false"),
    ("diff.external", ""),
    ("diff.ignoreSubmodules", "all"),
    ("diff.renameLimit", "1000"),
    ("log.showSignature", "false"),
    ("log.mailmap", "true"),
];

/// Git in one folder.
#[derive(Clone, Debug)]
pub(super) struct Git {
    folder: PathBuf,
    /// Programs that the repository names to convert files: each is taken away.
    filters: Vec<String>,
}

/// Why git gave no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Silence {
    /// There is no such program.
    NoProgram,
    /// It ended with an error; its own words, one line.
    Failed(String),
}

impl Git {
    /// Git in a folder; nothing is run yet.
    pub(super) fn new(folder: &Path) -> Git {
        Git { folder: folder.to_owned(), filters: Vec::new() }
    }

    /// The same with the repository's converters taken away, of which git would run those for files that it compares.
    ///
    /// # Errors
    /// When git does not run.
    pub(super) fn without_filters(self) -> Result<Git, Silence> {
        let listed = match self.ask(&["config", "--null", "--name-only", "--get-regexp", "^filter\\."]) {
            Ok(listed) => listed,
            // Git ends with an error where there is none.
            Err(Silence::Failed(_)) => Vec::new(),
            Err(silence) => return Err(silence),
        };
        let filters = listed.split(|byte| *byte == 0).filter_map(|name| std::str::from_utf8(name).ok());
        let filters: Vec<String> = filters.filter(|name| !name.is_empty()).map(str::to_owned).collect();
        // The name of such a setting could not be told from its value, and what it names would be run.
        if let Some(odd) = filters.iter().find(|name| name.contains('=')) {
            return Err(Silence::Failed(format!("the repository has a setting `{}`", odd.escape_debug())));
        }
        Ok(Git { filters, ..self })
    }

    /// What a command of git writes.
    ///
    /// # Errors
    /// When it does not run or fails.
    pub(super) fn ask(&self, arguments: &[&str]) -> Result<Vec<u8>, Silence> {
        answer(self.command(arguments).stdin(Stdio::null()).output())
    }

    /// What a command of git writes that reads from its input what it is asked for.
    ///
    /// # Errors
    /// When it does not run or fails.
    pub(super) fn ask_of(&self, arguments: &[&str], input: String) -> Result<Vec<u8>, Silence> {
        let mut command = self.command(arguments);
        let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let output = child.and_then(|mut child| {
            // It answers while it is still asked: both pipes have to move.
            let writer = child.stdin.take().map(|mut pipe| thread::spawn(move || pipe.write_all(input.as_bytes())));
            let output = child.wait_with_output();
            if let Some(writer) = writer {
                // A pipe that broke shows in what git answered.
                let _ = writer.join();
            }
            output
        });
        answer(output)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        for name in UNSET {
            command.env_remove(name);
        }
        command.envs(SET);
        let without = self.filters.iter().map(|name| match name.ends_with(".required") {
            true => (name.as_str(), "false"),
            false => (name.as_str(), ""),
        });
        for (name, value) in SETTINGS.into_iter().chain(without) {
            command.arg("-c").arg(format!("{name}={value}"));
        }
        command.arg("--no-pager").arg("-C").arg(&self.folder).args(arguments);
        command
    }

    /// The one line that a command of git writes.
    ///
    /// # Errors
    /// When it does not run or fails.
    pub(super) fn line(&self, arguments: &[&str]) -> Result<String, Silence> {
        let bytes = self.ask(arguments)?;
        let text = String::from_utf8_lossy(&bytes);
        Ok(text.strip_suffix('\n').unwrap_or(&text).to_owned())
    }
}

/// What git wrote, where it ended well.
fn answer(output: io::Result<Output>) -> Result<Vec<u8>, Silence> {
    let output = output.map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Silence::NoProgram,
        _ => Silence::Failed(error.to_string()),
    })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let words = String::from_utf8_lossy(&output.stderr);
    let line = words.lines().find(|line| !line.trim().is_empty()).unwrap_or("it ended without a word");
    Err(Silence::Failed(line.trim_start_matches("fatal: ").trim_start_matches("error: ").to_owned()))
}

impl Silence {
    /// In words, to complete "… because".
    pub(super) fn why(self) -> String {
        match self {
            Silence::NoProgram => "there is no program `git` here".to_owned(),
            Silence::Failed(words) => format!("git says: {words}"),
        }
    }
}
