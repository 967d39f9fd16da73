//! Long lists on several pages, each small enough to open at once.

use crate::page::route::Route;
use serde::Serialize;

/// Lines on one page, at most.
pub(in crate::page) const LINES: usize = 250;

/// Bytes of HTML that the lines of one page take, at most; with what surrounds them a page stays below 300 KB.
const ROOM: usize = 240_000;

/// Numbers shown on either side of the present one.
const AROUND: usize = 2;

/// The way through the pages of a list; there is nothing to show when there is one page.
#[derive(Clone, Debug, Default, Serialize)]
pub(in crate::page) struct PagerView {
    previous: Option<String>,
    next: Option<String>,
    steps: Vec<StepView>,
}

#[derive(Clone, Debug, Serialize)]
struct StepView {
    number: usize,
    href: String,
    current: bool,
    /// Whether pages between the step before and this one are left out.
    gap: bool,
}

impl PagerView {
    /// The way from page `current` of `count` pages of the list that begins at `first`.
    pub(in crate::page) fn new(first: &Route, current: usize, count: usize) -> PagerView {
        if count < 2 {
            return PagerView::default();
        }
        let href = |number: usize| first.numbered(number).href();
        let is_shown = |number: &usize| *number == 1 || *number == count || number.abs_diff(current) <= AROUND;
        let mut steps: Vec<StepView> = Vec::new();
        for number in (1..=count).filter(is_shown) {
            let gap = steps.last().is_some_and(|last| last.number + 1 < number);
            steps.push(StepView { number, href: href(number), current: number == current, gap });
        }
        PagerView {
            previous: (current > 1).then(|| href(current - 1)),
            next: (current < count).then(|| href(current + 1)),
            steps,
        }
    }
}

/// Cuts a list into pages by what its lines weigh, in bytes of HTML; an empty list is one empty page.
pub(in crate::page) fn cut<T>(items: Vec<T>, weight: impl Fn(&T) -> usize) -> Vec<Vec<T>> {
    let (mut pages, mut page, mut room): (Vec<Vec<T>>, Vec<T>, usize) = (Vec::new(), Vec::new(), ROOM);
    for item in items {
        let needed = weight(&item);
        if !page.is_empty() && (needed > room || page.len() == LINES) {
            pages.push(std::mem::take(&mut page));
            room = ROOM;
        }
        room = room.saturating_sub(needed);
        page.push(item);
    }
    pages.push(page);
    pages
}

/// What a text weighs on a page, where five characters are written as entities.
pub(in crate::page) fn weight_of(text: &str) -> usize {
    text.len() + 5 * text.bytes().filter(|byte| b"<>&\"'/".contains(byte)).count()
}

/// The title of a later page.
pub(in crate::page) fn titled(title: &str, number: usize) -> String {
    if number > 1 { format!("{title}, page {number}") } else { title.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_cut_by_number_and_by_weight() {
        let lengths = |weight: usize, count: usize| -> Vec<usize> {
            cut((0..count).collect(), |_| weight).iter().map(Vec::len).collect()
        };
        assert_eq!(lengths(10, 0), [0]);
        assert_eq!(lengths(10, 501), [250, 250, 1]);
        assert_eq!(lengths(ROOM / 2, 5), [2, 2, 1]);
        assert_eq!(lengths(ROOM * 2, 2), [1, 1]);
    }

    #[test]
    fn far_pages_are_left_out_and_the_way_on_is_not() {
        let numbers = |current, count| {
            let pager = PagerView::new(&Route("log.html".to_owned()), current, count);
            let steps: Vec<String> =
                pager.steps.iter().map(|step| format!("{}{}", if step.gap { "…" } else { "" }, step.number)).collect();
            (steps.join(" "), pager.previous.is_some(), pager.next.is_some())
        };
        assert_eq!(numbers(1, 1), (String::new(), false, false));
        assert_eq!(numbers(1, 3), ("1 2 3".to_owned(), false, true));
        assert_eq!(numbers(20, 40), ("1 …18 19 20 21 22 …40".to_owned(), true, true));
        assert_eq!(numbers(40, 40), ("1 …38 39 40".to_owned(), true, false));
    }
}
