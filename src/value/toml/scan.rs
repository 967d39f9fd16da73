//! A look at the brackets of a TOML text before any parser sees it.

use memchr::{memchr, memchr2, memchr3};

/// What the brackets tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Scan {
    /// The byte at which nesting becomes too deep.
    pub(super) too_deep: Option<usize>,
    /// The first bracket or long quote that is never closed.
    pub(super) unclosed: Option<usize>,
}

/// Whether a byte outside strings and comments says anything.
fn tells(byte: &u8) -> bool {
    matches!(byte, b'#' | b'"' | b'\'' | b'[' | b']' | b'{' | b'}' | b'.' | b'=' | b',' | b'\n')
}

enum Inside {
    Plain,
    Comment,
    Short(u8),
    Long(u8, usize),
}

impl Scan {
    /// Counts brackets and dotted keys outside strings and comments, up to `depth` of each.
    pub(super) fn of(text: &str, depth: usize) -> Scan {
        let bytes = text.as_bytes();
        let is_long =
            |at: usize, quote: u8| bytes.get(at..at + 3).is_some_and(|three| three.iter().all(|b| *b == quote));
        let mut inside = Inside::Plain;
        let mut open: Vec<usize> = Vec::new();
        let mut dots = 0;
        let mut at = 0;
        loop {
            // What strings and comments hold says nothing, up to what may end them.
            let rest = bytes.get(at..).unwrap_or_default();
            let next = match inside {
                Inside::Plain => rest.iter().position(tells),
                Inside::Comment => memchr(b'\n', rest),
                Inside::Short(quote) => memchr3(quote, b'\\', b'\n', rest),
                Inside::Long(quote, _) => memchr2(quote, b'\\', rest),
            };
            let Some(byte) = next.and_then(|next| rest.get(next)).copied() else { break };
            at += next.unwrap_or(0);
            let mut step = 1;
            match (&inside, byte) {
                (Inside::Plain, b'#') => inside = Inside::Comment,
                (Inside::Plain, b'"' | b'\'') if is_long(at, byte) => {
                    inside = Inside::Long(byte, at);
                    step = 3;
                }
                (Inside::Plain, b'"' | b'\'') => inside = Inside::Short(byte),
                (Inside::Plain, b'[' | b'{') => {
                    open.push(at);
                    dots = 0;
                }
                (Inside::Plain, b']' | b'}') => {
                    open.pop();
                }
                (Inside::Plain, b'.') => dots += 1,
                (Inside::Plain, b'=' | b',' | b'\n') => dots = 0,
                (Inside::Comment | Inside::Short(_), b'\n') => {
                    inside = Inside::Plain;
                    dots = 0;
                }
                (Inside::Short(b'"') | Inside::Long(b'"', _), b'\\') if bytes.get(at + 1) != Some(&b'\n') => step = 2,
                (Inside::Short(quote), byte) if *quote == byte => inside = Inside::Plain,
                (Inside::Long(quote, _), byte) if *quote == byte && is_long(at, byte) => {
                    // Up to two more quotes may stand before the closing three.
                    step = 3 + bytes.iter().skip(at + 3).take(2).take_while(|next| **next == byte).count();
                    inside = Inside::Plain;
                }
                _ => {}
            }
            if open.len() > depth || dots > depth {
                return Scan { too_deep: Some(at), unclosed: None };
            }
            at += step;
        }
        let unclosed = open.first().copied().or(if let Inside::Long(_, at) = inside { Some(at) } else { None });
        Scan { too_deep: None, unclosed }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_is_too_deep() {
        let arrays = format!("a = {}", "[".repeat(50_000));
        let dotted = format!("a{} = 1", ".a".repeat(50_000));
        let hidden = format!("x = [\"\"\"a\"\"\"\"\", {{{}", "a.".repeat(50_000));
        for text in [arrays, dotted, hidden] {
            assert!(Scan::of(&text, 16).too_deep.is_some());
        }
        assert_eq!(Scan::of("a = \"[[[[\" # [[[[\nb = '''\n[[[[ a.b.c.d'''\n", 3), Scan::default());
    }

    #[test]
    fn finds_what_is_never_closed() {
        assert_eq!(Scan::of("a = [1,\nb = 2\n", 16).unclosed, Some(4));
        assert_eq!(Scan::of("a = [1,\n2]\nb = \"[\"\n", 16).unclosed, None);
        assert_eq!(Scan::of("a = \"\"\"x\ny\n", 16).unclosed, Some(4));
    }
}
