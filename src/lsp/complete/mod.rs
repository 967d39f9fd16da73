//! What may be written at the cursor.

mod body;
mod head;
mod item;

use self::item::MOST;
use super::document::Lines;
use super::project::Scene;
use crate::date::Date;
use ls_types::{CompletionList, Position};

/// What may be written at a position; nothing where only the author knows.
pub(super) fn complete(scene: Scene<'_>, position: Position, today: Date) -> CompletionList {
    let text = scene.record.text();
    let lines = Lines::new(text, scene.encoding);
    let offset = lines.offset(position);
    let is_in_head =
        offset < scene.record.body || !scene.record.head.is_empty() && offset < scene.record.head.range().end;
    let mut offers = match super::head::spot(text, offset) {
        Some(spot) => head::offers(scene, &spot, today),
        None if is_in_head => Vec::new(),
        None => body::offers(scene, offset),
    };
    let is_incomplete = offers.len() > MOST;
    offers.truncate(MOST);
    let items = offers.into_iter().enumerate().map(|(at, offer)| offer.item(at, &lines)).collect();
    CompletionList { is_incomplete, items }
}
