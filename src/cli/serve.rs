//! `precedent serve`: the preview.

use super::caching::Caching;
use super::console::Console;
use super::globals::Globals;
use super::interruption::Interruption;
use super::outcome::Outcome;
use super::project::Project;
use super::words::short_findings;
use crate::date::Date;
use crate::error::{Error, Result};
use crate::report::{count, verdict};
use crate::serve::{Editor, News, Port, Preview};
use std::path::Path;
use std::process::{Command, Stdio};

/// The port that is tried first.
const FIRST_PORT: u16 = 8000;

/// Preview the site in a browser; it follows every change
///
/// The site is not written to disk, drafts are shown, and only this machine can reach it unless --host says otherwise.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Serve {
    /// The port, 0 for any that is free [default: 8000, or the next that is free]
    #[arg(short, long, value_name = "PORT")]
    port: Option<u16>,

    /// The name or address to listen on
    #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
    host: String,

    /// Open a browser
    #[arg(short = 'O', long)]
    open: bool,

    /// What a finding opens: an address with {file}, {line} and {column} [default: $PRECEDENT_EDITOR, or nothing]
    #[arg(long, value_name = "ADDRESS")]
    editor: Option<String>,

    #[command(flatten)]
    caching: Caching,
}

impl Serve {
    /// Serves until it is interrupted.
    ///
    /// # Errors
    /// When it cannot listen.
    pub(super) fn run(&self, globals: &Globals, console: Console) -> Result<Outcome> {
        let project = Project::find(globals, &self.caching)?;
        let mut workspace = project.workspace(None, None)?;
        let first_day = globals.today()?;
        console.detail(&format!("The project is {}; today is {first_day}.", project.root().display()));
        let port = self.port.map_or(Port::From(FIRST_PORT), Port::Exactly);
        let editor = self.editor(project.root())?;
        let preview = Preview::new(&self.host, port, project.root(), project.config_file())?.with_editor(editor);
        let interruption = Interruption::ends_preview(preview.stopper())?;
        // A preview may run for days; what made sense at its start makes sense later.
        let today = || -> Date { globals.today().unwrap_or(first_day) };
        let mut is_first = true;
        preview.run(&mut workspace, &today, &mut |news| {
            // A preview may end by being killed, and what it made first is most of what it makes.
            if let News::Built { snapshot, .. } = &news
                && std::mem::take(&mut is_first)
            {
                project.keep_cache(console);
                Project::tell_roots(&snapshot.config, console);
                Project::tell_history(snapshot.log.history(), console);
            }
            // The preview is of use even where its words cannot be written.
            if let Err(error) = self.tell(&news, console) {
                console.error(&error);
            }
        });
        project.keep_cache(console);
        Ok(Outcome::Interrupted(interruption.code()))
    }

    /// What opens a file: an author's choice, which the organisation's settings do not make.
    #[allow(clippy::disallowed_methods, reason = "the environment is read in cli")]
    fn editor(&self, root: &Path) -> Result<Option<Editor>> {
        let given = self.editor.clone().map(|template| (template, "--editor"));
        let found = || std::env::var("PRECEDENT_EDITOR").ok().map(|template| (template, "PRECEDENT_EDITOR"));
        let Some((template, source)) = given.or_else(found).filter(|(template, _)| !template.is_empty()) else {
            return Ok(None);
        };
        let refused = |why| Error::Refused {
            message: format!(
                "`{template}`, from {source}, {why}; an example is `vscode://file/{{file}}:{{line}}:{{column}}`"
            ),
        };
        Editor::new(&template, root).map(Some).map_err(refused)
    }

    fn tell(&self, news: &News<'_>, console: Console) -> Result<()> {
        match news {
            News::Listening { url, public } => {
                console.data(&format!("{url}\n"))?;
                if *public {
                    console.warn(
                        "other machines can read this preview, drafts included; without --host only this one can",
                    );
                }
                console.note("Every change is shown at once. Ctrl-C ends the preview.");
                if self.open && !open(url) {
                    console.warn("could not open a browser");
                }
            }
            News::Moved { url } => console.note(&format!("The site is at {url} now.")),
            News::Built { snapshot, took, other_findings } => {
                let all: Vec<_> = snapshot.diagnostics.iter().collect();
                // Pages are made as they are asked for: what has been done so far is reading.
                let texts = count(snapshot.log.records().len(), "text");
                let words = verdict(&all);
                if *other_findings {
                    console.data(&short_findings(&snapshot.diagnostics, snapshot))?;
                }
                console.note(&format!("Read {texts} in {:.2} s. {words}", took.as_secs_f64()));
            }
            News::Failed { error, stays } => {
                console.error(error);
                let site = if *stays { "The last good site stays up." } else { "There is no site to show yet." };
                console.note(site);
            }
            News::Crowded { most, few_files } => {
                let why = if *few_files {
                    "; the system lets this program open few files: raise that with ulimit -n"
                } else {
                    ""
                };
                console.warn(&format!(
                    "a visitor was turned away, since no more than {} can be served at a time{why}",
                    count(*most, "connection")
                ));
            }
            News::Polling(reason) => {
                let more = if cfg!(target_os = "linux") {
                    "; if it is the system's limit, raise it: sysctl fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=512"
                } else {
                    ""
                };
                let reason = reason.trim_end_matches('.');
                console
                    .warn(&format!("folders cannot be watched and are looked through every second ({reason}{more})"));
            }
        }
        Ok(())
    }
}

/// Opens the system's browser.
fn open(url: &str) -> bool {
    let program = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    let mut command = Command::new(program);
    command.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().is_ok()
}
