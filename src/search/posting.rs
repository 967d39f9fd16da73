//! Which entries hold a word, and how much it weighs in each.

use super::code::push_number;
use super::entry::{Entry, Passage};
use super::word::{Terms, chunks, key};
use rayon::prelude::*;
use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, HashMap};

/// How quickly more of the same word stops to matter, and how much a long text is held against itself: `k1` and `b` of BM25.
const SATURATION: f32 = 1.2;
const LENGTH: f32 = 0.6;

/// How much a word counts for by where it stands; 1 in the text itself.
const IN_TITLE: u32 = 7;
const IN_ID: u32 = 6;
const IN_TAG: u32 = 4;
const IN_HEADING: u32 = 3;
const IN_SUMMARY: u32 = 2;
const IN_PERSON: u32 = 2;
const IN_NAME: u32 = 1;

/// How much a word weighs in what stands beside the records.
const ASIDE: f32 = 0.7;

/// The largest weight that is written.
const HEAVIEST: f32 = 63.0;

/// Entries that are counted in a row, by one thread.
const ROW: usize = 256;

/// What opens the words that stand for the name of a record rather than for a word in it.
const NAME: char = '#';

/// A word and where it stands.
pub(super) struct Word {
    pub(super) word: String,
    /// For each entry one number: the distance from the one before times 64, plus the weight.
    pub(super) postings: String,
}

/// How often each entry says each word, those in its title and other heads counted more than once.
#[derive(Default)]
pub(super) struct Counted {
    counts: HashMap<String, Counts>,
    /// By entry: how long its text is.
    lengths: Vec<f32>,
}

impl Counted {
    /// Counts further entries, the next ones in order, with their texts.
    pub(super) fn add(&mut self, entries: &[Entry], texts: &[Vec<Passage>]) {
        let from = self.lengths.len();
        let rows = entries.par_chunks(ROW).zip(texts.par_chunks(ROW)).enumerate();
        let rows: Vec<Row> = rows.map(|(at, (entries, texts))| Row::count(from + at * ROW, entries, texts)).collect();
        for Row { numbers, mut counts, lengths, .. } in rows {
            self.lengths.extend(lengths);
            // Each word of a row goes to a list of its own, so the order in which they come does not show.
            numbers.into_iter().for_each(|(word, number)| {
                let counts = counts.get_mut(number).map(std::mem::take).unwrap_or_default();
                let known = self.counts.entry(word).or_default();
                counts.into_iter().for_each(|(entry, count)| known.push(entry, count));
            });
        }
    }
}

/// The counts of one word, entry by entry, in as few bytes as they need: a large log has millions of them.
#[derive(Clone, Default)]
struct Counts {
    /// For each entry its distance from the one before, and the count.
    bytes: Vec<u8>,
    last: u32,
}

impl Counts {
    fn push(&mut self, entry: u32, count: u32) {
        self.number(entry - self.last);
        self.number(count);
        self.last = entry;
    }

    /// Seven bits in each byte, the lowest first, the eighth where more follow.
    fn number(&mut self, mut value: u32) {
        while value >= 128 {
            self.bytes.push((value & 127) as u8 | 128);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }

    /// Entries and counts.
    fn read(&self) -> impl Iterator<Item = (u32, u32)> {
        let mut bytes = self.bytes.iter();
        let mut number = move || {
            let (mut value, mut shift) = (0, 0);
            loop {
                let byte = u32::from(*bytes.next()?);
                value |= (byte & 127) << shift;
                shift += 7;
                if byte < 128 {
                    return Some(value);
                }
            }
        };
        let mut last = 0;
        std::iter::from_fn(move || {
            last += number()?;
            Some((last, number()?))
        })
    }
}

/// Some entries in a row, counted.
#[derive(Default)]
struct Row {
    terms: Terms,
    /// By run of letters: the numbers of the words by which it is found. Most are met again and again.
    chunks: HashMap<String, Vec<usize>>,
    /// By word: its number.
    numbers: HashMap<String, usize>,
    /// By number of a word: each entry that has it, and its count there.
    counts: Vec<Vec<(u32, u32)>>,
    lengths: Vec<f32>,
}

impl Row {
    fn count(from: usize, entries: &[Entry], texts: &[Vec<Passage>]) -> Row {
        let mut row = Row::default();
        for (number, (entry, passages)) in (from..).zip(entries.iter().zip(texts)) {
            row.entry(u32::try_from(number).unwrap_or(u32::MAX), entry, passages);
        }
        row
    }

    fn entry(&mut self, number: u32, entry: &Entry, passages: &[Passage]) {
        let mut length = 0;
        for passage in passages {
            self.add(number, &passage.title, IN_HEADING);
            length += self.add(number, &passage.text, 1);
        }
        let lists = [(&entry.names, IN_NAME), (&entry.tags, IN_TAG), (&entry.people, IN_PERSON)];
        let of_lists = lists.into_iter().flat_map(|(texts, weight)| texts.iter().map(move |text| (text, weight)));
        let heads = [(&entry.title, IN_TITLE), (&entry.summary, IN_SUMMARY)];
        for (text, weight) in entry.id.iter().map(|id| (id, IN_ID)).chain(heads).chain(of_lists) {
            self.add(number, text, weight);
        }
        self.lengths.push(length as f32);
    }

