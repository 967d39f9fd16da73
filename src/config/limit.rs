//! `[limits]`: how much is read and shown.

use crate::markdown::Limits;
use crate::source::FileLimits;
use crate::value::{HeadLimits, Reader};
use std::time::Duration;

/// `[limits]`: how much is read and shown. What lies beyond is a finding, and shown in the plainest way that is left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LimitSettings {
    /// How large a file may be, and how far down it may lie.
    pub file: FileLimits,
    /// What the head of a text may hold.
    pub head: HeadLimits,
    /// What one text may hold.
    pub text: Limits,
    /// What a visitor of the preview may do.
    pub visit: VisitLimits,
    /// Findings that are written in full: `findings`.
    pub findings: usize,
    /// Findings of one rule in one file that are written in full: `findings-alike`.
    pub alike: usize,
}

/// What visitors of the preview may do, from the next build on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VisitLimits {
    /// Connections at a time: `visitors`. Browsers hold a few, and open pages one each.
    pub visitors: usize,
    /// Bytes of the head of a request: `request-bytes`.
    pub head: usize,
    /// Bytes of a line of it: `request-line-bytes`.
    pub line: usize,
    /// Its fields: `request-fields`.
    pub fields: usize,
    /// The time in which it must be there: `request-seconds`.
    pub head_time: Duration,
    /// The longest silence within it: `silence-seconds`.
    pub silence: Duration,
    /// The longest time in which nothing of an answer is taken: `stall-seconds`.
    pub stall: Duration,
}

/// The largest number that most limits may be raised to.
const MOST: usize = 1 << 30;
/// The longest name of a file that disks take, in bytes.
const LONGEST_NAME: usize = 255;
/// The longest path that systems take, in bytes.
const LONGEST_PATH: usize = 4096;
/// Each visitor has a thread.
const MOST_VISITORS: usize = 1024;
/// Each visitor may have the server hold so many bytes.
const LONGEST_REQUEST: usize = 1 << 20;
/// The longest wait for a visitor, in seconds.
const LONGEST_WAIT: usize = 3600;

impl Default for LimitSettings {
    fn default() -> LimitSettings {
        let (file, head, text, visit) =
            (FileLimits::default(), HeadLimits::default(), Limits::default(), VisitLimits::default());
        LimitSettings { file, head, text, visit, findings: 100, alike: 5 }
    }
}

impl Default for VisitLimits {
    fn default() -> VisitLimits {
        VisitLimits {
            visitors: 128,
            head: 16 * 1024,
            line: 8 * 1024,
            fields: 100,
            head_time: Duration::from_secs(10),
            silence: Duration::from_secs(5),
            stall: Duration::from_secs(10),
        }
    }
}

