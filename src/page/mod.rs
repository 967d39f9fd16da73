//! 5. What a reader sees: pages planned from the log, each with its address, its template and its view.

mod address;
mod browse;
mod card;
mod chapter;
mod chart;
mod cost;
mod ending;
mod finding;
mod handbook;
mod health;
mod home;
mod link;
mod listing;
mod look;
mod not_found;
mod person;
mod plan;
mod record;
mod redirect;
mod register;
mod relation;
mod route;
mod rule;
mod search;
mod slugs;
mod text;
mod view;

pub(crate) use finding::level_name;
pub(crate) use look::LOOK_STYLE;
pub use plan::{Plan, plan};
pub use route::Route;
pub(crate) use route::encode_fragment;
pub use view::Page;
pub(crate) use view::{decision_name, delivery_name, door_name};
