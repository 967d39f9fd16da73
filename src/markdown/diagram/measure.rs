//! Widths of text in the diagrams' font stack, so that labels fit their boxes in every browser.

use super::widths::RUNS;
use merman::svg::TextStyle;

/// Units per em of the table.
const EM: f64 = 2048.0;

/// Width of `text` in CSS pixels.
pub(super) fn width(text: &str, style: &TextStyle) -> f64 {
    let bold = matches!(style.font_weight.as_deref(), Some("bold" | "bolder" | "600" | "700" | "800" | "900"));
    text.chars().map(|character| advance(character, bold)).sum::<f64>() * style.font_size
}

/// Advance of one character in em.
fn advance(character: char, bold: bool) -> f64 {
    let code = u32::from(character);
    let run = RUNS.partition_point(|(first, ..)| *first <= code).checked_sub(1).and_then(|at| RUNS.get(at));
    run.and_then(|(first, regular, heavy)| {
        let widths = if bold && !heavy.is_empty() { heavy } else { regular };
        widths.get(usize::try_from(code - first).ok()?)
    })
    .map_or_else(|| outside(code), |width| f64::from(*width) / EM)
}

/// Advance of a character that the fonts lack: what fallback fonts usually give.
fn outside(code: u32) -> f64 {
    match code {
        // Combining marks, joiners and variation selectors take no room of their own.
        0x300..=0x36f | 0x200b..=0x200f | 0xfe00..=0xfe0f | 0x1f3fb..=0x1f3ff => 0.0,
        // Emoji.
        0x2600..=0x27bf | 0x2b00..=0x2bff | 0x1f000..=0x1faff => 1.3,
        // Box drawing.
        0x2500..=0x2593 => 0.71,
        // Ideographs, kana, hangul and full-width forms.
        0x1100..=0x11ff | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff => 1.0,
        0xfe30..=0xfe4f | 0xff00..=0xff60 | 0x20000..=0x3fffd => 1.0,
        _ => 0.65,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn px(text: &str, weight: Option<&str>) -> f64 {
        let style = TextStyle { font_size: 16.0, font_weight: weight.map(str::to_owned), ..TextStyle::default() };
        width(text, &style)
    }

    #[test]
    fn widths_follow_the_font_and_not_a_guess() {
        assert!(px("Will", None) < px("Mama", None) / 1.5);
        assert!(px("Approver", Some("bold")) > px("Approver", None));
        assert!((px("0", None) - 8.9).abs() < 0.1);
    }

    #[test]
    fn marks_are_free_and_emoji_are_wide() {
        assert!((px("e\u{301}", None) - px("e", None)).abs() < 1e-9);
        assert!(px("🔍", None) > px("M", None));
        assert!((px("決", None) - 16.0).abs() < 1e-9);
    }
}
