//! Numbers in a drawing, without the decimals nobody can see.

/// `text` with every number in it rounded to `places` decimals; everything else as it is.
pub(super) fn rounded(text: &str, places: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|character: char| character.is_ascii_digit() || character == '.') {
        let (before, from) = rest.split_at(start);
        let end = length(from);
        let (number, after) = from.split_at(end);
        out.push_str(before);
        push(&mut out, number, places);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Bytes of the number at the start: digits, one point, and an exponent.
fn length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digits = |from: usize| from + bytes.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count();
    let mut end = digits(0);
    if bytes.get(end) == Some(&b'.') {
        end = digits(end + 1);
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        let exponent = digits(end + 1 + sign);
        if exponent > end + 1 + sign {
            end = exponent;
        }
    }
    end
}

fn push(out: &mut String, number: &str, places: usize) {
    let fraction = number.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let exponent = number.contains(['e', 'E']);
    let value = (fraction > places || exponent).then(|| number.parse::<f64>().ok()).flatten();
    let Some(value) = value else { return out.push_str(number) };
    let text = format!("{value:.places$}");
    let short = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    out.push_str(short);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_long_fractions_change() {
        assert_eq!(rounded("M1468,209L-0.0001,215.16666667C1e-7,3", 2), "M1468,209L-0,215.17C0,3");
        assert_eq!(rounded("translate(359.12000000000006, 8.5)", 3), "translate(359.12, 8.5)");
        assert_eq!(rounded("a5,5,0,0,1,.5.25", 2), "a5,5,0,0,1,.5.25");
        assert_eq!(rounded("0 0 10 20", 2), "0 0 10 20");
    }
}
