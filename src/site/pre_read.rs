//! A pre-read as one file that holds everything: its styles, its pictures and the very text that it shows.

use crate::error::{Error, Result};
use crate::page::Page;
use crate::text::{SourcePath, unturned};
use crate::theme::Theme;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use quick_xml::escape::unescape;
use std::borrow::Cow;

/// Style sheets that only pages of the site use.
const ELSEWHERE: [&str; 1] = ["static/log.css"];

/// Where the text of the record stands in the file.
const OPEN: &str = "<template id=\"circulated\">";
const CLOSE: &str = "</template>";

/// Renders the page of a pre-read; `colours` are the organisation's, and `source` is the text of the record as it goes out.
///
/// # Errors
/// When the template does not render.
pub fn pre_read_file(page: &Page, colours: Option<&str>, theme: &Theme, source: &str) -> Result<String> {
    let sheets = theme.styles(None).into_iter().filter(|name| !ELSEWHERE.contains(name));
    let mut style = String::new();
    for sheet in sheets.filter_map(|name| theme.files.get(name)) {
        style.push_str(&String::from_utf8_lossy(sheet));
        style.push('\n');
    }
    style.push_str(colours.unwrap_or(""));
    let mut context = page.context();
    // Nothing in a style sheet may end the element that it stands in.
    context.insert("style", &style.replace("</", "<\\/"));
    context.insert("source", source);
    let rendered = theme.templates.render(page.template, &context);
    let rendered = rendered.map_err(|fault| Error::Template { message: fault.to_string() })?;
    Ok(seen(&rendered))
}

/// The file as people see it: what turns letters is shown by its number; the text that is kept has it as it went out.
fn seen(rendered: &str) -> String {
    let shown = |part: &str| String::from_utf8_lossy(&unturned(part.as_bytes(), "\\u")).into_owned();
    match rendered.rfind(OPEN).and_then(|at| rendered.split_at_checked(at)) {
        Some((page, kept)) => shown(page) + kept,
        None => shown(rendered),
    }
}

/// A picture as an address that holds it; `None` for a file that is no picture.
pub fn picture(path: &SourcePath, bytes: &[u8]) -> Option<String> {
    let media = match path.extension().to_ascii_lowercase().as_str() {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "svg" => "image/svg+xml",
        _ => return None,
    };
    Some(format!("data:{media};base64,{}", STANDARD.encode(bytes)))
}

/// The text of the record that a pre-read holds; `None` where a file is none.
pub fn circulated_text(file: &str) -> Option<String> {
    let inner = file.rsplit_once(OPEN)?.1;
    let inner = inner.get(..inner.find(CLOSE)?)?;
    unescape(inner).ok().map(Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Memory;

    proptest::proptest! {
        #[test]
        fn any_text_comes_out_as_it_went_in(source in "(\\PC|\r\n|\n|\t|<|>|&|&amp;|\"|'|/|</template>|\u{feff}){0,60}") {
            let files = Memory::of([("house/templates/x.html", "a<template id=\"circulated\">{{ source }}</template>b")]);
            let theme = Theme::load(&files, "house").unwrap();
            let mut context = tera::Context::new();
            context.insert("source", &source);
            let file = theme.templates.render("x.html", &context).unwrap();
            proptest::prop_assert_eq!(circulated_text(&file), Some(source));
        }
    }

    #[test]
    fn what_turns_letters_is_seen_and_kept() {
        assert_eq!(
            seen("<p>a\u{202e}b</p><template id=\"circulated\">a\u{202e}b</template>"),
            "<p>a\\u{202e}b</p><template id=\"circulated\">a\u{202e}b</template>"
        );
        assert_eq!(seen("a\u{2066}"), "a\\u{2066}");
    }

    #[test]
    fn pictures_are_written_into_their_addresses() {
        let of = |path: &str| picture(&SourcePath::new(path), b"<svg/>");
        assert_eq!(of("content/rfc/flow.SVG").as_deref(), Some("data:image/svg+xml;base64,PHN2Zy8+"));
        assert_eq!(of("content/rfc/costs.xlsx"), None);
    }

    #[test]
    fn what_is_no_pre_read_holds_no_text() {
        for file in ["", "<p>", "<template id=\"circulated\">", "<template id=\"circulated\">&frobnicate;</template>"] {
            assert_eq!(circulated_text(file), None, "{file}");
        }
    }
}
