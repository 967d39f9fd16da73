//! Text made safe for HTML, and addresses told apart.

use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};

/// Where an address leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leads {
    /// Within the site, or to mail and telephone.
    Here,
    /// To another site.
    Away,
}

/// Adds text between tags. Writing to a `String` cannot fail, so results are not looked at in this file.
pub(super) fn push_text(out: &mut String, text: &str) {
    let _ = escape_html_body_text(out, text);
}

/// Adds text of raw HTML, whose entities are already written as such.
pub(super) fn push_text_with_entities(out: &mut String, text: &str) {
    let mut parts = text.split('&');
    push_text(out, parts.next().unwrap_or(""));
    for part in parts {
        let name = part.bytes().take(32).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
        let entity = name > 0 && part.as_bytes().get(name) == Some(&b';');
        out.push_str(if entity { "&" } else { "&amp;" });
        push_text(out, part);
    }
}

/// Adds an attribute with its name and quotes, unless the value is empty.
pub(super) fn push_attribute(out: &mut String, name: &str, value: &str) {
    if value.is_empty() {
        return;
    }
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    let _ = escape_html(&mut *out, value);
    out.push('"');
}

/// Adds an attribute whose value is an address.
pub(super) fn push_address(out: &mut String, name: &str, address: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    let _ = escape_href(&mut *out, address);
    out.push('"');
}

/// Where an address leads; `None` when its scheme could run a script or opens something that is not a page.
pub(super) fn leads(address: &str) -> Option<Leads> {
    // Browsers ignore blanks and control characters before and inside a scheme, so they must not hide one.
    let mut plain = address.chars().filter(|c| !c.is_whitespace() && !c.is_control());
    let mut scheme = String::new();
    for c in plain.by_ref() {
        match c {
            ':' => return known_scheme(&scheme),
            c if c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.') => scheme.push(c.to_ascii_lowercase()),
            _ => {
                let foreign = scheme.is_empty() && matches!(c, '/' | '\\') && matches!(plain.next(), Some('/' | '\\'));
                return Some(if foreign { Leads::Away } else { Leads::Here });
            }
        }
    }
    Some(Leads::Here)
}

fn known_scheme(scheme: &str) -> Option<Leads> {
    match scheme {
        "http" | "https" => Some(Leads::Away),
        "mailto" | "tel" => Some(Leads::Here),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_schemes_lead_anywhere() {
        for hostile in [
            "javascript:x",
            " java\nscript:x",
            "\u{1}JAVASCRIPT:x",
            "data:text/html,x",
            "vbscript:x",
            "file:///x",
            ":x",
        ] {
            assert_eq!(leads(hostile), None, "{hostile:?}");
        }
        for here in ["a.md", "../a.md#b:c", "#x", "?q=a:b", "mailto:a@b", "tel:1", "", "ä:b"] {
            assert_eq!(leads(here), Some(Leads::Here), "{here:?}");
        }
        for away in ["https://e.org", "HTTP:e.org", "//e.org", "/\\e.org"] {
            assert_eq!(leads(away), Some(Leads::Away), "{away:?}");
        }
    }

    #[test]
    fn entities_of_raw_html_stay() {
        let mut out = String::new();
        push_text_with_entities(&mut out, "a &lt;b&gt; & <c> &nonsense");
        assert_eq!(out, "a &lt;b&gt; &amp; &lt;c&gt; &amp;nonsense");
    }
}
