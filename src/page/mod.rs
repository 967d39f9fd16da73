//! 5. What a reader sees: pages planned from the log, each with its address, its template and its view.

mod plan;
mod route;
mod view;

pub use plan::{Page, Plan, plan};
pub use route::Route;
