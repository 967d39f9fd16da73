//! What a branch has changed since it left another.

use super::git::{Git, Silence};
use crate::text::SourcePath;
use std::collections::BTreeSet;

/// What was changed since the branch left its base: committed, staged, unstaged and new files alike.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Branch {
    /// The base, as it was named.
    pub base: String,
    /// Files that are new or other than they were.
    pub changed: BTreeSet<SourcePath>,
    /// Files that are gone, those with another name now among them.
    pub gone: BTreeSet<SourcePath>,
    /// Those files of the base that came after the branch had left it.
    pub new_in_base: BTreeSet<SourcePath>,
}

impl Branch {
    /// Asks git; `git` runs in the project's folder and takes no converter of the repository.
    ///
    /// # Errors
    /// When `base` is no commit, or git cannot tell where the branch left it; in words.
    pub(super) fn since(git: &Git, base: &str) -> Result<Branch, String> {
        let commit = format!("{base}^{{commit}}");
        let tip = git.line(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit]);
        let tip = tip.map_err(|silence| no_commit(silence, base))?;
        let left = git.line(&["merge-base", &tip, "HEAD"]).map_err(|silence| match silence {
            Silence::NoProgram => silence.why(),
            Silence::Failed(_) => format!(
                "git knows no commit that `{base}` and this branch have in common; fetch more of the history \
                 (`git fetch --unshallow`, or `fetch-depth: 0` where a job checks out)"
            ),
        })?;
        let why = Silence::why;
        let diff = ["diff", "--relative", "--name-status", "--no-renames", "--no-ext-diff", "--no-textconv", "-z"];
        let ask = |rest: &[&str]| git.ask(&[&diff, rest, &["--"]].concat()).map_err(why);
        let mut branch = Branch { base: base.to_owned(), ..Branch::default() };
        for (status, path) in entries(&ask(&[&left])?) {
            let files = if status == b'D' { &mut branch.gone } else { &mut branch.changed };
            files.insert(path);
        }
        let others = git.ask(&["ls-files", "--others", "--exclude-standard", "-z"]).map_err(why)?;
        branch.changed.extend(paths(&others));
        let new = entries(&ask(&[&left, &tip])?).into_iter().filter(|(status, _)| *status == b'A');
        branch.new_in_base = new.map(|(_, path)| path).collect();
        Ok(branch)
    }
}

fn no_commit(silence: Silence, base: &str) -> String {
    match silence {
        Silence::NoProgram => silence.why(),
        Silence::Failed(_) => format!(
            "there is no branch or commit `{base}` in this clone; fetch it (`git fetch origin {base}`), or name one that is there"
        ),
    }
}

/// Status and path of each entry that `--name-status -z` writes.
fn entries(bytes: &[u8]) -> Vec<(u8, SourcePath)> {
    let mut tokens = bytes.split(|byte| *byte == 0);
    let mut entries = Vec::new();
    while let (Some(status), Some(path)) = (tokens.next(), tokens.next()) {
        if let Some(status) = status.first() {
            entries.push((*status, SourcePath::new(String::from_utf8_lossy(path))));
        }
    }
    entries
}

/// Paths that a NUL ends.
pub(super) fn paths(bytes: &[u8]) -> impl Iterator<Item = SourcePath> {
    let names = bytes.split(|byte| *byte == 0).filter(|name| !name.is_empty());
    names.map(|name| SourcePath::new(String::from_utf8_lossy(name)))
}
