//! Words in lines that fit.

/// Words behind a lead, in lines of at most `width` characters that start where the words do.
///
/// A longer word has a line of its own; a no-break space does not end a line.
pub fn wrapped(lead: &str, words: &str, width: usize) -> String {
    let hanging = " ".repeat(lead.chars().count());
    let mut done = String::new();
    let mut line = lead.to_owned();
    let mut is_empty = true;
    for word in words.split(' ').filter(|word| !word.is_empty()) {
        if !is_empty && line.chars().count() + 1 + word.chars().count() > width {
            done.push_str(line.trim_end());
            done.push('\n');
            line.clone_from(&hanging);
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line.push_str(&word.replace('\u{a0}', " "));
        is_empty = false;
    }
    done + &line
}

/// Prose behind a lead as [`wrapped`] writes it, with what stands between backquotes on one line: it may be copied from there.
pub fn folded(lead: &str, prose: &str, width: usize) -> String {
    let part = |(at, part): (usize, &str)| if at % 2 == 1 { part.replace(' ', "\u{a0}") } else { part.to_owned() };
    wrapped(lead, &prose.split('`').enumerate().map(part).collect::<Vec<_>>().join("`"), width)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_stays_on_its_line() {
        let prose = "when it is written, `precedent advance ADR-0001 proposed` says what it lacks";
        let lines = folded("help: ", prose, 40);
        let wanted = "help: when it is written,\n      `precedent advance ADR-0001 proposed`\n      says what it lacks";
        assert_eq!(lines, wanted);
        assert_eq!(folded("", prose, 100), prose);
        assert_eq!(folded("", "one `two three", 6), "one\n`two three");
    }
}
