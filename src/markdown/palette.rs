//! The colours of code: a light and a dark theme as one, whose "colours" are the numbers of classes.

use syntect::highlighting::{Color, FontStyle, StyleModifier, Theme, ThemeItem, ThemeSettings};
use two_face::theme::EmbeddedThemeName;

/// A look: the colours in the light and in the dark theme, if any, and the style of the letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Look {
    colors: Option<(Color, Color)>,
    style: FontStyle,
}

/// The themes joined: `theme` colours with the number of a look, counted from 1; 0 is plain text.
#[derive(Debug)]
pub(super) struct Palette {
    pub(super) theme: Theme,
    /// What the classes of the style sheet must look like; only a test reads them.
    #[cfg(test)]
    looks: Vec<Look>,
}

impl Palette {
    /// Joins Coldark Cold and Coldark Dark, which have the same selectors in the same order.
    pub(super) fn new() -> Palette {
        let themes = two_face::theme::extra();
        let light = themes.get(EmbeddedThemeName::ColdarkCold);
        let dark = themes.get(EmbeddedThemeName::ColdarkDark);
        let mut looks: Vec<Look> = Vec::new();
        let mut scopes = Vec::new();
        for (light_item, dark_item) in light.scopes.iter().zip(&dark.scopes) {
            let look = Look::of(&light_item.style, &dark_item.style);
            // Punctuation has the colour of plain text: without a class of its own pages are a good deal smaller.
            let plain =
                look == Look { colors: light.settings.foreground.zip(dark.settings.foreground), ..Look::default() };
            let number = if plain { 0 } else { number(&mut looks, look) };
            let style = StyleModifier { foreground: Some(numbered(number)), background: None, font_style: None };
            scopes.push(ThemeItem { scope: light_item.scope.clone(), style });
        }
        let settings = ThemeSettings { foreground: Some(numbered(0)), ..ThemeSettings::default() };
        Palette {
            theme: Theme { scopes, settings, ..Theme::default() },
            #[cfg(test)]
            looks,
        }
    }
}

impl Default for Look {
    fn default() -> Look {
        Look { colors: None, style: FontStyle::empty() }
    }
}

impl Look {
    fn of(light: &StyleModifier, dark: &StyleModifier) -> Look {
        // One rule is half transparent, for no reason a reader would see.
        let opaque = |color: Color| Color { a: 255, ..color };
        let colors = light.foreground.map(opaque).zip(dark.foreground.map(opaque));
        Look { colors, style: light.font_style.unwrap_or(FontStyle::empty()) }
    }
}

/// The number of a look, which is new or known.
fn number(looks: &mut Vec<Look>, look: Look) -> u8 {
    let index = looks.iter().position(|known| *known == look).unwrap_or_else(|| {
        looks.push(look);
        looks.len() - 1
    });
    u8::try_from(index + 1).unwrap_or(0)
}

fn numbered(number: u8) -> Color {
    Color { r: number, g: 0, b: 0, a: 255 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(color: Color) -> String {
        format!("#{:02x}{:02x}{:02x}", color.r, color.g, color.b)
    }

    fn rule(number: usize, look: &Look) -> String {
        let mut rule = format!(".k{number} {{");
        if let Some((light, dark)) = look.colors {
            rule.push_str(&format!(" color: light-dark({}, {});", hex(light), hex(dark)));
        }
        if look.style.contains(FontStyle::BOLD) {
            rule.push_str(" font-weight: bold;");
        }
        if look.style.contains(FontStyle::ITALIC) {
            rule.push_str(" font-style: italic;");
        }
        if look.style.contains(FontStyle::UNDERLINE) {
            rule.push_str(" text-decoration: underline;");
        }
        rule + " }"
    }

    #[test]
    fn the_style_sheet_has_the_themes_colours() {
        let palette = Palette::new();
        let sheet = include_str!("../../themes/default/static/code.css");
        let rules: Vec<&str> = sheet.lines().filter(|line| line.starts_with(".k")).collect();
        let wanted: Vec<String> = palette.looks.iter().enumerate().map(|(at, look)| rule(at + 1, look)).collect();
        assert_eq!(rules, wanted, "{}", wanted.join("\n"));
    }

    /// Contrast by WCAG 2.2, "relative luminance".
    fn contrast(one: Color, other: Color) -> f64 {
        let part = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        let luminance = |color: Color| 0.2126 * part(color.r) + 0.7152 * part(color.g) + 0.0722 * part(color.b);
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn every_colour_can_be_read() {
        let paper = Color { r: 0xf6, g: 0xf8, b: 0xfa, a: 255 };
        let night = Color { r: 0x16, g: 0x1b, b: 0x22, a: 255 };
        for (light, dark) in Palette::new().looks.into_iter().filter_map(|look| look.colors) {
            assert!(contrast(light, paper) >= 4.5 && contrast(dark, night) >= 4.5, "{light:?} {dark:?}");
        }
    }
}
