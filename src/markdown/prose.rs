//! A paragraph cut to a summary.

/// Characters after which a summary ends with the sentence.
const LENGTH: usize = 240;

/// The paragraph as one line, cut at the end of a sentence near 240 characters, or else at a word.
pub(super) fn summary(paragraph: &str) -> String {
    let mut line = String::with_capacity(paragraph.len().min(LENGTH));
    for word in paragraph.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if line.len() > LENGTH && line.chars().count() > LENGTH {
            break;
        }
    }
    let Some((limit, _)) = line.char_indices().nth(LENGTH) else { return line };
    let head = line.get(..limit).unwrap_or("");
    let sentence = head.as_bytes().windows(2).rposition(|end| matches!(end, [b'.' | b'!' | b'?', b' ']));
    match sentence {
        // A very short first sentence says too little alone.
        Some(end) if end > LENGTH / 4 => line.get(..=end).unwrap_or("").to_owned(),
        _ => format!("{}…", head.rsplit_once(' ').map_or(head, |(words, _)| words)),
    }
}

/// Whether a paragraph is one thing between braces, as templates ask for what is to be written: `{what hurts today}`.
pub fn is_in_braces(paragraph: &str) -> bool {
    let inner = paragraph.trim().strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    inner.is_some_and(|inner| !inner.contains(['{', '}']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_with_a_sentence() {
        let sentence = "This decision settles where the truth about orders lives, and who may change it. ";
        let text = sentence.repeat(5);
        assert_eq!(summary(&text), format!("{}{}", sentence, sentence.trim_end()));
        assert_eq!(summary(" a\n b "), "a b");
        assert_eq!(summary(&"word ".repeat(100)).chars().count(), 240);
    }
}
