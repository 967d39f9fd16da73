//! Markdown, and nothing of records: one set of parser options for the outline and for the page.

mod autolink;
mod block;
mod code;
mod coloured;
mod destination;
mod diagram;
mod direction;
mod escape;
mod events;
mod fence;
mod footnote;
mod highlight;
mod html;
mod inline;
mod limits;
mod lines;
mod math;
mod options;
mod outline;
mod palette;
mod passage;
mod prose;
mod quote;
mod raw;
mod reference;
mod resolve;
mod run;
mod slug;
mod survey;
mod table;
mod tag;
mod tally;
mod writer;

pub use autolink::is_identifier;
pub use diagram::{Diagrams, Drawing, Problem};
pub use html::{Html, html};
pub use limits::Limits;
pub use options::{Options, RawHtml};
pub use outline::{Code, Excess, Fence, Image, LabelReference, LinkForm, MarkdownLink, Mention, Outline, Section};
pub use passage::passages;
pub use prose::is_in_braces;
pub use quote::quotations;
pub use reference::definitions;
pub use resolve::{Link, Resolve};
pub use slug::slug;
pub use survey::outline;
pub use table::{Table, items, tables};

#[cfg(test)]
mod tests;
