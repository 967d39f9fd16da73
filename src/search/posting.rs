//! Which entries hold a word, and how much it weighs in each.

use super::code::push_number;
use super::count::{Counted, Counts};
use super::entry::Entry;
use super::word::key;
use rayon::prelude::*;
use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;

/// How quickly more of the same word stops to matter, and how much a long text is held against itself: `k1` and `b` of BM25.
const SATURATION: f32 = 1.2;
const LENGTH: f32 = 0.6;

/// How much a word weighs in what stands beside the records.
const ASIDE: f32 = 0.7;

/// The largest weight that is written.
const HEAVIEST: f32 = 63.0;

/// Words whose postings are written at a time, by all threads: those of all words at once would take as much memory as the index.
const BATCH: usize = 4_096;

/// What opens the words that stand for the name of a record rather than for a word in it.
const NAME: char = '#';

/// A word and where it stands.
pub(super) struct Word {
    pub(super) word: String,
    /// For each entry one number: the distance from the one before times 64, plus the weight.
    pub(super) postings: String,
}

/// Every word of all entries, in the order in which a browser compares them.
pub(super) fn words(entries: &[Entry], counted: Counted) -> impl Iterator<Item = Word> + use<> {
    let lengths = &counted.lengths;
    let mean = steady(lengths.iter().map(|length| f64::from(*length)).sum::<f64>() / lengths.len().max(1) as f64);
    let share: Vec<f32> = entries.iter().map(|entry| if entry.aside { ASIDE } else { 1.0 }).collect();
    let scale = lengths.iter().map(|length| 1.0 - LENGTH + LENGTH * length / mean.max(1.0)).collect::<Vec<_>>();
    let mut words: Vec<(String, Counts)> = counted.into_words();
    words.par_sort_unstable_by(|one, other| as_browsers_do(&one.0, &other.0));
    let text = move |(word, counts): (String, Counts)| {
        let weigh = |(entry, count): (u32, u32)| {
            let count = count as f32;
            let scale = scale.get(entry as usize).copied().unwrap_or(1.0);
            let share = share.get(entry as usize).copied().unwrap_or(1.0);
            let weight = share * HEAVIEST * count / (count + SATURATION * scale);
            (entry, weight.round().clamp(1.0, HEAVIEST) as u32)
        };
        Word { word, postings: written(counts.read().map(weigh)) }
    };
    let mut words = words.into_iter();
    let batches = std::iter::from_fn(move || {
        let batch: Vec<(String, Counts)> = words.by_ref().take(BATCH).collect();
        (!batch.is_empty()).then(|| batch.into_par_iter().map(&text).collect::<Vec<Word>>())
    });
    // Names open with a character that stands before all letters, as they do here.
    names(entries).into_iter().chain(batches.flatten())
}

/// A mean length to one part in sixteen, which is all that weights need of it: they stay what they are while one text of many
/// becomes a little longer, and so do the files that they stand in.
fn steady(mean: f64) -> f32 {
    let step = (mean.max(1.0).log2().floor() - 4.0).exp2();
    ((mean / step).round() * step) as f32
}

fn written(postings: impl Iterator<Item = (u32, u32)>) -> String {
    let mut text = String::new();
    let mut last = 0;
    for (entry, weight) in postings {
        push_number((entry - last) << 6 | weight, &mut text);
        last = entry;
    }
    text
}

/// Ids, numbers and other names. Their weights give the order: what is in force first, then the newest.
fn names(entries: &[Entry]) -> Vec<Word> {
    let mut named: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (entry, number) in entries.iter().zip(0u32..) {
        let number_alone = entry.number.map(|number| number.to_string());
        let mut keys: Vec<String> =
            entry.id.iter().chain(&entry.names).chain(&number_alone).map(|name| key(name)).collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys.into_iter().filter(|key| !key.is_empty()) {
            named.entry(format!("{NAME}{key}")).or_default().push(number);
        }
    }
    let rank = |number: &u32| {
        let entry = entries.get(*number as usize);
        let in_force =
            entry.is_some_and(|entry| entry.status.as_ref().is_some_and(|status| status.decision == "accepted"));
        (Reverse(in_force), Reverse(entry.and_then(|entry| entry.created.clone())), *number)
    };
    let mut words: Vec<(String, Vec<u32>)> = named.into_iter().collect();
    words.sort_by(|one, other| as_browsers_do(&one.0, &other.0));
    let word = |(word, mut numbers): (String, Vec<u32>)| {
        numbers.sort_by_cached_key(rank);
        let heaviest = HEAVIEST as u32;
        let mut weighed: Vec<(u32, u32)> =
            numbers.iter().zip(0..).map(|(number, place)| (*number, heaviest.saturating_sub(place).max(1))).collect();
        weighed.sort_unstable();
        Word { word, postings: written(weighed.into_iter()) }
    };
    words.into_iter().map(word).collect()
}

