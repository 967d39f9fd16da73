//! What writes records: a first draft, and the few values that a process adds to one, each planned as data and written by whoever asked.

mod change;
mod head;
mod literal;

pub use change::Change;
pub use head::revised;
pub use literal::Literal;
