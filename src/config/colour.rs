//! Colours as settings give them, and how well one can be read on another.

use std::fmt;

/// A colour in sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    /// Red, green and blue, 0 to 255.
    pub channels: [u8; 3],
}

impl Colour {
    /// Black.
    pub const BLACK: Colour = Colour { channels: [0; 3] };
    /// White.
    pub const WHITE: Colour = Colour { channels: [255; 3] };

    /// Reads `#1c4f82` or `#abc`.
    pub fn parse(text: &str) -> Option<Colour> {
        let digits: Vec<u8> = text
            .strip_prefix('#')?
            .chars()
            .map(|digit| digit.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
            .collect::<Option<_>>()?;
        let channels = match digits.as_slice() {
            [r, g, b] => [r * 17, g * 17, b * 17],
            [r, rr, g, gg, b, bb] => [r * 16 + rr, g * 16 + gg, b * 16 + bb],
            _ => return None,
        };
        Some(Colour { channels })
    }

    /// The contrast between two colours by WCAG 2: from 1, the same, to 21, black on white.
    pub fn contrast(self, other: Colour) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// This colour with a share of another in it, 0 to 1, as `color-mix(in srgb, …)` mixes.
    #[must_use]
    pub fn mixed(self, other: Colour, share: f64) -> Colour {
        let mut channels = self.channels;
        for (channel, other) in channels.iter_mut().zip(other.channels) {
            let mixed = f64::from(*channel) * (1.0 - share) + f64::from(other) * share;
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is between 0 and 255")]
            let rounded = mixed.round().clamp(0.0, 255.0) as u8;
            *channel = rounded;
        }
        Colour { channels }
    }

    /// The nearest mix with `towards` that has at least `least` contrast on every ground; `None` where there is none.
    pub fn readable(self, grounds: &[Colour], least: f64, towards: Colour) -> Option<Colour> {
        let shades = (0..=64_u32).map(|step| self.mixed(towards, f64::from(step) / 64.0));
        let mut shades = shades.filter(|shade| grounds.iter().all(|ground| shade.contrast(*ground) >= least));
        shades.next()
    }

    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.channels.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.channels;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_and_written() {
        assert_eq!(Colour::parse("#1C4f82").unwrap().to_string(), "#1c4f82");
        assert_eq!(Colour::parse("#abc").unwrap().to_string(), "#aabbcc");
        for wrong in ["", "#", "1c4f82", "#1c4f8", "#1c4f8g", "red", "#1c4f82ff", "#ééé"] {
            assert_eq!(Colour::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        let colour = |text| Colour::parse(text).unwrap();
        assert!((Colour::BLACK.contrast(Colour::WHITE) - 21.0).abs() < 1e-9);
        // The well-known grey that just misses, and the one that just does.
        assert!(colour("#777777").contrast(Colour::WHITE) < 4.5 && colour("#767676").contrast(Colour::WHITE) >= 4.5);
        let shade = colour("#00e5ff").readable(&[Colour::WHITE], 4.5, Colour::BLACK).unwrap();
        assert!((4.5..5.0).contains(&shade.contrast(Colour::WHITE)));
        assert_eq!(Colour::WHITE.readable(&[Colour::BLACK, Colour::WHITE], 4.6, Colour::BLACK), None);
    }
}
