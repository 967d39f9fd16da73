//! A project's repository, and what can be asked of it.

use super::branch::{Branch, paths};
use super::git::{Git, Silence};
use super::life::History;
use super::walk::{FORMAT, read};
use crate::text::SourcePath;
use std::collections::BTreeSet;
use std::path::Path;

/// The repository in which a project lies.
#[derive(Clone, Debug)]
pub struct Repository {
    pub(super) git: Git,
}

impl Repository {
    /// Opens the repository of a project's folder.
    ///
    /// # Errors
    /// Why there is none: no program, no repository, or one that git does not trust; in words, to complete "… because".
    pub fn open(project: &Path) -> Result<Repository, String> {
        let git = Git::new(project);
        match git.line(&["rev-parse", "--is-inside-work-tree"]).map_err(Silence::why)?.as_str() {
            "true" => Ok(Repository { git }),
            _ => Err("the folder is no part of a working tree".to_owned()),
        }
    }

    /// The lives of the files below some folders of the project, from one walk of the history of the present commit.
    ///
    /// A file that came from outside of these folders is known from its coming on.
    ///
    /// # Errors
    /// When git fails; in words.
    pub fn history(&self, folders: &[&str]) -> Result<History, String> {
        let shallow = self.git.line(&["rev-parse", "--is-shallow-repository"]).map_err(Silence::why)? == "true";
        if self.git.ask(&["rev-parse", "--verify", "--quiet", "HEAD"]).is_err() {
            return Ok(History::default());
        }
        let walk =
            ["log", "-z", "--name-status", "-M", "--relative", "--no-ext-diff", "--no-textconv", "--encoding=UTF-8"];
        let more = ["--no-color", "--no-decorate", "--diff-merges=off", FORMAT, "HEAD", "--"];
        let log = self.git.ask(&[&walk[..], &more, &folders_of(folders)].concat()).map_err(Silence::why)?;
        // The commit at which a clone ends has parents, which git hides.
        let is_cut = |name: &str| {
            let commit = || self.git.ask(&["cat-file", "commit", name]).unwrap_or_default();
            shallow
                && commit()
                    .split(|byte| *byte == b'\n')
                    .take_while(|line| !line.is_empty())
                    .any(|line| line.starts_with(b"parent "))
        };
        Ok(History::new(read(&log, &is_cut), shallow))
    }

    /// What this branch, with all that is not committed yet, has changed since it left `base`.
    ///
    /// # Errors
    /// When `base` is no commit, or git cannot tell; in words.
    pub fn branch(&self, base: &str) -> Result<Branch, String> {
        Branch::since(&self.git.clone().without_filters().map_err(Silence::why)?, base)
    }

    /// Every path below some folders that any branch, local or remote, ever had: a number that one of them has is taken.
    ///
    /// # Errors
    /// When git fails; in words.
    pub fn paths_of_all_branches(&self, folders: &[&str]) -> Result<BTreeSet<SourcePath>, String> {
        let walk = ["log", "-z", "--name-only", "--no-renames", "--diff-filter=A", "--relative", "--no-ext-diff"];
        let more = ["--no-textconv", "--no-color", "--no-decorate", "--format=", "--branches", "--remotes", "--"];
        let log = self.git.ask(&[&walk[..], &more, &folders_of(folders)].concat()).map_err(Silence::why)?;
        Ok(paths(&log).collect())
    }
}

/// Folders as git takes them; the project's own is `.`.
fn folders_of<'a>(folders: &[&'a str]) -> Vec<&'a str> {
    folders.iter().map(|folder| if folder.is_empty() { "." } else { folder }).collect()
}
