//! What is to change in a front matter.

use super::literal::Literal;

/// One change. Keys are those at the top of the front matter, or in one table of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A value is set: `status`, or `held` in the table `review`.
    Set {
        /// The table; `None` for a key at the top.
        table: Option<&'static str>,
        /// The key.
        key: &'static str,
        /// The value.
        to: Literal,
    },
    /// A value is set in a row of a list of tables.
    SetInRow {
        /// The list: `metric`.
        list: &'static str,
        /// The row, from 0.
        row: usize,
        /// The key.
        key: &'static str,
        /// The value.
        to: Literal,
    },
    /// A row is added to a list of tables, which is made when there is none.
    Append {
        /// The list: `sign-off`.
        list: &'static str,
        /// Keys and values, in order.
        row: Vec<(&'static str, Literal)>,
    },
}

impl Change {
    /// Where it is made, as messages name it: `[[sign-off]]`, `review.held`.
    pub(super) fn place(&self) -> String {
        match self {
            Change::Set { table: None, key, .. } => (*key).to_owned(),
            Change::Set { table: Some(table), key, .. } => format!("{table}.{key}"),
            Change::SetInRow { list, key, .. } => format!("`{key}` under [[{list}]]"),
            Change::Append { list, .. } => format!("[[{list}]]"),
        }
    }
}
