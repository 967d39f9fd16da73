//! The front matter of a new record.

use super::literal::Literal;
use crate::check::field_advice;
use crate::config::Kind;
use std::fmt::Write;

/// In which language a front matter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    /// Between `+++` lines.
    Toml,
    /// Between `---` lines.
    Yaml,
}

/// What a front matter says.
#[derive(Clone, Debug, Default)]
pub(super) struct Top {
    /// Keys with one value.
    pub(super) values: Vec<(&'static str, Literal)>,
    /// Keys with lists of words.
    pub(super) lists: Vec<(&'static str, Vec<String>)>,
    /// Who does what.
    pub(super) daci: Vec<(&'static str, String)>,
}

impl Top {
    /// The front matter with its fences, and with comments on what its kind will ask for.
    pub(super) fn write(&self, language: Language, kind: &Kind) -> String {
        let mut out = String::new();
        let mut line = |text: String| out.push_str(&(text + "\n"));
        let is_toml = language == Language::Toml;
        let (fence, is) = if is_toml { ("+++", " = ") } else { ("---", ": ") };
        let value = |value: &Literal| if is_toml { value.toml("") } else { value.yaml("") };
        line(fence.to_owned());
        for (key, literal) in &self.values {
            line(format!("{key}{is}{}", value(literal)));
        }
        for (key, words) in self.lists.iter().filter(|(_, words)| !words.is_empty()) {
            let words: Vec<String> = words.iter().map(|word| Literal::text(word).toml("")).collect();
            line(format!("{key}{is}[{}]", words.join(", ")));
        }
        self.asks(kind, language).into_iter().for_each(&mut line);
        if !self.daci.is_empty() {
            line(if is_toml { "\n[daci]".to_owned() } else { "daci:".to_owned() });
            for (key, who) in &self.daci {
                line(format!("{}{key}{is}{}", if is_toml { "" } else { "  " }, value(&Literal::text(who))));
            }
        }
        if is_toml && !kind.head.trim().is_empty() {
            line("\n# Take the marks away and write your own:".to_owned());
            for text in kind.head.trim().lines() {
                line(format!("# {text}").trim_end().to_owned());
            }
        }
        line(fence.to_owned());
        out
    }

    /// What a kind will ask for in the front matter and is not there, as comments.
    fn asks(&self, kind: &Kind, language: Language) -> Vec<String> {
        let has = |name: &str| match name.split_once('.') {
            Some(("daci", key)) => self.daci.iter().any(|(known, _)| *known == key),
            // Commands write it, or it is shown below.
            Some((table, _)) => table == "review" || kind.head.contains(&format!("[{table}]")),
            None => {
                self.values.iter().any(|(known, _)| *known == name)
                    || self.lists.iter().any(|(known, words)| *known == name && !words.is_empty())
            }
        };
        let mut asks = Vec::new();
        for status in &kind.lifecycle.statuses {
            let fields: Vec<&str> = kind
                .fields
                .iter()
                .filter(|field| field.from == status.name && field.when.is_empty())
                .map(|field| field.name.as_str())
                .collect();
            let fields: Vec<&str> = fields.into_iter().filter(|name| !has(name)).collect();
            if fields.is_empty() {
                continue;
            }
            match language {
                Language::Yaml => asks.push(format!("# By the status {}: {}", status.name, fields.join(", "))),
                Language::Toml => {
                    asks.push(format!("# By the status {}:", status.name));
                    asks.extend(fields.iter().map(|name| format!("#   {}", field_advice(name))));
                }
            }
        }
        asks
    }
}

/// A line of words that may stand in a front matter and in a heading.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        let _ = write!(line, "{}{word}", if line.is_empty() { "" } else { " " });
    }
    line
}
