//! Files of data that speak for a text.

use super::decode::decode;
use super::files::{Entry, Fault, Files, unreadable};
use super::text::Source;
use crate::text::SourcePath;
use std::collections::BTreeSet;

/// The file that says of the README beside it what a head would say: enhancement proposals of Kubernetes have one.
const SPEAKER: &str = "kep.yaml";

/// The folder, beside those of the groups, in which files say who agreed to which proposal of a group, and for which stage.
const AGREED: &str = "prod-readiness";

/// How many bytes such a file may have.
const HEAD: usize = 64 * 1024;

/// The files of data that belong to a text.
#[derive(Debug, Default)]
pub(super) struct Speakers {
    /// The file beside a README that speaks for it.
    beside: Option<SourcePath>,
    /// The file that says who agreed to it.
    agreed: Option<SourcePath>,
}

impl Speakers {
    /// Those of a text that are there.
    pub(super) fn of(path: &SourcePath, is_there: impl Fn(&SourcePath) -> bool) -> Speakers {
        let beside = path.join(SPEAKER).filter(|speaker| is_readme(path) && is_there(speaker));
        // `keps/node/0012-x/README.md` and `keps/node/0012-x.md` are number 12 of the group `node`.
        let (name, folder) = (path.record_name(), path.record_folder());
        let (above, group) = folder.rsplit_once('/').unwrap_or(("", folder));
        let digits = name.get(..name.find(|c: char| !c.is_ascii_digit()).unwrap_or(name.len())).unwrap_or("");
        let bare = digits.trim_start_matches('0');
        let named = |number: &str| {
            let place = format!("{AGREED}/{group}/{number}.yaml");
            SourcePath::new(if above.is_empty() { place } else { format!("{above}/{place}") })
        };
        let is_numbered = !bare.is_empty() && !group.is_empty() && path.is_markdown();
        let agreed = [digits, bare].into_iter().filter(|_| is_numbered).map(named).find(|path| is_there(path));
        Speakers { beside, agreed }
    }

    /// Those of a text among the files of a log. Most logs have no such files, and their names need not be made up.
    pub(super) fn among(path: &SourcePath, speakers: &BTreeSet<SourcePath>) -> Speakers {
        if speakers.is_empty() {
            return Speakers::default();
        }
        Speakers::of(path, |speaker| speakers.contains(speaker))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.beside.is_none() && self.agreed.is_none()
    }

    /// What they hold: the file beside the text, and the one that says who agreed.
    pub(super) fn read(self, files: &dyn Files) -> (Option<Source>, Option<Source>) {
        let source = |path: SourcePath| match read(files, &path) {
            Ok(text) => Source::new(path, text),
            Err(_) => Source::unread(path),
        };
        (self.beside.map(source), self.agreed.map(source))
    }
}

/// Whether a file is a text that one beside it speaks for.
fn is_readme(path: &SourcePath) -> bool {
    path.stem().eq_ignore_ascii_case("readme") && path.is_markdown()
}

/// Whether a file of data may speak for a text.
pub(super) fn speaks_for_another(path: &SourcePath) -> bool {
    let is_agreed = || path.folder().rsplit('/').nth(1) == Some(AGREED) && path.extension() == "yaml";
    path.file_name() == SPEAKER || is_agreed()
}

/// Why a file that speaks for a text is not heard, and what to do: it cannot be read, or the text is not there.
pub(super) fn unheard(files: &dyn Files, path: &SourcePath) -> Option<(Fault, &'static str)> {
    if !speaks_for_another(path) {
        return None;
    }
    if let Err(why) = read(files, path) {
        return Some((why, "save it as UTF-8 text: what it says of the record beside it is not known"));
    }
    let is_its_text = |entry: &Entry| entry.path.folder() == path.folder() && is_readme(&entry.path);
    let has_text = || files.list(path.folder()).is_ok_and(|entries| entries.iter().any(is_its_text));
    (path.file_name() == SPEAKER && !has_text()).then(|| {
        let why = Fault("speaks for a `README.md` beside it, which is not there".to_owned());
        (why, "write that text, or leave the file out with `exclude` under `[paths]` in `precedent.toml`")
    })
}

/// The text of a file that may speak for another, which has the length of a head at most.
///
/// # Errors
/// When it cannot be read, or is no text: in words that complete "it …".
pub(super) fn read(files: &dyn Files, path: &SourcePath) -> Result<String, Fault> {
    let bytes = files.read(path).map_err(|error| unreadable(&error))?;
    if bytes.len() > HEAD {
        let most = HEAD / 1024;
        return Err(Fault(format!("has {} bytes; a file that speaks for a text may have {most} KiB", bytes.len())));
    }
    decode(&bytes).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_agreed_to_a_text_is_found_by_its_group_and_number() {
        let agreed = |path: &str, there: &str| {
            let path = SourcePath::new(path);
            let found = Speakers::of(&path, |speaker| speaker.as_str() == there).agreed;
            assert!(found.as_ref().is_none_or(speaks_for_another));
            found.is_some()
        };
        assert!(agreed("keps/node/0012-x/README.md", "keps/prod-readiness/node/12.yaml"));
        assert!(agreed("keps/node/0012-x/index.md", "keps/prod-readiness/node/12.yaml"));
        assert!(agreed("keps/node/0012-x.md", "keps/prod-readiness/node/0012.yaml"));
        assert!(agreed("node/12-x.md", "prod-readiness/node/12.yaml"));
        assert!(!agreed("keps/node/0012-x/README.md", "keps/prod-readiness/net/12.yaml"));
        assert!(!agreed("keps/node/x.md", "keps/prod-readiness/node/.yaml"));
        assert!(!agreed("keps/node/0012-x.png", "keps/prod-readiness/node/12.yaml"));
    }
}
