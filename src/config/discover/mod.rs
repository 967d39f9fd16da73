//! Finds the records of a project that has no `precedent.toml`.

mod marker;
mod name;
mod prefix;
mod project;
mod search;
mod series;

pub use project::{find_project, is_log};
pub(super) use series::SERIES_OF;

use super::kind::Kind;
use super::root::Roots;
use crate::source::Files;
use crate::text::SourcePath;
use std::sync::Arc;

/// Texts in the project's own folder are records where their numbers have so many digits, and as many have one as make a series.
const DIGITS: usize = 3;

/// What a project without settings shows of itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Discovery {
    /// Where its records are, each with the reason.
    pub roots: Roots,
    /// Kinds of record that are known by what opens the names of their files: `caip-12.md`.
    pub kinds: Vec<Arc<Kind>>,
    /// Whether something shows that records are there: a folder's name, or files with numbers.
    pub is_shown: bool,
}

/// Looks for records: where `.adr-dir` or `.log4brains.yml` says, else in `content`, else in folders that look like folders of
/// records; all of the project where there are none. `content` is the folder that is meant when nothing is said.
///
/// Nothing is read but the two files and the names of all.
pub fn discover(files: &dyn Files, content: &str, kinds: &[Arc<Kind>]) -> Discovery {
    let marked = marker::roots(files);
    if !marked.is_empty() {
        return Discovery { roots: Roots::of(marked), kinds: Vec::new(), is_shown: true };
    }
    let has_content = files.has_folder(content);
    let entries = files.list(if has_content { content } else { "" }).unwrap_or_default();
    let texts: Vec<SourcePath> = entries.into_iter().map(|entry| entry.path).filter(name::is_text).collect();
    let series = series::series(&texts, kinds);
    if has_content {
        let why = "a folder of this name holds the records unless the settings name another";
        let kinds = series::kinds(&series, kinds);
        return Discovery { roots: Roots::one(content, why), kinds, is_shown: true };
    }
    let mut roots = search::roots(&texts, &series, kinds);
    prefix::tell_apart(&mut roots, &texts, kinds);
    let kinds = series::kinds(&series, kinds);
    if roots.is_empty() {
        let why =
            if kinds.is_empty() { "no folder in it looks like one of records" } else { "a series of records is in it" };
        let is_shown = !kinds.is_empty() || texts.iter().filter(|path| is_numbered(path)).count() >= series::LEAST;
        return Discovery { roots: Roots::one("", why), kinds, is_shown };
    }
    Discovery { roots: Roots::of(roots), kinds, is_shown: true }
}

