//! `precedent completions` and `precedent man`: what shells and manual readers are given.

use super::console::Console;
use super::outcome::Outcome;
use crate::error::{Error, Result};
use clap::Command;
use clap_complete::Shell;
use clap_mangen::Man;
use std::io;
use std::path::PathBuf;

/// What bash asks of the log: where the program knows nothing, its flags and commands stay.
const BASH: &str = r#"_precedent_log() {
    _precedent "$@"
    local found
    found=$(precedent complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f 1)
    if [[ -n $found ]]; then
        # Word by word: `compgen -W` would run what stands in the words, and they come from the log.
        COMPREPLY=()
        local word
        while IFS= read -r word; do
            [[ $word == "${COMP_WORDS[COMP_CWORD]}"* ]] && COMPREPLY+=("$(printf %q "$word")")
        done <<<"$found"
    fi
}

"#;

/// The same for zsh, with a few words beside each.
const ZSH: &str = r#"
_precedent_log() {
    local -a line found
    line=("${(@Q)${(z)LBUFFER}}")
    line=("${(@)line[${line[(I)*precedent]},-1]}")
    [[ $LBUFFER == *[[:space:]] ]] && line+=('')
    found=("${(@f)$(precedent complete -- "${(@)line[2,-1]}" 2>/dev/null)}")
    found=("${(@)found//$'\t'/:}")
    if [[ -n $found[1] ]]; then
        _describe 'of the log' found
    else
        _default
    fi
}
"#;

/// The same for fish.
const FISH: &str = r#"
function __fish_precedent_log
    set -l words (commandline -opc) (commandline -ct)
    precedent complete -- $words[2..-1] 2>/dev/null
end

complete -c precedent -n "not __fish_precedent_needs_command" -a '(__fish_precedent_log)'
"#;

/// Print completions for a shell
///
/// For bash, in ~/.bashrc: source <(precedent completions bash)
///
/// In bash, zsh and fish, ids, kinds and statuses are completed as well, from the log of the folder one is in.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Completions {
    /// Which shell
    #[arg(value_name = "SHELL", value_enum)]
    shell: Shell,
}

/// Print the manual page
///
/// To read it: precedent man | man -l -
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Manual {}

impl Completions {
    /// Prints the completions of a command line.
    ///
    /// # Errors
    /// When they cannot be written.
    pub(super) fn run(&self, mut command: Command, console: Console) -> Result<Outcome> {
        let mut bytes = Vec::new();
        clap_complete::generate(self.shell, &mut command, "precedent", &mut bytes);
        let script = String::from_utf8_lossy(&bytes);
        console.exact(&match self.shell {
            Shell::Bash => {
                format!("{BASH}{}", script.replace("complete -F _precedent ", "complete -F _precedent_log "))
            }
            Shell::Zsh => script.replace(":_default'", ":_precedent_log'").replacen(
                "\n_precedent() {",
                &format!("{ZSH}\n_precedent() {{"),
                1,
            ),
            Shell::Fish => format!("{}{FISH}", script.replace(" -r\n", " -r -a '(__fish_precedent_log)'\n")),
            _ => script.into_owned(),
        })?;
        Ok(Outcome::Clean)
    }
}

impl Manual {
    /// Prints the manual page of a command line, with those of its commands behind it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn run(&self, mut command: Command, console: Console) -> Result<Outcome> {
        command.build();
        let mut bytes = Vec::new();
        let render =
            |command: Command, title: String, bytes: &mut Vec<u8>| Man::new(command).title(title).render(bytes);
        let subcommands: Vec<Command> = command.get_subcommands().filter(|one| !one.is_hide_set()).cloned().collect();
        let written = render(command, "precedent".to_owned(), &mut bytes).and_then(|()| {
            let named = subcommands.into_iter().filter(|one| one.get_name() != "help");
            named.into_iter().try_for_each(|one| {
                let name = one.get_bin_name().unwrap_or(one.get_name()).replace(' ', "-");
                render(one, name, &mut bytes)
            })
        });
        let failed =
            |source: io::Error| Error::Io { doing: "could not write", path: PathBuf::from("the manual"), source };
        written.map_err(failed)?;
        console.exact(&String::from_utf8_lossy(&bytes))?;
        Ok(Outcome::Clean)
    }
}
