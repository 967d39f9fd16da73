//! Colours of the site in a drawing: each is drawn as a sentinel, and turned into a class that a stylesheet colours.

use serde_json::{Map, Value, json};

/// A role of colour: the variable `--dg-NAME` of the stylesheet, and the theme variables of Mermaid that take it.
struct Role {
    name: &'static str,
    variables: &'static [&'static str],
}

/// Every role; a role's place in the list is part of its sentinel.
const ROLES: &[Role] = &[
    Role { name: "canvas", variables: &["background", "compositeBackground", "sequenceNumberColor", "rowOdd"] },
    Role {
        name: "node",
        variables: &["primaryColor", "mainBkg", "nodeBkg", "actorBkg", "stateBkg", "compositeTitleBackground"],
    },
    Role {
        name: "node-line",
        variables: &["primaryBorderColor", "nodeBorder", "actorBorder", "compositeBorder", "labelBoxBorderColor"],
    },
    Role {
        name: "text",
        variables: &[
            "primaryTextColor",
            "secondaryTextColor",
            "tertiaryTextColor",
            "textColor",
            "titleColor",
            "nodeTextColor",
            "actorTextColor",
            "signalTextColor",
            "labelTextColor",
            "loopTextColor",
            "stateLabelColor",
            "transitionLabelColor",
            "classText",
            "errorTextColor",
            "taskTextOutsideColor",
            "taskTextDarkColor",
        ],
    },
    Role {
        name: "line",
        variables: &[
            "lineColor",
            "arrowheadColor",
            "defaultLinkColor",
            "signalColor",
            "transitionColor",
            "specialStateColor",
        ],
    },
    Role {
        name: "group",
        variables: &["tertiaryColor", "clusterBkg", "altBackground", "labelBoxBkgColor", "errorBkgColor", "rowEven"],
    },
    Role {
        name: "group-line",
        variables: &[
            "tertiaryBorderColor",
            "secondaryBorderColor",
            "clusterBorder",
            "border2",
            "actorLineColor",
            "flowContainerStroke",
        ],
    },
    Role { name: "label", variables: &["secondaryColor", "edgeLabelBackground", "labelBackgroundColor"] },
    Role { name: "note", variables: &["noteBkgColor"] },
    Role { name: "note-line", variables: &["noteBorderColor"] },
    Role { name: "note-text", variables: &["noteTextColor"] },
    Role { name: "active", variables: &["activationBkgColor", "activeTaskBkgColor"] },
    Role { name: "active-line", variables: &["activationBorderColor", "activeTaskBorderColor"] },
    Role { name: "task", variables: &["taskBkgColor"] },
    Role { name: "task-line", variables: &["taskBorderColor"] },
    Role { name: "task-text", variables: &["taskTextColor", "taskTextLightColor"] },
    Role { name: "done", variables: &["doneTaskBkgColor"] },
    Role { name: "done-line", variables: &["doneTaskBorderColor"] },
    Role { name: "critical", variables: &["critBkgColor"] },
    Role { name: "critical-line", variables: &["critBorderColor", "todayLineColor"] },
    Role { name: "section", variables: &["sectionBkgColor", "sectionBkgColor2", "excludeBkgColor"] },
    Role { name: "section-other", variables: &["altSectionBkgColor"] },
    Role { name: "grid", variables: &["gridColor"] },
    Role { name: "link", variables: &["taskTextClickableColor", "vertLineColor"] },
];

/// Names of colours that authors write, from CSS Color 4.
const NAMES: &[(&str, u32)] = &[
    ("aqua", 0x00ffff),
    ("black", 0x000000),
    ("blue", 0x0000ff),
    ("coral", 0xff7f50),
    ("cyan", 0x00ffff),
    ("gold", 0xffd700),
    ("gray", 0x808080),
    ("green", 0x008000),
    ("grey", 0x808080),
    ("khaki", 0xf0e68c),
    ("lavender", 0xe6e6fa),
    ("lightblue", 0xadd8e6),
    ("lightgray", 0xd3d3d3),
    ("lightgreen", 0x90ee90),
    ("lightgrey", 0xd3d3d3),
    ("lightyellow", 0xffffe0),
    ("lime", 0x00ff00),
    ("maroon", 0x800000),
    ("navy", 0x000080),
    ("orange", 0xffa500),
    ("pink", 0xffc0cb),
    ("purple", 0x800080),
    ("red", 0xff0000),
    ("salmon", 0xfa8072),
    ("silver", 0xc0c0c0),
    ("skyblue", 0x87ceeb),
    ("teal", 0x008080),
    ("tomato", 0xff6347),
    ("white", 0xffffff),
    ("yellow", 0xffff00),
];

/// A colour of CSS, as far as drawings need one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rgba {
    red: u8,
    green: u8,
    blue: u8,
    alpha: f64,
}

