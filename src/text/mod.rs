//! Positions, paths and fingerprints in a text.

mod control;
mod digest;
mod fold;
mod hash;
mod part;
mod path;
mod turning;

pub use control::controls_shown;
pub use digest::Digest;
pub use fold::{folded, wrapped};
pub use hash::TextHash;
pub use part::{cut, lines, whole_lines};
pub use path::{SourcePath, destination, speaks_for_folder};
pub use turning::{is_turning, turning, unturned};

use std::borrow::Cow;

/// What some editors write at the very start of a text.
pub const BYTE_ORDER_MARK: char = '\u{feff}';

/// A range of bytes in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets; texts are capped far below 4 GiB, so larger offsets saturate.
    pub fn new(start: usize, end: usize) -> Span {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Span { start: clamp(start), end: clamp(end) }
    }

    /// The span as a range for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The part of `text` that the span covers; empty when it does not fit.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// The same span, `offset` bytes further on.
    pub fn shift(self, offset: usize) -> Span {
        Span::new(self.start as usize + offset, self.end as usize + offset)
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether there is nothing in it.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }
}

/// A value and where it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its place in the file.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Joins a value and its place.
    pub fn new(value: T, span: Span) -> Spanned<T> {
        Spanned { value, span }
    }

    /// Another value at the same place.
    pub fn map<U>(self, with: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: with(self.value), span: self.span }
    }
}

/// A place in a source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The file.
    pub path: SourcePath,
    /// The bytes.
    pub span: Span,
}

/// A text with a capital at its start.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The words of a text in small letters, without marks.
pub fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase)
}

/// A key in small letters, its words parted by hyphens: `DiscussionsTo` and `Discussions To` as `discussions-to`, `NEP` as `nep`.
pub fn kebab_case(key: &str) -> String {
    let mut small = String::with_capacity(key.len() + 2);
    let mut last = ' ';
    for letter in key.chars() {
        if letter.is_ascii_uppercase() && last.is_ascii_lowercase() {
            small.push('-');
        }
        small.extend(if letter == ' ' { '-' } else { letter }.to_lowercase());
        last = letter;
    }
    small
}

/// Where the line starts that a place is in.
pub fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1)
}

/// The candidate most like `word`, for "did you mean"; `None` when none is close.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = lower_case(word);
    let length = length_of(&word);
    let allowed = (length / 3).clamp(1, 3);
    let of_length = |candidate: &&str| length_of(candidate).abs_diff(length) <= allowed;
    let mut candidates = candidates.into_iter().filter(of_length).peekable();
    // Most words have none, and their letters need no counting.
    candidates.peek()?;
    let (which, letters) = (which_letters(&word), letters(&word));
    candidates
        .map(|candidate| (lower_case(candidate), candidate))
        .filter(|(lower, _)| (which ^ which_letters(lower)).count_ones() as usize <= 2 * allowed)
        .filter(|(lower, _)| usize::from(at_least_apart(letters, lower)) <= allowed)
        .map(|(lower, candidate)| (strsim::damerau_levenshtein(&word, &lower), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Whether a word is an address on the web, which stands on its own.
pub fn is_address(word: &str) -> bool {
    word.starts_with("https://") || word.starts_with("http://")
}

/// How many letters a word has; most are of one byte each, and need no counting.
fn length_of(word: &str) -> usize {
    if word.is_ascii() { word.len() } else { word.chars().count() }
}

/// A word in lower case; most are, and need no copy.
fn lower_case(word: &str) -> Cow<'_, str> {
    let is_lower = word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_lower { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) }
}

/// How often each letter stands in a word, up to 255 times. Letters whose last five bits are alike are counted as one.
fn letters(word: &str) -> [u8; 32] {
    let mut counts = [0_u8; 32];
    for letter in word.chars() {
        if let Some(count) = counts.get_mut(letter as usize % 32) {
            *count = count.saturating_add(1);
        }
    }
    counts
}

/// Which letters stand in a word, a bit for each; those of two words differ in two for each edit at most.
fn which_letters(word: &str) -> u32 {
    word.chars().fold(0, |which, letter| which | 1 << (letter as u32 % 32))
}

/// A distance that two words have at least, found sooner than the distance itself: each edit changes two counts at most, by one.
fn at_least_apart(letters_of_one: [u8; 32], other: &str) -> u16 {
    let letters_of_other = letters(other);
    let pairs = letters_of_one.iter().zip(&letters_of_other);
    // The sum of 32 bytes fits; said so, it takes a few instructions.
    let changes = pairs.fold(0_u16, |sum, (one, other)| sum.wrapping_add(u16::from(one.abs_diff(*other))));
    changes.div_ceil(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_is_near() {
        assert_eq!(nearest("stauts", ["title", "status"]), Some("status"));
        assert_eq!(nearest("frobnicate", ["title", "status"]), None);
        assert_eq!(nearest("Acepted", ["accepted", "rejected"]), Some("accepted"));
    }

    proptest::proptest! {
        #[test]
        fn no_words_are_nearer_than_their_letters_say(one in "[a-dA-D0é]{0,9}", other in "[a-dA-D0é]{0,9}") {
            let distance = strsim::damerau_levenshtein(&one, &other);
            proptest::prop_assert!(usize::from(at_least_apart(letters(&one), &other)) <= distance);
            let differing = (which_letters(&one) ^ which_letters(&other)).count_ones() as usize;
            proptest::prop_assert!(differing <= 2 * distance);
        }
    }
}
