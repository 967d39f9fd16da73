//! The tree: scalars keep the text that was written.

use crate::text::{Span, Spanned};

/// A value and where it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// Its place in the file, quotes and brackets included.
    pub span: Span,
    /// What it is.
    pub data: Data,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub enum Data {
    /// One thing: its form, and its text (strings unescaped, all else as written: `0012` stays `0012`).
    Scalar(Scalar, String),
    /// A list.
    List(Vec<Value>),
    /// A table.
    Table(Table),
}

/// In which form a scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// A quoted string.
    Text,
    /// YAML without quotes: it may be read as any of the others.
    Plain,
    /// A whole number.
    Integer,
    /// A number with a fraction or an exponent.
    Float,
    /// `true` or `false`.
    Boolean,
    /// A TOML date, time or both.
    Datetime,
    /// Nothing at all (`key:` in YAML).
    Null,
    /// As written, though the format does not allow it; that is reported already, so readers take it if they can and stay silent if not.
    Broken,
}

/// Keys and values in the order in which they were written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The entries.
    pub entries: Vec<Entry>,
}

/// One key of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key and its place.
    pub key: Spanned<String>,
    /// Its value.
    pub value: Value,
}

impl Table {
    /// The value of a key, exactly as spelt.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.entries.iter().find(|entry| entry.key.value == key).map(|entry| &entry.value)
    }
}

impl Value {
    /// The items of a list; anything else stands for a list of itself.
    pub fn items(&self) -> &[Value] {
        match &self.data {
            Data::List(items) => items,
            Data::Scalar(..) | Data::Table(_) => std::slice::from_ref(self),
        }
    }

    /// In words, for messages: `a list`, `a number`.
    pub fn describe(&self) -> &'static str {
        match &self.data {
            Data::Scalar(Scalar::Text | Scalar::Plain | Scalar::Broken, _) => "a string",
            Data::Scalar(Scalar::Integer | Scalar::Float, _) => "a number",
            Data::Scalar(Scalar::Boolean, _) => "true or false",
            Data::Scalar(Scalar::Datetime, _) => "a date",
            Data::Scalar(Scalar::Null, _) => "nothing",
            Data::List(_) => "a list",
            Data::Table(_) => "a table",
        }
    }
}
