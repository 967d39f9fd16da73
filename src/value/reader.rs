//! Reads a table by the names and types that are expected, and reports all that does not fit.

use super::tree::{Table, Value};
use crate::date::{Date, Moment};
use crate::diagnostic::Diagnostic;
use crate::text::{SourcePath, Span, Spanned};
use std::cell::RefCell;

/// Where a reader's findings go: one list for a whole file.
pub type Findings = RefCell<Vec<Diagnostic>>;

/// A table being read. Ask for each key that may stand in it, then call [`Reader::finish`].
///
/// Wrong types and values become `invalid-value`, keys nobody asked for become `unknown-field` with the nearest known name.
/// A getter returns `None` both when the key is absent and when its value is wrong (and then reported).
pub struct Reader<'a> {
    path: &'a SourcePath,
    table: &'a Table,
    /// How messages name the table: `front matter`, `[daci]`.
    name: String,
    found: &'a Findings,
    known: RefCell<Vec<&'static str>>,
}

impl<'a> Reader<'a> {
    /// Starts on a table; `name` is how messages speak of it.
    pub fn new(path: &'a SourcePath, table: &'a Table, name: impl Into<String>, found: &'a Findings) -> Reader<'a> {
        Reader { path, table, name: name.into(), found, known: RefCell::default() }
    }

    /// The raw value; marks the key as known.
    pub fn value(&self, _key: &'static str) -> Option<&'a Value> {
        todo!()
    }

    /// A string; numbers and dates written without quotes are taken as written.
    pub fn text(&self, _key: &'static str) -> Option<Spanned<String>> {
        todo!()
    }

    /// A whole number.
    pub fn integer(&self, _key: &'static str) -> Option<Spanned<i64>> {
        todo!()
    }

    /// A number, finite.
    pub fn number(&self, _key: &'static str) -> Option<Spanned<f64>> {
        todo!()
    }

    /// `true` or `false`.
    pub fn boolean(&self, _key: &'static str) -> Option<Spanned<bool>> {
        todo!()
    }

    /// A day that exists; a time after it is left aside.
    pub fn date(&self, _key: &'static str) -> Option<Spanned<Date>> {
        todo!()
    }

    /// A day, or a time with an offset.
    pub fn moment(&self, _key: &'static str) -> Option<Spanned<Moment>> {
        todo!()
    }

    /// A list of strings; a single string stands for a list of one.
    pub fn texts(&self, _key: &'static str) -> Vec<Spanned<String>> {
        todo!()
    }

    /// One of a fixed set of words; anything else is reported with the nearest one.
    pub fn choice<T: Copy>(&self, _key: &'static str, _choices: &[(&'static str, T)]) -> Option<Spanned<T>> {
        todo!()
    }

    /// A sub-table, with its span.
    pub fn table(&self, _key: &'static str) -> Option<Spanned<Reader<'a>>> {
        todo!()
    }

    /// A list of tables (`[[metric]]`); a single table stands for a list of one.
    pub fn tables(&self, _key: &'static str) -> Vec<Spanned<Reader<'a>>> {
        todo!()
    }

    /// A table whose keys are free (`[people.<handle>]`, `[kinds.<name>]`): each key with a reader on its table.
    pub fn entries(&self, _key: &'static str) -> Vec<(Spanned<String>, Reader<'a>)> {
        todo!()
    }

    /// A list of tables, each read by `read`, which finishes it.
    pub fn rows<T>(&self, key: &'static str, read: impl Fn(Reader<'a>) -> T) -> Vec<Spanned<T>> {
        self.tables(key).into_iter().map(|table| table.map(&read)).collect()
    }

    /// The entries that nobody has asked for so far; they count as known from here on.
    pub fn rest(&self) -> Vec<(&'a Spanned<String>, &'a Value)> {
        todo!()
    }

    /// Any value under the key, unread and unreported (`[extra]`).
    pub fn free(&self, _key: &'static str) -> Option<&'a Table> {
        todo!()
    }

    /// Reports a value under this reader as `invalid-value`, with help.
    pub fn reject(&self, _span: Span, _message: impl Into<String>, _help: impl Into<String>) {
        todo!()
    }

    /// Reports the keys that nobody asked for, as `unknown-field`.
    pub fn finish(self) {
        todo!()
    }
}
