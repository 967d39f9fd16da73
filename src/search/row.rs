//! The files of the index, with names by which none is taken for an older one.

use super::code::handing;
use crate::text::Digest;
use rayon::prelude::*;

/// The folder of the index below the site's root.
const FOLDER: &str = "search";

/// One file of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Where it stands below the site's root.
    pub address: String,
    /// A script that hands its content to the reader.
    pub script: String,
}

impl Shard {
    /// A file that is named by what it is and its mark.
    pub(super) fn of(name: &str, mark: &str, script: String) -> Shard {
        Shard { address: format!("{FOLDER}/{name}-{mark}.js"), script }
    }

    /// The file that is read first, whose name is always the same.
    pub(super) fn first(script: String) -> Shard {
        Shard { address: format!("{FOLDER}/index.js"), script }
    }
}

/// Files of texts that share a mark. The fewer share one, the longer is the list that each reader fetches first; the more, the more
/// files change their names with one.
pub(super) const SHARING: usize = 16;

/// How many characters of a digest make a mark. They only have to tell a file from the older ones of its number, which a reader
/// may hold.
const MARK: usize = 5;

/// Files of one kind on their way out, a row at a time.
pub(super) struct Rows {
    /// What the name of each opens with, before its number.
    letter: char,
    /// How many share a mark.
    row: usize,
    /// Those whose row is not full yet.
    waiting: Vec<String>,
    /// How many have left.
    left: usize,
    /// The mark of each row.
    pub(super) marks: String,
}

impl Rows {
    pub(super) fn of(letter: char, row: usize) -> Rows {
        Rows { letter, row, waiting: Vec::new(), left: 0, marks: String::new() }
    }

    /// Takes what the next files hold, as JSON; returns all files of the rows that are full.
    pub(super) fn add(&mut self, next: impl IndexedParallelIterator<Item = String>) -> Vec<Shard> {
        let (letter, first) = (self.letter, self.left + self.waiting.len());
        let next = next.enumerate().map(|(at, json)| handing(&format!("{letter}{}", first + at), &json));
        self.waiting.par_extend(next);
        let rest = self.waiting.split_off(self.waiting.len() / self.row * self.row);
        let full = std::mem::replace(&mut self.waiting, rest);
        self.named(full)
    }

    /// The files of the last row, when all have come.
    pub(super) fn rest(&mut self) -> Vec<Shard> {
        let rest = std::mem::take(&mut self.waiting);
        self.named(rest)
    }

    fn named(&mut self, files: Vec<String>) -> Vec<Shard> {
        let marks: Vec<String> = files.par_chunks(self.row).map(|row| mark(&row.concat())).collect();
        let first = self.left;
        self.left += files.len();
        self.marks.extend(marks.iter().map(String::as_str));
        let marks = marks.iter().flat_map(|mark| std::iter::repeat_n(mark, self.row));
        let files = files.into_iter().zip(marks).enumerate();
        files.map(|(at, (script, mark))| Shard::of(&format!("{}{}", self.letter, first + at), mark, script)).collect()
    }
}

/// The mark of some bytes.
pub(super) fn mark(scripts: &str) -> String {
    Digest::of(scripts.as_bytes()).to_string().chars().take(MARK).collect()
}
