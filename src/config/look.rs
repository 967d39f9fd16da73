//! `[look]`: the organisation's logo and colours.

use super::colour::Colour;
use super::overlay::{inside, set};
use crate::text::{SourcePath, Span, Spanned};
use crate::value::{Data, Reader, Value};

/// The contrast that text must have, by WCAG 2 level AA.
const LEAST: f64 = 4.5;

/// The contrast of a shade that is made: level AAA, as the built-in ones have it.
const MADE: f64 = 7.0;

/// Types of picture that browsers show.
const PICTURES: [&str; 8] = ["svg", "png", "webp", "avif", "jpg", "jpeg", "gif", "ico"];

/// The built-in grounds of a page and of code, for light and for dark, as in the built-in style sheet.
pub(super) const GROUNDS: [Scheme; 2] = [
    Scheme { name: "light", paper: [0xfd, 0xfc, 0xf9], leaf: [0xf6, 0xf4, 0xee], towards: Colour::BLACK },
    Scheme { name: "dark", paper: [0x16, 0x18, 0x1b], leaf: [0x1d, 0x20, 0x24], towards: Colour::WHITE },
];

/// The built-in colours of text, by the token's name in the style sheet, for light and for dark.
pub(super) const TEXTS: [(&str, [[u8; 3]; 2]); 10] = [
    ("ink", [[0x1e, 0x1d, 0x1a], [0xe4, 0xe1, 0xd9]]),
    ("soft", [[0x5d, 0x5a, 0x52], [0xa5, 0xa1, 0x97]]),
    ("link", [[0x1c, 0x4f, 0x82], [0x93, 0xbf, 0xec]]),
    ("sign", [[0x8c, 0x2f, 0x2b], [0xe5, 0x9a, 0x90]]),
    ("good", [[0x1f, 0x6b, 0x42], [0x84, 0xcf, 0xa0]]),
    ("open", [[0x7d, 0x50, 0x00], [0xe3, 0xb8, 0x66]]),
    ("bad", [[0xa1, 0x2c, 0x25], [0xf0, 0x9a, 0x91]]),
    ("past", [[0x69, 0x49, 0x8a], [0xc8, 0xae, 0xe4]]),
    ("fade", [[0x8a, 0x48, 0x15], [0xe6, 0xac, 0x7d]]),
    ("idle", [[0x5d, 0x5a, 0x52], [0xa5, 0xa1, 0x97]]),
];

/// What text stands on in light, or in dark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scheme {
    /// `light` or `dark`.
    pub name: &'static str,
    /// The ground of a page.
    pub paper: [u8; 3],
    /// The ground of code.
    pub leaf: [u8; 3],
    /// Where a colour has to go to be read more easily.
    towards: Colour,
}

/// `[look]`: how the organisation wants to be known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Look {
    /// Its logo, below the root.
    pub logo: Option<Spanned<SourcePath>>,
    /// The logo on a dark ground, where that is another.
    pub logo_dark: Option<Spanned<SourcePath>>,
    /// What the logo says to who cannot see it; empty where it only adorns the title.
    pub logo_alt: String,
    /// Whether the logo holds the site's title, which is then not written beside it.
    pub wordmark: bool,
    /// The picture on a browser's tab, below the root.
    pub favicon: Option<Spanned<SourcePath>>,
    /// The one strong colour; `None` keeps the built-in one.
    pub accent: Option<Shades>,
    /// Links; `None` keeps the built-in colour.
    pub link: Option<Shades>,
    /// The ground of a page; `None` keeps the built-in one.
    pub paper: Option<Shades>,
}

/// A colour for light and one for dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shades {
    /// On a light ground.
    pub light: Colour,
    /// On a dark ground.
    pub dark: Colour,
}

impl Shades {
    /// The shades that were given, with the built-in one where only one was; `None` where none was.
    fn over(builtin: [[u8; 3]; 2], light: Option<Colour>, dark: Option<Colour>) -> Option<Shades> {
        let [on_light, on_dark] = builtin.map(|channels| Colour { channels });
        let is_given = light.is_some() || dark.is_some();
        is_given.then(|| Shades { light: light.unwrap_or(on_light), dark: dark.unwrap_or(on_dark) })
    }
}

