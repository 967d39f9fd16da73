//! What must not be published: it is in no file of the site, the preview does not hand it out, and somebody is told.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test may stop where it is, and looks at files"
)]

mod project;
mod tree;

use precedent::config::Overrides;
use precedent::date::Date;
use precedent::page::Route;
use precedent::source::Memory;
use precedent::workspace::{Demand, Workspace};
use project::{Project, Run};
use std::sync::Arc;
use tree::tree;

/// A word that must stay inside.
const SECRET: &str = "aubergine";

/// Whether a published file holds the word.
fn leaks(project: &Project) -> Option<String> {
    let files = tree(&project.path("public")).into_iter();
    let holds = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains(SECRET);
    files.into_iter().find(|(_, bytes)| holds(bytes)).map(|(path, _)| path.display().to_string())
}

/// The program's answer to a project with the word in it, which it must keep to itself and publish all else.
fn kept(files: &[(&str, &str)]) -> (Project, Run) {
    let project = Project::of(files);
    project.write("content/index.md", "# Home\n");
    let run = project.run(&["build"]);
    assert_eq!(leaks(&project), None, "{}{}", run.out, run.err);
    assert!(project.path("public/index.html").exists(), "{}{}", run.out, run.err);
    (project, run)
}

#[test]
fn a_picture_that_runs_is_not_published() {
    let svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>{SECRET}</script></svg>");
    let page = "# A\n\n![A](a.svg) [b](a.svg) [c](b.yaml)\n";
    let sheet = format!("<script>{SECRET}</script>");
    let files = [("content/a.md", page), ("content/a.svg", &svg), ("content/b.yaml", &sheet)];
    let (_, run) = kept(&files);
    assert_eq!(run.code, Some(1));
    assert!(run.out.contains("error[unsafe-asset]: `content/a.svg` is not published: it holds the element `script`"));
    assert!(run.out.contains("content/a.md:3:6") && run.out.contains("content/b.yaml"), "{}", run.out);

    let mut workspace = Workspace::new(Arc::new(Memory::of(files)), Overrides::default());
    let snapshot = workspace.snapshot(Date::constant(2026, 6, 1), Demand::Preview).unwrap();
    let prospect = snapshot.prospect.unwrap();
    for address in ["a.svg", "b.yaml"] {
        let route = Route(address.to_owned());
        assert!(!prospect.has(&route) && prospect.artifact(&route).unwrap().is_none(), "{address}");
    }
    let page = prospect.artifact(&Route("a.html".to_owned())).unwrap().unwrap();
    assert!(!String::from_utf8_lossy(&page.bytes).contains("a.svg\""));
}

#[test]
fn what_may_be_a_draft_is_kept_back() {
    for head in [
        "+++\ntitle = \"A\"\ndraft = \"true\"\n+++\n",
        "---\ntitle: A\ndraft: yes\n---\n",
        "+++\ntitle = \"A\"\ndarft = true\n+++\n",
        "+++\ntitle = \"A\"\ndraft true\n+++\n",
        "+++\ntitle = \"A\"\ndraft = true\n",
        "\n\n---\ntitle: A\ndraft: true\n---\n",
    ] {
        let text = format!("{head}\n# {SECRET}\n\nThe {SECRET}.\n");
        let (project, run) = kept(&[("content/adr/0001-a.md", &text), ("content/b.md", "# B\n\nSee ADR-1.\n")]);
        assert_eq!(run.code, Some(1), "{head}");
        assert!(run.out.contains("record is not published"), "{head}: {}", run.out);
        assert!(!project.path("public/adr/0001-a.html").exists() && project.path("public/b.html").exists());
        assert!(project.run(&["build", "--drafts"]).out.contains("record is not published"));
        assert_eq!(run.out.matches("record is not published").count(), 1, "{head}: {}", run.out);
        assert!(leaks(&project).is_some(), "{head}");
    }
}

#[test]
fn lines_that_end_with_cr_alone_hide_no_front_matter() {
    let text = format!("+++\rdraft = true\r+++\r# {SECRET}\r");
    let (_, run) = kept(&[("content/a.md", &text)]);
    assert_eq!(run.code, Some(1));
    assert!(run.out.contains("error[unread-file]: `content/a.md` has lines that end with CR alone"), "{}", run.out);
}

