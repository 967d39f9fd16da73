//! Which project the command is about, and where its paths lie.

use super::caching::Caching;
use super::console::Console;
use super::globals::Globals;
use crate::cache::Cache;
use crate::config::{CONFIG_FILE, Config, Overrides, find_project};
use crate::error::{Error, Result};
use crate::history::History;
use crate::report::count;
use crate::source::{Disk, Files, PackFolder};
use crate::text::SourcePath;
use crate::workspace::Workspace;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// The project's folder, and the folder that the command was given in.
#[derive(Clone)]
pub(super) struct Project {
    disk: Disk,
    here: PathBuf,
    config_file: Option<String>,
    /// What the command line says of the baseline.
    pub(super) checks: Overrides,
    cache: Arc<Cache>,
}

/// Names what this program remembers: another version, or one built from other parts, believes nothing of it.
const MAKER: &str = env!("PRECEDENT_MAKER");

impl Project {
    /// Finds the project: the folder that was named, else the nearest upwards with a `precedent.toml`, else one that shows a
    /// log, else this one.
    ///
    /// # Errors
    /// When the folder cannot be opened or the settings file lies outside.
    #[allow(clippy::disallowed_methods, reason = "the environment is read in cli")]
    pub(super) fn find(globals: &Globals, caching: &Caching) -> Result<Project> {
        let here = std::env::current_dir().map_err(|source| Error::Io {
            doing: "could not find the working directory",
            path: PathBuf::from("."),
            source,
        })?;
        let root = match &globals.root {
            Some(root) => here.join(root),
            None => find_project(&here).unwrap_or_else(|| here.clone()),
        };
        let disk = Disk::open(&root)?;
        // A folder that was never made a project is left as it was found.
        let is_settled = || globals.config.is_some() || disk.read(&SourcePath::new(CONFIG_FILE)).is_ok();
        let cache = Arc::new(match &caching.cache_dir {
            Some(folder) => Cache::new(Box::new(PackFolder::at(plain(&here.join(folder)))), MAKER),
            None if caching.no_cache || !is_settled() => Cache::default(),
            None => Cache::new(Box::new(PackFolder::of_project(&disk.root)), MAKER),
        });
        let mut project = Project { disk, here, config_file: None, checks: Overrides::default(), cache };
        if let Some(file) = &globals.config {
            let path = plain(&project.root().join(file));
            project.config_file = Some(project.below(&path, file)?);
        }
        Ok(project)
    }

    /// The project's folder, absolute.
    pub(super) fn root(&self) -> &Path {
        &self.disk.root
    }

    /// The project's folder below the root of its repository, with `/`; empty when it is the root, or when there is none.
    pub(super) fn folder_in_repository(&self) -> String {
        let repository = self.root().ancestors().find(|folder| folder.join(".git").exists());
        let below = repository.and_then(|repository| self.root().strip_prefix(repository).ok());
        let parts = below.into_iter().flat_map(Path::components).map(|part| part.as_os_str().to_string_lossy());
        parts.collect::<Vec<_>>().join("/")
    }

    /// The settings file's path below the root, where another than the usual one was named.
    pub(super) fn config_file(&self) -> Option<&str> {
        self.config_file.as_deref()
    }

    /// The project as something to run; what is given here is laid over its settings.
    ///
    /// # Errors
    /// When the output folder has a name that is not UTF-8.
    pub(super) fn workspace(&self, base_url: Option<&str>, output: Option<&Path>) -> Result<Workspace> {
        let output = output.map(|output| {
            let path = plain(&self.here.join(output));
            // Settings name the output relative to the root; outside of it only the whole path will do.
            let path = path.strip_prefix(self.root()).unwrap_or(&path);
            path.to_str().map(str::to_owned).ok_or_else(|| not_utf8(path))
        });
        let overrides = Overrides {
            config_file: self.config_file.clone(),
            base_url: base_url.map(str::to_owned),
            output: output.transpose()?,
            ..Overrides::default()
        };
        let workspace = Workspace::new(Arc::new(self.disk.clone()), overrides).with_cache(Arc::clone(&self.cache));
        Ok(workspace.with_past(self.root().to_owned()))
    }

