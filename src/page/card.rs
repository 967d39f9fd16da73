//! What a card on a reference says of the record that it leads to, as data for the script that shows it.

use super::link::Map;
use super::text::sentence;
use super::view::StatusView;
use std::collections::BTreeMap;

/// Bytes of one part of the data at most, as well as an even spread can keep to it.
const SHARD: usize = 50_000;

/// Cards by the address of the page, in parts: a page asks for the one part that it needs.
///
/// Part `n` holds the addresses whose FNV-1a hash, divided by the number of parts, leaves `n`. Each part is a script, since a
/// page that is read from a disk may load nothing else; it hands its cards to `precedentCards`.
pub(super) fn cards(map: Map<'_>) -> Vec<String> {
    let cards: Vec<(String, String)> =
        (0..map.log.records().len()).filter_map(|position| card(position, map)).collect();
    let bytes: usize = cards.iter().map(|(address, card)| address.len() + card.len() + 4).sum();
    let mut shards: Vec<BTreeMap<String, String>> = vec![BTreeMap::new(); bytes.div_ceil(SHARD)];
    let count = shards.len();
    for (address, card) in cards {
        if let Some(shard) = shards.get_mut(shard_of(&address, count)) {
            shard.insert(address, card);
        }
    }
    shards.iter().map(script).collect()
}

/// The address of a record, and what is said of it as JSON: id, kind, title, status, decision, a sentence, who supersedes it.
fn card(position: usize, map: Map<'_>) -> Option<(String, String)> {
    let record = map.log.record(position).filter(|record| !record.kind.is_chapter())?;
    let address = map.addresses.href(position)?;
    let status = StatusView::of(record);
    let (label, decision) = status.map_or((String::new(), ""), |status| (status.label, status.decision));
    let successor = map.log.successors(position).into_iter().next().and_then(|position| map.log.record(position));
    let successor = successor.map(|record| record.name()).unwrap_or_default();
    let id = record.id.as_ref().map(|id| id.value.to_string()).unwrap_or_default();
    let card = (id, &record.kind.label, &record.title, label, decision, sentence(record), successor);
    Some((address, serde_json::to_string(&card).ok()?))
}

/// FNV-1a; addresses are percent-encoded, so that a byte is a character.
fn shard_of(address: &str, count: usize) -> usize {
    let hash = address.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    usize::try_from(hash).unwrap_or(0) % count.max(1)
}

fn script(shard: &BTreeMap<String, String>) -> String {
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
        let shard = BTreeMap::from([("a.html".to_owned(), "[\"\u{2028}</script>\"]".to_owned())]);
        assert_eq!(script(&shard), "precedentCards({\"a.html\":[\"\\u2028</script>\"]});\n");
    }
}
