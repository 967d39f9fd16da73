//! How far a drawing may shrink to fit its column: no further than its text can be read.

/// Width in pixels up to which a drawing may shrink to any column: on a narrow phone it can still be read.
const NARROW: f64 = 470.0;

/// The least part of its size to which any other drawing shrinks: text of 16 pixels then has eleven.
const PART: f64 = 0.7;

/// The least widths that the stylesheet knows, each a class `dg-least-N`, in units of 16 pixels.
const WIDTHS: &[u16] = &[21, 25, 30, 36, 43, 52, 62, 75, 90, 108, 130, 155, 186, 223];

/// The least width at which a drawing of this width can be read; `None` for one that may shrink as it must.
pub(super) fn least_width(width: f64) -> Option<u16> {
    if width <= NARROW {
        return None;
    }
    let enough = |least: &&u16| f64::from(**least) * 16.0 >= width * PART;
    WIDTHS.iter().find(enough).or(WIDTHS.last()).copied()
}

#[cfg(test)]
mod tests {
    use super::super::clean::clean;
    use super::*;

    #[test]
    fn no_drawing_shrinks_until_its_text_is_too_small() {
        assert_eq!(least_width(320.0), None);
        for width in [471.0, 800.0, 948.0, 1300.0, 2400.0, 5000.0] {
            let least = f64::from(least_width(width).unwrap()) * 16.0;
            assert!(16.0 * least / width >= 11.0 && least <= width, "{least} of {width}");
        }
    }

    #[test]
    fn the_stylesheet_knows_what_a_drawing_says() {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 948 100\"><text>A</text></svg>";
        assert!(clean(svg).unwrap().contains("dg-least-43"), "{svg}");
        let sheet = include_str!("../../../themes/default/static/diagram.css");
        for least in WIDTHS {
            assert!(sheet.contains(&format!(".dg-least-{least} {{ min-width: {least}rem; }}")), "{least}");
        }
    }
}
