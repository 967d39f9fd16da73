//! Code that is coloured once: found in the cache, or coloured and put there.

use super::escape::push_text;
use super::highlight::{highlight, refusal};
use super::limits::Limits;
use crate::cache::{Cache, Kind};

/// Adds `code` as HTML with a class for each colour, as `highlight` does.
///
/// When the block is past a limit, nothing is added, and the answer says which one.
pub(super) fn coloured(
    language: &str,
    code: &str,
    (cache, limits): (&Cache, &Limits),
    out: &mut String,
) -> Result<(), String> {
    if language.is_empty() || !cache.is_there() || refusal(code, limits).is_some() {
        return highlight(language, code, limits, out);
    }
    let source = format!("{language}\n{code}");
    let found = cache.get(Kind::Code, &source).and_then(|html| String::from_utf8(html).ok());
    if let Some(html) = found.filter(|html| is_of(html, code)) {
        out.push_str(&html);
        return Ok(());
    }
    let start = out.len();
    highlight(language, code, limits, out)?;
    cache.put(Kind::Code, &source, out.get(start..).unwrap_or("").as_bytes());
    Ok(())
}

/// Whether this is the code with spans for colours, and nothing else: a cache that somebody made up must not bring markup
/// into a page.
fn is_of(html: &str, code: &str) -> bool {
    let mut text = String::with_capacity(html.len());
    push_text(&mut text, code);
    let mut parts = html.split('<');
    let Some(mut rest) = text.strip_prefix(parts.next().unwrap_or("")) else { return false };
    let mut is_open = false;
    for part in parts {
        let Some((tag, words)) = part.split_once('>') else { return false };
        if !is_open && !is_colour(tag) || is_open && tag != "/span" {
            return false;
        }
        is_open = !is_open;
        match rest.strip_prefix(words) {
            Some(after) => rest = after,
            None => return false,
        }
    }
    rest.is_empty() && !is_open
}

/// `span class="k7"`.
fn is_colour(tag: &str) -> bool {
    let number = tag.strip_prefix("span class=\"k").and_then(|rest| rest.strip_suffix('"'));
    number.is_some_and(|number| number.parse::<u8>().is_ok() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_code_with_colours_is_believed() {
        let code = "let a = \"<b>\"; // é & more\n";
        let mut html = String::new();
        highlight("rust", code, &Limits::default(), &mut html).unwrap();
        assert!(html.contains("<span class=\"k") && is_of(&html, code), "{html}");
        assert!(is_of("", "") && is_of("a &lt; b", "a < b"));
        for (wrong, code) in [
            ("a", "b"),
            ("a", "ab"),
            ("<b>a</b>", "a"),
            ("<span class=\"k1\">a", "a"),
            ("a</span>", "a"),
            ("<span class=\"k1\"><span class=\"k2\">a</span></span>", "a"),
            ("<span class=\"k1\" onclick=\"x()\">a</span>", "a"),
            ("<span class=\"k+1\">a</span>", "a"),
            ("<span class=\"k1\">a</span><script>x()</script>", "a"),
            ("<script>x()</script>", "<script>x()</script>"),
            ("a<", "a"),
        ] {
            assert!(!is_of(wrong, code), "{wrong}");
        }
    }
}
