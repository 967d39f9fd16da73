//! 6. What is published.

mod artifact;
mod calendar;
mod data;
mod entry;
mod event;
mod face;
mod feed;
mod ground;
mod head;
mod ics;
mod left_out;
mod llms;
mod pre_read;
mod press;
mod prospect;
mod render;
mod sitemap;
mod standing;
mod write;
mod xml;

pub use artifact::Artifact;
pub use data::{LOG_SCHEMA, records_json};
pub use ground::Ground;
pub use left_out::left_out;
pub use pre_read::{circulated_text, picture, pre_read_file};
pub use press::{Gathered, Open, Press, Site};
pub use prospect::{Matter, Prospect};
pub use render::{foreseen, render_site};
pub use write::{Publisher, Written};
