//! Cuts words and texts into files small enough to be fetched one at a time.

use super::code::{digit, push_text};
use super::entry::{Entry, Passage};
use super::posting::Word;
use super::word::LONGEST;
use crate::text::Digest;

/// Bytes after which a file of words ends, at the next edge. One is fetched for each word of a question.
const WORDS: usize = 24_000;

/// One word of so many is an edge. A new word then moves the ends of few files, and not of all that follow.
const EDGE: u128 = 8;

/// Bytes after which a file of texts ends. One is fetched for each result that is shown, so these are smaller.
const TEXTS: usize = 8_000;

/// Bytes of a section that are kept to cut excerpts from. Words beyond are found, but not shown.
const SECTION: usize = 16_000;

/// Words from one on: `words` holds, one behind the other and parted by `|`, how many units a word shares with the one
/// before it, the rest of it, a blank, and its postings.
#[derive(Debug)]
pub(super) struct WordShard {
    pub(super) first: String,
    pub(super) words: String,
}

/// Cuts words, which are in order, and lets each go as it is written.
pub(super) fn words(all: impl Iterator<Item = Word>) -> Vec<WordShard> {
    let mut shards: Vec<WordShard> = Vec::new();
    let mut last = String::new();
    for Word { word, postings } in all {
        if shards.last().is_none_or(|shard| ends(&shard.words, &word)) {
            shards.push(WordShard { first: word.clone(), words: String::new() });
            last.clear();
        }
        let Some(shard) = shards.last_mut() else { continue };
        if !shard.words.is_empty() {
            shard.words.push('|');
        }
        let shared = word.chars().zip(last.chars()).take_while(|(one, other)| one == other).map(|(c, _)| c);
        let (bytes, units) = shared.fold((0, 0), |(bytes, units), c| (bytes + c.len_utf8(), units + c.len_utf16()));
        shard.words.push(digit(u32::try_from(units.min(LONGEST + 1)).unwrap_or(0)));
        shard.words.push_str(word.get(bytes..).unwrap_or(""));
        shard.words.push(' ');
        shard.words.push_str(&postings);
        last = word;
    }
    shards
}

/// Whether a file of words ends before a word. One that becomes twice as long as it should ends without an edge.
fn ends(words: &str, next: &str) -> bool {
    words.len() >= 2 * WORDS || (words.len() >= WORDS && Digest::of(next.as_bytes()).0.is_multiple_of(EDGE))
}

/// Cuts texts, which come in order.
#[derive(Default)]
pub(super) struct Texts {
    last: TextShard,
    size: usize,
}

/// Entries, by their positions, with their texts.
#[derive(Default)]
pub(super) struct TextShard(Vec<(usize, Vec<Passage>)>);

impl Texts {
    /// Takes the texts of entries from one position on; returns the files that are complete.
    pub(super) fn cut(&mut self, from: usize, texts: Vec<Vec<Passage>>) -> Vec<TextShard> {
        let mut complete = Vec::new();
        for (position, passages) in (from..).zip(texts) {
            let own: usize = passages.iter().map(|passage| passage.text.len().min(SECTION) + passage.title.len()).sum();
            if self.size > 0 && self.size + own > TEXTS {
                complete.push(std::mem::take(&mut self.last));
                self.size = 0;
            }
            self.size += own;
            self.last.0.push((position, passages));
        }
        complete
    }

    /// The last file, when all texts have come.
    pub(super) fn rest(self) -> Vec<TextShard> {
        if self.last.0.is_empty() { Vec::new() } else { vec![self.last] }
    }
}

impl TextShard {
    /// How many entries it holds.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// What is shown of them, as JSON.
    pub(super) fn shown(&self, entries: &[Entry]) -> String {
        let mut json = String::with_capacity(2 * TEXTS);
        let known = self.0.iter().filter_map(|(position, passages)| Some((entries.get(*position)?, passages)));
        push_list(known, &mut json, |(entry, passages), json| push_shown(entry, passages, entries, json));
        json
    }
}

