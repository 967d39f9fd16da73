//! Runs the line again at every change, and shows the last good site.

use super::changes::Then;
use super::desk::Tools;
use super::editor::Editor;
use super::server::{Port, Server};
use super::signal::{Signal, Stop};
use super::watch::Watch;
use crate::config::{CONFIG_FILE, Config};
use crate::date::Date;
use crate::error::{Error, Result};
use crate::markdown::Diagrams;
use crate::source::{Disk, Files};
use crate::text::SourcePath;
use crate::workspace::{Changes, Demand, Snapshot, Workspace};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// A burst of changes is over when nothing has changed for so long.
const QUIET: Duration = Duration::from_millis(8);
/// The same where it takes longer than that of one save, and where a file is gone or empty as if it were being saved.
const LONG_QUIET: Duration = Duration::from_millis(100);
/// The longest time to wait for either.
const LONGEST_BURST: Duration = Duration::from_secs(1);
/// How often to look without being told, when the folders cannot be watched or could not be read.
const POLL: Duration = Duration::from_secs(1);

/// What the person at the terminal is told.
pub enum News<'a> {
    /// The site can be seen here.
    Listening {
        /// The address.
        url: &'a str,
        /// Whether other machines can reach it.
        public: bool,
    },
    /// The settings give it another address than before.
    Moved {
        /// The address.
        url: &'a str,
    },
    /// There is a new build, or the findings are others.
    Built {
        /// All of it.
        snapshot: &'a Snapshot,
        /// How long it took.
        took: Duration,
        /// Whether the findings are others than those of the last build.
        other_findings: bool,
    },
    /// It could not be built.
    Failed {
        /// Why.
        error: &'a Error,
        /// Whether there is a good site of before, which stays.
        stays: bool,
    },
    /// A visitor was turned away, because so many are there; it is told once.
    Crowded {
        /// How many are served at a time.
        most: usize,
        /// Whether it would be more if the system let the program open more files.
        few_files: bool,
    },
    /// Folders cannot be watched and are looked through every second instead; this is why.
    Polling(&'a str),
}

/// Changes that came close upon one another.
struct Burst {
    changes: Changes,
    /// Whether watches were lost with them.
    lost: bool,
}

struct Build {
    name: String,
    snapshot: Arc<Snapshot>,
    took: Duration,
}

/// A preview that listens, and is ready to run.
pub struct Preview {
    server: Server,
    root: PathBuf,
    config_file: String,
    signals: Receiver<Signal>,
    sender: Sender<Signal>,
    watch: Watch,
    /// Why folders cannot be watched.
    blind: Option<String>,
    tools: Tools,
    /// Where it was last said to be seen.
    url: String,
    /// The last build, and its name.
    last: Option<(String, Arc<Snapshot>)>,
    /// What was told of the last build, where it failed.
    failure: Option<String>,
    /// Whether the failure may pass without a change that is seen.
    may_pass: bool,
    /// Whether the settings have changed since the last build that was made: what they name now may not be watched.
    is_unfollowed: bool,
    config: Arc<Config>,
}

impl Preview {
    /// Listens on `host`; `root` is the project's folder, and `config_file` the settings' path below it.
    ///
    /// # Errors
    /// When it cannot listen.
    pub fn new(host: &str, port: Port, root: &Path, config_file: Option<&str>) -> Result<Preview> {
        let (sender, signals) = channel();
        let server = Server::start_telling(host, port, Some(sender.clone()))?;
        server.hide(root);
        let (watch, blind) = Watch::new(root, sender.clone());
        let config_file = config_file.unwrap_or(CONFIG_FILE).to_owned();
        let (root, config) = (root.to_owned(), Arc::new(Config::builtin()));
        let then = Then::new(&root);
        let tools =
            Tools { editor: None, settings: config_file.clone(), diagrams: Arc::new(Diagrams::default()), then };
        Ok(Preview {
            server,
            root,
            config_file,
            signals,
            sender,
            watch,
            blind,
            tools,
            url: String::new(),
            last: None,
            failure: None,
            may_pass: false,
            is_unfollowed: true,
            config,
        })
    }

    /// The same preview, whose findings open an editor; not where other machines see it, which have other files.
    #[must_use]
    pub fn with_editor(mut self, editor: Option<Editor>) -> Preview {
        self.tools.editor = editor.filter(|_| !self.server.is_public());
        self
    }

    /// What ends the preview.
    pub fn stopper(&self) -> Stop {
        Stop(self.sender.clone())
    }

