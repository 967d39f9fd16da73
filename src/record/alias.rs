//! Old addresses of a page, as authors write them.

use crate::markdown;
use crate::source::Asset;
use crate::text::{SourcePath, Spanned};
use crate::value::Reader;
use percent_encoding::percent_decode_str;

/// The longest part of an address, in bytes: common file systems take a few more.
const LONGEST_PART: usize = 200;

/// The longest address, in bytes, and how many folders deep it may lie.
const LONGEST: usize = 1024;
const DEEPEST: usize = 32;

/// Types of files that a site holds besides its pages; no page has such an address, and a folder of such a name would be in the way
/// of a file.
const NO_PAGES: [&str; 14] =
    ["atom", "css", "ico", "ics", "js", "json", "map", "mjs", "svg", "txt", "wasm", "woff", "woff2", "xml"];

/// Names that mean a device on Windows, with any extension.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

const HELP: &str = "name an old page below the site's root, such as `adr/0003-old-name.html`, or a folder: `old/name/`";

/// Reads `aliases`; what cannot be an address of the site is reported and left out.
pub(super) fn read(top: &Reader<'_>) -> Vec<Spanned<String>> {
    let written = top.texts("aliases").into_iter();
    let is_sound = |alias: &Spanned<String>| match alias_file(&alias.value) {
        Ok(_) => true,
        Err(fault) => {
            top.reject(alias.span, format!("the alias `{}` {fault}", alias.value), HELP);
            false
        }
    };
    written.filter(is_sound).collect()
}

/// Reads `slug`; one that is too long for the name of a file is reported and left out.
pub(super) fn read_slug(top: &Reader<'_>) -> Option<Spanned<String>> {
    let slug = top.text("slug")?;
    let length = markdown::slug(&slug.value).len();
    if length <= LONGEST_PART {
        return Some(slug);
    }
    let message = format!("`slug` has {length} bytes, and the last part of an address may have {LONGEST_PART}");
    top.reject(slug.span, message, "shorten it; until then the page is named after its file");
    None
}

/// The file that an old address names, below the site's root and not percent-encoded: `old.html` as it is, `old/index.html`
/// for `old/` and `/old`, and the page's address for `old.md`.
///
/// # Errors
/// Why no page of this site can have stood there.
pub fn alias_file(written: &str) -> Result<String, &'static str> {
    let decoded = percent_decode_str(written.trim()).decode_utf8().map_err(|_| "is not UTF-8 when it is decoded")?;
    if decoded.contains("://") || decoded.starts_with("//") {
        return Err("names another site");
    }
    if decoded.contains(['?', '#']) {
        return Err("has a query or a fragment, which no file has");
    }
    if decoded.contains('\\') || decoded.contains(char::is_control) {
        return Err("holds a character that no address has");
    }
    let path = decoded.strip_prefix('/').unwrap_or(&decoded);
    let (path, is_folder) = path.strip_suffix('/').map_or((path, false), |path| (path, true));
    if path.is_empty() {
        return Err("is the site's root");
    }
    if path.len() > LONGEST || path.split('/').count() > DEEPEST {
        return Err("is longer or deeper than an address of the site may be");
    }
    path.split('/').try_for_each(check_part)?;
    let file = SourcePath::new(path);
    let slash = if file.folder().is_empty() { "" } else { "/" };
    Ok(match file.extension().to_ascii_lowercase().as_str() {
        "html" | "htm" if !is_folder => path.to_owned(),
        _ if file.is_markdown() && !is_folder => {
            let stem = if file.is_index() { "index" } else { file.stem() };
            format!("{}{slash}{stem}.html", file.folder())
        }
        _ => format!("{path}/index.html"),
    })
}

fn is_of_no_page(extension: &str) -> bool {
    NO_PAGES.iter().chain(&Asset::PUBLISHED).any(|known| known.eq_ignore_ascii_case(extension))
}

fn check_part(part: &str) -> Result<(), &'static str> {
    let stem = part.split('.').next().unwrap_or("").to_ascii_lowercase();
    let is_port = |name: &str| stem.strip_prefix(name).is_some_and(|rest| matches!(rest.as_bytes(), [b'1'..=b'9']));
    match part {
        ".." => Err("leads out of the site"),
        "" | "." => Err("has an empty part"),
        _ if part.starts_with('.') => Err("has a part that starts with a dot, and servers do not show those"),
        _ if part.ends_with(['.', ' ']) || part.starts_with(' ') => {
            Err("has a part that not every file system can keep")
        }
        _ if part.len() > LONGEST_PART => Err("has a part that is too long for a file's name"),
        _ if part.rsplit_once('.').is_some_and(|(_, extension)| is_of_no_page(extension)) => {
            Err("names a file that is no page")
        }
        _ if DEVICES.contains(&stem.as_str()) || is_port("com") || is_port("lpt") => {
            Err("has a part that means a device on Windows")
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_addresses_are_files_below_the_root() {
        for (written, file) in [
            ("/adr/0003-old.html", "adr/0003-old.html"),
            ("adr/0003-old.md", "adr/0003-old.html"),
            ("handbook/README.md", "handbook/index.html"),
            ("/old/page/", "old/page/index.html"),
            ("/old/page", "old/page/index.html"),
            ("v1.2", "v1.2/index.html"),
            ("a%20b/%C3%BC.HTM", "a b/ü.HTM"),
            (" old.html ", "old.html"),
        ] {
            assert_eq!(alias_file(written).as_deref(), Ok(file), "{written}");
        }
    }

    #[test]
    fn nothing_else_is_taken_for_one() {
        for written in [
            "",
            "/",
            "//",
            "https://example.org/x",
            "//example.org/x",
            "../x.html",
            "a/../../x",
            "a/%2e%2e/x",
            "a//b",
            "./x",
            "a\\b",
            "a%5cb",
            "a%00b",
            "a\nb",
            ".git/config",
            "%ff",
            "x.html?y",
            "#old",
            "con",
            "a/LPT1.html",
            "a./b",
            "a /b",
            "static/precedent.css",
            "robots.txt",
            "Robots.TXT/",
            "log.json/old.html",
            "images/a.png",
        ] {
            assert!(alias_file(written).is_err(), "{written}");
        }
        assert!(alias_file(&"a/".repeat(2_000)).is_err() && alias_file(&"abcdefghij/".repeat(33)).is_err());
        assert!(alias_file(&"x".repeat(201)).is_err());
    }
}
