//! The files of the index.

use super::code::{handing, push_number, push_text, script};
use super::count::Counted;
use super::entry::{Entry, Passage, Read};
use super::facet::{Facet, facets, successors};
use super::posting;
use super::shard::{self, TextShard, Texts};
use crate::text::Digest;
use rayon::prelude::*;
use serde::Serialize;

/// The folder of the index below the site's root.
const FOLDER: &str = "search";

/// One file of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Where it stands below the site's root.
    pub address: String,
    /// A script that hands its content to the reader.
    pub script: String,
}

/// What the reader asks for first.
#[derive(Serialize)]
struct Contents {
    /// The folder of all other files, named by what is in them: an index is whole or not there.
    folder: String,
    entries: usize,
    /// The first word of each file of words.
    words: Vec<String>,
    /// How many entries each file of texts holds.
    texts: String,
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
    let mut index = Index::default();
    for from in (0..entries.len()).step_by(BATCH) {
        let batch = (from..entries.len().min(from + BATCH)).into_par_iter().map(read).collect();
        index.add(entries, batch);
    }
    index.shards(entries)
}

/// An index under way: texts come in the order of their entries.
#[derive(Default)]
pub struct Index {
    counted: Counted,
    texts: Texts,
    /// How many entries each file of texts holds.
    counts: String,
    of_texts: Vec<String>,
    /// How many texts have come.
    taken: usize,
}

impl Index {
    /// Takes the texts of the next entries.
    pub fn add(&mut self, entries: &[Entry], batch: Vec<Vec<Passage>>) {
        let from = self.taken;
        self.taken += batch.len();
        self.counted.add(entries.get(from..self.taken).unwrap_or(&[]), &batch);
        let complete = self.texts.cut(from, batch);
        self.write(&complete, entries);
    }

    fn write(&mut self, shards: &[TextShard], entries: &[Entry]) {
        let first = self.of_texts.len();
        let written = shards.par_iter().enumerate();
        let written = written.map(|(at, shard)| handing(&format!("t{}", first + at), &shard.shown(entries)));
        self.of_texts.par_extend(written);
        for shard in shards {
            push_number(u32::try_from(shard.len()).unwrap_or(u32::MAX), &mut self.counts);
        }
    }

    /// The files, when the texts of all entries have come.
    pub fn shards(mut self, entries: &[Entry]) -> Vec<Shard> {
        let rest = std::mem::take(&mut self.texts).rest();
        self.write(&rest, entries);
        files(entries, self)
    }
}

fn files(entries: &[Entry], Index { counted, counts, of_texts, .. }: Index) -> Vec<Shard> {
    // What is written is let go on the way, since a large log has as many words as texts.
    let words = shard::words(posting::words(entries, counted)).into_par_iter().enumerate();
    let of_words = words.map(|(number, shard)| {
        let name = format!("w{number}");
        let mut json = String::with_capacity(shard.words.len() + 2);
        push_text(&shard.words, &mut json);
        (shard.first, (name.clone(), handing(&name, &json)))
    });
    let (firsts, mut files): (Vec<String>, Vec<(String, String)>) = of_words.unzip();
    files.extend(of_texts.into_iter().enumerate().map(|(number, script)| (format!("t{number}"), script)));
    let (narrow, wide) = facets(entries);
    let facets = Facets { facets: narrow, successors: successors(entries) };
    files.push(("facets".to_owned(), script("facets", &facets)));
    files.push(("wide".to_owned(), script("wide", &wide)));

    let digest = |(name, script): &(String, String)| format!("{name} {}\n", Digest::of(script.as_bytes()));
    let digests: Vec<String> = files.par_iter().map(digest).collect();
    let folder: String = Digest::of(digests.concat().as_bytes()).to_string().chars().take(12).collect();
    let contents = Contents { entries: entries.len(), words: firsts, texts: counts, folder: folder.clone() };
    let file = |(name, script)| Shard { address: format!("{FOLDER}/{folder}/{name}.js"), script };
    let mut shards: Vec<Shard> = files.into_iter().map(file).collect();
    shards.push(Shard { address: format!("{FOLDER}/index.js"), script: script("index", &contents) });
    shards
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
    fn nothing_to_find_is_an_index_too() {
        let shards = index(&[], &|_| Vec::new());
        let addresses: Vec<&str> = shards.iter().map(|shard| shard.address.as_str()).collect();
        assert!(addresses.len() == 3 && addresses[2] == "search/index.js", "{addresses:?}");
    }
}