/// Whether a text lies in the project's own folder, by a number such as records have: `0007-x.md`.
fn is_numbered(path: &SourcePath) -> bool {
    path.folder().is_empty() && name::opening(path.stem()).is_some_and(|opening| opening.digits.len() >= DIGITS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Root};
    use crate::source::Memory;

    /// The roots as `path prefix kind`, and the names of the kinds that are new.
    fn found(files: &[&str]) -> (Vec<String>, Vec<String>) {
        found_in(&Memory::of(files.iter().map(|path| (*path, ""))))
    }

    fn found_in(files: &Memory) -> (Vec<String>, Vec<String>) {
        let discovery = discover(files, "content", &Config::builtin().kinds);
        let shown = |root: &Root| format!("{} {} {}", root.path, root.prefix, root.kind).trim_end().to_owned();
        (discovery.roots.iter().map(shown).collect(), discovery.kinds.iter().map(|kind| kind.prefix.clone()).collect())
    }

    fn roots(files: &[&str]) -> Vec<String> {
        found(files).0
    }

    #[test]
    fn other_tools_say_where_their_records_are() {
        let files = Memory::of([(".adr-dir", "./doc/choices\n"), ("doc/choices/0001-x.md", ""), ("content/a.md", "")]);
        assert_eq!(found_in(&files).0, ["doc/choices  adr"]);
        let yaml = "project:\n  name: Shop\n  adrFolder: ./docs/adr\n  packages:\n    - name: web\n      path: packages/web\n      adrFolder: packages/web/docs/adr\n    - name: Billing API\n      adrFolder: packages/api/adr\n";
        let files = Memory::of([
            (".log4brains.yml", yaml),
            ("docs/adr/20240101-x.md", ""),
            ("packages/web/docs/adr/20240102-y.md", ""),
            ("packages/api/adr/20240103-z.md", ""),
        ]);
        let expected = ["docs/adr  adr", "packages/web/docs/adr web adr", "packages/api/adr billing-api adr"];
        assert_eq!(found_in(&files).0, expected);
        let away = Memory::of([(".adr-dir", "../elsewhere\n"), ("docs/adr/0001-x.md", "")]);
        assert_eq!(found_in(&away).0, ["docs/adr"]);
        let broken = Memory::of([(".log4brains.yml", "project: [\n"), ("docs/adr/0001-x.md", "")]);
        assert_eq!(found_in(&broken).0, ["docs/adr"]);
    }

    #[test]
    fn folders_of_records_are_known_by_their_names() {
        assert_eq!(roots(&["README.md", "docs/guide.md", "docs/decisions/0001-x.md"]), ["docs/decisions"]);
        assert_eq!(roots(&["docs/architecture/decisions/0001-x.md", "CHANGELOG.md"]), ["docs/architecture/decisions"]);
        assert_eq!(roots(&["docs/adr/0001-x.md", "docs/rfcs/0001-y.md"]), ["docs/adr", "docs/rfcs"]);
        assert_eq!(roots(&["rfcs/text/0001-x.md", "rfcs/README.md"]), ["rfcs"]);
        assert_eq!(roots(&["text/0001-x.md", "text/0002-y.md", "README.md"]), ["text  rfc"]);
        assert_eq!(
            roots(&["docs/developer/decision-records/2024-01-02-x/README.md"]),
            ["docs/developer/decision-records"]
        );
        assert_eq!(roots(&["content/index.md", "docs/adr/0001-x.md"]), ["content"]);
    }

    #[test]
    fn nothing_is_made_of_what_is_no_record() {
        assert_eq!(
            roots(&["README.md", "docs/text/about.md", "docs/01-start.md", "docs/02-next.md", "docs/03-end.md"]),
            [""]
        );
        assert_eq!(roots(&["tests/fixtures/adr/0001-x.md", "README.md"]), [""]);
        assert_eq!(roots(&["waiver/form.md", "README.md"]), [""]);
        assert_eq!(roots(&[]), [""]);
    }

    #[test]
    fn a_series_is_a_kind_of_its_own() {
        let (roots, kinds) = found(&["XIPS/xip-1.md", "XIPS/xip-20.md", "XIPS/xip-721.md", "README.md"]);
        assert_eq!((roots, kinds), (vec!["XIPS".to_owned()], vec!["XIP".to_owned()]));
        let (roots, kinds) = found(&["content/caips/caip-1.md", "content/caips/caip-2.md", "content/caips/caip-30.md"]);
        assert_eq!((roots, kinds), (vec!["content".to_owned()], vec!["CAIP".to_owned()]));
        assert!(found(&["content/week-1.md", "content/week-2.md", "content/week-3.md"]).1.is_empty());
        assert!(found(&["content/adr-1.md", "content/adr-2.md", "content/adr-3.md"]).1.is_empty());
    }

    #[test]
    fn logs_of_packages_are_told_apart_where_their_numbers_clash() {
        let several = ["docs/adr/0001-a.md", "packages/web/docs/adr/0001-b.md", "packages/api/docs/adr/0001-c.md"];
        assert_eq!(roots(&several), ["docs/adr", "packages/api/docs/adr api", "packages/web/docs/adr web"]);
        let other_names =
            ["docs/adr/0001-a.md", "packages/api/docs/decisions/0001-b.md", "packages/web/rfcs/0001-c.md"];
        assert_eq!(roots(&other_names), ["docs/adr", "packages/api/docs/decisions api", "packages/web/rfcs"]);
        // A number that is twice in one log is a slip, which is reported.
        let one_log =
            ["docs/adr/0001-a.md", "docs/adr/0003-c.md", "docs/decisions/0002-b.md", "docs/decisions/0003-d.md"];
        assert_eq!(roots(&one_log), ["docs/adr", "docs/decisions"]);
        let packages = ["apps/web-shop/adr/0001-b.md", "apps/api/adr/0001-c.md"];
        assert_eq!(roots(&packages), ["apps/api/adr api", "apps/web-shop/adr web-shop"]);
        let one_series = ["docs/adr/0002-a.md", "old/docs/adr/0001-b.md"];
        assert_eq!(roots(&one_series), ["docs/adr", "old/docs/adr"]);
    }

    #[test]
    fn a_glance_is_enough_to_see_a_log() {
        let glance = |path| is_log(&Memory::of([(path, "")]));
        assert_eq!(glance("docs/adr/0001-x.md").as_deref(), Some("docs/adr"));
        assert_eq!(glance("docs/guide.md"), None);
    }
}