/// The built-in shades of a text.
fn builtin(token: &str) -> [[u8; 3]; 2] {
    TEXTS.iter().find(|(name, _)| *name == token).map(|(_, shades)| *shades).unwrap_or_default()
}

/// Shades as written, each with its place; a single colour has no dark one.
struct Written {
    light: Option<Spanned<Colour>>,
    dark: Option<Spanned<Colour>>,
}

/// Reads `[look]`; a colour that cannot be read on its ground is reported, and the built-in one stands in.
pub(super) fn read_look(top: &Reader<'_>, look: &mut Look) {
    let Some(table) = top.table("look") else { return };
    let table = table.value;
    for (key, target) in [("logo", &mut look.logo), ("logo-dark", &mut look.logo_dark), ("favicon", &mut look.favicon)]
    {
        if let Some(path) = table.text(key).and_then(|path| picture(&table, key, path)) {
            *target = Some(path);
        }
    }
    set(&mut look.logo_alt, table.text("logo-alt"));
    set(&mut look.wordmark, table.boolean("wordmark"));
    if let Some(colours) = table.table("colours") {
        let colours = colours.value;
        look.paper = read_paper(&colours);
        let grounds = grounds(look.paper);
        look.accent = read_text(&colours, "accent", builtin("sign"), &grounds);
        look.link = read_text(&colours, "link", builtin("link"), &grounds);
        colours.finish();
    }
    table.finish();
}

fn picture(table: &Reader<'_>, key: &str, path: Spanned<String>) -> Option<Spanned<SourcePath>> {
    if path.value.is_empty() {
        return None;
    }
    let Some(inner) = inside(&path.value).filter(|inner| !inner.is_empty()) else {
        let message = format!("`{key}` is `{}`, outside the project", path.value);
        table.reject(path.span, message, "name a file below the folder that holds precedent.toml");
        return None;
    };
    let picture = SourcePath::new(&inner);
    if !PICTURES.iter().any(|known| known.eq_ignore_ascii_case(picture.extension())) {
        let message = format!("`{key}` is `{}`, which is not a picture", path.value);
        table.reject(path.span, message, format!("name a file of one of these types: {}", PICTURES.join(", ")));
        return None;
    }
    Some(Spanned::new(picture, path.span))
}

/// The grounds for light and for dark.
fn grounds(paper: Option<Shades>) -> [[Colour; 2]; 2] {
    match paper {
        Some(paper) => [beside(paper.light, 0), beside(paper.dark, 1)],
        None => GROUNDS.map(|scheme| [scheme.paper, scheme.leaf].map(|channels| Colour { channels })),
    }
}

/// A ground and the ground of code on it, which has a little ink in it, as in the style sheet that is made from the settings.
fn beside(paper: Colour, scheme: usize) -> [Colour; 2] {
    let ink = builtin("ink").get(scheme).copied().unwrap_or_default();
    [paper, paper.mixed(Colour { channels: ink }, 0.04)]
}

/// The ground; every built-in colour that stays must be legible on it.
fn read_paper(colours: &Reader<'_>) -> Option<Shades> {
    let written = written(colours, "paper")?;
    let replaced = [("sign", colours.value("accent")), ("link", colours.value("link"))];
    let is_replaced = |token: &str| replaced.iter().any(|(name, value)| *name == token && value.is_some());
    let checked = |paper: Option<Spanned<Colour>>, scheme: usize| {
        let paper = paper?;
        let grounds = beside(paper.value, scheme);
        let contrast = |(name, shades): &(&'static str, [[u8; 3]; 2])| {
            let text = Colour { channels: shades.get(scheme).copied().unwrap_or_default() };
            let least = grounds.iter().map(|ground| text.contrast(*ground)).fold(f64::INFINITY, f64::min);
            (*name, least)
        };
        let kept = TEXTS.iter().filter(|(name, _)| !is_replaced(name));
        let worst = kept.map(contrast).min_by(|(_, one), (_, other)| one.total_cmp(other));
        let Some((name, least)) = worst.filter(|(_, least)| *least < LEAST) else { return Some(paper.value) };
        let (side, end) = if scheme == 0 { ("light", "white") } else { ("dark", "black") };
        let message = format!(
            "`paper` is `{}`, on which text in the colour `{name}` for {side} has a contrast of {}; {LEAST}:1 is the least",
            paper.value,
            ratio(least)
        );
        colours.reject(paper.span, message, format!("take one nearer to {end}"));
        None
    };
    let [light, dark] = GROUNDS;
    Shades::over([light.paper, dark.paper], checked(written.light, 0), checked(written.dark, 1))
}

