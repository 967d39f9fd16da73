//! The parts of a text between marks of one byte, found many bytes at a time.

use memchr::memchr;

/// The lines of a text with their ends, as [`str::split_inclusive`] gives them.
pub fn whole_lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |end| end + 1);
        let (line, after) = rest.split_at_checked(end)?;
        rest = after;
        (!line.is_empty()).then_some(line)
    })
}

/// The lines of a text without their ends, as [`str::lines`] gives them.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    whole_lines(text).map(|line| match line.strip_suffix('\n') {
        Some(bare) => bare.strip_suffix('\r').unwrap_or(bare),
        None => line,
    })
}

/// What stands before and after the first of a mark, which is of one byte.
pub fn cut(text: &str, mark: u8) -> (&str, Option<&str>) {
    let at = memchr(mark, text.as_bytes());
    at.and_then(|at| Some((text.get(..at)?, text.get(at + 1..)))).unwrap_or((text, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn lines_are_those_of_the_standard_library(text in "[a\r\né]{0,12}") {
            proptest::prop_assert!(lines(&text).eq(text.lines()));
            proptest::prop_assert!(whole_lines(&text).eq(text.split_inclusive('\n')));
        }
    }
}
