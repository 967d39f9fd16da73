//! Numbers and scripts as text: what the index is written in.

use serde::Serialize;

/// Sixty-four characters that need no escape in a script and are none of those that part the index.
const DIGITS: &[u8; 64] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";

/// Bytes of a text that are looked at in one step.
const STEP: usize = 32;

/// A value below 64 as one character.
pub(super) fn digit(value: u32) -> char {
    DIGITS.get(value as usize & 63).copied().map_or('0', char::from)
}

/// A number in as many characters as it needs: five bits in each, the lowest first, a sixth where more follow.
pub(super) fn push_number(mut value: u32, out: &mut String) {
    while value >= 32 {
        out.push(digit(value & 31 | 32));
        value >>= 5;
    }
    out.push(digit(value));
}

/// A value as JSON that may stand in a script.
pub(super) fn json(value: &impl Serialize) -> String {
    // Strings, numbers and lists always become JSON.
    let mut json = serde_json::to_string(value).unwrap_or_default();
    // Neither an end tag nor, for old browsers, the end of a line.
    for (mark, escape) in [('<', "\\u003c"), ('\u{2028}', "\\u2028"), ('\u{2029}', "\\u2029")] {
        if json.contains(mark) {
            json = json.replace(mark, escape);
        }
    }
    json
}

/// A script that hands what is written in JSON to the reader.
pub(super) fn handing(name: &str, json: &str) -> String {
    // Many scripts may wait at a time: no room for more is kept.
    ["precedentSearch.put(\"", name, "\",", json, ");\n"].concat()
}

/// Adds a text as JSON that may stand in a script, as [`json`] writes it. Nearly all of an index is text, and nearly all of
/// that stands for itself.
pub(super) fn push_text(text: &str, out: &mut String) {
    out.push('"');
    let mut rest = text;
    loop {
        let plain = plain(rest.as_bytes());
        out.push_str(rest.get(..plain).unwrap_or(""));
        rest = rest.get(plain..).unwrap_or("");
        let mut letters = rest.chars();
        let Some(c) = letters.next() else { break };
        rest = letters.as_str();
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            c if c < ' ' || matches!(c, '<' | '\u{2028}' | '\u{2029}') => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// How many bytes at the start of a text stand for themselves. Several are looked at in one step.
fn plain(text: &[u8]) -> usize {
    // U+2028 and U+2029 start with 0xE2; so do dashes and quotation marks.
    let may_escape = |byte: &u8| *byte < b' ' || matches!(*byte, b'"' | b'\\' | b'<' | 0xE2);
    let is_plain = |step: &&[u8]| !step.iter().fold(false, |any, byte| any | may_escape(byte));
    let steps = text.chunks(STEP).take_while(is_plain).map(<[u8]>::len).sum();
    let rest = text.get(steps..).unwrap_or(&[]);
    steps + rest.iter().position(may_escape).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_written_as_every_value_is() {
        let mut texts: Vec<String> =
            (0..0x300).chain(0x2020..0x2030).filter_map(char::from_u32).map(String::from).collect();
        texts.extend(texts.iter().map(|text| format!("{}{text}{text}b", "a".repeat(STEP - 1))).collect::<Vec<_>>());
        texts.push(texts.concat());
        for text in texts {
            let mut pushed = String::new();
            push_text(&text, &mut pushed);
            assert_eq!(pushed, json(&text));
        }
    }

    fn read(text: &str) -> Vec<u32> {
        let (mut values, mut value, mut shift) = (Vec::new(), 0, 0);
        for byte in text.bytes() {
            let digit = DIGITS.iter().position(|known| *known == byte).unwrap() as u32;
            value |= (digit & 31) << shift;
            shift += 5;
            if digit < 32 {
                values.push(value);
                (value, shift) = (0, 0);
            }
        }
        values
    }

    #[test]
    fn numbers_survive() {
        let numbers = [0, 1, 31, 32, 33, 1023, 1024, 9_999, 1 << 20, u32::MAX];
        let mut text = String::new();
        numbers.iter().for_each(|number| push_number(*number, &mut text));
        assert_eq!(read(&text), numbers);
    }

    #[test]
    fn nothing_in_a_script_ends_it() {
        let hostile = "\"'`\\ </script> <!-- \u{2028}\u{2029}\0 ${x}\r\n";
        let script = handing("t0", &json(&hostile));
        assert!(!script.contains('<') && !script.contains('\u{2028}') && !script.contains('\0'), "{script}");
        let json = script.strip_prefix("precedentSearch.put(\"t0\",").and_then(|rest| rest.strip_suffix(");\n"));
        assert_eq!(serde_json::from_str::<String>(json.unwrap()).unwrap(), hostile);
    }
}
