//! Reads one walk of the history, from the newest commit to the oldest.

use super::life::{History, Life};
use crate::date::{Date, parse_date};
use crate::text::SourcePath;
use std::collections::{BTreeMap, BTreeSet};

/// How git is to write a commit: a mark, its name, its parents, the author's day and name, each ended by a NUL.
pub(super) const FORMAT: &str = "--format=%x01%x00%H%x00%P%x00%as%x00%aN";

/// What opens a commit; no status of a file does.
const MARK: &[u8] = b"\x01";

/// A commit as the walk meets it.
struct Commit {
    /// Whether the clone ends with it.
    is_cut: bool,
    day: Option<Date>,
    author: String,
}

/// One file's story so far, read backwards.
#[derive(Default)]
struct Story {
    since: Option<Date>,
    changed: Option<Date>,
    /// Whether a commit was seen that changed it, known or not.
    is_seen: bool,
    /// From the newest commit to the oldest.
    authors: Vec<String>,
}

/// The lives of files, from what `git log --name-status -M -z` writes in [`FORMAT`]; `is_cut` says of a commit without parents
/// whether that is only because the clone ends there.
pub(super) fn read(log: &[u8], is_cut: &dyn Fn(&str) -> bool) -> BTreeMap<SourcePath, Life> {
    let mut tokens = log.split(|byte| *byte == 0).map(|token| token.strip_prefix(b"\n").unwrap_or(token));
    let mut stories: Vec<(String, Story)> = Vec::new();
    // Which story a name belongs to at this point of the past, and the names that have a story today.
    let mut named: BTreeMap<String, usize> = BTreeMap::new();
    let mut today: BTreeSet<String> = BTreeSet::new();
    let mut commit: Option<Commit> = None;
    // What names meant before the present commit, which is for the older ones: with the story, where they have one.
    let mut before: Vec<(String, Option<usize>)> = Vec::new();
    let mut added: BTreeSet<String> = BTreeSet::new();
    while let Some(token) = tokens.next() {
        if token == MARK {
            for (name, story) in before.drain(..) {
                is_before((name, story), &added, &mut named, &mut today);
            }
            added.clear();
            let mut text =
                || tokens.next().map(|token| String::from_utf8_lossy(token).into_owned()).unwrap_or_default();
            let (name, parents, day, author) = (text(), text(), text(), text());
            let is_cut = parents.is_empty() && is_cut(&name);
            commit = Some(Commit { is_cut, day: parse_date(&day), author });
            continue;
        }
        let (Some(status), Some(commit)) = (token.first(), &commit) else { continue };
        let mut path = || tokens.next().map(|token| String::from_utf8_lossy(token).into_owned()).unwrap_or_default();
        let (old, new) = match status {
            b'R' | b'C' => {
                let old = path();
                (Some(old).filter(|_| *status == b'R'), path())
            }
            _ => (None, path()),
        };
        if *status == b'D' {
            // What stood here before is another text; a name that is new today had none.
            before.push((new, None));
            continue;
        }
        let story = match named.get(&new) {
            Some(story) => *story,
            // Seen for the first time, so that it stands today, unless a later commit took it away or gave it another name.
            None if !today.contains(&new) => {
                stories.push((new.clone(), Story::default()));
                named.insert(new.clone(), stories.len() - 1);
                today.insert(new.clone());
                stories.len() - 1
            }
            None => continue,
        };
        let Some((_, told)) = stories.get_mut(story) else { continue };
        told.tell(commit, *status);
        if *status == b'A' {
            added.insert(new.clone());
        }
        if let Some(old) = old {
            before.push((new, None));
            before.push((old, Some(story)));
        }
    }
    stories.into_iter().map(|(path, story)| (SourcePath::new(path), story.into_life())).collect()
}

/// Gives a name what it meant before a commit.
fn is_before(
    (name, story): (String, Option<usize>),
    added: &BTreeSet<String>,
    named: &mut BTreeMap<String, usize>,
    today: &mut BTreeSet<String>,
) {
    match story {
        // A name that still stands has its own story, unless that began with this commit.
        Some(story) if !today.contains(&name) || added.contains(&name) => drop(named.insert(name.clone(), story)),
        Some(_) => {}
        None => drop(named.remove(&name)),
    }
    today.insert(name);
}

