//! The words of a text, whole and in parts: `HttpServer::bind` is found by itself, by `HttpServer`, `server` and `bind`.

use super::letter::{fold, is_alone, is_joint, is_word, without_padding};

/// The longest word, in the units in which a browser counts; what is longer is cut.
pub(super) const LONGEST: usize = 63;

/// The runs of letters that belong together: `max_connections`, `payment-service`, `C++`.
pub(super) fn chunks(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let from = rest.get(start_of_chunk(rest)?..)?;
        let end = end_of_chunk(from);
        rest = from.get(end..)?;
        from.get(..end)
    })
}

// Nearly all letters are ASCII, and need not be put together from bytes; nearly all words end before a blank.

/// By byte: whether it is a letter of a word by itself. Every byte of every text is asked for, and one look is all that it takes.
#[expect(clippy::indexing_slicing, reason = "a program that is out of bounds here is not compiled")]
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < plain.len() {
        plain[byte] = matches!(byte as u8, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_');
        byte += 1;
    }
    plain
};

fn is_plain(byte: u8) -> bool {
    PLAIN.get(usize::from(byte)).copied().unwrap_or_default()
}

fn start_of_chunk(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let first = bytes.iter().position(|byte| is_plain(*byte) || !byte.is_ascii())?;
    if bytes.get(first)?.is_ascii() { Some(first) } else { Some(first + text.get(first..)?.find(is_word)?) }
}

/// Where the letters end that stand from `from` on.
fn end_of_word(text: &str, from: usize) -> usize {
    let tail = text.as_bytes().get(from..).unwrap_or(&[]);
    let plain = tail.iter().position(|byte| !is_plain(*byte)).unwrap_or(tail.len());
    if tail.get(plain).is_none_or(u8::is_ascii) {
        return from + plain;
    }
    let rest = text.get(from + plain..).unwrap_or("");
    from + plain + rest.find(|c| !is_word(c)).unwrap_or(rest.len())
}

fn end_of_chunk(text: &str) -> usize {
    let mut end = end_of_word(text, 0);
    loop {
        let goes_on = |byte: &u8| !byte.is_ascii() || is_joint((*byte).into()) || matches!(byte, b'+' | b'#');
        if !text.as_bytes().get(end).is_some_and(goes_on) {
            return end;
        }
        let tail = text.get(end..).unwrap_or("");
        let mut joints = tail.chars().take(2).take_while(|c| is_joint(*c)).map(char::len_utf8);
        let one = joints.next().unwrap_or(0);
        let two = one + joints.next().unwrap_or(0);
        let follows = |length: usize| length > 0 && tail.get(length..).is_some_and(|tail| tail.starts_with(is_word));
        match [one, two].into_iter().find(|length| follows(*length)) {
            Some(length) => end = end_of_word(text, end + length),
            None => break,
        }
    }
    let tail = text.get(end..).unwrap_or("");
    let mark =
        ["++", "#"].into_iter().find(|mark| tail.strip_prefix(mark).is_some_and(|rest| !rest.starts_with(is_word)));
    end + mark.map_or(0, str::len)
}

/// The words by which a chunk is found. It is used again for each chunk, so that few strings are made.
#[derive(Debug, Default)]
pub(super) struct Terms {
    words: Vec<String>,
    used: usize,
}

impl Terms {
    /// Reads a chunk: as a whole, between its joints, and down to its smallest parts, each word once.
    pub(super) fn read(&mut self, chunk: &str) -> impl Iterator<Item = &str> {
        self.used = 0;
        self.push(chunk);
        let bare = chunk.trim_end_matches(['+', '#']);
        let is_one = bare.len() == chunk.len() && !bare.contains(|c: char| is_joint(c) || c == '_' || is_alone(c));
        if !is_one || bare.chars().skip(1).any(char::is_uppercase) {
            for piece in bare.split(is_joint).filter(|piece| !piece.is_empty()) {
                self.push(piece);
                leaves(piece, |leaf| self.push(leaf));
            }
        }
        self.words.iter().take(self.used).map(String::as_str)
    }

