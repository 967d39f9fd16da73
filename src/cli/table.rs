//! Columns for a terminal.

use crate::report::escape;
use anstyle::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

const HEADING: Style = Style::new().bold();

/// The narrowest that a column of words gets.
const NARROWEST: usize = 24;

/// Rows under headings, each column as wide as its widest cell. Where a line is too long for `width`, the column of words, which
/// is the last, is cut, and where that is not enough the widest of the others, too; without a width nothing is.
pub(super) fn table(headings: &[&str], rows: &[Vec<String>], width: Option<usize>) -> String {
    let last = headings.len().saturating_sub(1);
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| plain(cell)).collect()).collect();
    let widest = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.width());
        cells.chain(headings.get(at).map(|heading| heading.width())).max().unwrap_or(0)
    };
    let mut widths: Vec<usize> = (0..headings.len()).map(widest).collect();
    let needed: usize = widths.iter().take(last).map(|width| width + 2).sum::<usize>() + NARROWEST;
    if let Some(widest) = widths.iter_mut().take(last).max() {
        let excess = width.map_or(0, |width| needed.saturating_sub(width));
        *widest = widest.saturating_sub(excess).max(NARROWEST.min(*widest));
    }
    let before: usize = widths.iter().take(last).map(|width| width + 2).sum();
    let room = width.map_or(usize::MAX, |width| width.saturating_sub(before).max(NARROWEST));
    let line = |cells: &mut dyn Iterator<Item = &str>, style: Style| {
        let mut text = String::new();
        for (at, cell) in cells.enumerate() {
            if at == last {
                text.push_str(&format!("{style}{}{style:#}", cut(cell, room)));
            } else {
                let own = widths.get(at).copied().unwrap_or(0);
                let cell = cut(cell, own);
                let pad = own.saturating_sub(cell.width());
                text.push_str(&format!("{style}{cell}{style:#}{}  ", " ".repeat(pad)));
            }
        }
        text.trim_end().to_owned() + "\n"
    };
    let mut text = line(&mut headings.iter().copied(), HEADING);
    text.extend(rows.iter().map(|row| line(&mut row.iter().map(String::as_str), Style::new())));
    text
}

/// A text that steers no terminal and stays on its line.
pub(super) fn plain(text: &str) -> String {
    escape(&text.replace(['\n', '\r'], " "))
}

/// As much of a text as fits, with a mark where it was cut.
fn cut(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut taken = 1;
    for letter in text.chars() {
        taken += letter.width().unwrap_or(0);
        if taken > room {
            break;
        }
        kept.push(letter);
    }
    kept.trim_end().to_owned() + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_column_gives_way() {
        let rows = [vec!["ADR-0001".to_owned(), "One bus for all of the events that there are".to_owned()]];
        let bare = |width| anstream::adapter::strip_str(&table(&["ID", "TITLE"], &rows, width)).to_string();
        assert_eq!(bare(None), "ID        TITLE\nADR-0001  One bus for all of the events that there are\n");
        assert_eq!(bare(Some(40)), "ID        TITLE\nADR-0001  One bus for all of the events…\n");
        assert_eq!(bare(Some(5)), "ID        TITLE\nADR-0001  One bus for all of the…\n");
    }

    #[test]
    fn a_long_name_leaves_room_for_the_words() {
        let path = "packages/web/docs/decisions/2024-12-06-health-survey.md";
        let rows = [vec![path.to_owned(), "Set a date for the review".to_owned()]];
        let bare = |width| anstream::adapter::strip_str(&table(&["RECORD", "WHAT"], &rows, width)).to_string();
        assert!(bare(None).contains(&format!("{path}  Set a date for the review")));
        let lines = bare(Some(60));
        assert!(lines.contains("packages/web/docs/decisions/2024-…  Set a date for the revi…"), "{lines}");
        assert!(lines.lines().all(|line| line.width() <= 60), "{lines}");
        // Below that the words are rather broken by the terminal than lost.
        assert!(bare(Some(20)).contains("packages/web/docs/decis…  Set a date for the revi…"), "{}", bare(Some(20)));
    }

    #[test]
    fn wide_letters_take_two_places() {
        assert_eq!(cut("決定の記録", 7), "決定の…");
        assert_eq!(plain("a\u{1b}[31mb\nc\u{202e}d"), "a\\u{1b}[31mb c\\u{202e}d");
        let rows = [vec!["\u{1b}".to_owned(), "x".to_owned()], vec!["y".to_owned(), "z".to_owned()]];
        let bare = anstream::adapter::strip_str(&table(&["ID", "TITLE"], &rows, None)).to_string();
        assert_eq!(bare, "ID      TITLE\n\\u{1b}  x\ny       z\n");
    }
}