/// Compares words by their UTF-16 units.
pub(super) fn as_browsers_do(one: &str, other: &str) -> Ordering {
    if one.is_ascii() && other.is_ascii() { one.cmp(other) } else { one.encode_utf16().cmp(other.encode_utf16()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::entry::{Passage, Standing};

    fn entry(title: &str, text: &str) -> (Entry, Vec<Passage>) {
        let passages = vec![Passage { text: text.to_owned(), ..Passage::default() }];
        (Entry { title: title.to_owned(), ..Entry::default() }, passages)
    }

    fn words<const N: usize>(entries: [(Entry, Vec<Passage>); N]) -> Vec<Word> {
        let (entries, texts): (Vec<Entry>, Vec<Vec<Passage>>) = entries.into_iter().unzip();
        let mut counted = Counted::default();
        counted.add(&entries, &texts);
        super::words(&entries, counted).collect()
    }

    #[test]
    fn a_text_that_becomes_a_little_longer_leaves_the_words_of_others_alone() {
        let with = |more: &str| {
            let others = (0..200).map(|number| entry("other", &"filler ".repeat(number)));
            let (entries, texts): (Vec<Entry>, Vec<Vec<Passage>>) =
                others.chain([entry("own", &format!("sentence {more}"))]).unzip();
            let mut counted = Counted::default();
            counted.add(&entries, &texts);
            let of_filler = super::words(&entries, counted).find(|word| word.word == "filler");
            of_filler.map(|word| word.postings)
        };
        assert!(with("").is_some());
        assert_eq!(with(""), with(&"and one more ".repeat(20)));
    }

    #[test]
    fn a_title_weighs_more_than_a_mention() {
        let words = words([entry("Queues", "about"), entry("Other", "queues are mentioned once")]);
        let queues = words.iter().find(|word| word.word == "queues").unwrap();
        let weights = (1..64).flat_map(|title| (1..title).map(move |mention| [(0, title), (1, mention)]));
        let fitting = weights.filter(|weights| written(weights.iter().copied()) == queues.postings);
        assert_eq!(fitting.count(), 1, "{}", queues.postings);
    }

    #[test]
    fn words_are_in_the_order_of_browsers() {
        let words = words([entry("\u{ff5e}ｚ 𐐀 \u{fb1d} b a", "")]);
        let words: Vec<&str> = words.iter().map(|word| word.word.as_str()).collect();
        let mut sorted = words.clone();
        sorted.sort_by_key(|word| word.encode_utf16().collect::<Vec<_>>());
        assert_eq!(words, sorted);
    }

    #[test]
    fn of_one_number_what_is_in_force_comes_first() {
        let with = |id: &str, decision, created: &str| {
            let entry = Entry {
                id: Some(id.to_owned()),
                number: Some(7),
                created: Some(created.to_owned()),
                status: Some(Standing { label: String::new(), decision, delivery: "complete" }),
                ..Entry::default()
            };
            (entry, Vec::new())
        };
        let entries = [
            with("RFC-0007", "rejected", "2026-05-01"),
            with("ADR-7", "accepted", "2024-01-01"),
            with("DEP-7", "accepted", "2025-01-01"),
        ];
        let words = words(entries);
        let seven = words.iter().find(|word| word.word == "#7").unwrap();
        let expected = [(0, 61), (1, 62), (2, 63)].into_iter();
        assert_eq!(seven.postings, written(expected));
        assert!(words.iter().any(|word| word.word == "#rfc-7"));
    }
}
