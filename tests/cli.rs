//! The program as a person or a script meets it: its words, its exit codes, and what it leaves on disk.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail, and makes its own files"
)]

mod tree;

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;
use tree::tree;

const PROGRAM: &str = env!("CARGO_BIN_EXE_precedent");

/// A project in a folder of its own.
struct Project(TempDir);

impl Project {
    fn of(files: &[(&str, &str)]) -> Project {
        let project = Project(tempfile::tempdir().expect("a folder"));
        for (path, text) in files {
            project.write(path, text);
        }
        project
    }

    fn clean() -> Project {
        Project::of(&[
            ("precedent.toml", "[site]\ntitle = \"Our log\"\n"),
            ("content/index.md", "# Our decisions\n\nThe [first chapter](handbook/first.md).\n"),
            ("content/handbook/first.md", "# First chapter\n\n```rust\nfn main() {}\n```\n"),
        ])
    }

    fn broken() -> Project {
        let project = Project::clean();
        project.write("content/handbook/second.md", "# Second chapter\n\nSee [the first](frist.md).\n");
        project
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(arguments).current_dir(self.0.path());
        for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "SOURCE_DATE_EPOCH"] {
            command.env_remove(variable);
        }
        command
    }

    fn run(&self, arguments: &[&str]) -> Run {
        Run::of(self.command(arguments).output().expect("starts"))
    }
}

struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Run {
    fn of(output: Output) -> Run {
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        let run = Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) };
        assert!(!run.err.contains("panicked"), "{}", run.err);
        run
    }
}

#[test]
fn a_clean_project_is_clean() {
    let run = Project::clean().run(&["check"]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""), "{}", run.err);
    assert_eq!(run.err, "Read 2 texts, 1 link, 0 anchors and 0 diagrams.\nFound nothing wrong.\n");
}

