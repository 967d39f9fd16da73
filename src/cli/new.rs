//! `precedent new`: a first draft of a record.

use super::caching::Caching;
use super::console::Console;
use super::globals::Globals;
use super::outcome::Outcome;
use super::project::Project;
use crate::author::{Draft, Wish, draft, find, known, name, way_to_test};
use crate::config::{Config, Kind, kind_advice};
use crate::error::{Error, Result};
use crate::history::Repository;
use crate::record::{RecordId, RelationKind, id_of_path};
use crate::source::Expected;
use crate::workspace::{Demand, Snapshot};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

/// Draft a record: its number, its file, and what each section has to say
///
/// The number is the next free one, in this project and on the other branches that git knows. An addendum and an escalation name
/// the record that they are about first: `precedent new addendum RFC-7 "Partition by tenant"`.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct New {
    /// The kind of record, such as rfc, adr, addendum or escalation; then its title
    #[arg(value_name = "KIND")]
    kind: String,

    /// The record that it is about, for an addendum or an escalation, and the title
    #[arg(value_name = "[ID] TITLE", required = true, num_args = 1..=2)]
    words: Vec<String>,

    /// Whether the decision can be walked back
    #[arg(long, value_name = "DOOR", value_parser = ["one-way", "two-way"])]
    door: Option<String>,

    /// How far the decision reaches
    #[arg(long, value_name = "SCOPE", value_parser = ["team", "organisation", "strategic"])]
    scope: Option<String>,

    /// Where the capability comes from
    #[arg(long, value_name = "WAY", value_parser = ["build", "buy", "partner", "integrate"])]
    sourcing: Option<String>,

    /// Who moves it forward
    #[arg(long, value_name = "WHO")]
    driver: Option<String>,

    /// The one person who decides
    #[arg(long, value_name = "WHO")]
    approver: Option<String>,

    /// A record that it changes
    #[arg(long, value_name = "ID")]
    amends: Vec<String>,

    /// A record whose place it takes; with a part, as in ADR-3#decision, only that part's
    #[arg(long, value_name = "ID")]
    supersedes: Vec<String>,

    /// Record what was done before anybody decided it
    #[arg(long)]
    retroactive: bool,

    /// In which folder of records, where there are several [default: the one that the command is given in, or above]
    #[arg(long = "in", value_name = "DIR")]
    folder: Option<PathBuf>,

    /// Open it in $VISUAL or $EDITOR
    #[arg(long)]
    edit: bool,

    /// Print it, and write nothing
    #[arg(long, conflicts_with = "edit")]
    dry_run: bool,
}

impl New {
    /// Writes the draft and prints its path.
    ///
    /// # Errors
    /// When what is asked for makes no sense, or the file cannot be written.
    pub(super) fn run(&self, globals: &Globals, console: Console) -> Result<Outcome> {
        let project = Project::find(globals, &Caching::none())?;
        let today = globals.today()?;
        let snapshot = project.workspace_over(project.files()).snapshot(today, Demand::Findings)?;
        let config = &snapshot.config;
        let kind = self.kind(config)?;
        let wish = self.wish(&kind, &snapshot, &project)?;
        let repository = Repository::open(project.root());
        let folders = config.roots.outermost();
        // Without git, or outside of a repository, there is no elsewhere.
        let elsewhere =
            repository.and_then(|repository| repository.paths_of_all_branches(&folders)).unwrap_or_default();
        let texts = elsewhere.iter().filter(|path| path.is_markdown());
        let elsewhere: Vec<RecordId> = texts.filter_map(|path| id_of_path(path, config)).collect();
        let draft = draft((&kind, &wish), &snapshot.log, config, (today, &elsewhere))?;
        if self.dry_run {
            console.exact(&draft.text)?;
            console.note(&format!("Would write {}.", draft.path));
            return Ok(Outcome::Clean);
        }
        project.disk().put(&draft.path, Expected::Nothing, draft.text.as_bytes())?;
        let path = project.root().join(draft.path.as_str());
        console.data(&format!("{}\n", project.shown(&path)))?;
        console.note(&next(&draft, &kind));
        if self.edit {
            edit(&path)?;
        }
        Ok(Outcome::Clean)
    }

