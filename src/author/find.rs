//! The record that somebody names on a command line.

use crate::error::{Error, Result};
use crate::log::DecisionLog;
use crate::record::{Record, RecordId};
use crate::text::{SourcePath, nearest};

/// How many records are named that may be meant.
const MOST: usize = 5;

/// The record that `words` name: an id in any spelling (`RFC-7`, `rfc 0007`), a number where only one record has it, the path of
/// its file below the root, which is `path`, or else its title or what its file is called. Many a log has no ids.
///
/// # Errors
/// When there is none, or when several claim it.
pub fn find(log: &DecisionLog, words: &str, path: Option<&str>) -> Result<usize> {
    let words = words.trim();
    if let Some(position) = path.and_then(|path| log.at_path(&SourcePath::new(path))) {
        return Ok(position);
    }
    let mut claims: Vec<usize> = match (RecordId::parse(words), words.trim_start_matches('#').parse::<u32>()) {
        (Some(id), _) => log.claims(&id).to_vec(),
        (None, Ok(number)) => {
            let is_it = |id: &RecordId| id.number == number && id.addendum.is_none();
            log.ids().filter(|(id, _)| is_it(id)).flat_map(|(_, claims)| claims.iter().copied()).collect()
        }
        _ => Vec::new(),
    };
    if claims.is_empty() {
        claims = called(log, words);
    }
    match claims.as_slice() {
        [only] => Ok(*only),
        [] => Err(unknown(log, words)),
        several => {
            let named = |position: &usize| {
                let record = log.record(*position)?;
                let id = record.id.as_ref().map(|id| format!("{} ({})", id.value, record.path()));
                Some(id.unwrap_or_else(|| record.path().to_string()))
            };
            let mut all: Vec<String> = several.iter().take(MOST).filter_map(named).collect();
            if several.len() > MOST {
                all.push(format!("one of {} more", several.len() - MOST));
            }
            let message = format!("`{}` may be {}; name the file", words.escape_debug(), all.join(" or "));
            Err(Error::Refused { message })
        }
    }
}

/// The record that `words` name, and the part of it behind a `#`: `RFC-7#cost`. A title may hold such a sign, too: `C# for services`.
///
/// # Errors
/// As [`find`].
pub(super) fn find_part<'w>(log: &DecisionLog, words: &'w str) -> Result<(usize, Option<&'w str>)> {
    let whole = find(log, words, None).map(|position| (position, None));
    whole.or_else(|error| match words.split_once('#') {
        Some((record, part)) => find(log, record, None).map(|position| (position, Some(part))),
        None => Err(error),
    })
}

/// The records of this title, or whose file has this name.
fn called(log: &DecisionLog, words: &str) -> Vec<usize> {
    let wanted = words.to_lowercase();
    if wanted.is_empty() {
        return Vec::new();
    }
    let is_it = |record: &Record| {
        let path = record.path();
        // A README is called like many others.
        let file = if path.is_index() { "" } else { path.file_name() };
        [record.title.as_str(), path.record_name(), file].iter().any(|name| name.to_lowercase() == wanted)
    };
    log.records().iter().enumerate().filter(|(_, record)| is_it(record)).map(|(at, _)| at).collect()
}

/// How a record is named in a sentence: its id, else its path.
pub fn name(record: &Record) -> String {
    record.id.as_ref().map_or_else(|| record.path().to_string(), |id| id.value.to_string())
}

