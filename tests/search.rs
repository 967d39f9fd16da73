//! The search of a published site: the reader that it ships answers questions from the index that it ships.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may stop where it is")]
#![allow(clippy::disallowed_methods, reason = "a test reads what was published")]

mod tool;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Publishes the content in `tests/search/site`, with more settings, on the first of June 2026.
fn publish(settings: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    copy(&root().join("tests/search/site"), folder.path());
    let config = folder.path().join("precedent.toml");
    let own = fs::read_to_string(&config).expect("settings").replace("[site]\n", &format!("[site]\n{settings}"));
    fs::write(&config, own).expect("written");
    let mut command = Command::new(env!("CARGO_BIN_EXE_precedent"));
    command.args(["build", "--quiet", "--as-of", "2026-06-01"]).current_dir(folder.path());
    let output = command.output().expect("starts");
    assert!(output.status.code().is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&output.stderr));
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("made");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("copied");
        }
    }
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn questions_find_what_they_should() {
    tool::need("node", "nodejs");
    let folder = publish("");
    let mut command = Command::new("node");
    command.arg(root().join("tests/search/queries.mjs")).arg(folder.path().join("public"));
    let output = command.output().expect("starts");
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(said.contains(" questions, "), "{said}");
}

#[test]
fn what_is_not_published_is_not_in_the_index() {
    let folder = publish("");
    let index = files(&folder.path().join("public/search"));
    assert!(index.len() > 3, "{index:?}");
    for path in index {
        let text = fs::read_to_string(&path).expect("UTF-8");
        assert!(!text.to_lowercase().contains("zanzibar"), "{}", path.display());
        assert!(!text.contains("</script>") && text.starts_with("precedentSearch.put("), "{}", path.display());
    }
}

#[test]
fn a_site_may_do_without() {
    let folder = publish("search = false\n");
    let public = folder.path().join("public");
    assert!(!public.join("search").exists() && !public.join("search.html").exists());
    let page = fs::read_to_string(public.join("adr/0009-log-instead-of-broker.html")).expect("a page");
    assert!(!page.contains("search/open.js") && !page.contains("search.html"), "{page}");
    let page =
        fs::read_to_string(publish("").path().join("public/rfc/0007-billing-to-the-ledger.html")).expect("a page");
    assert!(
        page.contains("<script src=\"../static/search/open.js\" defer>") && page.contains("href=\"../search.html\"")
    );
}

#[test]
fn shapes_are_those_of_the_templates() {
    let theme = root().join("themes/default");
    let templates = fs::read_to_string(theme.join("templates/components.html")).expect("templates");
    let styles = fs::read_to_string(theme.join("static/search/search.css")).expect("a style sheet");
    let shapes =
        templates.split("component shape").nth(1).expect("shapes").split("endcomponent").next().expect("an end");
    // That a record is amended is said of its text, and is no status.
    let shapes = shapes.lines().filter(|line| !line.contains("\"amended\""));
    let drawn: Vec<&str> = shapes.filter_map(|line| line.rsplit_once("-%}").map(|(_, path)| path)).collect();
    let drawn: Vec<&str> = drawn.into_iter().filter(|path| path.starts_with('M')).collect();
    assert_eq!(drawn.len(), 10, "{drawn:?}");
    for path in drawn {
        assert!(styles.contains(&format!("d='{path}'")), "{path}");
    }
}