    /// Builds, says where the site can be seen, and builds again at every change until it is stopped.
    pub fn run(mut self, workspace: &mut Workspace, today: &dyn Fn() -> Date, tell: &mut dyn FnMut(News<'_>)) {
        if let Some(reason) = &self.blind {
            tell(News::Polling(reason));
        }
        self.follow(tell);
        let built = self.build(workspace, today());
        self.url = self.server.url();
        tell(News::Listening { url: &self.url, public: self.server.is_public() });
        self.report(built, tell);
        // The settings may name other folders than those that were watched meanwhile.
        if self.follow(tell) {
            let _ = self.sender.send(Signal::Changed(Changes::Everywhere));
        }
        while let Some(burst) = self.wait(tell) {
            if burst.lost {
                self.watch.forget();
            }
            self.is_unfollowed |= burst.changes.touch(&SourcePath::new(&self.config_file));
            self.follow(tell);
            workspace.apply(self.located(burst.changes));
            let built = self.build(workspace, today());
            self.report(built, tell);
            if self.follow(tell) {
                let _ = self.sender.send(Signal::Changed(Changes::Everywhere));
            }
        }
    }

    /// The changes under the names by which the project knows the files; anything, where a file has another name.
    fn located(&self, changes: Changes) -> Changes {
        let Changes::In(paths) = &changes else { return changes };
        let folder = |folder: &str| folder.trim_start_matches("./").trim_matches('/').to_owned();
        let (contents, theme) = (self.config.roots.outermost(), folder(&self.config.theme));
        let is_known = |path: &SourcePath| {
            let is_of_theme = !theme.is_empty() && path.is_within(&theme);
            let is_of_content = contents.iter().any(|content| path.is_within(content));
            path.as_str() == self.config_file || is_of_content || is_of_theme
        };
        if paths.iter().all(is_known) { changes } else { Changes::Everywhere }
    }

    /// Waits for the end of a burst of changes; nothing when the preview shall end.
    fn wait(&self, tell: &mut dyn FnMut(News<'_>)) -> Option<Burst> {
        let mut burst = Burst { changes: Changes::none(), lost: false };
        let mut begun: Option<Instant> = None;
        loop {
            let signal = match begun {
                None => self.first()?,
                Some(begun) => match self.next(&burst.changes, begun) {
                    Some(signal) => signal,
                    None => return Some(burst),
                },
            };
            match signal {
                Signal::Stop => return None,
                Signal::Crowded { most, few_files } => {
                    tell(News::Crowded { most, few_files });
                    continue;
                }
                Signal::Lost => burst = Burst { changes: Changes::Everywhere, lost: true },
                Signal::Changed(changes) => burst.changes.add(changes),
            }
            begun.get_or_insert_with(Instant::now);
        }
    }

    /// The next reason to act, which may be that it is time to look; nothing when there will be none.
    fn first(&self) -> Option<Signal> {
        if self.blind.is_none() && !self.may_pass {
            return self.signals.recv().ok();
        }
        match self.signals.recv_timeout(POLL) {
            Err(RecvTimeoutError::Disconnected) => None,
            signal => Some(signal.unwrap_or(Signal::Changed(Changes::Everywhere))),
        }
    }

    /// What belongs to a burst besides its changes so far; nothing when it is over.
    fn next(&self, changes: &Changes, begun: Instant) -> Option<Signal> {
        let within = |quiet: Duration| {
            let left = LONGEST_BURST.saturating_sub(begun.elapsed());
            self.signals.recv_timeout(quiet.min(left)).ok()
        };
        if begun.elapsed() >= LONG_QUIET {
            return within(LONG_QUIET);
        }
        within(QUIET).or_else(|| self.is_half_saved(changes).then(|| within(LONG_QUIET)).flatten())
    }

    /// Whether a file is empty, or one that the last build knew is gone: many an editor empties it or moves it away before it writes.
    fn is_half_saved(&self, changes: &Changes) -> bool {
        let (Changes::In(paths), Some((_, before))) = (changes, &self.last) else { return false };
        let theme = self.config.theme.trim_start_matches("./").trim_end_matches('/');
        let is_known = |path: &SourcePath| before.source(path).is_some() || !theme.is_empty() && path.is_within(theme);
        let Ok(disk) = Disk::open(&self.root) else { return false };
        paths.iter().any(|path| disk.read_up_to(path, 0).map_or_else(|_| is_known(path), |read| read.is_ok()))
    }

    fn build(&mut self, workspace: &mut Workspace, today: Date) -> Result<Build> {
        let start = Instant::now();
        let snapshot = Arc::new(workspace.snapshot(today, Demand::Preview)?);
        (self.config, self.is_unfollowed) = (Arc::clone(&snapshot.config), false);
        let name = self.server.show_build(&snapshot, today, &self.tools);
        Ok(Build { name, snapshot, took: start.elapsed() })
    }

    /// Tells of a build that differs from the last one, and of a failure once.
    fn report(&mut self, built: Result<Build>, tell: &mut dyn FnMut(News<'_>)) {
        match built {
            Ok(Build { name, snapshot, took }) => {
                let mended = self.failure.take().is_some();
                self.may_pass = false;
                let url = self.server.url();
                if url != self.url {
                    tell(News::Moved { url: &url });
                    self.url = url;
                }
                let (same_site, same_findings) = self.last.as_ref().map_or((false, false), |(last, before)| {
                    (*last == name, before.diagnostics == snapshot.diagnostics)
                });
                if mended || !same_site || !same_findings {
                    tell(News::Built { snapshot: &snapshot, took, other_findings: !same_findings });
                }
                self.last = Some((name, snapshot));
            }
            Err(error) => {
                self.may_pass = self.is_unfollowed || matches!(error, Error::Io { .. });
                let text = error.to_string();
                self.server.fail(&error);
                if self.failure.as_ref() != Some(&text) {
                    tell(News::Failed { error: &error, stays: self.last.is_some() });
                }
                self.failure = Some(text);
            }
        }
    }

    /// Watches what the present settings name; says whether any of it was not watched before.
    fn follow(&mut self, tell: &mut dyn FnMut(News<'_>)) -> bool {
        let below = |path: &str| self.root.join(path.trim_start_matches("./").trim_end_matches('/'));
        let mut named: Vec<PathBuf> = self.config.roots.outermost().into_iter().map(below).collect();
        if !self.config.theme.is_empty() {
            named.push(below(&self.config.theme));
        }
        // A link is followed to what is behind it; of itself only its coming and going matters.
        let folders: Vec<PathBuf> = named.iter().map(|folder| Disk::behind(folder)).collect();
        let config_file = below(&self.config_file);
        named.extend([Disk::behind(&config_file), config_file]);
        let ignored = [below(&self.config.output), below("target")];
        let followed = self.watch.follow(&folders, &named, &ignored);
        followed.unwrap_or_else(|reason| {
            if self.blind.is_none() {
                tell(News::Polling(&reason));
                self.blind = Some(reason);
            }
            false
        })
    }
}
