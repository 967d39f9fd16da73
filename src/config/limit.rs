//! `[limits]`: how much is read and shown.

use crate::markdown::Limits;
use crate::value::Reader;
use std::time::Duration;

/// `[limits]`: how much is read and shown. What lies beyond is a finding, and shown in the plainest way that is left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LimitSettings {
    /// What one text may hold.
    pub text: Limits,
    /// Findings that are written in full: `findings`.
    pub findings: usize,
    /// Findings of one rule in one file that are written in full: `findings-alike`.
    pub alike: usize,
}

/// The largest number that a limit may be raised to.
const MOST: i64 = 1 << 30;

impl Default for LimitSettings {
    fn default() -> LimitSettings {
        LimitSettings { text: Limits::default(), findings: 100, alike: 5 }
    }
}

/// Reads `[limits]`.
pub(super) fn read_limits(top: &Reader<'_>, limits: &mut LimitSettings) {
    let Some(table) = top.table("limits") else { return };
    let table = table.value;
    let number = |key| {
        let written = table.integer(key)?;
        if (1..=MOST).contains(&written.value) {
            return usize::try_from(written.value).ok();
        }
        let message = format!("`{key}` is {}", written.value);
        table.reject(written.span, message, format!("write a whole number from 1 to {MOST}"));
        None
    };
    let LimitSettings { text, findings, alike } = limits;
    for (key, limit) in [
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
        if let Some(number) = number(key) {
            *limit = number;
        }
    }
    for (key, limit) in [("code-milliseconds", &mut text.code_time), ("diagram-milliseconds", &mut text.diagram_time)] {
        if let Some(number) = number(key) {
            *limit = Duration::from_millis(number as u64);
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
    }

    #[test]
    fn a_limit_that_makes_no_sense_is_a_finding() {
        let (limits, found) = parse("[limits]\nheadings = 0\nlinks = -1\nfootnotes = \"many\"\nheadigns = 3\n");
        assert_eq!((limits, found.len()), (LimitSettings::default(), 4), "{found:?}");
    }
}
