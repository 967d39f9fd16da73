//! Which findings a run is about: those of some paths, and those that a branch has to do with.

use super::project::Project;
use crate::check::{Merge, clashes, with_levels};
use crate::config::CONFIG_FILE;
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::history::{Branch, Repository};
use crate::text::SourcePath;
use crate::workspace::Snapshot;
use std::collections::BTreeSet;

/// Which findings a run is about.
pub(super) struct Meant {
    /// Files and folders, relative to the root; empty for all.
    pub(super) folders: Vec<String>,
    branch: Option<(Repository, Branch)>,
    /// Where the settings are.
    settings: SourcePath,
}

impl Meant {
    /// The findings of some folders; with a base, of those only what the branch has to do with.
    ///
    /// # Errors
    /// When git cannot say what the branch has changed.
    pub(super) fn new(project: &Project, folders: Vec<String>, base: Option<&str>) -> Result<Meant> {
        let refused =
            |why: String| Error::Refused { message: format!("could not tell what has changed, because {why}") };
        let branch = |base: &str| {
            let repository = Repository::open(project.root())?;
            let branch = repository.branch(base)?;
            Ok((repository, branch))
        };
        let branch = base.map(branch).transpose().map_err(refused)?;
        Ok(Meant { folders, branch, settings: SourcePath::new(project.config_file().unwrap_or(CONFIG_FILE)) })
    }

    /// Whether a finding is meant.
    pub(super) fn holds(&self, finding: &Diagnostic) -> bool {
        is_below(&finding.primary.path, &self.folders)
            && self.branch.as_ref().is_none_or(|(_, branch)| self.is_of(branch, finding))
    }

    /// Whether a finding is one of a branch: it stands in a file that the branch has changed, or points at one, or misses one that
    /// the branch has taken away. Where the settings have changed, each finding may be new.
    fn is_of(&self, branch: &Branch, finding: &Diagnostic) -> bool {
        let is_changed = |path: &SourcePath| branch.changed.contains(path);
        is_changed(&self.settings)
            || is_changed(&finding.primary.path)
            || finding.related.iter().any(|label| is_changed(&label.location.path))
            || branch.gone.iter().any(|path| finding.message.contains(&format!("`{path}`")))
    }

    /// Ids that the branch has taken and its base has given to other files.
    pub(super) fn clashes(&self, snapshot: &Snapshot) -> Vec<Diagnostic> {
        let Some((repository, branch)) = &self.branch else { return Vec::new() };
        // Numbers that other branches have taken only make the advice better.
        let elsewhere = || repository.paths_of_all_branches(&snapshot.config.roots.outermost()).unwrap_or_default();
        let elsewhere: BTreeSet<SourcePath> = if branch.new_in_base.is_empty() { BTreeSet::new() } else { elsewhere() };
        let (base, changed, new_in_base) = (branch.base.as_str(), &branch.changed, &branch.new_in_base);
        let merge = Merge { base, changed, new_in_base, elsewhere: &elsewhere };
        with_levels(clashes(&snapshot.log, merge, &snapshot.config), &snapshot.log, &snapshot.config)
    }

    /// How much the branch has changed, in a sentence.
    pub(super) fn in_words(&self) -> Option<String> {
        let (_, branch) = self.branch.as_ref()?;
        let settings = if branch.changed.contains(&self.settings) {
            ", the settings among them: every finding is shown"
        } else {
            ""
        };
        let files = crate::report::count(branch.changed.len() + branch.gone.len(), "file");
        Some(format!("This branch has changed {files} since it left `{}`{settings}.", branch.base))
    }
}

/// Whether a file is one of the paths or lies below one; with no paths, every file is meant.
fn is_below(path: &SourcePath, folders: &[String]) -> bool {
    folders.is_empty() || folders.iter().any(|folder| path.is_within(folder))
}
