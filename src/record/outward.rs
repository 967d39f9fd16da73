//! What others see of a record, and whether it is still that after an edit.

use super::id::RecordId;
use super::parse::Record;
use crate::text::SourcePath;
use std::borrow::Cow;

impl Record {
    /// Where it stands in a list that people read: by prefix and number, those without an id last.
    pub fn rank(&self) -> (bool, Option<&RecordId>, &SourcePath) {
        (self.id.is_none(), self.id.as_ref().map(|id| &id.value), self.path())
    }

    /// The team's own word for where the record stands, where it is another than the status has of its kind: `Final`, which means
    /// *Implemented*.
    pub fn own_status_word(&self) -> Option<&str> {
        self.kind.lifecycle.own_word(self.status.as_ref()?, &self.raw_status.as_ref()?.value)
    }

    /// What it says in short: its own summary, else its first paragraph.
    pub fn summary(&self) -> Cow<'_, str> {
        match &self.front.summary {
            Some(summary) => Cow::Borrowed(&summary.value),
            None => Cow::Owned(self.outline.summary()),
        }
    }

    /// Whether it is found by the same names as another version of it: its path and its id.
    pub fn has_name_of(&self, other: &Record) -> bool {
        let id = |record: &Record| record.id.as_ref().map(|id| id.value.clone());
        self.path() == other.path() && id(self) == id(other)
    }

    /// Whether a link into it leads to the same as in another version of it: to headings and anchors, wherever they stand by now.
    pub fn has_anchors_of(&self, other: &Record) -> bool {
        let headings = |record: &Record| -> Vec<(u8, String, String)> {
            let sections = record.outline.sections.iter();
            sections.map(|section| (section.level, section.title.clone(), section.anchor.clone())).collect()
        };
        let anchors = |record: &Record| -> Vec<String> {
            record.outline.anchors.iter().map(|anchor| anchor.value.clone()).collect()
        };
        headings(self) == headings(other) && anchors(self) == anchors(other)
    }

    /// Whether all that other pages and the relations of the log say of it is the same as of another version of it, both read under
    /// the same settings: its head to the last byte, and what the head leaves to the text.
    pub fn has_face_of(&self, other: &Record) -> bool {
        // Taken apart, so that what is added to records is not forgotten here.
        let Record {
            source,
            kind,
            id,
            title,
            title_span,
            title_heading,
            format,
            raw_status,
            status,
            restated,
            status_days,
            front: _,
            day_numbers: _,
            head,
            malformed,
            doubt,
            body,
            references,
            strange,
            outline,
            succession,
        } = self;
        // What another form says in its text is not told apart from the rest of the text.
        if !format.is_native() || !other.format.is_native() {
            return false;
        }
        let status_name = |record: &Record| record.status.as_ref().map(|status| status.name.clone());
        self.path() == other.path()
            && source.is_spoken_for_as(&other.source)
            && head.of(self.text()) == other.head.of(other.text())
            && (*head, *body, *malformed) == (other.head, other.body, other.malformed)
            && *doubt == other.doubt
            && kind.name == other.kind.name
            && status.as_ref().map(|status| status.name.clone()) == status_name(other)
            && *id == other.id
            && *title == other.title
            && (*title_span, *title_heading) == (other.title_span, other.title_heading)
            && *raw_status == other.raw_status
            && (restated, status_days) == (&other.restated, &other.status_days)
            && succession.names_successor == other.succession.names_successor
            && *references == other.references
            && *strange == other.strange
            && outline.lead == other.outline.lead
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::record::Record;
    use crate::source::Source;
    use crate::text::SourcePath;

    const TEXT: &str = "+++\nstatus = \"draft\"\ndepends-on = [\"ADR-2\"]\n+++\n\n# Title\n\nFirst words.\n\n## Context\n\nMore words.\n";

    /// Whether name, anchors and face are the same when `from` is written as `to`.
    fn same(from: &str, to: &str) -> (bool, bool, bool) {
        let read = |text: &str| {
            Record::parse(&Source::new(SourcePath::new("content/adr/0001-x.md"), text), &Config::builtin()).0
        };
        assert!(TEXT.contains(from), "{from}");
        let (before, after) = (read(TEXT), read(&TEXT.replace(from, to)));
        (after.has_name_of(&before), after.has_anchors_of(&before), after.has_face_of(&before))
    }

    #[test]
    fn words_below_the_first_paragraph_are_nobody_elses_matter() {
        assert_eq!(same("More words.", "Other words, [a link](b.md) and RFC-7."), (true, true, true));
        assert_eq!(same("First words.", "Other words."), (true, true, false));
        assert_eq!(same("# Title", "# Another"), (true, false, false));
        assert_eq!(same("## Context", "## Reasons"), (true, false, true));
        assert_eq!(same("More words.", "<a id=\"x\"></a>"), (true, false, true));
        assert_eq!(same("\"draft\"", "\"accepted\""), (true, true, false));
        assert_eq!(same("ADR-2", "ADR-3"), (true, true, false));
        assert_eq!(same("+++\nstatus", "+++\nid = \"ADR-9\"\nstatus"), (false, true, false));
    }
}
