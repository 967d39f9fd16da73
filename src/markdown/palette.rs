//! The colours of code: a light and a dark theme as one, whose "colours" are the numbers of classes.

use syntect::highlighting::{Color, FontStyle, StyleModifier, Theme, ThemeItem, ThemeSettings};
use two_face::theme::EmbeddedThemeName;

/// A look: the colours in the light and in the dark theme, and the style of the letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    light: Color,
    dark: Color,
    style: FontStyle,
}

/// The themes joined: `theme` colours with the number of a look, counted from 1; 0 is plain text.
#[derive(Debug)]
pub(super) struct Palette {
    pub(super) theme: Theme,
    #[cfg_attr(not(test), expect(dead_code, reason = "the style sheet is written from them, and a test compares"))]
    pub(super) looks: Vec<Look>,
}

impl Palette {
    /// Joins Coldark Cold and Coldark Dark, which have the same selectors in the same order.
    pub(super) fn new() -> Palette {
        let themes = two_face::theme::extra();
        let light = themes.get(EmbeddedThemeName::ColdarkCold);
        let dark = themes.get(EmbeddedThemeName::ColdarkDark);
        let mut looks: Vec<Look> = Vec::new();
        let mut scopes = Vec::new();
        for (light, dark) in light.scopes.iter().zip(&dark.scopes) {
            let (Some(light_color), Some(dark_color)) = (light.style.foreground, dark.style.foreground) else {
                continue;
            };
            let style = light.style.font_style.unwrap_or(FontStyle::empty());
            let look = Look { light: light_color, dark: dark_color, style };
            let index = looks.iter().position(|known| *known == look).unwrap_or_else(|| {
                looks.push(look);
                looks.len() - 1
            });
            let number = u8::try_from(index + 1).unwrap_or(0);
            let style = StyleModifier { foreground: Some(numbered(number)), background: None, font_style: None };
            scopes.push(ThemeItem { scope: light.scope.clone(), style });
        }
        let settings = ThemeSettings { foreground: Some(numbered(0)), ..ThemeSettings::default() };
        Palette { theme: Theme { scopes, settings, ..Theme::default() }, looks }
    }
}

fn numbered(number: u8) -> Color {
    Color { r: number, g: 0, b: 0, a: 255 }
}