/// A colour of text. A single one is for light, and its shade for dark is made from it.
fn read_text(
    colours: &Reader<'_>,
    key: &'static str,
    builtin: [[u8; 3]; 2],
    grounds: &[[Colour; 2]; 2],
) -> Option<Shades> {
    let written = written(colours, key)?;
    let [light, dark] = GROUNDS;
    let [on_light, on_dark] = grounds;
    let checked = |colour: Option<Spanned<Colour>>, scheme: Scheme, grounds: &[Colour; 2]| {
        let colour = colour?;
        let contrast = grounds.iter().map(|ground| colour.value.contrast(*ground)).fold(f64::INFINITY, f64::min);
        if contrast >= LEAST {
            return Some(colour.value);
        }
        let message = format!(
            "`{key}` is `{}`, which has a contrast of {} on the {} ground; {LEAST}:1 is the least",
            colour.value,
            ratio(contrast),
            scheme.name
        );
        let near = colour.value.readable(grounds, LEAST, scheme.towards);
        let help =
            near.map_or("take another one".to_owned(), |near| format!("a shade of it that can be read: `{near}`"));
        colours.reject(colour.span, message, help);
        None
    };
    let made = written.light.as_ref().and_then(|light| light.value.readable(on_dark, MADE, dark.towards));
    let is_alone = written.dark.is_none();
    let light = checked(written.light, light, on_light);
    let dark = if is_alone { made.filter(|_| light.is_some()) } else { checked(written.dark, dark, on_dark) };
    Shades::over(builtin, light, dark)
}

/// `"#1c4f82"`, or `{ light = "#1c4f82", dark = "#93bfec" }`.
fn written(colours: &Reader<'_>, key: &'static str) -> Option<Written> {
    let value: &Value = colours.value(key)?;
    if let Data::Table(table) = &value.data {
        let table = colours.inner(table, format!("[look.colours.{key}]"));
        let shade = |side| table.text(side).and_then(|text| colour(&table, side, &text.value, text.span));
        let written = Written { light: shade("light"), dark: shade("dark") };
        table.finish();
        return Some(written);
    }
    let text = colours.text(key)?;
    Some(Written { light: colour(colours, key, &text.value, text.span), dark: None })
}

fn colour(table: &Reader<'_>, key: &str, text: &str, span: Span) -> Option<Spanned<Colour>> {
    let colour = Colour::parse(text);
    if colour.is_none() {
        table.reject(span, format!("`{key}` is `{text}`, which is not a colour"), "write it like `#1c4f82`");
    }
    colour.map(|colour| Spanned::new(colour, span))
}