fn unknown(log: &DecisionLog, words: &str) -> Error {
    let ids: Vec<String> = log.ids().map(|(id, _)| id.to_string()).collect();
    let same_series = RecordId::parse(words).and_then(|id| {
        let of_series = log.ids().filter(|(other, _)| other.prefix == id.prefix && other.addendum.is_none());
        of_series.map(|(other, _)| other.to_string()).last()
    });
    let wanted = words.to_lowercase();
    let titles: Vec<&str> = log.records().iter().map(|record| record.title.as_str()).collect();
    let of_title: Vec<&&str> = titles.iter().filter(|title| title.to_lowercase().contains(&wanted)).collect();
    let near = nearest(&words.to_uppercase(), ids.iter().map(String::as_str)).map(str::to_owned);
    let near = near.or_else(|| nearest(words, titles.iter().copied()).map(str::to_owned));
    let advice = match (same_series, of_title.as_slice(), near) {
        (Some(last), ..) => format!("the last of its series is {last}"),
        (None, [title], _) if !wanted.is_empty() => format!("did you mean `{}`?", title.escape_debug()),
        (None, [_, ..], _) if !wanted.is_empty() => {
            format!("it is in {} titles; `precedent list` finds titles by their words", of_title.len())
        }
        (None, _, Some(near)) => format!("did you mean `{}`?", near.escape_debug()),
        (None, ..) => "name a record by its id, such as `RFC-7`, by its title, or by the path of its file".to_owned(),
    };
    Error::Refused { message: format!("there is no record `{}`; {advice}", words.escape_debug()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::source::Source;
    use std::collections::BTreeMap;
    use std::sync::Arc;

    #[test]
    fn a_record_goes_by_its_id_its_number_and_its_path() {
        let config = Config::builtin();
        let paths = [
            "content/adr/0003-a.md",
            "content/adr/0004-b.md",
            "content/adr/0004-c.md",
            "content/rfc/0003-d.md",
            "content/rfc/0007-e.md",
            "content/rfc/0007-a1-f.md",
        ];
        let parse = |path: &&str| Arc::new(Record::parse(&Source::new(SourcePath::new(*path), ""), &config).0);
        let log = DecisionLog::link(paths.iter().map(parse).collect(), BTreeMap::new(), &config);
        let found = |words: &str, path: Option<&str>| match find(&log, words, path) {
            Ok(position) => log.record(position).unwrap().path().to_string(),
            Err(error) => error.to_string(),
        };
        for (words, path) in [("rfc 3", paths[3]), ("ADR-0003", paths[0]), ("7", paths[4]), ("RFC-7-A1", paths[5])] {
            assert_eq!(found(words, None), path);
        }
        assert_eq!(found("x", Some(paths[1])), paths[1]);
        assert_eq!(
            found("3", None),
            "`3` may be ADR-0003 (content/adr/0003-a.md) or RFC-0003 (content/rfc/0003-d.md); name the file"
        );
        assert!(found("ADR-4", None).contains("0004-b.md) or ADR-0004 (content/adr/0004-c.md); name the file"));
        assert_eq!(found("RFC-9", None), "there is no record `RFC-9`; the last of its series is RFC-0007");
        assert_eq!(found("RCF-0007", None), "there is no record `RCF-0007`; did you mean `RFC-0007`?");
        assert!(found("frobnicate", None).contains("by its id"));
    }

    #[test]
    fn a_record_without_an_id_goes_by_its_title_and_its_file() {
        let config = Config::builtin();
        let files = [
            ("docs/decisions/2024-01-02-queues/README.md", "# Queues at night\n"),
            ("docs/decisions/2024-01-03-chat.md", "# Where we chat\n"),
            ("docs/decisions/2024-01-04-twice.md", "# One title\n"),
            ("docs/decisions/2024-01-05-again.md", "# One title\n"),
            ("docs/decisions/2024-01-06-gone.md", "# 404\n"),
            ("docs/decisions/2024-01-07-sharp.md", "# C# at night\n"),
        ];
        let parse = |(path, text): &(&str, &str)| {
            Arc::new(Record::parse(&Source::new(SourcePath::new(*path), *text), &config).0)
        };
        let log = DecisionLog::link(files.iter().map(parse).collect(), BTreeMap::new(), &config);
        let found = |words: &str| match find(&log, words, None) {
            Ok(position) => log.record(position).unwrap().path().to_string(),
            Err(error) => error.to_string(),
        };
        for words in ["queues AT night", "2024-01-02-queues"] {
            assert_eq!(found(words), files[0].0);
        }
        for words in ["Where we chat", "2024-01-03-chat", "2024-01-03-chat.md"] {
            assert_eq!(found(words), files[1].0);
        }
        assert_eq!(found("404"), files[4].0);
        let part =
            |words| find_part(&log, words).map(|(at, part)| (log.record(at).unwrap().path().as_str(), part)).unwrap();
        assert_eq!(part("C# at night"), (files[5].0, None));
        assert_eq!(part("Where we chat#cost"), (files[1].0, Some("cost")));
        assert_eq!(found("One title"), format!("`One title` may be {} or {}; name the file", files[2].0, files[3].0));
        assert_eq!(found("chat"), "there is no record `chat`; did you mean `Where we chat`?");
        assert_eq!(found("Were we chat"), "there is no record `Were we chat`; did you mean `Where we chat`?");
        assert_eq!(
            found("title"),
            "there is no record `title`; it is in 2 titles; `precedent list` finds titles by their words"
        );
    }
}