impl Story {
    fn tell(&mut self, commit: &Commit, status: u8) {
        if commit.is_cut {
            // All files seem to come with the commit at which the clone ends.
            self.is_seen = true;
            self.since = None;
            return;
        }
        if !self.is_seen {
            self.changed = commit.day;
            self.is_seen = true;
        }
        if matches!(status, b'A' | b'C') {
            self.since = commit.day;
        }
        if !commit.author.is_empty() && !self.authors.contains(&commit.author) {
            self.authors.push(commit.author.clone());
        }
    }

    fn into_life(self) -> Life {
        let authors = self.authors.into_iter().rev().collect();
        Life { since: self.since, changed: self.changed, authors }
    }
}

impl History {
    /// A history from what git has written.
    pub(super) fn new(lives: BTreeMap<SourcePath, Life>, is_shallow: bool) -> History {
        History { lives, is_shallow, silence: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Commits, each as name, parents, day, author and its entries.
    fn log(commits: &[(&str, &str, &str, &str, &[&str])]) -> Vec<u8> {
        let mut text = String::new();
        for (name, parents, day, author, entries) in commits {
            text.push_str(&format!("\x01\0{name}\0{parents}\0{day}\0{author}\0\n"));
            entries.iter().for_each(|part| text.push_str(&format!("{part}\0")));
        }
        text.into_bytes()
    }

    fn lives(commits: &[(&str, &str, &str, &str, &[&str])]) -> Vec<String> {
        let shown = |(path, life): (SourcePath, Life)| {
            let day = |day: Option<Date>| day.map_or("?".to_owned(), |day| day.to_string());
            format!("{path}: {} {} {}", day(life.since), day(life.changed), life.authors.join("+"))
        };
        read(&log(commits), &|name| name == "cut").into_iter().map(shown).collect()
    }

    #[test]
    fn a_file_is_followed_through_its_names() {
        let found = lives(&[
            ("4", "3", "2024-04-01", "Cy", &["M", "b.md", "A", "n.md"]),
            ("3", "2", "2024-03-01", "Bo", &["R090", "a.md", "b.md"]),
            ("2", "1", "2024-02-01", "Al", &["M", "a.md"]),
            ("1", "", "2024-01-01", "Al", &["A", "a.md"]),
        ]);
        assert_eq!(found, ["b.md: 2024-01-01 2024-04-01 Al+Bo+Cy", "n.md: 2024-04-01 2024-04-01 Cy"]);
    }

    #[test]
    fn what_stood_under_a_name_before_is_another_text() {
        let found = lives(&[
            ("4", "3", "2024-04-01", "Cy", &["A", "a.md"]),
            ("3", "2", "2024-03-01", "Bo", &["D", "a.md", "D", "gone.md"]),
            ("2", "1", "2024-02-01", "Al", &["A", "a.md", "A", "gone.md"]),
        ]);
        assert_eq!(found, ["a.md: 2024-04-01 2024-04-01 Cy"]);
        let swapped = lives(&[
            ("3", "2", "2024-03-01", "Bo", &["R100", "a.md", "b.md", "A", "a.md"]),
            ("1", "", "2024-01-01", "Al", &["A", "a.md"]),
        ]);
        assert_eq!(swapped, ["a.md: 2024-03-01 2024-03-01 Bo", "b.md: 2024-01-01 2024-03-01 Al+Bo"]);
    }

    #[test]
    fn where_the_clone_ends_nothing_is_known() {
        let found = lives(&[
            ("3", "cut", "2024-03-01", "Bo", &["M", "a.md", "A", "c.md"]),
            ("cut", "", "2024-02-01", "Al", &["A", "a.md", "A", "b.md"]),
        ]);
        assert_eq!(found, ["a.md: ? 2024-03-01 Bo", "b.md: ? ? ", "c.md: 2024-03-01 2024-03-01 Bo"]);
    }

    #[test]
    fn nothing_that_is_written_breaks_the_reader() {
        assert!(read(b"", &|_| false).is_empty());
        assert!(read(b"\x01\0x", &|_| false).is_empty());
        assert!(read(b"M\0a.md\0R100\0", &|_| false).is_empty());
        let odd = read(b"\x01\0x\0\0no day\0\0\nA\0\x01\0M\0", &|_| false);
        assert_eq!(odd.keys().map(SourcePath::as_str).collect::<Vec<_>>(), ["", "\x01"]);
    }
}
