//! Dates and times; today is an argument, never read inside.

mod calendar;
mod moment;

pub use calendar::Calendar;
pub use jiff::Timestamp;
pub use jiff::civil::{Date, Time, Weekday};
pub use jiff::tz::Offset;
pub use moment::{Moment, parse_date};
