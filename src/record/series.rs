//! Which record a head says that it is of: its kind, its id, and its number in a series.

use super::front::open_lines;
use super::front_matter::{FrontMatter, keep, read_references};
use super::head::Head;
use super::id::Numbered;
use crate::source::Source;
use crate::text::{SourcePath, Spanned};
use crate::value::{Data, HeadLimits, Reader, Table};
use std::cell::RefCell;

/// What a head says of which record it is of.
pub(super) struct Named {
    /// Its kind, as written.
    pub(super) kind: Option<Spanned<String>>,
    /// Its id, as written.
    pub(super) id: Option<Spanned<String>>,
    /// Its place in a series.
    pub(super) series: Option<Series>,
}

/// A record's place in a series that a key of its head is named for: `caip: 154`.
pub(super) struct Series {
    /// The key in capitals: `CAIP`.
    pub(super) prefix: String,
    /// The number as written.
    pub(super) number: Spanned<String>,
}

impl Named {
    /// What a head says that has these keys; takes the key that numbers the record out of the `strange` ones.
    ///
    /// A head that nobody closed has none, since nobody knows where it ends. But a record that can be told by what it most likely
    /// holds is no chapter for that. What is wrong with it is said where the head is read.
    pub(super) fn read(
        written: (Option<Spanned<String>>, Option<Spanned<String>>),
        strange: &mut Vec<Spanned<String>>,
        (table, head): (&Table, Option<Head>),
        (source, limits): (&Source, &HeadLimits),
    ) -> Named {
        let path = &source.path;
        let named =
            |(kind, id), strange: &mut Vec<_>, table: &Table| Named { kind, id, series: series(strange, table, path) };
        let Some(open) = head.filter(|head| !head.closed) else {
            return named(written, strange, table);
        };
        let (table, _) = open_lines((path, source.text().unwrap_or_default()), open, limits);
        let found = RefCell::default();
        let top = Reader::new(path, &table, "front matter", &found);
        let written = (top.text("kind"), top.text("id"));
        for key in ["title", "status", "extra"] {
            top.free(key);
        }
        FrontMatter::read(&top);
        read_references(&top);
        keep(&top);
        named(written, &mut top.finish_but_strange(), &table)
    }
}

/// Takes the key out of the `strange` ones that numbers a record in its series, and gives the number: `caip: 154` in
/// `caip-154.md` or in a folder `caips`, `up = 4` in `004-turbo.md`.
fn series(strange: &mut Vec<Spanned<String>>, table: &Table, path: &SourcePath) -> Option<Series> {
    let name = path.record_name();
    let numbered = Numbered::parse(name);
    let folder = path.folder_name().to_lowercase();
    let written = |key: &Spanned<String>| match table.get(&key.value).map(|value| (value, &value.data)) {
        Some((value, Data::Scalar(_, text))) => Some(Spanned::new(text.trim().to_owned(), value.span)),
        _ => None,
    };
    let is_series = |key: &Spanned<String>| {
        let number = written(key).and_then(|written| written.value.parse::<u32>().ok());
        let key = key.value.to_lowercase();
        let after = name.to_lowercase().strip_prefix(&key).is_some_and(|rest| rest.starts_with(['-', '_']));
        let is_number = number.is_some() && numbered.as_ref().map(|numbered| numbered.number) == number;
        is_number || after || folder == key || folder.strip_suffix('s') == Some(&key)
    };
    if let Some(value) = table.get("kep-number")
        && let Data::Scalar(_, text) = &value.data
        && text.trim().parse::<u32>().is_ok()
    {
        let number = Spanned::new(text.trim().to_owned(), value.span);
        return Some(Series { prefix: "KEP".to_owned(), number });
    }
    let key = strange.remove(strange.iter().position(is_series)?);
    let number = written(&key).filter(|written| written.value.parse::<u32>().is_ok())?;
    Some(Series { prefix: key.value.to_uppercase(), number })
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::record::Record;
    use crate::source::Source;
    use crate::text::SourcePath;

    #[test]
    fn a_head_that_nobody_closed_says_which_record_it_is_of_and_no_more() {
        let is = |path: &str, text: &str, kind: &str, id: &str| {
            let (record, _) = Record::parse(&Source::new(SourcePath::new(path), text), &Config::builtin());
            let read = record.id.as_ref().map(|id| id.value.to_string()).unwrap_or_default();
            assert_eq!((record.kind.name.as_str(), read.as_str()), (kind, id), "{path}: {text}");
            assert!(record.malformed && record.front.draft && record.front.table.entries.is_empty(), "{text}");
        };
        is("content/005-mail.md", "+++\nup = 5\nstatus = rfc\n++\n\n# Summary\n", "proposal", "UP-5");
        is("content/005-mail.md", "+++\nup = 5\nstatus = \"draft\"\n\n# Summary\n", "proposal", "UP-5");
        is("content/005-mail.md", "+++\nup = 5\nstatus = \"draft\"", "proposal", "UP-5");
        is("content/caip-7.md", "---\ncaip: 7\nstatus: Draft\n\n# Summary\n", "proposal", "CAIP-7");
        is("content/mail.md", "+++\nkind = \"adr\"\nid = \"ADR-0004\"\n\n# Mail\n", "adr", "ADR-0004");
        is("content/rfc/0005-mail.md", "+++\nstatus = \"draft\"\n\n# Mail\n", "rfc", "RFC-0005");
        is("content/005-mail.md", "+++\ntitle = \"Mail\"\n\nup = 5\n", "chapter", "");
        is("content/handbook/mail.md", "+++\ntitle = \"Mail\"\n\n# Mail\n", "chapter", "");
    }
}
