//! The line again, at every change, served from memory.

mod address;
mod answer;
mod events;
mod gate;
mod head;
mod live;
mod media;
mod preview;
mod server;
mod shown;
mod signal;
mod watch;

pub use preview::{News, Preview};
pub use server::{Port, Server};
pub use shown::Shown;
pub use signal::Stop;