/// Adds what is shown of an entry, as a list: the reader takes its parts by their place.
fn push_shown(entry: &Entry, passages: &[Passage], entries: &[Entry], json: &mut String) {
    json.push('[');
    for text in [&entry.address, entry.id.as_deref().unwrap_or(""), &entry.title, &entry.kind] {
        push_text(text, json);
        json.push(',');
    }
    match &entry.status {
        Some(status) => push_texts(&[&status.label, status.decision, status.delivery], json),
        None => json.push_str("null"),
    }
    json.push(',');
    let successors = entry.successors.iter().filter_map(|successor| entries.get(*successor));
    let name = |entry: &Entry| entry.id.clone().unwrap_or_else(|| entry.title.clone());
    push_list(successors, json, |successor, json| push_texts(&[&name(successor), &successor.address], json));
    json.push(',');
    push_text(&entry.summary, json);
    json.push(',');
    push_list(passages.iter(), json, |passage, json| push_texts(&section(passage), json));
    json.push(']');
}

fn push_texts(texts: &[&str], json: &mut String) {
    push_list(texts.iter(), json, |text, json| push_text(text, json));
}

fn push_list<T>(items: impl Iterator<Item = T>, json: &mut String, push: impl Fn(T, &mut String)) {
    json.push('[');
    for (at, item) in items.enumerate() {
        if at > 0 {
            json.push(',');
        }
        push(item, json);
    }
    json.push(']');
}

/// Anchor, heading and text.
fn section(passage: &Passage) -> [&str; 3] {
    let text = passage.text.trim();
    let end = (0..=SECTION.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    [passage.anchor.as_str(), passage.title.as_str(), text.get(..end).unwrap_or("")]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a file of words as the reader in the browser does.
    fn read(shard: &WordShard) -> Vec<(String, String)> {
        let mut last: Vec<u16> = Vec::new();
        let word = |entry: &str| {
            let (head, postings) = entry.split_once(' ').unwrap();
            let mut letters = head.chars();
            let shared = (0..64).find(|value| head.starts_with(digit(*value))).unwrap() as usize;
            letters.next();
            last.truncate(shared);
            last.extend(letters.as_str().encode_utf16());
            (String::from_utf16(&last).unwrap(), postings.to_owned())
        };
        shard.words.split('|').map(word).collect()
    }

    #[test]
    fn words_survive() {
        let mut all: Vec<String> = (0..9_000).map(|number| format!("word-{}", number * 7919 % 9_000)).collect();
        all.extend([
            "a".repeat(LONGEST),
            format!("{}b", "a".repeat(LONGEST - 1)),
            "𐐀a".into(),
            "𐐀𐐁".into(),
            "𐐁".into(),
        ]);
        all.sort_by(|one, other| one.encode_utf16().cmp(other.encode_utf16()));
        let word = |word: &String| Word { word: word.clone(), postings: "0A1_".to_owned() };
        let shards = words(all.iter().map(word));
        assert!(shards.len() > 1 && shards.iter().all(|shard| shard.words.len() < 2 * WORDS));
        let found: Vec<(String, String)> = shards.iter().flat_map(read).collect();
        assert!(found.iter().all(|(_, postings)| postings == "0A1_"));
        assert_eq!(found.into_iter().map(|(word, _)| word).collect::<Vec<_>>(), all);
        assert!(shards.iter().all(|shard| read(shard)[0].0 == shard.first));
    }

    #[test]
    fn a_new_word_changes_few_files() {
        let word = |number: usize| Word { word: format!("word-{number:05}"), postings: "0A1_".repeat(number % 9) };
        let (before, after) = (words((1..9_000).map(word)), words((0..9_000).map(word)));
        let is_anew = |shard: &&WordShard| before.iter().all(|other| other.words != shard.words);
        let anew = after.iter().filter(is_anew).count();
        assert!(before.len() > 5 && anew < 4, "{anew} of {}", before.len());
    }

    #[test]
    fn a_long_text_has_a_file_of_its_own_and_an_end() {
        let text = |length: usize| vec![Passage { text: "é".repeat(length), ..Passage::default() }];
        let mut texts = Texts::default();
        let mut shards = texts.cut(0, vec![text(10), text(100_000)]);
        shards.extend(texts.cut(2, vec![text(10), text(10)]));
        shards.extend(texts.rest());
        assert_eq!(shards.iter().map(TextShard::len).collect::<Vec<_>>(), [1, 1, 2]);
        let entries = vec![Entry::default(); 4];
        let shown: serde_json::Value = serde_json::from_str(&shards[1].shown(&entries)).unwrap();
        assert_eq!(shown[0][7][0][2].as_str().unwrap().len(), SECTION);
        assert_eq!(Texts::default().rest().len(), 0);
    }
}
