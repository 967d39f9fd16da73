//! Names the files of the index, so that none is taken for an older one.

use super::code::handing;
use super::index::Shard;
use crate::text::Digest;
use rayon::prelude::*;

/// Files of texts that share a mark. The fewer share one, the longer is the list that each reader fetches first; the more, the more
/// files change their names with one.
pub(super) const ROW: usize = 16;

/// How many characters of a digest make a mark. They only have to tell a file from the older ones of its number, which a reader
/// may hold.
const MARK: usize = 5;

/// Files of one kind on their way out, a row at a time.
pub(super) struct Rows {
    /// What the name of each opens with, before its number.
    kind: char,
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
    pub(super) fn of(kind: char, row: usize) -> Rows {
        Rows { kind, row, waiting: Vec::new(), left: 0, marks: String::new() }
    }

    /// Takes what the next files hold, as JSON; returns all files of the rows that are full.
    pub(super) fn add(&mut self, next: impl IndexedParallelIterator<Item = String>) -> Vec<Shard> {
        let (kind, first) = (self.kind, self.left + self.waiting.len());
        let next = next.enumerate().map(|(at, json)| handing(&format!("{kind}{}", first + at), &json));
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
        files.map(|(at, (script, mark))| Shard::of(&format!("{}{}", self.kind, first + at), mark, script)).collect()
    }
}

/// The mark of some bytes.
pub(super) fn mark(scripts: &str) -> String {
    Digest::of(scripts.as_bytes()).to_string().chars().take(MARK).collect()
}
