//! 2. What each file says.

mod decision;
mod deprecation;
mod front_matter;
mod id;
mod parse;
mod record;

pub use decision::{Consulted, Cost, Daci, Debt, Dissent, Door, Metric, Review, Scope, SignOff, Sourcing};
pub use deprecation::{Brownout, Consumer, Deprecation};
pub use front_matter::FrontMatter;
pub use id::RecordId;
pub use record::{Record, Reference, RelationKind};
