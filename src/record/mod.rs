//! 2. What each file says.

mod agreement;
mod alias;
mod completion;
mod cost;
mod dates;
mod decision;
mod deprecation;
mod difference;
mod doubt;
mod fingerprint;
mod format;
mod front;
mod front_matter;
mod frozen;
mod head;
mod id;
mod identity;
mod outward;
mod parse;
mod reference;
mod section;
mod series;
mod standing;
mod succession;

pub use alias::alias_file;
pub use cost::{Cost, CostOption, LONGEST_HORIZON};
pub use decision::{Consulted, Daci, Debt, Dissent, Door, Metric, Passage, Review, Scope, SignOff, Sourcing};
pub use deprecation::{Brownout, Consumer, Deprecation};
pub use difference::{ChangedPassage, Difference, Piece};
pub use doubt::Doubt;
pub use fingerprint::Fingerprint;
pub use format::{DayNumbers, Field, Format, Holder, Key, names, shown};
pub use front::Front;
pub use front_matter::{FrontMatter, kept_key_like};
pub use id::{Numbered, RecordId};
pub use identity::{day_of, id_of_path, is_template};
pub use parse::Record;
pub use reference::{Reference, RelationKind};
pub use section::Headings;
pub use standing::Restated;
pub use succession::{REACH, Succession, tells_of_succession};

/// The JSON Schema of the front matter, for editors: every key, what it holds and what it means.
pub const FRONT_MATTER_SCHEMA: &str = include_str!("front-matter.schema.json");
