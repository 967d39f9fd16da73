//! Whether settings that could not be read as they are written say what is content and what is left out.

use crate::diagnostic::Diagnostic;
use crate::text::{Span, nearest};
use crate::value::{Data, Table};

/// The tables that say it.
const TABLES: [&str; 2] = ["paths", "roots"];

/// The key that leaves something out.
const EXCLUDE: &str = "exclude";

/// The first place that may be meant to say what is content and what is left out, and is not read: a table or a key with nearly its
/// name, one that stands elsewhere, or a line that is broken.
pub(super) fn doubt(text: &str, table: &Table, faults: &[Diagnostic]) -> Option<Span> {
    let is_like = |key: &str, names: &[&str]| nearest(key, names.iter().copied()).is_some();
    for entry in &table.entries {
        let key = entry.key.value.as_str();
        if !TABLES.contains(&key) && (is_like(key, &TABLES) || is_like(key, &[EXCLUDE])) {
            return Some(entry.key.span);
        }
        let below = entry.value.items().iter().filter_map(|value| match &value.data {
            Data::Table(table) => Some(table),
            Data::Scalar(..) | Data::List(_) => None,
        });
        let misplaced = below.flat_map(|table| &table.entries).find(|inner| {
            let is_read = key == "paths" && inner.key.value == EXCLUDE;
            !is_read && key != "extra" && is_like(&inner.key.value, &[EXCLUDE])
        });
        if let Some(misplaced) = misplaced {
            return Some(misplaced.key.span);
        }
    }
    let says = |line: &str| {
        let line = line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '[' | '"' | '\''));
        let word = line.split(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or("");
        is_like(word, &TABLES) || is_like(word, &[EXCLUDE])
    };
    let fault = faults.first()?;
    let is_lost = table.entries.is_empty() && !text.trim().is_empty();
    (is_lost || text.lines().any(says)).then_some(fault.primary.span)
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::source::Source;
    use crate::text::SourcePath;

    fn doubt(text: &str) -> Option<String> {
        let config = Config::parse(&Source::new(SourcePath::new("precedent.toml"), text)).0;
        config.doubt.map(|span| span.of(text).to_owned())
    }

    #[test]
    fn settings_that_may_leave_something_out_are_not_passed_over() {
        for (text, at) in [
            ("[path]\nexclude = [\"content/x\"]\n", "path"),
            ("[Paths]\nexclude = [\"content/x\"]\n", "Paths"),
            ("[[root]]\npath = \"a\"\n", "root"),
            ("[paths]\nexlcude = [\"content/x\"]\n", "exlcude"),
            ("[paths]\nexcludes = [\"content/x\"]\n", "excludes"),
            ("exclude = [\"content/x\"]\n", "exclude"),
            ("[site]\ntitle = \"x\"\nexclude = [\"content/x\"]\n", "exclude"),
            ("[paths]\nexclude = [\"content/*.secret\"]\n", "\"content/*.secret\""),
            ("[paths]\nexclude = [\"../x\"]\n", "\"../x\""),
            ("[paths]\nexclude = { a = 1 }\n", "{ a = 1 }"),
            ("[paths]\ncontnet = \"docs\"\n", "contnet"),
            ("paths = 3\n", "3"),
        ] {
            assert_eq!(doubt(text).as_deref(), Some(at), "{text}");
        }
        for text in [
            "[paths\nexclude = [\"content/x\"]\n",
            "[paths]\nexclude = [\"content/x\n",
            "[paths]\nexclude [\"content/x\"]\n",
            "[site]\ntitle = \"x\n[paths]\nexclude = [\"content/x\"]\n",
            "\0\0\0",
        ] {
            assert!(doubt(text).is_some(), "{text}");
        }
    }

    #[test]
    fn settings_that_say_it_are_in_no_doubt() {
        for text in [
            "",
            "[paths]\ncontent = \"docs\"\nexclude = [\"docs/x\"]\n",
            "[[roots]]\npath = \"docs\"\n",
            "[site]\ntitle = \"x\ndescription = \"y\"\n",
            "[sites]\ntitle = 3\n[rules]\nbroken-lnik = \"warn\"\n",
        ] {
            assert_eq!(doubt(text), None, "{text}");
        }
        assert_eq!(Config::builtin().doubt, None);
    }
}
