//! `RFC-0012`, `RFC-0007-A1`.

use std::fmt;

/// The id of a record in its normal form: prefix in capitals, number padded to its kind's width, addendum if any.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId {
    /// `RFC`.
    pub prefix: String,
    /// 12.
    pub number: u32,
    /// 1 for `-A1`.
    pub addendum: Option<u32>,
    /// Digits the number is padded to.
    pub width: u8,
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:0width$}", self.prefix, self.number, width = usize::from(self.width))?;
        self.addendum.map_or(Ok(()), |addendum| write!(f, "-A{addendum}"))
    }
}
