//! The files of the index.

use super::code::{push_number, script};
use super::entry::Entry;
use super::facet::{Facet, facets, successors};
use super::posting;
use super::shard;
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

/// Makes the index of some entries. The same entries give the same bytes.
pub fn index(entries: &[Entry]) -> Vec<Shard> {
    let words = shard::words(&posting::words(entries));
    let texts = shard::texts(entries);
    let mut counts = String::new();
    texts.iter().for_each(|shown| push_number(u32::try_from(shown.len()).unwrap_or(u32::MAX), &mut counts));

    let of_words = words.par_iter().enumerate().map(|(number, shard)| {
        let name = format!("w{number}");
        let script = script(&name, &shard.words);
        (name, script)
    });
    let of_texts = texts.par_iter().enumerate().map(|(number, shown)| {
        let name = format!("t{number}");
        let script = script(&name, shown);
        (name, script)
    });
    let mut files: Vec<(String, String)> = of_words.chain(of_texts).collect();
    let (narrow, wide) = facets(entries);
    let facets = Facets { facets: narrow, successors: successors(entries) };
    files.push(("facets".to_owned(), script("facets", &facets)));
    files.push(("wide".to_owned(), script("wide", &wide)));

    let digests: String =
        files.iter().map(|(name, script)| format!("{name} {}\n", Digest::of(script.as_bytes()))).collect();
    let folder: String = Digest::of(digests.as_bytes()).to_string().chars().take(12).collect();
    let contents = Contents {
        entries: entries.len(),
        words: words.into_iter().map(|shard| shard.first).collect(),
        texts: counts,
        folder: folder.clone(),
    };
    let file = |(name, script)| Shard { address: format!("{FOLDER}/{folder}/{name}.js"), script };
    let mut shards: Vec<Shard> = files.into_iter().map(file).collect();
    shards.push(Shard { address: format!("{FOLDER}/index.js"), script: script("index", &contents) });
    shards
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::entry::Passage;

    #[test]
    fn the_same_entries_give_the_same_bytes_on_any_number_of_threads() {
        let entry = |number: usize| Entry {
            address: format!("adr/{number}.html"),
            title: format!("Decision {number}"),
            tags: vec![format!("tag{}", number % 7)],
            passages: vec![Passage { text: "some words of it ".repeat(number % 50), ..Passage::default() }],
            ..Entry::default()
        };
        let entries: Vec<Entry> = (0..1_500).map(entry).collect();
        let on = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| index(&entries))
        };
        assert!(on(1) == on(4));
    }

    #[test]
    fn nothing_to_find_is_an_index_too() {
        let shards = index(&[]);
        let addresses: Vec<&str> = shards.iter().map(|shard| shard.address.as_str()).collect();
        assert!(addresses.len() == 3 && addresses[2] == "search/index.js", "{addresses:?}");
    }
}
