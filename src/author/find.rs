//! The record that somebody names on a command line.

use crate::error::{Error, Result};
use crate::log::DecisionLog;
use crate::record::{Record, RecordId};
use crate::text::{SourcePath, nearest};

/// The record that `words` name: an id in any spelling (`RFC-7`, `rfc 0007`), a number where only one record has it, or the
/// path of its file below the root, which is `path`.
///
/// # Errors
/// When there is none, or when several claim it.
pub fn find(log: &DecisionLog, words: &str, path: Option<&str>) -> Result<usize> {
    let words = words.trim();
    if let Some(position) = path.and_then(|path| log.at_path(&SourcePath::new(path))) {
        return Ok(position);
    }
    let claims: Vec<usize> = match (RecordId::parse(words), words.trim_start_matches('#').parse::<u32>()) {
        (Some(id), _) => log.claims(&id).to_vec(),
        (None, Ok(number)) => {
            let is_it = |id: &RecordId| id.number == number && id.addendum.is_none();
            log.ids().filter(|(id, _)| is_it(id)).flat_map(|(_, claims)| claims.iter().copied()).collect()
        }
        _ => Vec::new(),
    };
    match claims.as_slice() {
        [only] => Ok(*only),
        [] => Err(unknown(log, words)),
        several => {
            let named =
                |position: &usize| log.record(*position).map(|record| format!("{} ({})", name(record), record.path()));
            let several: Vec<String> = several.iter().filter_map(named).collect();
            let message = format!("`{words}` may be {}; name the file", several.join(" or "));
            Err(Error::Refused { message })
        }
    }
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
    let advice = match (nearest(&words.to_uppercase(), ids.iter().map(String::as_str)), same_series) {
        (_, Some(last)) => format!("the last of its series is {last}"),
        (Some(near), None) => format!("did you mean `{near}`?"),
        (None, None) => "name a record by its id, such as `RFC-7`, or by the path of its file".to_owned(),
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
}