    /// The project over files that are not all written yet.
    pub(super) fn workspace_over(&self, files: Arc<dyn Files>) -> Workspace {
        let overrides = Overrides { config_file: self.config_file.clone(), ..self.checks.clone() };
        Workspace::new(files, overrides).with_cache(Arc::clone(&self.cache))
    }

    /// Keeps in the cache what this run had to make, and says what came of it where details are asked for.
    pub(super) fn keep_cache(&self, console: Console) {
        let kept = self.cache.keep();
        if let Some(fault) = &kept.fault {
            console.detail(&format!("The cache is not used: {fault}."));
        } else if self.cache.is_there() {
            let (found, made) = (count(kept.found, "value"), kept.made);
            console.detail(&format!("The cache gave {found} and took {made}."));
        }
    }

    /// The project's files.
    pub(super) fn files(&self) -> Arc<dyn Files> {
        Arc::new(self.disk.clone())
    }

    /// The way back to the project's files.
    pub(super) fn disk(&self) -> &Disk {
        &self.disk
    }

    /// Where the site is written.
    ///
    /// # Errors
    /// When the settings name no folder.
    pub(super) fn output(&self, config: &Config) -> Result<PathBuf> {
        if config.output.is_empty() {
            let message = format!(
                "cannot publish into {}: it is the project's own folder; name another with --output-dir or `paths.output`",
                self.root().display()
            );
            return Err(Error::Refused { message });
        }
        Ok(plain(&self.root().join(&config.output)))
    }

    /// Says where the records are read from, and why, where details are asked for.
    pub(super) fn tell_roots(config: &Config, console: Console) {
        for root in config.roots.iter() {
            let folder = if root.path.is_empty() { "the project's folder" } else { &root.path };
            let prefix = if root.prefix.is_empty() { String::new() } else { format!(", as `{}`", root.prefix) };
            console.detail(&format!("Records are read from {folder}{prefix}: {}.", root.why));
        }
    }

    /// Says which days git could not tell, and where details are asked for, why it said nothing.
    pub(super) fn tell_history(history: &History, console: Console) {
        if let Some(why) = &history.silence {
            console.detail(&format!("Pages show no days from git, because {why}."));
        }
        let unknown = history.unknown();
        if history.is_shallow && unknown > 0 {
            console.warn(&format!(
                "this clone lacks older commits, so since when {} are there, or when they changed last, is not known and not shown; \
                 `git fetch --unshallow` brings the rest (`fetch-depth: 0` where a job checks out)",
                count(unknown, "file")
            ));
        }
    }

    /// Where the records are.
    pub(super) fn content(&self, config: &Config) -> Vec<PathBuf> {
        config.roots.iter().map(|root| plain(&self.root().join(&root.path))).collect()
    }

    /// A path given on the command line, relative to the root; empty for the root itself.
    ///
    /// # Errors
    /// When it lies outside the project.
    pub(super) fn relative(&self, given: &Path) -> Result<String> {
        self.below(&plain(&self.here.join(given)), given)
    }

    /// A path given on the command line, absolute.
    pub(super) fn absolute(&self, given: &Path) -> PathBuf {
        plain(&self.here.join(given))
    }

    /// A folder as a person would name it from here.
    pub(super) fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.here).unwrap_or(path).display().to_string()
    }

    fn below(&self, path: &Path, given: &Path) -> Result<String> {
        let Ok(path) = path.strip_prefix(self.root()) else {
            let (given, root) = (given.display(), self.root().display());
            return Err(Error::Refused { message: format!("`{given}` lies outside the project, which is {root}") });
        };
        let parts: Option<Vec<&str>> = path.components().map(|part| part.as_os_str().to_str()).collect();
        parts.map(|parts| parts.join("/")).ok_or_else(|| not_utf8(path))
    }
}

fn not_utf8(path: &Path) -> Error {
    Error::Refused { message: format!("the name of `{}` is not UTF-8", path.display()) }
}

/// An absolute path without `.` and `..`, by its words alone.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(plain.pop()),
            part => plain.push(part),
        }
    }
    plain
}
