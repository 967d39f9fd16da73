//! How the files of a series are named.

use crate::date::Date;
use crate::record::{Numbered, RecordId, day_of};
use crate::text::SourcePath;

/// The way in which a file is named: `cip-052.md`, `0007-use-x.md`, `2026-01-30-use-x/README.md`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Naming {
    /// What stands before the number: `cip-`.
    lead: String,
    /// Whether a day is written without marks: `20260130`.
    is_tight: bool,
    /// What parts the words of the title from what opens the name; `None` where there are no such words.
    mark: Option<char>,
    /// The file, where a record has a folder of its own: `README.md`.
    index: Option<String>,
}

impl Default for Naming {
    /// `0007-use-x.md`.
    fn default() -> Naming {
        Naming { lead: String::new(), is_tight: false, mark: Some('-'), index: None }
    }
}

impl Naming {
    /// The way in which a file is named that a number opens, or a day.
    pub(super) fn of(path: &SourcePath) -> Option<Naming> {
        let name = path.record_name();
        let numbered = Numbered::parse(name).filter(|numbered| numbered.addendum.is_none());
        let is_tight = numbered.is_none() && name.bytes().take(8).all(|byte| byte.is_ascii_digit());
        let (lead, rest) = match numbered {
            Some(numbered) => (name.get(..name.len() - numbered.rest.len() - numbered.digits)?, numbered.rest),
            None => ("", day_of(path).and_then(|_| name.get(if is_tight { 8 } else { 10 }..))?),
        };
        let mark = rest.chars().next();
        let index = path.is_index().then(|| path.file_name().to_owned());
        let is_known = mark.is_none_or(|mark| matches!(mark, '-' | '_' | ' ' | '.'));
        is_known.then(|| Naming { lead: lead.to_owned(), is_tight, mark, index })
    }

    /// A file that a number opens, with as many digits at least; below the folder of the series.
    pub(super) fn numbered(&self, (id, width): (&RecordId, usize), slug: &str) -> String {
        self.file(&format!("{}{:0width$}", self.lead, id.number), slug)
    }

    /// A file that a day opens; below the folder of the series.
    pub(super) fn dated(&self, day: Date, slug: &str) -> String {
        let day = day.to_string();
        self.file(&if self.is_tight { day.replace('-', "") } else { day }, slug)
    }

    fn file(&self, opening: &str, slug: &str) -> String {
        let words = match self.mark.filter(|_| !slug.is_empty()) {
            Some(mark @ ('_' | ' ')) => format!("{mark}{}", slug.replace('-', &mark.to_string())),
            Some(mark) => format!("{mark}{slug}"),
            None => String::new(),
        };
        match &self.index {
            Some(index) => format!("{opening}{words}/{index}"),
            None => format!("{opening}{words}.md"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_written_as_its_neighbours_are() {
        let id = RecordId::parse("ADR-12").unwrap();
        for (path, next) in [
            ("0007-use-x.md", "0012-a-thing.md"),
            ("cip-0007.md", "cip-0012.md"),
            ("ADR_0007_use_x.md", "ADR_0012_a_thing.md"),
            ("ADR 0007 use x.md", "ADR 0012 a thing.md"),
            ("0007.use-x.md", "0012.a-thing.md"),
            ("0007-use-x/index.md", "0012-a-thing/index.md"),
            ("2026-01-30-use-x/README.md", "2026-06-01-a-thing/README.md"),
            ("20260130_use_x.md", "20260601_a_thing.md"),
        ] {
            let path = SourcePath::new(path);
            let naming = Naming::of(&path).unwrap();
            let made = match day_of(&path) {
                Some(_) => naming.dated(Date::constant(2026, 6, 1), "a-thing"),
                None => naming.numbered((&id, 4), "a-thing"),
            };
            assert_eq!(made, next);
        }
        assert_eq!(Naming::of(&SourcePath::new("readme.md")), None);
        assert_eq!(Naming::of(&SourcePath::new("0007+x.md")), None);
    }
}
