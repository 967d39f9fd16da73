//! How often each entry says each word.

use super::entry::{Entry, Passage};
use super::word::{Terms, chunks};
use crate::text::TextHash;
use rayon::prelude::*;
use std::collections::HashMap;
use std::collections::hash_map;
use std::ops::Range;

/// How much a word counts for by where it stands; 1 in the text itself.
const IN_TITLE: u32 = 7;
const IN_ID: u32 = 6;
const IN_TAG: u32 = 4;
const IN_HEADING: u32 = 3;
const IN_SUMMARY: u32 = 2;
const IN_PERSON: u32 = 2;
const IN_NAME: u32 = 1;

/// Entries that are counted in a row, by one thread.
const ROW: usize = 256;

/// How often each entry says each word, those in its title and other heads counted more than once.
#[derive(Default)]
pub(super) struct Counted {
    counts: HashMap<String, Counts, TextHash>,
    /// By entry: how long its text is.
    pub(super) lengths: Vec<f32>,
}

impl Counted {
    /// Counts further entries, the next ones in order, with their texts.
    pub(super) fn add(&mut self, entries: &[Entry], texts: &[Vec<Passage>]) {
        let from = self.lengths.len();
        let rows = entries.par_chunks(ROW).zip(texts.par_chunks(ROW)).enumerate();
        let rows: Vec<Row> = rows.map(|(at, (entries, texts))| Row::count(from + at * ROW, entries, texts)).collect();
        for Row { numbers, mut tallies, lengths, .. } in rows {
            self.lengths.extend(lengths);
            // Each word of a row goes to a list of its own, so the order in which they come does not show.
            numbers.into_iter().for_each(|(word, number)| {
                let counts = tallies.get_mut(number as usize).map(std::mem::take).unwrap_or_default().closed();
                match self.counts.entry(word) {
                    hash_map::Entry::Vacant(place) => drop(place.insert(counts)),
                    hash_map::Entry::Occupied(mut known) => {
                        counts.read().for_each(|(entry, count)| known.get_mut().push(entry, count));
                    }
                }
            });
        }
    }

    /// Every word with its counts, in no order.
    pub(super) fn into_words(self) -> Vec<(String, Counts)> {
        self.counts.into_iter().collect()
    }
}

/// The counts of one word, entry by entry, in as few bytes as they need: a large log has millions of them.
#[derive(Clone, Default)]
pub(super) struct Counts {
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
    pub(super) fn read(&self) -> impl Iterator<Item = (u32, u32)> {
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

/// The counts of one word while they are taken.
#[derive(Default)]
struct Tally {
    /// The entry that is read, if it has said the word.
    entry: u32,
    /// Its count so far; 0 when no entry has said the word yet.
    count: u32,
    /// Those of the entries before.
    counts: Counts,
}

impl Tally {
    /// Notes that an entry says the word once more.
    fn say(&mut self, entry: u32, weight: u32) {
        if self.entry != entry {
            self.close();
            self.entry = entry;
        }
        self.count = self.count.saturating_add(weight);
    }

    fn close(&mut self) {
        if self.count > 0 {
            self.counts.push(self.entry, self.count);
            self.count = 0;
        }
    }

    fn closed(mut self) -> Counts {
        self.close();
        self.counts
    }
}

/// Some entries in a row, counted.
#[derive(Default)]
struct Row {
    terms: Terms,
    /// By run of letters: where in `words` those stand by which it is found. Most runs are met again and again.
    chunks: HashMap<String, Range<u32>, TextHash>,
    /// Numbers of words.
    words: Vec<u32>,
    /// By word: its number.
    numbers: HashMap<String, u32, TextHash>,
    /// By number of a word.
    tallies: Vec<Tally>,
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
            let words = match self.chunks.get(chunk) {
                Some(words) => words.clone(),
                None => self.words_of(chunk),
            };
            for word in self.words.get(words.start as usize..words.end as usize).unwrap_or(&[]) {
                if let Some(tally) = self.tallies.get_mut(*word as usize) {
                    tally.say(entry, weight);
                }
            }
        }
        length
    }

    /// The words by which a run of letters is found that has not been met before.
    fn words_of(&mut self, chunk: &str) -> Range<u32> {
        let start = self.words.len() as u32;
        for term in self.terms.read(chunk) {
            let number = self.numbers.get(term).copied().unwrap_or_else(|| {
                let number = self.tallies.len() as u32;
                self.numbers.insert(term.to_owned(), number);
                self.tallies.push(Tally::default());
                number
            });
            self.words.push(number);
        }
        let words = start..self.words.len() as u32;
        self.chunks.insert(chunk.to_owned(), words.clone());
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let entry = |number: usize| {
            let passage = Passage { text: text(number), ..Passage::default() };
            (Entry { title: "Title".to_owned(), ..Entry::default() }, vec![passage])
        };
        let (entries, texts): (Vec<Entry>, Vec<Vec<Passage>>) = (0..ROW * 2 + 9).map(entry).unzip();
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
