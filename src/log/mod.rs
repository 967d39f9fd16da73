//! 3. How records relate: the decision log.

mod backlink;
mod decision_log;
mod heading;
mod index;
mod relation;
mod target;

pub use backlink::Backlink;
pub use decision_log::DecisionLog;
pub use heading::Called;
pub use relation::{Relation, Strength};
pub use target::Target;