    /// Counts the words of a text; returns how many runs of letters it has.
    fn add(&mut self, entry: u32, text: &str, weight: u32) -> u32 {
        let mut length = 0;
        for chunk in chunks(text) {
            length += 1;
            if let Some(words) = self.chunks.get(chunk) {
                say(&mut self.counts, words, entry, weight);
                continue;
            }
            let words = self.words_of(chunk);
            say(&mut self.counts, &words, entry, weight);
            self.chunks.insert(chunk.to_owned(), words);
        }
        length
    }

    /// The numbers of the words by which a run of letters is found.
    fn words_of(&mut self, chunk: &str) -> Vec<usize> {
        let mut found = Vec::new();
        for term in self.terms.read(chunk) {
            let number = self.numbers.get(term).copied().unwrap_or_else(|| {
                self.numbers.insert(term.to_owned(), self.counts.len());
                self.counts.push(Vec::new());
                self.counts.len() - 1
            });
            found.push(number);
        }
        found
    }
}

/// Notes that an entry says some words once more.
fn say(counts: &mut [Vec<(u32, u32)>], words: &[usize], entry: u32, weight: u32) {
    for word in words {
        let Some(counts) = counts.get_mut(*word) else { continue };
        match counts.last_mut().filter(|(last, _)| *last == entry) {
            Some((_, count)) => *count = count.saturating_add(weight),
            None => counts.push((entry, weight)),
        }
    }
}

/// Every word of all entries, in the order in which a browser compares them.
pub(super) fn words(entries: &[Entry], counted: Counted) -> Vec<Word> {
    let lengths = counted.lengths;
    let mean = lengths.iter().map(|length| f64::from(*length)).sum::<f64>() / lengths.len().max(1) as f64;
    let share: Vec<f32> = entries.iter().map(|entry| if entry.aside { ASIDE } else { 1.0 }).collect();
    let scale =
        lengths.iter().map(|length| 1.0 - LENGTH + LENGTH * length / (mean as f32).max(1.0)).collect::<Vec<_>>();
    let mut words: Vec<(String, Counts)> = counted.counts.into_iter().collect();
    words.par_sort_unstable_by(|one, other| as_browsers_do(&one.0, &other.0));
    let text = |(word, counts): (String, Counts)| {
        let weigh = |(entry, count): (u32, u32)| {
            let count = count as f32;
            let scale = scale.get(entry as usize).copied().unwrap_or(1.0);
            let share = share.get(entry as usize).copied().unwrap_or(1.0);
            let weight = share * HEAVIEST * count / (count + SATURATION * scale);
            (entry, weight.round().clamp(1.0, HEAVIEST) as u32)
        };
        Word { word, postings: written(counts.read().map(weigh)) }
    };
    let words: Vec<Word> = words.into_par_iter().map(text).collect();
    // Names open with a character that stands before all letters, as they do here.
    names(entries).into_iter().chain(words).collect()
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
    use crate::search::entry::Standing;

    fn entry(title: &str, text: &str) -> (Entry, Vec<Passage>) {
        let passages = vec![Passage { text: text.to_owned(), ..Passage::default() }];
        (Entry { title: title.to_owned(), ..Entry::default() }, passages)
    }

    fn words<const N: usize>(entries: [(Entry, Vec<Passage>); N]) -> Vec<Word> {
        let (entries, texts): (Vec<Entry>, Vec<Vec<Passage>>) = entries.into_iter().unzip();
        let mut counted = Counted::default();
        counted.add(&entries, &texts);
        super::words(&entries, counted)
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

    #[test]
    fn counts_survive() {
        let all = [(0, 1), (1, 127), (2, 128), (300, 16_384), (90_000, u32::MAX), (u32::MAX, 1)];
        let mut counts = Counts::default();
        all.iter().for_each(|(entry, count)| counts.push(*entry, *count));
        assert_eq!(counts.read().collect::<Vec<_>>(), all);
    }

    #[test]
    fn words_of_many_rows_are_counted_as_those_of_one() {
        let text = |number: usize| format!("word{} both both {}", number % 7, "more ".repeat(number % 5));
        let (entries, texts): (Vec<Entry>, Vec<Vec<Passage>>) =
            (0..ROW * 2 + 9).map(|number| entry("Title", &text(number))).unzip();
        let mut counted = Counted::default();
        counted.add(entries.get(..ROW + 5).unwrap(), texts.get(..ROW + 5).unwrap());
        counted.add(entries.get(ROW + 5..).unwrap(), texts.get(ROW + 5..).unwrap());
        let of = |word: &str| counted.counts[word].read().collect::<Vec<_>>();
        assert_eq!(of("both"), (0..entries.len() as u32).map(|number| (number, 2)).collect::<Vec<_>>());
        assert_eq!(of("word3").iter().map(|(number, _)| *number % 7).max(), Some(3));
        let more: usize = (0..entries.len()).map(|number| number % 5).sum();
        assert_eq!(of("more").iter().map(|(_, count)| *count as usize).sum::<usize>(), more);
        assert_eq!(counted.lengths[9], 3.0 + 4.0);
    }
}