#[test]
fn settings_that_leave_in_doubt_what_is_left_out_publish_nothing() {
    for settings in [
        "[path]\nexclude = [\"content/x\"]\n",
        "[paths]\nexlcude = [\"content/x\"]\n",
        "[paths]\nexclude = [\"content/x*\"]\n",
        "[paths]\nexclude = [\"content/x\n",
    ] {
        let text = format!("# {SECRET}\n");
        let project = Project::of(&[("precedent.toml", ""), ("content/a.md", "# A\n")]);
        assert_eq!(project.run(&["build"]).code, Some(0));
        let before = tree(&project.path("public"));
        project.write("precedent.toml", settings);
        project.write("content/x/a.md", &text);
        let run = project.run(&["build"]);
        assert_eq!(run.code, Some(1), "{settings}: {}{}", run.out, run.err);
        assert!(run.err.contains("Published nothing, because precedent.toml:"), "{settings}: {}", run.err);
        assert_eq!(tree(&project.path("public")), before, "{settings}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_to_what_is_no_content_is_not_followed() {
    use std::os::unix::fs::symlink;
    let secret = format!("{SECRET}\n");
    let page = "# A\n\n[a](keys.txt) [b](plans.txt) [c](text.txt) [d](twin.txt)\n";
    let draft = format!("+++\ndraft = true\n+++\n\n# {SECRET}\n");
    let project = Project::of(&[
        ("precedent.toml", "[paths]\nexclude = [\"content/plans\"]\n"),
        ("content/a.md", page),
        ("content/b.txt", "fine\n"),
        ("content/draft.md", &draft),
        ("content/plans/next.txt", &secret),
        ("secrets.env", &secret),
    ]);
    for (to, at) in [
        ("../secrets.env", "content/keys.txt"),
        ("plans/next.txt", "content/plans.txt"),
        ("draft.md", "content/text.txt"),
        ("b.txt", "content/twin.txt"),
    ] {
        symlink(to, project.path(at)).unwrap();
    }
    let run = project.run(&["build"]);
    assert_eq!((run.code, leaks(&project)), (Some(1), None), "{}", run.out);
    for said in [
        "`content/keys.txt` is a link to ../secrets.env, outside the content folder",
        "`content/plans.txt` is a link to `content/plans/next.txt`, which is excluded",
        "`content/text.txt` is a link to `content/draft.md`, a file of another type",
    ] {
        assert!(run.out.contains(said), "{said}: {}", run.out);
    }
    assert!(project.path("public/twin.txt").exists());
}

/// A build by somebody who may write here, and otherwise only what everybody may.
#[cfg(unix)]
fn run_as_nobody(project: &Project) -> Run {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    std::fs::set_permissions(project.path("."), std::fs::Permissions::from_mode(0o777)).unwrap();
    project.end(project.command(&["build"]).uid(65_534).gid(65_534))
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_stays_behind_alone() {
    use std::os::unix::fs::PermissionsExt;
    let project =
        Project::of(&[("content/a.md", "# A\n\n[table](t.csv) ![picture](p.png)\n"), ("content/t.csv", "a,b\n")]);
    project.write("content/p.png", SECRET);
    let path = project.path("content/p.png");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    let is_readable = std::fs::read(&path).is_ok();
    let run = if is_readable { run_as_nobody(&project) } else { project.run(&["build"]) };
    assert_eq!(run.code, Some(1), "{}{}", run.out, run.err);
    assert!(run.out.contains("error[unread-file]: `content/p.png` cannot be read: permission denied"), "{}", run.out);
    assert!(project.path("public/a.html").exists() && project.path("public/t.csv").exists());
    assert_eq!((project.path("public/p.png").exists(), leaks(&project)), (false, None));
}

#[test]
fn what_cannot_be_heard_beside_a_text_keeps_it_back() {
    let long = format!("title: A\ndraft: true\nsee-also: [{}]\n", "a, ".repeat(30_000));
    for (beside, says) in [
        (&b"title: A\ndraft: true\nauthor: Ren\xE9\n"[..], "is not UTF-8: byte E9 at offset 32, line 3"),
        (b"t\0i\0t\0l\0e\0:\0", "looks like UTF-16 text"),
        (long.as_bytes(), "has 90034 bytes; a file that speaks for a text may have 64 KiB"),
    ] {
        let text = format!("# KEP-12: {SECRET}\n\n## Summary\n\nThe {SECRET}.\n");
        let project = Project::of(&[("content/keps/node/0012-x/README.md", &text), ("content/index.md", "# Home\n")]);
        project.write("content/keps/node/0012-x/kep.yaml", beside);
        let run = project.run(&["build"]);
        assert_eq!((run.code, leaks(&project)), (Some(1), None), "{}", run.out);
        assert!(run.out.contains(&format!("`content/keps/node/0012-x/kep.yaml` {says}")), "{says}: {}", run.out);
        assert!(run.out.contains("[doubtful-draft]") && project.path("public/index.html").exists());
    }
}
