//! The starter of a new log, which checks clean and publishes at once.

use super::console::Console;
use super::outcome::Outcome;
use crate::config::{CONFIG_FILE, Config, Root, discover};
use crate::date::Date;
use crate::error::{Error, Result};
use crate::source::{Disk, Expected, Files};
use crate::text::SourcePath;
use include_dir::{Dir, include_dir};
use jiff::ToSpan;
use std::path::Path;

static STARTER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/starter");

/// Files that have another name in a project, where a dot would hide them from us or give them a meaning here.
const NAMES: &[(&str, &str)] = &[
    ("editorconfig", ".editorconfig"),
    ("gitignore", ".gitignore"),
    ("hooks/pre-commit", ".githooks/pre-commit"),
    ("pipelines/github.yml", ".github/workflows/decisions.yml"),
    ("pipelines/gitlab.yml", ".gitlab-ci.yml"),
];

/// Writes what is not there yet, and says what to do next.
///
/// # Errors
/// When the folder lies in a project, or a file cannot be written.
pub(super) fn write(folder: &Path, today: Date, console: Console) -> Result<Outcome> {
    let disk = Disk::make(folder)?;
    if let Some(above) = disk.root.parent().and_then(Disk::find_root) {
        let message = format!(
            "{} lies in the project {}; write records there, or name another folder",
            disk.root.display(),
            above.display()
        );
        return Err(Error::Refused { message });
    }
    let builtin = Config::builtin();
    let found = discover(&disk, builtin.roots.top(), &builtin.kinds);
    let is_elsewhere = |root: &Root| !root.path.is_empty() && root.path != builtin.roots.top();
    if disk.read(&SourcePath::new(CONFIG_FILE)).is_err() && found.roots.iter().any(is_elsewhere) {
        let message = format!(
            "there are records in {}: take them up with `precedent init --adopt`, or begin a new log in another folder",
            found.roots.in_words()
        );
        return Err(Error::Refused { message });
    }
    let (mut written, mut kept) = (Vec::new(), Vec::new());
    for (path, text) in files(today) {
        let path = SourcePath::new(path);
        if disk.read(&path).is_ok() {
            kept.push(path);
            continue;
        }
        disk.put(&path, Expected::Nothing, text.as_bytes())?;
        if text.starts_with("#!") {
            disk.let_run(&path)?;
        }
        written.push(path);
    }
    for path in &written {
        console.data(&format!("{path}\n"))?;
    }
    for path in kept.iter().filter(|_| !written.is_empty()) {
        console.warn(&format!("{path} is there already and was left as it is"));
    }
    console.note(&advice(folder, written.len()));
    Ok(Outcome::Clean)
}

/// Every file of the starter with its text, in the order of their names here.
fn files(today: Date) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut folders = vec![&STARTER];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            let own = file.path().to_string_lossy().replace('\\', "/");
            let name = NAMES.iter().find(|(ours, _)| *ours == own).map_or(own.as_str(), |(_, theirs)| theirs);
            files.push((name.to_owned(), dated(file.contents_utf8().unwrap_or(""), today)));
        }
    }
    files.sort();
    files
}

/// The text with `{today-9}` as a date.
fn dated(text: &str, today: Date) -> String {
    let mut parts = text.split("{today-");
    let mut dated = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let (days, rest) = part.split_once('}').unwrap_or(("0", part));
        let day = today.saturating_sub(days.parse::<i64>().unwrap_or(0).days());
        dated.push_str(&day.to_string());
        dated.push_str(rest);
    }
    dated
}

fn advice(folder: &Path, written: usize) -> String {
    if written == 0 {
        return "Nothing was written: all of it is there.".to_owned();
    }
    let step = if folder == Path::new(".") { String::new() } else { format!("  cd {}\n", folder.display()) };
    format!(
        "\nWhat to do next:\n{step}  precedent serve --open                 # read it in a browser as you write\n  \
         precedent new rfc \"A first proposal\"   # a draft that says what is needed\n  \
         precedent check                        # what a record lacks\n  \
         git config core.hooksPath .githooks    # check before each commit\n\
         Before a pipeline can run, say in its file where the program comes from."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_day() {
        let today = Date::constant(2026, 3, 2);
        assert_eq!(dated("a = {today-1}, b = {today-31}.", today), "a = 2026-03-01, b = 2026-01-30.");
        let files = files(today);
        assert!(files.iter().any(|(path, _)| path == ".github/workflows/decisions.yml"));
        for (path, text) in files {
            assert!(!text.is_empty() && !text.contains("{today"), "{path}");
        }
    }
}
