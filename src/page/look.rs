//! The organisation's logo and colours on the site.

use super::route::Route;
use crate::config::{Look, Shades};
use crate::text::{SourcePath, Spanned};
use serde::Serialize;

/// Where the colours lie, when there are any.
pub(crate) const LOOK_STYLE: &str = "static/look.css";

/// What pages show of it: addresses below the site's root.
#[derive(Debug, Serialize)]
pub(super) struct LookView {
    logo: Option<String>,
    logo_dark: Option<String>,
    logo_alt: String,
    /// Whether the title is left out beside the logo, which holds it.
    wordmark: bool,
    favicon: Option<String>,
}

/// The view of it for a site of this title.
pub(super) fn look(look: &Look, title: &str) -> LookView {
    let address = |name, picture: &Option<Spanned<SourcePath>>| {
        picture.as_ref().map(|picture| address(name, &picture.value).href())
    };
    let logo = address("logo", &look.logo);
    let wordmark = look.wordmark && logo.is_some();
    let logo_alt = if wordmark && look.logo_alt.is_empty() { title.to_owned() } else { look.logo_alt.clone() };
    let logo_dark = address("logo-dark", &look.logo_dark).filter(|_| logo.is_some());
    LookView { logo, logo_dark, logo_alt, wordmark, favicon: address("favicon", &look.favicon) }
}

/// The pictures, each with the address that it is published at.
pub(super) fn pictures(look: &Look) -> Vec<(Route, SourcePath)> {
    let pictures = [("logo", &look.logo), ("logo-dark", &look.logo_dark), ("favicon", &look.favicon)];
    let given = pictures.into_iter().filter_map(|(name, picture)| Some((name, &picture.as_ref()?.value)));
    given.map(|(name, path)| (address(name, path), path.clone())).collect()
}

/// Pictures lie at fixed addresses, whatever their files are called.
fn address(name: &str, picture: &SourcePath) -> Route {
    Route(format!("static/look/{name}.{}", picture.extension().to_ascii_lowercase()))
}

/// The colours as a style sheet; `None` when all are the built-in ones.
pub(super) fn style(look: &Look) -> Option<String> {
    let tokens = [("--sign", look.accent), ("--link", look.link), ("--paper", look.paper)];
    let (mut plain, mut both) = (String::new(), String::new());
    for (token, Shades { light, dark }) in tokens.into_iter().filter_map(|(token, shades)| Some((token, shades?))) {
        plain.push_str(&format!(" {token}: {light};"));
        both.push_str(&format!(" {token}: light-dark({light}, {dark});"));
    }
    if both.is_empty() {
        return None;
    }
    if look.paper.is_some() {
        for (token, share) in [("--leaf", 4), ("--hair", 8), ("--line", 18)] {
            both.push_str(&format!(" {token}: color-mix(in srgb, var(--ink) {share}%, var(--paper));"));
        }
    }
    Some(format!(":root {{{plain} }}\n@supports (color: light-dark(#000, #fff)) {{\n  :root {{{both} }}\n}}\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Colour;

    #[test]
    fn only_what_was_chosen_is_written() {
        assert_eq!(style(&Look::default()), None);
        let colour = |text| Colour::parse(text).unwrap();
        let accent = Shades { light: colour("#00695c"), dark: colour("#4db6ac") };
        let style = style(&Look { accent: Some(accent), ..Look::default() }).unwrap();
        assert!(style.contains("--sign: #00695c;") && style.contains("--sign: light-dark(#00695c, #4db6ac);"));
        assert!(!style.contains("--link") && !style.contains("--leaf"));
    }
}
