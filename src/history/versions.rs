//! The texts that a file has had.

use super::repository::Repository;
use crate::text::SourcePath;
use std::collections::BTreeSet;

/// How many commits of a file are looked at.
const COMMITS: &str = "300";

impl Repository {
    /// The texts that a file has had in commits, under this name and those before it, the newest first; none where git knows none.
    pub fn texts(&self, path: &SourcePath) -> Vec<String> {
        let log =
            ["log", "--follow", "-M", "--raw", "--no-abbrev", "--no-ext-diff", "--no-textconv", "--format=", "-z"];
        let raw = self.git.ask(&[&log[..], &["-n", COMMITS, "--", path.as_str()]].concat()).unwrap_or_default();
        let mut seen = BTreeSet::new();
        let raw = String::from_utf8_lossy(&raw);
        let blobs = blobs(&raw).filter(|blob| seen.insert(blob.clone()));
        let asked: String = blobs.map(|blob| format!("{blob}\n")).collect();
        let batch = self.git.ask_of(&["cat-file", "--batch"], asked).unwrap_or_default();
        contents(&batch)
    }
}

/// The blobs that `git log --raw -z` names, new before old, the newest commit first.
fn blobs(raw: &str) -> impl Iterator<Item = String> {
    let of_change = |words: &str| {
        let mut words = words.rsplit(':').next().unwrap_or("").split(' ').skip(2);
        let (old, new) = (words.next().map(str::to_owned), words.next().map(str::to_owned));
        new.into_iter().chain(old).filter(|blob| blob.bytes().any(|byte| byte != b'0')).collect::<Vec<_>>()
    };
    raw.split('\0')
        .filter(|part| part.trim_start().starts_with(':'))
        .flat_map(of_change)
        .collect::<Vec<_>>()
        .into_iter()
}

/// The texts in what `git cat-file --batch` answers.
fn contents(batch: &[u8]) -> Vec<String> {
    let mut texts = Vec::new();
    let mut rest = batch;
    while let Some(end) = memchr::memchr(b'\n', rest) {
        let head = String::from_utf8_lossy(rest.get(..end).unwrap_or_default()).into_owned();
        let size = head
            .strip_suffix(" missing")
            .map_or_else(|| head.rsplit(' ').next().and_then(|size| size.parse::<usize>().ok()), |_| None);
        let from = end + 1;
        let Some(size) = size else {
            rest = rest.get(from..).unwrap_or_default();
            continue;
        };
        if let Some(Ok(text)) = rest.get(from..from + size).map(std::str::from_utf8) {
            texts.push(text.to_owned());
        }
        rest = rest.get(from + size + 1..).unwrap_or_default();
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_git_answers_is_read() {
        let (one, two, none) = ("a".repeat(40), "b".repeat(40), "0".repeat(40));
        let raw = format!(":100644 100644 {one} {two} M\0a.md\0\n:000000 100644 {none} {one} A\0a.md\0");
        assert_eq!(blobs(&raw).collect::<Vec<_>>(), [two.clone(), one.clone(), one.clone()]);
        let batch = format!("{two} blob 4\nab\nc\n{one} missing\n{one} blob 2\n\u{fe}\u{ff}\n");
        assert_eq!(contents(batch.as_bytes()).first().map(String::as_str), Some("ab\nc"));
    }
}
