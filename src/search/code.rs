//! Numbers and scripts as text: what the index is written in.

use serde::Serialize;

/// Sixty-four characters that need no escape in a script and are none of those that part the index.
const DIGITS: &[u8; 64] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";

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

/// A script that hands one value to the reader.
pub(super) fn script(name: &str, value: &impl Serialize) -> String {
    // Strings, numbers and lists always become JSON.
    let mut json = serde_json::to_string(value).unwrap_or_default();
    // Neither an end tag nor, for old browsers, the end of a line.
    for (mark, escape) in [('<', "\\u003c"), ('\u{2028}', "\\u2028"), ('\u{2029}', "\\u2029")] {
        if json.contains(mark) {
            json = json.replace(mark, escape);
        }
    }
    let parts = ["precedentSearch.put(\"", name, "\",", &json, ");\n"];
    // Scripts wait until all of them are made: no room for more is kept.
    parts.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let script = script("t0", &hostile);
        assert!(!script.contains('<') && !script.contains('\u{2028}') && !script.contains('\0'), "{script}");
        let json = script.strip_prefix("precedentSearch.put(\"t0\",").and_then(|rest| rest.strip_suffix(");\n"));
        assert_eq!(serde_json::from_str::<String>(json.unwrap()).unwrap(), hostile);
    }
}
