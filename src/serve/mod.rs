//! The line again, at every change, served from memory.

mod address;
mod answer;
mod changes;
mod desk;
mod editor;
mod events;
mod gate;
mod head;
mod live;
mod media;
mod pages;
mod preview;
mod ready;
mod server;
mod signal;
mod watch;

pub use editor::Editor;
pub use head::read_head;
pub use pages::Pages;
pub use preview::{News, Preview};
pub use server::{Port, Server};
pub use signal::Stop;
