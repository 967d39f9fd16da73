//! The block quotes of a text, read when a rule asks for them.

use super::events::{Events, Glimpse};
use crate::text::Span;
use pulldown_cmark::{Event, Tag};

/// The block quotes in `text[body..]` that are shown as quotations and not as alerts, wherever they stand: in items and in other
/// quotes too. Each starts at its own `>`; spans are offsets in the text.
pub fn quotations(text: &str, body: usize) -> Vec<Span> {
    let mut quotations = Vec::new();
    Events::new(text, body).each(|piece, _| {
        if let Glimpse::Other(Event::Start(Tag::BlockQuote(None)), range) = piece {
            quotations.push(Span::new(range.start, range.end));
        }
    });
    quotations
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_are_found_wherever_they_stand() {
        let text = "x\n\n> a\n> b\n\n- > c\n\n> > d\n\n<!--\n> e\n-->\n\n```\n> f\n```\n\n> [!NOTE]\n> g\n";
        let starts: Vec<&str> =
            quotations(text, 0).iter().map(|quote| quote.of(text).lines().next().unwrap_or("")).collect();
        assert_eq!(starts, ["> a", "> c", "> > d", "> d"]);
    }
}