    /// Adds a word, unless it is there.
    fn push(&mut self, word: &str) {
        if self.words.len() == self.used {
            self.words.push(String::new());
        }
        let (known, free) = self.words.split_at_mut(self.used);
        let Some(folded) = free.first_mut() else { return };
        folded.clear();
        fold(word, folded);
        without_padding(folded);
        cut(folded);
        if !folded.is_empty() && !known.contains(folded) {
            self.used += 1;
        }
    }
}

fn cut(word: &mut String) {
    if word.len() <= LONGEST {
        return;
    }
    let mut units = 0;
    let end = word.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > LONGEST
    });
    if let Some((end, _)) = end {
        word.truncate(end);
    }
}

/// The smallest parts: between underscores, at a change of case, and each character of a script without blanks.
fn leaves<'a>(piece: &'a str, mut each: impl FnMut(&'a str)) {
    let letters: Vec<(usize, char)> = piece.char_indices().collect();
    let mut start = 0;
    for (at, pair) in letters.windows(2).enumerate() {
        let [(_, before), (here, c)] = pair else { continue };
        let next = letters.get(at + 2).map(|(_, next)| *next);
        if parts(*before, *c, next) {
            each(piece.get(start..*here).unwrap_or("").trim_matches('_'));
            start = *here;
        }
    }
    each(piece.get(start..).unwrap_or("").trim_matches('_'));
}

/// Whether a new part starts at `c`.
fn parts(before: char, c: char, next: Option<char>) -> bool {
    if (before == '_') != (c == '_') || is_alone(before) || is_alone(c) {
        return true;
    }
    let rises = (before.is_lowercase() || before.is_ascii_digit()) && c.is_uppercase();
    rises || (before.is_uppercase() && c.is_uppercase() && next.is_some_and(char::is_lowercase))
}

/// What is asked for when somebody asks for a record by its name: `rfc 7`, `RFC-0007` and `rfc7` are one.
pub(super) fn key(name: &str) -> String {
    let mut spaced = String::with_capacity(name.len() + 1);
    for part in name.split(|c: char| c.is_whitespace() || matches!(c, '_' | '#')).filter(|part| !part.is_empty()) {
        if !spaced.is_empty() {
            spaced.push('-');
        }
        spaced.push_str(part);
    }
    let mut folded = String::with_capacity(spaced.len() + 1);
    fold(&spaced, &mut folded);
    folded.retain(|c| c != '+');
    let letters = folded.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(0);
    if letters > 0 && folded.get(letters..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
        folded.insert(letters, '-');
    }
    without_padding(&mut folded);
    cut(&mut folded);
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    /// Texts and their words, names and their keys: the reader in the browser is held to the same list.
    const CASES: &str = include_str!("../../tests/search/words.json");

    fn found(text: &str) -> Vec<Vec<String>> {
        let mut terms = Terms::default();
        chunks(text).map(|chunk| terms.read(chunk).map(str::to_owned).collect()).collect()
    }

    #[test]
    fn texts_fall_into_words_whole_and_in_parts() {
        let cases: Value = serde_json::from_str(CASES).unwrap();
        for case in cases["words"].as_array().unwrap() {
            let words: Vec<Vec<String>> = serde_json::from_value(case[1].clone()).unwrap();
            assert_eq!(found(case[0].as_str().unwrap()), words, "{}", case[0]);
        }
    }

    #[test]
    fn names_are_known_in_any_spelling() {
        let cases: Value = serde_json::from_str(CASES).unwrap();
        for case in cases["names"].as_array().unwrap() {
            assert_eq!(key(case[0].as_str().unwrap()), case[1].as_str().unwrap(), "{}", case[0]);
        }
    }

    #[test]
    fn long_words_are_cut_between_characters() {
        let words = found(&"𐐀".repeat(40));
        assert_eq!(words[0][0].encode_utf16().count(), LONGEST - 1);
        assert_eq!(found(&"a".repeat(500))[0][0].len(), LONGEST);
    }
}