impl Rgba {
    /// Reads `#rgb`, `#rrggbb`, `rgb()`, `rgba()`, `hsl()`, `hsla()` and common names; `None` for everything else.
    pub(super) fn parse(text: &str) -> Option<Rgba> {
        if let Some(hex) = text.strip_prefix('#') {
            return Rgba::from_hex(hex);
        }
        if let Ok(at) = NAMES.binary_search_by_key(&text, |(name, _)| name) {
            return NAMES.get(at).and_then(|(_, value)| Rgba::from_value(*value));
        }
        let (function, arguments) = text.strip_suffix(')')?.split_once('(')?;
        let mut numbers = arguments
            .split([',', ' ', '/'])
            .filter(|part| !part.is_empty())
            .map(|part| part.trim_end_matches('%').parse::<f64>().ok());
        let (first, second, third) = (numbers.next()??, numbers.next()??, numbers.next()??);
        let alpha = numbers.next().flatten().unwrap_or(1.0);
        let (red, green, blue) = match function {
            "rgb" | "rgba" => (first, second, third),
            "hsl" | "hsla" => from_hsl(first, second / 100.0, third / 100.0),
            _ => return None,
        };
        Some(Rgba { red: channel(red), green: channel(green), blue: channel(blue), alpha })
    }

    fn from_hex(hex: &str) -> Option<Rgba> {
        let value = u32::from_str_radix(hex, 16).ok()?;
        match hex.len() {
            3 => {
                Rgba::from_value((((value >> 8) * 17) << 16) | ((((value >> 4) & 15) * 17) << 8) | ((value & 15) * 17))
            }
            6 => Rgba::from_value(value),
            _ => None,
        }
    }

    fn from_value(value: u32) -> Option<Rgba> {
        let [0, red, green, blue] = value.to_be_bytes() else { return None };
        Some(Rgba { red, green, blue, alpha: 1.0 })
    }

    /// The shortest plain notation; `#rrggbbaa` where it is translucent.
    pub(super) fn hex(self) -> String {
        let Rgba { red, green, blue, alpha } = self;
        if alpha >= 1.0 {
            return format!("#{red:02x}{green:02x}{blue:02x}");
        }
        format!("#{red:02x}{green:02x}{blue:02x}{:02x}", channel(alpha * 255.0))
    }

    /// Relative luminance from 0 to 1, by WCAG 2.2.
    pub(super) fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }

    /// The role that this sentinel stands for; `None` for a colour of the author's.
    pub(super) fn role(self) -> Option<&'static str> {
        let Rgba { red: 0xa1, green: 0x1d, blue, .. } = self else { return None };
        let at = blue.checked_sub(1)? / STEP;
        ROLES.get(usize::from(at)).filter(|_| sentinel(at) == blue).map(|role| role.name)
    }

    /// Strength, from 0 to 1.
    pub(super) fn alpha(self) -> f64 {
        self.alpha
    }

    /// Whether the ground shows through.
    pub(super) fn translucent(self) -> bool {
        self.alpha < 1.0
    }
}

/// Distance between the blues of neighbouring sentinels, so that rounding cannot mistake one for another.
const STEP: u8 = 9;

/// The blue of a role's sentinel; all are `#a11dXX`.
const fn sentinel(at: u8) -> u8 {
    at * STEP + 1
}

/// Theme variables that draw every role in its sentinel.
pub(super) fn sentinels() -> Map<String, Value> {
    let mut variables = Map::new();
    for (at, role) in (0..).zip(ROLES) {
        for name in role.variables {
            variables.insert((*name).to_owned(), json!(format!("#a11d{:02x}", sentinel(at))));
        }
    }
    variables
}

/// Rounds and clamps one channel.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=255 before the cast")]
fn channel(value: f64) -> u8 {
    value.round().clamp(0.0, 255.0) as u8
}

/// The formula of CSS Color 4, section 7.1; degrees and fractions to 0..=255.
fn from_hsl(hue: f64, saturation: f64, lightness: f64) -> (f64, f64, f64) {
    let reach = saturation * lightness.min(1.0 - lightness);
    let at = |offset: f64| {
        let turn = (offset + hue / 30.0).rem_euclid(12.0);
        255.0 * (lightness - reach * (turn - 3.0).min(9.0 - turn).clamp(-1.0, 1.0))
    };
    (at(0.0), at(8.0), at(4.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentinel_is_recognised_in_every_notation() {
        for (name, value) in sentinels() {
            let role = ROLES.iter().find(|role| role.variables.contains(&name.as_str())).unwrap();
            let colour = Rgba::parse(value.as_str().unwrap()).unwrap();
            assert_eq!(colour.role(), Some(role.name));
            let half = format!("rgba({}.0000001, {}, {}, 0.5)", colour.red, colour.green, colour.blue);
            let half = Rgba::parse(&half).unwrap();
            assert_eq!((half.role(), half.translucent()), (Some(role.name), true));
        }
    }

    #[test]
    fn colours_of_authors_stay_theirs() {
        assert_eq!(Rgba::parse("#f00").map(Rgba::hex).as_deref(), Some("#ff0000"));
        assert_eq!(Rgba::parse("hsl(40.5882352941, 100%, 93.3333333333%)").map(Rgba::hex).as_deref(), Some("#fff4dd"));
        assert_eq!(Rgba::parse("rgba(0, 0, 0, 0.5)").map(Rgba::hex).as_deref(), Some("#00000080"));
        assert_eq!(Rgba::parse("#ef4444").and_then(Rgba::role), None);
        assert_eq!(Rgba::parse("tomato").map(Rgba::hex).as_deref(), Some("#ff6347"));
        assert_eq!(Rgba::parse("none"), None);
        assert!(NAMES.is_sorted());
    }
}