#[test]
fn a_finding_is_shown_where_it_stands() {
    let run = Project::broken().run(&["check"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    insta::assert_snapshot!(run.out, @r"
    error[broken-link]: there is no `content/handbook/frist.md`
     --> content/handbook/second.md:3:17
      |
    3 | See [the first](frist.md).
      |                 ^^^^^^^^ leads nowhere
      |
      = help: did you mean `first.md`?
    ");
    let closing = "Found 1 error in 1 file.\nFor what a rule asks and why, run `precedent explain broken-link`.\n";
    assert!(run.err.ends_with(closing), "{}", run.err);
}

#[test]
fn paths_limit_what_is_shown() {
    let project = Project::broken();
    assert_eq!(project.run(&["lint", "content/handbook/first.md"]).code, Some(0));
    assert_eq!(project.run(&["check", "content/handbook"]).code, Some(1));
    let mut inside = project.command(&["check", "../handbook/./second.md"]);
    let inside = Run::of(inside.current_dir(project.path("content/handbook")).output().expect("starts"));
    assert_eq!(inside.code, Some(1), "{}", inside.err);
    let misspelt = project.run(&["check", "content/handbok"]);
    assert_eq!(misspelt.code, Some(2));
    assert!(misspelt.err.contains("there is no `content/handbok`"), "{}", misspelt.err);
    assert_eq!(project.run(&["check", "../.."]).code, Some(2));
}

#[test]
fn what_cannot_be_done_is_said_with_code_two() {
    let project = Project::clean();
    for (arguments, words) in [
        (&["check", "--root", "nowhere"][..], "nowhere"),
        (&["check", "--config", "other.toml"], "other.toml"),
        (&["check", "--config", "../other.toml"], "outside the project"),
        (&["check", "--as-of", "2026-02-30"], "2026-03-10"),
        (&["build", "--strct"], "'--strict'"),
        (&["biuld"], "'build'"),
        (&["build", "--base-url", "docs.example.org"], "https://docs.example.org/handbook/"),
        (&["build", "--jobs", "0"], "1..=256"),
        (&["explain", "broken-lnk"], "did you mean `broken-link`?"),
        (&["explain", "link"], "these are about it: `broken-link`"),
        (&["serve", "--host", "no such host"], "could not listen"),
    ] {
        let run = project.run(arguments);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{arguments:?}: {}", run.err);
        assert!(run.err.contains(words), "{arguments:?}: {}", run.err);
    }
    let mut command = project.command(&["check"]);
    let run = Run::of(command.env("SOURCE_DATE_EPOCH", "yesterday").output().expect("starts"));
    assert_eq!(run.code, Some(2));
}

#[test]
fn colours_are_used_where_they_are_wanted() {
    let project = Project::broken();
    let coloured = |arguments: &[&str], variable: &str| {
        let output = project.command(arguments).env(variable, "1").output().expect("starts");
        Run::of(output).out.contains('\u{1b}')
    };
    assert!(!coloured(&["check"], "UNUSED"), "a pipe is no terminal");
    assert!(coloured(&["check"], "CLICOLOR_FORCE"));
    assert!(coloured(&["check", "--color", "always"], "NO_COLOR"));
    assert!(!coloured(&["check", "--color", "never"], "CLICOLOR_FORCE"));
}

#[test]
fn rules_are_explained() {
    let project = Project::of(&[]);
    let list = project.run(&["explain"]);
    assert_eq!(list.code, Some(0));
    let at = |start: &str| list.out.lines().position(|line| line.starts_with(start));
    let (group, rule, next) = (at("Links and relations"), at("  broken-link "), at("Quality of the decision"));
    assert!(group.is_some() && group < rule && rule < next, "{}", list.out);
    let page = project.run(&["explain", "broken-link"]);
    assert_eq!(page.code, Some(0));
    assert!(page.out.starts_with("broken-link (deny;") && page.out.contains("How to repair it\n"), "{}", page.out);
    assert!(!page.out.contains("+++"), "the front matter is not for readers");
}

#[test]
fn a_build_is_the_same_every_time_and_everywhere() {
    let (one, other) = (Project::broken(), Project::broken());
    let first = one.run(&["build", "--jobs", "1"]);
    assert_eq!(first.code, Some(1), "a finding is denied: {}", first.err);
    assert!(first.err.contains("Published ") && first.err.contains(" in public after "), "{}", first.err);
    let site = tree(&one.path("public"));
    assert!(site.contains_key(Path::new("index.html")) && site.contains_key(Path::new("404.html")));
    assert_eq!(one.run(&["build", "--jobs", "4"]).code, Some(1));
    assert!(site == tree(&one.path("public")), "a second build gives other bytes");
    let elsewhere =
        other.command(&["build", "-o", "site/out"]).env("TZ", "Pacific/Kiritimati").output().expect("starts");
    assert_eq!(Run::of(elsewhere).code, Some(1));
    assert!(site == tree(&other.path("site/out")), "another folder gives other bytes");
    assert_eq!(Project::clean().run(&["build", "--quiet"]).err, "");
}

#[test]
fn settings_may_lie_elsewhere_and_be_overridden() {
    let project = Project::clean();
    project.write("settings/other.toml", "[site]\ntitle = \"The other title\"\n[paths]\noutput = \"other\"\n");
    let url = "https://docs.example.org/handbook/";
    let run = project.run(&["build", "--config", "settings/other.toml", "--base-url", url]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let home = fs::read_to_string(project.path("other/index.html")).expect("a home page");
    assert!(home.contains("The other title") && home.contains(url), "{home}");
    let mut below = project.command(&["build", "-o", "here"]);
    assert_eq!(Run::of(below.current_dir(project.path("content")).output().expect("starts")).code, Some(2));
    let mut beside = project.command(&["build", "-o", "../here", "--root", ".."]);
    assert_eq!(Run::of(beside.current_dir(project.path("content")).output().expect("starts")).code, Some(0));
    assert!(project.path("here/index.html").is_file(), "the output folder is named from where the command is given");
}

#[test]
fn strict_publishes_nothing_that_is_denied() {
    let project = Project::clean();
    assert_eq!(project.run(&["build", "--strict"]).code, Some(0));
    let good = tree(&project.path("public"));
    project.write("content/handbook/second.md", "# Second chapter\n\nSee [the first](frist.md).\n");
    let run = project.run(&["build", "--strict"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("Published nothing"), "{}", run.err);
    assert!(good == tree(&project.path("public")), "the site was touched");
}

#[test]
fn drafts_are_published_only_on_demand() {
    let project = Project::clean();
    let open = "+++\nstatus = \"accepted\"\nsupersedes = [\"ADR-7\"]\ntags = [\"open\"]\n+++\n# 1. Queue\n\nADR-0007\n";
    project.write("content/adr/0001-queue.md", open);
    // Everything about it has its name, and most of it is wrong, so that findings speak of it as well.
    let draft = "+++\ntitle = \"Walrus\"\ndraft = true\nstatus = \"walrus\"\ntags = [\"walrus\", \"open\"]\n\
        supersedes = [\"ADR-1\", \"ADR-walrus\"]\nwalrus = 1\n[daci]\ndriver = \"walrus\"\n+++\n\n## Walrus\n\n\
        Walrus, ![walrus](walrus.png), [walrus](walrus.pdf), [walrus](walrus-gone.md).\n\n```mermaid\nwalrus\n```\n";
    for path in ["adr/0007-walrus.md", "adr/0001-walrus.md", "rfc/0001-walrus.md", "handbook/walrus/index.md"] {
        project.write(&format!("content/{path}"), draft);
    }
    project.write("content/adr/walrus.png", "walrus");
    project.write("content/adr/walrus.pdf", "walrus");
    assert_eq!(project.run(&["build"]).code, Some(1));
    let mentions = |folder: &str| {
        let says = |text: &str| text.to_lowercase().contains("walrus");
        let files = tree(&project.path(folder)).into_iter();
        let told = files.filter(|(path, bytes)| says(&path.to_string_lossy()) || says(&String::from_utf8_lossy(bytes)));
        told.map(|(path, _)| path).collect::<Vec<_>>()
    };
    assert!(mentions("public").is_empty(), "{:?}", mentions("public"));
    assert!(project.path("public/adr/0001-queue.html").is_file());
    assert_eq!(project.run(&["build", "--drafts", "-o", "all"]).code, Some(1));
    for path in ["log.json", "tags.html", "adr/0007-walrus.html", "adr/0007-walrus.md", "adr/walrus.png"] {
        assert!(mentions("all").contains(&PathBuf::from(path)), "{path}");
    }
}

#[test]
fn an_empty_folder_is_a_project_too_and_never_passes_for_a_clean_one() {
    let project = Project::of(&[]);
    for command in ["check", "build"] {
        let run = project.run(&[command]);
        assert_eq!((run.code, run.out.as_str()), (Some(0), ""), "{}", run.err);
        assert!(
            run.err.contains("warning: there is no Markdown in the project's folder: `precedent init` begins a log"),
            "{}",
            run.err
        );
        assert!(!run.err.contains("nothing wrong"), "{}", run.err);
    }
    let moved = Project::of(&[("precedent.toml", "[paths]\ncontent = \"docs\"\n"), ("docs/flow.png", "x")]);
    let moved = moved.run(&["check"]).err;
    assert!(moved.contains("no Markdown below `docs/`: `precedent new adr"), "{moved}");
    assert_eq!(project.run(&["check", "--quiet"]).err, "");
    assert!(project.path("public/index.html").is_file());
    // Its texts may lie beside each other and beside a site, wherever that was published.
    project.write("page.md", "# Page\n\nText.\n");
    project.write("other.md", "# Other page\n\nText.\n");
    project.write("target/plan.md", "# What we aim at\n\nText.\n");
    assert_eq!(project.run(&["build", "-o", "elsewhere"]).code, Some(0));
    let again = project.run(&["check"]);
    assert_eq!((again.code, again.out.as_str()), (Some(0), ""), "{}", again.err);
    assert!(again.err.starts_with("Read 3 texts,"), "{}", again.err);
}

#[test]
fn a_content_folder_that_is_not_there_is_named_with_its_setting() {
    let project = Project::of(&[("precedent.toml", "[paths]\ncontent = \"nope\"\n")]);
    let run = project.run(&["check"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("there is no folder `nope`; make it, or name another as `content`"), "{}", run.err);
}

#[test]
fn a_named_folder_is_the_project_whatever_stands_above_it() {
    let project = Project::clean();
    project.write("sub/page.md", "# Page\n\nText.\n");
    let run = project.run(&["build", "--root", "sub"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(project.path("sub/public/index.html").is_file());
    // Its own output is no content of it, and the folders above are none of its business.
    assert!(project.run(&["check", "--root", "sub"]).err.starts_with("Read 1 text,"));
    assert_eq!(project.run(&["build", "--root", "sub", "-o", "sub"]).code, Some(2));
}

#[test]
fn an_output_folder_that_would_eat_the_content_is_refused() {
    let project = Project::clean();
    // What is remembered is no part of the project.
    let files = || {
        let mut files = tree(project.0.path());
        files.retain(|path, _| !path.starts_with(".precedent"));
        files
    };
    let before = files();
    for output in ["content", "content/public", ".", "..", "precedent.toml", "/"] {
        let run = project.run(&["build", "-o", output]);
        assert_eq!(run.code, Some(2), "{output}: {}", run.err);
        assert!(run.err.contains("error: "), "{output}: {}", run.err);
        assert!(before == files(), "{output}: something was touched");
    }
}

#[test]
fn nobody_reading_is_no_error() {
    let project = Project::broken();
    for (arguments, code) in [(&["explain"][..], 0), (&["check"], 1), (&["--help"], 0)] {
        let mut child =
            project.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("starts");
        drop(child.stdout.take());
        let mut err = String::new();
        child.stderr.take().expect("piped").read_to_string(&mut err).expect("UTF-8");
        assert_eq!(child.wait().expect("ends").code(), Some(code), "{arguments:?}: {err}");
        assert!(!err.contains("panicked") && !err.contains("error:"), "{arguments:?}: {err}");
    }
}

#[test]
fn a_preview_says_what_it_has_read() {
    let project = Project::clean();
    let mut command = project.command(&["serve", "--port", "0"]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("starts");
    let mut lines = BufReader::new(child.stderr.take().expect("piped")).lines().map(|line| line.expect("UTF-8"));
    let said = lines.find(|line| line.contains(" s. "));
    child.kill().expect("ends");
    child.wait().expect("ended");
    let read = said.as_deref().and_then(|line| line.strip_prefix("Read ")).unwrap_or_default();
    assert!(read.starts_with(|c: char| ('1'..='9').contains(&c)), "{said:?}");
}

#[cfg(unix)]
#[test]
fn closed_and_full_outputs_are_no_reason_to_panic() {
    let project = Project::broken();
    let shell = |script: &str| {
        let mut command = Command::new("sh");
        command.args(["-c", script, PROGRAM]).current_dir(project.0.path());
        Run::of(command.output().expect("starts"))
    };
    assert_eq!(shell("\"$0\" check >&-").code, Some(1));
    assert_eq!(shell("\"$0\" check 2>&-").code, Some(1));
    assert_eq!(shell("\"$0\" check >&- 2>&- <&-").code, Some(1));
    if Path::new("/dev/full").exists() {
        let full = shell("\"$0\" check >/dev/full");
        assert_eq!(full.code, Some(2));
        assert!(full.err.contains("could not write to standard output"), "{}", full.err);
    }
}
