//! The text of a `precedent.toml` for a log that was found.

use super::discover::{Discovery, SERIES_OF};
use super::kind::Kind;
use super::root::Root;
use std::fmt::Write;

/// What a log that is taken up is to be left in peace with.
#[derive(Clone, Copy, Debug)]
pub struct Leniency<'a> {
    /// The file of findings that are left in peace; `None` where nothing was found.
    pub baseline: Option<&'a str>,
    /// How many files have a front matter that cannot be read, which no baseline holds.
    pub unreadable: usize,
}

/// Settings that say what was found, so that it stays so when folders come and go.
pub fn adopted(found: &Discovery, lenient: Leniency<'_>) -> String {
    let mut text = String::from(
        "# What is not set here has a default; the handbook's chapter on configuration lists every setting.\n\n\
         [site]\ntitle = \"Decision log\"\n\n",
    );
    let roots: Vec<&Root> = found.roots.iter().collect();
    match roots.as_slice() {
        [Root { path, prefix, kind, why }] if prefix.is_empty() && kind.is_empty() => {
            let path = if path.is_empty() { "." } else { path };
            line(&mut text, format_args!("# {}", comment(why)));
            line(&mut text, format_args!("[paths]\ncontent = {}\n", quoted(path)));
        }
        roots => roots.iter().for_each(|root| of_root(&mut text, root)),
    }
    found.kinds.iter().for_each(|kind| of_kind(&mut text, kind));
    if let Some(baseline) = lenient.baseline {
        text.push_str("# What was found when the log was taken up is left in peace; what is new is reported.\n");
        line(&mut text, format_args!("[check]\nbaseline = {}\n", quoted(baseline)));
    }
    if lenient.unreadable > 0 {
        let files = if lenient.unreadable == 1 {
            "One file has".to_owned()
        } else {
            format!("{} files have", lenient.unreadable)
        };
        line(&mut text, format_args!("# {files} a front matter that cannot be read. Take this out when it is mended."));
        text.push_str("[rules]\nmalformed-front-matter = \"warn\"\n\n");
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

fn of_root(text: &mut String, root: &Root) {
    line(text, format_args!("# {}", comment(&root.why)));
    line(text, format_args!("[[roots]]\npath = {}", quoted(if root.path.is_empty() { "." } else { &root.path })));
    if !root.prefix.is_empty() {
        line(text, format_args!("prefix = {}", quoted(&root.prefix)));
    }
    if !root.kind.is_empty() {
        line(text, format_args!("kind = {}", quoted(&root.kind)));
    }
    text.push('\n');
}

fn of_kind(text: &mut String, kind: &Kind) {
    let folders: Vec<String> = kind.folders.iter().map(|folder| quoted(folder)).collect();
    line(
        text,
        format_args!("# A series of its own, with the statuses of proposals; what else it asks for is for you to say."),
    );
    line(
        text,
        format_args!("[kinds.{}]\nbased-on = {}\nlabel = {}", kind.name, quoted(SERIES_OF), quoted(&kind.label)),
    );
    line(text, format_args!("plural = {}\nsummary = {}", quoted(&kind.plural), quoted(&kind.summary)));
    line(text, format_args!("prefix = {}\nwidth = {}", quoted(&kind.prefix), kind.width));
    line(text, format_args!("folders = [{}]\n", folders.join(", ")));
}

/// A text takes whatever is written to it.
fn line(text: &mut String, words: std::fmt::Arguments<'_>) {
    let _ = writeln!(text, "{words}");
}

/// A reason as a comment: one sentence, and nothing that would end the line.
fn comment(why: &str) -> String {
    let mut letters = why.chars().filter(|c| !c.is_control());
    let first = letters.next().map(char::to_uppercase).into_iter().flatten();
    first.chain(letters).chain(['.']).collect()
}

/// A string of TOML.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::super::parse::{CONFIG_FILE, Config};
    use super::super::root::Roots;
    use super::*;
    use crate::source::{Memory, Source};
    use crate::text::SourcePath;

    /// The settings that the text is read as.
    fn read(found: &Discovery, lenient: Leniency<'_>) -> Config {
        let text = adopted(found, lenient);
        let (config, faults) = Config::parse(&Source::new(SourcePath::new(CONFIG_FILE), text.as_str()));
        assert_eq!(faults, [], "{text}");
        config
    }

    const STRICT: Leniency<'_> = Leniency { baseline: None, unreadable: 0 };

    #[test]
    fn what_is_written_means_what_was_found() {
        let root = |path: &str, prefix: &str, kind: &str| Root {
            path: path.to_owned(),
            prefix: prefix.to_owned(),
            kind: kind.to_owned(),
            why: "x\ny".to_owned(),
        };
        for roots in [
            vec![root("docs/adr", "", "")],
            vec![root("", "", "")],
            vec![root("text", "", "rfc")],
            vec![root("do\"cs\\ü\u{7f}/adr", "", ""), root("packages/web/adr", "web", "adr"), root("", "", "")],
        ] {
            let found = Discovery { roots: Roots::of(roots.clone()), kinds: Vec::new(), is_shown: true };
            let config = read(&found, STRICT);
            let shown = |root: &Root| (root.path.clone(), root.prefix.clone(), root.kind.clone());
            assert_eq!(config.roots.iter().map(shown).collect::<Vec<_>>(), roots.iter().map(shown).collect::<Vec<_>>());
        }
    }

    #[test]
    fn series_and_what_is_left_in_peace_are_written_too() {
        let files = Memory::of([("XIPS/xip-1.md", ""), ("XIPS/xip-20.md", ""), ("XIPS/xip-300.md", "")]);
        let found = super::super::discover::discover(&files, "content", &Config::builtin().kinds);
        let config = read(&found, Leniency { baseline: Some("old.json"), unreadable: 2 });
        let (written, expected) = (config.kind("xip").unwrap(), &found.kinds[0]);
        assert_eq!((written.as_ref(), config.policy.baseline.as_str()), (expected.as_ref(), "old.json"));
        assert!(config.policy.rules.contains_key("malformed-front-matter"));
    }
}
