//! What a card on a reference says of the record that it leads to, as data for the script that shows it.

use super::link::Map;
use super::text::sentence;
use super::view::StatusView;
use crate::log::DecisionLog;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

/// Bytes of one part of the data at most, as well as an even spread can keep to it.
const SHARD: usize = 50_000;

/// Cards by the address of the page, in parts: a page asks for the one part that it needs.
///
/// Part `n` holds the addresses whose FNV-1a hash, divided by the number of parts, leaves `n`. Each part is a script, since a
/// page that is read from a disk may load nothing else; it hands its cards to `precedentCards`.
#[derive(Debug, Default)]
pub(super) struct Cards {
    /// By record: the address of its page and its card.
    cards: Vec<Option<Arc<(String, String)>>>,
    parts: OnceLock<Vec<String>>,
}

/// All parts.
pub(super) fn cards(map: Map<'_>) -> Vec<String> {
    Cards::new(map).parts().to_vec()
}

impl Cards {
    /// Makes the card of every record.
    pub(super) fn new(map: Map<'_>) -> Cards {
        let positions: Vec<usize> = (0..map.log.records().len()).collect();
        let cards = positions.into_par_iter().map(|position| card(position, map).map(Arc::new)).collect();
        Cards { cards, parts: OnceLock::new() }
    }

    /// The cards after some records have changed: theirs, and those of the records that they supersede or did.
    pub(super) fn again(&self, before: &DecisionLog, map: Map<'_>, changed: &BTreeSet<usize>) -> Cards {
        let touching = |log: &DecisionLog| -> Vec<usize> {
            let all = changed.iter().flat_map(|position| log.touching(*position).map(|relation| relation.to));
            all.collect()
        };
        let mut cards = self.cards.clone();
        for position in touching(before).into_iter().chain(touching(map.log)).chain(changed.iter().copied()) {
            if let Some(place) = cards.get_mut(position) {
                *place = card(position, map).map(Arc::new);
            }
        }
        Cards { cards, parts: OnceLock::new() }
    }

    /// In how many parts they lie.
    pub(super) fn count(&self) -> usize {
        let all = self.cards.iter().flatten();
        all.map(|card| card.0.len() + card.1.len() + 4).sum::<usize>().div_ceil(SHARD)
    }

    /// The parts; each is a script.
    pub(super) fn parts(&self) -> &[String] {
        self.parts.get_or_init(|| {
            let count = self.count();
            let mut parts: Vec<BTreeMap<&str, &str>> = vec![BTreeMap::new(); count];
            for card in self.cards.iter().flatten() {
                if let Some(part) = parts.get_mut(shard_of(&card.0, count)) {
                    part.insert(&card.0, &card.1);
                }
            }
            parts.iter().map(script).collect()
        })
    }
}

/// The address of a record, and what is said of it as JSON: id, kind, title, status, the names of its decision and delivery in
/// style sheets, a sentence, who supersedes it.
fn card(position: usize, map: Map<'_>) -> Option<(String, String)> {
    let record = map.log.record(position).filter(|record| !record.kind.is_chapter())?;
    let address = map.addresses.href(position)?;
    let status = StatusView::of(record);
    let standing = |status: StatusView| (status.label, format!("{} {}", status.decision, status.delivery));
    let (label, standing) = status.map(standing).unwrap_or_default();
    let successor = map.log.successors(position).into_iter().next().and_then(|position| map.log.record(position));
    let successor = successor.map(|record| record.name()).unwrap_or_default();
    let id = record.id.as_ref().map(|id| id.value.to_string()).unwrap_or_default();
    let card = (id, &record.kind.label, &record.title, label, standing, sentence(record), successor);
    Some((address, serde_json::to_string(&card).ok()?))
}

/// FNV-1a; addresses are percent-encoded, so that a byte is a character.
fn shard_of(address: &str, count: usize) -> usize {
    let hash = address.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    usize::try_from(hash).unwrap_or(0) % count.max(1)
}

fn script(shard: &BTreeMap<&str, &str>) -> String {
    let entries: Vec<String> = shard.iter().map(|(address, card)| format!("\"{address}\":{card}")).collect();
    // JSON is a part of JavaScript, but for two characters that older readers take for the end of a line.
    let entries = entries.join(",\n").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    format!("precedentCards({{{entries}}});\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_and_the_site_agree_on_the_part() {
        // Known values of 32-bit FNV-1a.
        for (text, hash) in [("", 0x811c_9dc5_u32), ("a", 0xe40c_292c), ("foobar", 0xbf9c_f968)] {
            assert_eq!(shard_of(text, 1 << 32), usize::try_from(hash).unwrap());
        }
        assert_eq!(shard_of("x", 0), 0);
    }

    #[test]
    fn a_part_is_a_script_whatever_it_says() {
        let shard = BTreeMap::from([("a.html", "[\"\u{2028}</script>\"]")]);
        assert_eq!(script(&shard), "precedentCards({\"a.html\":[\"\\u2028</script>\"]});\n");
    }
}