/// Reads `[limits]`.
pub(super) fn read_limits(top: &Reader<'_>, limits: &mut LimitSettings) {
    let Some(table) = top.table("limits") else { return };
    let table = table.value;
    let number = |key, most| {
        let written = table.integer(key)?;
        let number = usize::try_from(written.value).ok().filter(|number| (1..=most).contains(number));
        if number.is_none() {
            let message = format!("`{key}` is {}", written.value);
            table.reject(written.span, message, format!("write a whole number from 1 to {most}"));
        }
        number
    };
    let LimitSettings { file, head, text, visit, findings, alike } = limits;
    for (key, limit, most) in [
        ("front-matter-depth", &mut head.depth, HeadLimits::DEEPEST),
        ("folder-depth", &mut file.depth, LONGEST_PATH),
        ("name-bytes", &mut file.name, LONGEST_NAME),
        ("path-bytes", &mut file.path, LONGEST_PATH),
        ("visitors", &mut visit.visitors, MOST_VISITORS),
        ("request-bytes", &mut visit.head, LONGEST_REQUEST),
        ("request-line-bytes", &mut visit.line, LONGEST_REQUEST),
        ("request-fields", &mut visit.fields, LONGEST_REQUEST),
    ] {
        if let Some(number) = number(key, most) {
            *limit = number;
        }
    }
    for (key, limit) in [
        ("page-bytes", &mut file.page),
        ("front-matter-bytes", &mut head.bytes),
        ("front-matter-keys", &mut head.keys),
        ("marks", &mut text.marks),
        ("block-depth", &mut text.depth),
        ("headings", &mut text.headings),
        ("links", &mut text.links),
        ("table-cells", &mut text.cells),
        ("footnotes", &mut text.footnotes),
        ("diagrams", &mut text.diagrams),
        ("diagram-bytes", &mut text.diagram),
        ("diagram-nodes", &mut text.diagram_nodes),
        ("diagram-edges", &mut text.diagram_edges),
        ("drawing-bytes", &mut text.drawing),
        ("code-bytes", &mut text.code),
        ("code-line-bytes", &mut text.code_line),
        ("page-code-bytes", &mut text.code_of_page),
        ("html-bytes", &mut text.html),
        ("findings", findings),
        ("findings-alike", alike),
    ] {
        if let Some(number) = number(key, MOST) {
            *limit = number;
        }
    }
    for (key, limit) in [("code-milliseconds", &mut text.code_time), ("diagram-milliseconds", &mut text.diagram_time)] {
        if let Some(number) = number(key, MOST) {
            *limit = Duration::from_millis(number as u64);
        }
    }
    for (key, limit) in [
        ("request-seconds", &mut visit.head_time),
        ("silence-seconds", &mut visit.silence),
        ("stall-seconds", &mut visit.stall),
    ] {
        if let Some(number) = number(key, LONGEST_WAIT) {
            *limit = Duration::from_secs(number as u64);
        }
    }
    table.finish();
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::config::limit::LimitSettings;
    use crate::source::Source;
    use crate::text::SourcePath;

    fn parse(text: &str) -> (LimitSettings, Vec<String>) {
        let (config, found) = Config::parse(&Source::new(SourcePath::new("precedent.toml"), text));
        (config.limits, found.into_iter().map(|finding| finding.message).collect())
    }

    #[test]
    fn the_built_in_settings_say_what_the_program_takes_without_them() {
        assert_eq!(Config::builtin().limits, LimitSettings::default());
    }

    #[test]
    fn a_limit_is_raised_or_lowered() {
        let (limits, found) = parse("[limits]\nheadings = 10\nhtml-bytes = 67_108_864\ncode-milliseconds = 250\n");
        assert_eq!(found, Vec::<String>::new());
        assert_eq!((limits.text.headings, limits.text.html, limits.text.code_time.as_millis()), (10, 67_108_864, 250));
        assert_eq!(limits.text.links, LimitSettings::default().text.links);
        let (limits, found) = parse(
            "[limits]\npage-bytes = 1\nfolder-depth = 2\nname-bytes = 3\npath-bytes = 4\nfront-matter-bytes = 5\n\
             front-matter-keys = 6\nfront-matter-depth = 7\nvisitors = 8\nrequest-bytes = 9\nrequest-line-bytes = 10\n\
             request-fields = 11\nrequest-seconds = 12\nsilence-seconds = 13\nstall-seconds = 14\n",
        );
        assert_eq!(found, Vec::<String>::new());
        let LimitSettings { file, head, visit, .. } = limits;
        assert_eq!((file.page, file.depth, file.name, file.path), (1, 2, 3, 4));
        assert_eq!((head.bytes, head.keys, head.depth), (5, 6, 7));
        assert_eq!((visit.visitors, visit.head, visit.line, visit.fields), (8, 9, 10, 11));
        let seconds = [visit.head_time, visit.silence, visit.stall].map(|time| time.as_secs());
        assert_eq!(seconds, [12, 13, 14]);
    }

    #[test]
    fn a_limit_that_no_machine_could_keep_is_a_finding() {
        for (setting, most) in [
            ("page-bytes = 1073741825", "1073741824"),
            ("front-matter-depth = 21", "20"),
            ("name-bytes = 256", "255"),
            ("path-bytes = 4097", "4096"),
            ("visitors = 0", "1024"),
            ("visitors = 1025", "1024"),
            ("request-bytes = 9_000_000", "1048576"),
            ("stall-seconds = 9223372036854775807", "3600"),
        ] {
            let source = Source::new(SourcePath::new("precedent.toml"), format!("[limits]\n{setting}\n"));
            let (config, found) = Config::parse(&source);
            assert_eq!(config.limits, LimitSettings::default(), "{setting}");
            let help = found.first().and_then(|finding| finding.help.as_deref());
            assert_eq!(help, Some(format!("write a whole number from 1 to {most}").as_str()), "{setting}");
        }
    }

    #[test]
    fn a_limit_that_makes_no_sense_is_a_finding() {
        let (limits, found) = parse("[limits]\nheadings = 0\nlinks = -1\nfootnotes = \"many\"\nheadigns = 3\n");
        assert_eq!((limits, found.len()), (LimitSettings::default(), 4), "{found:?}");
    }
}
