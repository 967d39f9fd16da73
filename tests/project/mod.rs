//! A project in a folder of its own, and the program run in it.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use tempfile::TempDir;

/// A project in a folder of its own.
pub(crate) struct Project(TempDir);

/// How a run ended.
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Project {
    pub(crate) fn of(files: &[(&str, &str)]) -> Project {
        let project = Project(tempfile::tempdir().expect("a folder"));
        files.iter().for_each(|(path, text)| project.write(path, text));
        project
    }

    pub(crate) fn write<T: AsRef<[u8]> + ?Sized>(&self, path: &str, bytes: &T) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, bytes).expect("written");
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    /// Runs the program on the first of June 2026.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.end(&mut self.command(arguments))
    }

    /// A run of the program that has not started.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_precedent"));
        command.args(arguments).args(["--as-of", "2026-06-01"]).current_dir(self.0.path());
        for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "SOURCE_DATE_EPOCH"] {
            command.env_remove(variable);
        }
        command
    }

    /// Runs it to its end.
    pub(crate) fn end(&self, command: &mut Command) -> Run {
        let output = command.output().expect("starts");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        let run = Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) };
        assert!(!run.err.contains("panicked"), "{}", run.err);
        run
    }
}
