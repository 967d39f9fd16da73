//! Earlier texts of files and the files of other branches, asked of the `git` program where there is one.

use crate::text::SourcePath;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// How many commits of a file are looked at.
const COMMITS: usize = 300;

/// What a repository remembers of a project. Without `git`, or outside of a repository, it remembers nothing.
#[derive(Clone, Debug)]
pub struct Versions {
    root: PathBuf,
}

impl Versions {
    /// The versions of what lies below a project's folder.
    pub fn of(root: &Path) -> Versions {
        Versions { root: root.to_owned() }
    }

    /// The texts that a file has had in commits, under this name and those before it, the newest first.
    pub fn texts(&self, path: &SourcePath) -> Vec<String> {
        let most = COMMITS.to_string();
        let log = [
            "log",
            "--follow",
            "-M",
            "--raw",
            "--no-abbrev",
            "--no-ext-diff",
            "--no-textconv",
            "--format=",
            "-z",
            "-n",
            &most,
            "--",
        ];
        let Some(raw) = self.git(log.into_iter().chain([path.as_str()]), None) else { return Vec::new() };
        let mut seen = BTreeSet::new();
        let blobs: Vec<String> =
            blobs(&String::from_utf8_lossy(&raw)).filter(|blob| seen.insert(blob.clone())).collect();
        let asked = blobs.iter().map(|blob| format!("{blob}\n")).collect::<String>();
        self.git(["cat-file", "--batch"], Some(asked)).map(|batch| contents(&batch)).unwrap_or_default()
    }

    /// The files below a folder of the project that branches other than this one hold, here and at remotes.
    pub fn on_branches(&self, folder: &str) -> Vec<SourcePath> {
        let refs = ["for-each-ref", "--format=%(refname)", "refs/heads", "refs/remotes"];
        let Some(refs) = self.git(refs, None) else { return Vec::new() };
        let mut files = BTreeSet::new();
        for name in String::from_utf8_lossy(&refs).lines() {
            let below = format!("./{folder}");
            let tree = ["ls-tree", "-r", "-z", "--name-only", name, "--", below.as_str()];
            let Some(tree) = self.git(tree, None) else { continue };
            let tree = String::from_utf8_lossy(&tree).into_owned();
            files.extend(tree.split('\0').filter(|path| !path.is_empty()).map(SourcePath::new));
        }
        files.into_iter().collect()
    }

    /// What git answers; nothing where it does not. No setting of the repository's makes it run anything, and it asks nobody.
    fn git<'a>(&self, arguments: impl IntoIterator<Item = &'a str>, input: Option<String>) -> Option<Vec<u8>> {
        const SETTINGS: [&str; 4] =
            ["core.fsmonitor=false", "core.hooksPath=/dev/null", "log.showSignature=false", "core.quotePath=false"];
        let mut command = Command::new("git");
        command.arg("-C").arg(&self.root).args(["--no-pager", "--literal-pathspecs"]);
        for setting in SETTINGS {
            command.args(["-c", setting]);
        }
        command.args(arguments);
        for (name, value) in
            [("GIT_OPTIONAL_LOCKS", "0"), ("GIT_TERMINAL_PROMPT", "0"), ("GIT_NO_LAZY_FETCH", "1"), ("LC_ALL", "C")]
        {
            command.env(name, value);
        }
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_EXTERNAL_DIFF"] {
            command.env_remove(name);
        }
        command.stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() });
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
        let writer = input.zip(child.stdin.take()).map(|(input, mut pipe)| {
            // It answers while it is still asked: both pipes have to move.
            std::thread::spawn(move || pipe.write_all(input.as_bytes()))
        });
        let output = child.wait_with_output().ok()?;
        if let Some(writer) = writer {
            // A pipe that broke shows in what git answered.
            let _ = writer.join();
        }
        output.status.success().then_some(output.stdout)
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
