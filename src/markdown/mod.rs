//! Markdown, and nothing of records: one set of parser options for the outline and for the page.

mod diagram;
mod highlight;
mod html;
mod options;
mod outline;
mod slug;

pub use diagram::{Diagrams, Drawing, PLACEHOLDER, Problem};
pub use html::{Html, Link, Resolve, html};
pub use options::{Options, RawHtml};
pub use outline::{Fence, Image, LinkForm, MarkdownLink, Mention, Outline, Section, outline};
pub use slug::slug;
