//! The files of the index.

use super::code::{handing, json, push_number, push_text};
use super::count::Counted;
use super::entry::{Entry, Passage, Read};
use super::facet::{Facet, facets, successors};
use super::posting;
use super::row::{Rows, SHARING, Shard, mark};
use super::shard::{self, TextShard, Texts};
use rayon::prelude::*;
use serde::Serialize;

/// What the reader asks for first.
#[derive(Serialize)]
struct Contents {
    entries: usize,
    /// The first word of each file of words.
    words: Vec<String>,
    /// How many entries each file of texts holds.
    texts: String,
    marks: Marks,
}

/// What tells files apart from those of the same names in an older index: a mark for each row of them.
#[derive(Serialize)]
struct Marks {
    words: String,
    texts: String,
    facets: String,
    wide: String,
}

/// What the first answer needs of every entry; facets with many values come apart, after it.
#[derive(Serialize)]
struct Facets {
    facets: Vec<Facet>,
    successors: String,
}

/// Entries whose texts are taken at a time: they are let go again before the next come.
pub const BATCH: usize = 2_048;

/// Makes the index of some entries, whose texts are read as they are needed. The same entries give the same bytes.
pub fn index(entries: &[Entry], read: &Read<'_>) -> Vec<Shard> {
    let (mut index, mut shards) = (Index::default(), Vec::new());
    for from in (0..entries.len()).step_by(BATCH) {
        let batch = (from..entries.len().min(from + BATCH)).into_par_iter().map(read).collect();
        shards.extend(index.add(entries, batch));
    }
    shards.extend(index.rest(entries));
    shards
}

/// An index under way: texts come in the order of their entries, and leave in files after each batch, but for the last row.
pub struct Index {
    counted: Counted,
    texts: Texts,
    /// How many entries each file of texts holds.
    counts: String,
    of_texts: Rows,
    /// How many texts have come.
    taken: usize,
}

impl Default for Index {
    fn default() -> Index {
        let (counted, texts) = (Counted::default(), Texts::default());
        Index { counted, texts, counts: String::new(), of_texts: Rows::of('t', SHARING), taken: 0 }
    }
}

impl Index {
    /// Takes the texts of the next entries; returns files that these complete.
    pub fn add(&mut self, entries: &[Entry], batch: Vec<Vec<Passage>>) -> Vec<Shard> {
        let from = self.taken;
        self.taken += batch.len();
        self.counted.add(entries.get(from..self.taken).unwrap_or(&[]), &batch);
        let complete = self.texts.cut(from, batch);
        self.write(complete, entries)
    }

    fn write(&mut self, complete: Vec<TextShard>, entries: &[Entry]) -> Vec<Shard> {
        for texts in &complete {
            push_number(u32::try_from(texts.len()).unwrap_or(u32::MAX), &mut self.counts);
        }
        self.of_texts.add(complete.into_par_iter().map(|texts| texts.shown(entries)))
    }

    /// All other files, when the texts of all entries have come.
    pub fn rest(mut self, entries: &[Entry]) -> Vec<Shard> {
        let rest = std::mem::take(&mut self.texts).rest();
        let mut shards = self.write(rest, entries);
        let Index { counted, counts, mut of_texts, .. } = self;
        shards.extend(of_texts.rest());
        // What is written is let go on the way, since a large log has as many words as texts.
        let words = shard::words(posting::words(entries, counted)).into_par_iter().map(|words| {
            let mut json = String::with_capacity(words.words.len() + 2);
            push_text(&words.words, &mut json);
            (words.first, json)
        });
        let (words, files): (Vec<String>, Vec<String>) = words.unzip();
        let mut of_words = Rows::of('w', 1);
        shards.extend(of_words.add(files.into_par_iter()));
        let (narrow, wide) = facets(entries);
        let facets = Facets { facets: narrow, successors: successors(entries) };
        let (facets, wide) = (handing("facets", &json(&facets)), handing("wide", &json(&wide)));
        let marks = Marks { words: of_words.marks, texts: of_texts.marks, facets: mark(&facets), wide: mark(&wide) };
        shards.extend([Shard::of("facets", &marks.facets, facets), Shard::of("wide", &marks.wide, wide)]);
        let contents = Contents { entries: entries.len(), words, texts: counts, marks };
        shards.push(Shard::first(handing("index", &json(&contents))));
        shards
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_entries_give_the_same_bytes_on_any_number_of_threads() {
        let entry = |number: usize| Entry {
            address: format!("adr/{number}.html"),
            title: format!("Decision {number}"),
            tags: vec![format!("tag{}", number % 7)],
            ..Entry::default()
        };
        let entries: Vec<Entry> = (0..BATCH + 500).map(entry).collect();
        let text = |number: usize| Passage { text: "some words of it ".repeat(number % 50), ..Passage::default() };
        let on = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| index(&entries, &|number| vec![text(number)]))
        };
        assert!(on(1) == on(4));
    }

    #[test]
    fn a_change_to_one_text_makes_few_files_anew() {
        let entries: Vec<Entry> =
            (0..3_000).map(|number| Entry { title: format!("Decision {number}"), ..Entry::default() }).collect();
        let words =
            |number: usize| (0..60).map(|at| format!("word{} ", (number * 31 + at * 97) % 20_000)).collect::<String>();
        let with = |changed: &str| {
            let text = |number: usize| if number == 1_234 { changed.to_owned() } else { words(number) };
            index(&entries, &|number| vec![Passage { text: text(number), ..Passage::default() }])
        };
        let (before, after) = (with(""), with("word77 once more"));
        let anew: Vec<&Shard> = after.iter().filter(|shard| !before.contains(shard)).collect();
        // The row of the text, a file for each new word, its neighbour where its end moved, and what is read first.
        assert!(before.len() > 100 && anew.len() <= SHARING + 2 * 4 + 1, "{} of {}", anew.len(), before.len());
        let texts = |shards: &[&Shard]| shards.iter().filter(|shard| shard.address.starts_with("search/t")).count();
        assert_eq!(texts(&anew), SHARING);
        // No two files share an address, within one index or between the two.
        let same = |shard: &&Shard| before.iter().any(|other| other.address == shard.address);
        assert_eq!(
            anew.iter().filter(|shard| same(shard)).map(|shard| shard.address.as_str()).collect::<Vec<_>>(),
            ["search/index.js"]
        );
    }

    #[test]
    fn nothing_to_find_is_an_index_too() {
        let shards = index(&[], &|_| Vec::new());
        let addresses: Vec<&str> = shards.iter().map(|shard| shard.address.as_str()).collect();
        assert!(addresses.len() == 3 && addresses[2] == "search/index.js", "{addresses:?}");
    }
}