/// A contrast as designers write it, rounded down so that 4.49 does not look like enough.
fn ratio(contrast: f64) -> String {
    format!("{}:1", (contrast * 10.0).floor() / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostic;
    use crate::value::{Limit, parse_toml};
    use std::cell::RefCell;

    fn read(text: &str) -> (Look, Vec<Diagnostic>) {
        let path = SourcePath::new("precedent.toml");
        let (table, faults) = parse_toml(&path, text, 0, Limit::SETTINGS);
        let found = RefCell::new(faults);
        let mut look = Look::default();
        read_look(&Reader::new(&path, &table, "precedent.toml", &found), &mut look);
        (look, found.into_inner())
    }

    #[test]
    fn the_built_in_colours_are_those_of_the_style_sheet_and_can_be_read() {
        let sheet = include_str!("../../themes/default/static/precedent.css");
        let hex = |channels| Colour { channels }.to_string();
        for (name, [light, dark]) in TEXTS {
            assert!(sheet.contains(&format!("--{name}: light-dark({}, {})", hex(light), hex(dark))), "{name}");
            for (scheme, channels) in GROUNDS.iter().zip([light, dark]) {
                for ground in [scheme.paper, scheme.leaf] {
                    assert!(
                        Colour { channels }.contrast(Colour { channels: ground }) >= LEAST,
                        "{name} {}",
                        scheme.name
                    );
                }
            }
        }
        let [light, dark] = GROUNDS;
        assert!(sheet.contains(&format!("--paper: light-dark({}, {})", hex(light.paper), hex(dark.paper))));
        assert!(sheet.contains(&format!("--leaf: light-dark({}, {})", hex(light.leaf), hex(dark.leaf))));
    }

    #[test]
    fn one_colour_is_enough() {
        let (look, found) = read("[look.colours]\naccent = \"#00695c\"\nlink = { dark = \"#9cf\" }\n");
        assert_eq!(found, []);
        let (accent, link) = (look.accent.unwrap(), look.link.unwrap());
        assert_eq!(accent.light.to_string(), "#00695c");
        let dark = Colour { channels: GROUNDS[1].paper };
        assert!(accent.dark.contrast(dark) >= MADE);
        assert_eq!((link.light.to_string().as_str(), link.dark.to_string().as_str()), ("#1c4f82", "#99ccff"));
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_a_shade_that_can() {
        for (text, place, words) in [
            ("accent = \"#00e5ff\"", "\"#00e5ff\"", "light ground"),
            ("link = { light = \"#1c4f82\", dark = \"#1c4f82\" }", "\"#1c4f82\" }", "dark ground"),
            ("paper = \"#909090\"", "\"#909090\"", "on which text"),
            ("accent = \"teal\"", "\"teal\"", "not a colour"),
            ("acent = \"#00695c\"", "acent", "has no field"),
        ] {
            let whole = format!("[look.colours]\n{text}\n");
            let (look, found) = read(&whole);
            assert!(found.len() == 1 && found[0].message.contains(words), "{text}: {found:?}");
            let start = found[0].primary.span.start as usize;
            assert!(whole[start..].starts_with(place), "{text}: {found:?}");
            assert_eq!((look.accent, look.paper), (None, None));
        }
        let (_, found) = read("[look.colours]\naccent = \"#00e5ff\"\n");
        let help = found[0].help.clone().unwrap();
        let shade = help.split('`').nth(1).unwrap();
        assert_eq!(read(&format!("[look.colours]\naccent = \"{shade}\"\n")).1, [], "{help}");
    }

    #[test]
    fn a_ground_is_held_to_the_colours_that_stand_on_it() {
        // On this dark ground the built-in colours can be read, and the light accent that is asked for as well.
        let (look, found) = read("[look.colours]\npaper = { dark = \"#000\" }\naccent = { dark = \"#4db6ac\" }\n");
        assert_eq!(found, []);
        assert_eq!(look.paper.unwrap().light.channels, GROUNDS[0].paper);
        assert!(look.accent.is_some());
        // A colour that was right on the built-in ground is held to the new one.
        let (_, found) = read("[look.colours]\npaper = \"#fff0c8\"\nlink = \"#0077aa\"\n");
        assert!(found.iter().any(|finding| finding.message.starts_with("`link` is `#0077aa`")), "{found:?}");
        assert_eq!(read("[look.colours]\nlink = \"#006ea0\"\n").1, []);
    }

    #[test]
    fn a_logo_is_a_picture_of_the_project() {
        let (look, found) = read("[look]\nlogo = \"./brand/logo.svg\"\nwordmark = true\nfavicon = \"\"\n");
        assert_eq!((found, look.logo.unwrap().value.as_str()), (Vec::new(), "brand/logo.svg"));
        for wrong in ["../logo.svg", "/logo.svg", "logo.exe"] {
            let (look, found) = read(&format!("[look]\nlogo = \"{wrong}\"\n"));
            assert!(found.len() == 1 && look.logo.is_none(), "{wrong}");
        }
    }
}