    /// The kind that is asked for; a retroactive record of a kind without a form for it is one of the same series that has one.
    fn kind(&self, config: &Config) -> Result<Arc<Kind>> {
        let Some(kind) = config.kind_called(&self.kind) else {
            let advice = kind_advice(&self.kind, config.kinds.iter().map(|kind| kind.name.as_str()));
            return refused(format!("there is no kind of record `{}`; {advice}", self.kind.escape_debug()));
        };
        let has_form = |other: &&Arc<Kind>| other.prefix == kind.prefix && !other.retroactive.is_empty();
        let other = config.kinds.iter().find(has_form).filter(|_| self.retroactive && kind.retroactive.is_empty());
        Ok(Arc::clone(other.unwrap_or(kind)))
    }

    fn wish(&self, kind: &Kind, snapshot: &Snapshot, project: &Project) -> Result<Wish> {
        let config = &snapshot.config;
        let takes_id = kind.escalation || kind.name == "addendum";
        let (about, title) = match self.words.as_slice() {
            [id, title] if takes_id => {
                let path = project.relative(Path::new(id)).ok();
                (Some(find(&snapshot.log, id, path.as_deref())?), title)
            }
            [_, more] => {
                let message = format!(
                    "`{}` stands alone after the title; put the whole title between quotes",
                    more.escape_debug()
                );
                return refused(message);
            }
            [title, ..] => (None, title),
            [] => return refused("give the record a title".to_owned()),
        };
        // `--amends` names an addendum's record just as well.
        let amended = self.amends.first().filter(|_| kind.name == "addendum" && about.is_none());
        let about = match amended {
            Some(id) => Some(find(&snapshot.log, id, None)?),
            None => about,
        };
        let amends = self.amends.iter().filter(|_| amended.is_none()).map(|id| (RelationKind::Amends, id));
        let supersedes = self.supersedes.iter().map(|id| (RelationKind::Supersedes, id));
        let choices = [("door", &self.door), ("scope", &self.scope), ("sourcing", &self.sourcing)];
        let mut people = Vec::new();
        for (role, who) in [("driver", &self.driver), ("approver", &self.approver)] {
            if let Some(who) = who {
                people.push((role, known(who, config)?));
            }
        }
        Ok(Wish {
            title: title.clone(),
            about,
            choices: choices.into_iter().filter_map(|(key, value)| Some((key, value.clone()?))).collect(),
            people,
            relations: amends.chain(supersedes).map(|(kind, id)| (kind, id.clone())).collect(),
            retroactive: self.retroactive,
            here: match &self.folder {
                Some(folder) => project.relative(folder)?,
                // The project may have been named from outside.
                None => project.relative(Path::new(".")).unwrap_or_default(),
            },
        })
    }
}

/// What to do with a draft.
fn next(draft: &Draft, kind: &Kind) -> String {
    let name = name(&draft.record);
    if kind.is_chapter() {
        return format!("Drafted a chapter, {}.", draft.path);
    }
    if !draft.record.format.is_native() {
        return format!(
            "Drafted {name} in the form of the other records; comments in it say what each section is for."
        );
    }
    let way = draft.record.status.as_ref().map(|from| way_to_test(kind, from)).unwrap_or_default();
    let step = match way.as_slice() {
        [] => String::new(),
        [to] => format!(" When it is written, `precedent advance {name} {to}` says what it lacks."),
        [first, .., to] => {
            format!(
                " When it is written, `precedent advance {name} {first}` takes it on; `{to}` is the first status that asks for all of it."
            )
        }
    };
    format!("Drafted {name}; comments in it say what each section is for.{step}")
}

/// Opens a file in the editor that the environment names, and waits until it is closed.
#[allow(clippy::disallowed_methods, reason = "the environment is read in cli")]
fn edit(path: &Path) -> Result<()> {
    let named = ["VISUAL", "EDITOR"].into_iter().filter_map(|name| std::env::var(name).ok());
    let Some(editor) = named.into_iter().find(|editor| !editor.trim().is_empty()) else {
        return refused(
            "it is written, and no editor is named: set VISUAL or EDITOR, such as `VISUAL='code --wait'`".to_owned(),
        );
    };
    let ended = if cfg!(windows) {
        let mut words = editor.split_whitespace();
        Command::new(words.next().unwrap_or_default()).args(words).arg(path).status()
    } else {
        // A shell reads it as git does: with quotes and arguments of its own.
        Command::new("sh").arg("-c").arg(format!("{editor} \"$@\"")).arg(&editor).arg(path).status()
    };
    match ended {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => refused(format!("it is written; the editor `{editor}` ended with {status}")),
        Err(error) => refused(format!("it is written; the editor `{editor}` could not be started: {error}")),
    }
}

fn refused<T>(message: String) -> Result<T> {
    Err(Error::Refused { message })
}
