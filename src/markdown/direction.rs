//! Which way the letters of a text run.

/// Whether a text has letters that are read from right to left, such as Hebrew and Arabic ones.
pub(super) fn has_letters_from_the_right(text: &str) -> bool {
    // Few texts have any byte with which such a letter begins.
    let may_begin_one = |byte: u8| matches!(byte, 0xD6..=0xE0 | 0xEF | 0xF0);
    text.bytes().any(may_begin_one) && text.chars().any(is_from_the_right)
}

/// The blocks of Unicode whose letters are of the bidirectional classes R and AL.
fn is_from_the_right(letter: char) -> bool {
    matches!(
        letter,
        '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}'
            | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_tell_which_way_a_text_runs() {
        for text in ["שלום", "in the middle سلام of it", "ߒߞߏ", "\u{1E900}"] {
            assert!(has_letters_from_the_right(text), "{text}");
        }
        for text in ["", "plain", "naïve – “quoted” …", "日本語", "🦀", "ʼn Ωμέγα Привет", "\u{FEFF}x"]
        {
            assert!(!has_letters_from_the_right(text), "{text}");
        }
    }
}
