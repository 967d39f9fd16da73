//! `precedent.toml`: the site, and the policy its records are held to.

mod adopt;
mod colour;
mod discover;
mod doubt;
mod kind;
mod limit;
mod look;
mod overlay;
mod parse;
mod parse_kind;
mod parse_policy;
mod parse_root;
mod policy;
mod root;
mod site;

pub use adopt::{Leniency, adopted};
pub use colour::Colour;
pub use discover::{Discovery, discover, find_project, is_log};
pub use kind::{
    Condition, Decision, Delivery, FieldRule, Kind, Lifecycle, NEVER, SectionRule, SignOffRule, Status, Zone,
};
pub use kind::{is_same_role, kind_advice, section_key, section_letters};
pub use limit::{LimitSettings, VisitLimits};
pub use look::{Look, Shades};
pub use parse::{CONFIG_FILE, Config, Overrides};
pub use policy::{Clock, DayOrder, Figure, Figures, Level, Person, Policy, RuleSetting, Since, States, Tracker};
pub use root::{Root, Roots};
pub use site::{DiagramSettings, GitSettings, MarkdownSettings, SiteSettings, is_base_url};

/// The JSON Schema of `precedent.toml`, for editors: every setting, what it takes and what it means.
pub const SETTINGS_SCHEMA: &str = include_str!("settings.schema.json");
