//! Texts that bring other tools down or publish what nobody wrote: each is a page as it is meant, or named.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may fail, and makes its own files"
)]

mod project;
mod tree;

use project::{Project, Run};
use std::collections::BTreeMap;
use std::path::PathBuf;
use tree::tree;

const HEAD: &str = "+++\ntitle = \"Plain\"\nstatus = \"accepted\"\n+++\n";

fn built(files: &[(&str, &[u8])]) -> (Project, Run, BTreeMap<PathBuf, Vec<u8>>) {
    let project = Project::of(&[("precedent.toml", "")]);
    files.iter().for_each(|(path, bytes)| project.write(path, *bytes));
    let run = project.run(&["build"]);
    assert!(matches!(run.code, Some(0 | 1)), "{}", run.err);
    let site = tree(&project.path("public"));
    (project, run, site)
}

/// The pages of records, without what lies around them.
fn page(site: &BTreeMap<PathBuf, Vec<u8>>, path: &str) -> String {
    let bytes = site.get(&PathBuf::from(path)).expect("a page");
    String::from_utf8(bytes.clone()).expect("UTF-8")
}

/// What stands in `main`, which every page has once.
fn inside(page: &str) -> &str {
    assert_eq!(page.matches("<main").count(), 1, "{page}");
    page.split_once("<main").and_then(|(_, rest)| rest.split_once("</main>")).expect("a whole page").0
}

#[test]
fn the_same_words_in_any_dress_are_one_page() {
    let text = format!("{HEAD}\n## Context\n\nOne line.\nAnother.\n\n- a\n- b\n\n```text\nx\n\ny\n```\n");
    let plain = page(&built(&[("content/adr/0001-x.md", text.as_bytes())]).2, "adr/0001-x.html");
    let windows = text.replace('\n', "\r\n");
    let mixed: String = text.split_inclusive('\n').enumerate().fold(String::new(), |all, (at, line)| {
        all + &if at % 2 == 0 { line.replace('\n', "\r\n") } else { line.to_owned() }
    });
    for (name, dressed) in [
        ("a byte order mark", format!("\u{feff}{text}")),
        ("lines as on Windows", windows.clone()),
        ("both", format!("\u{feff}{windows}")),
        ("lines of both sorts", mixed),
    ] {
        let site = built(&[("content/adr/0001-x.md", dressed.as_bytes())]).2;
        assert_eq!(page(&site, "adr/0001-x.html").replace("\r\n", "\n"), plain, "{name}");
    }
}

#[test]
fn what_is_no_text_is_named_and_the_rest_is_built() {
    let in_utf_16 = |bytes: fn(u16) -> [u8; 2]| HEAD.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("latin", [HEAD.as_bytes(), b"caf\xe9\n"].concat(), "is not UTF-8: byte E9 at offset 47, line 5"),
        ("head", b"+++\ntitle = \"caf\xe9\"\n+++\n".to_vec(), "is not UTF-8: byte E9 at offset 16, line 2"),
        ("overlong", b"a \xc0\xaf b\n".to_vec(), "is not UTF-8: byte C0 at offset 2, line 1"),
        ("surrogate", b"a\n\xed\xa0\x80\n".to_vec(), "is not UTF-8: byte ED at offset 2, line 2"),
        ("little", [b"\xff\xfe".to_vec(), in_utf_16(u16::to_le_bytes)].concat(), "looks like UTF-16 text"),
        ("big", [b"\xfe\xff".to_vec(), in_utf_16(u16::to_be_bytes)].concat(), "looks like UTF-16 text"),
        ("bare", in_utf_16(u16::to_le_bytes), "looks like UTF-16 text"),
        ("gzip", b"\x1f\x8b\x08\0abc".to_vec(), "looks like a gzip archive"),
        ("office", b"PK\x03\x04abc".to_vec(), "looks like a ZIP archive"),
        ("program", b"\x7fELFabc".to_vec(), "looks like a program"),
        ("nul", b"# A\n\nb\0c\n".to_vec(), "holds a NUL byte at offset 6, line 3"),
        ("old-mac", HEAD.replace('\n', "\r").into_bytes(), "has lines that end with CR alone"),
    ];
    let paths: Vec<String> = cases.iter().map(|(name, ..)| format!("content/{name}.md")).collect();
    let mut files: Vec<(&str, &[u8])> =
        paths.iter().map(String::as_str).zip(cases.iter().map(|case| &*case.1)).collect();
    files.push(("content/fine.md", b"# Fine\n"));
    let (_, run, site) = built(&files);
    assert_eq!(run.code, Some(1));
    for (path, (name, _, says)) in paths.iter().zip(&cases) {
        assert!(run.out.contains(&format!("error[unread-file]: `{path}` {says}")), "{path} {says}: {}", run.out);
        assert!(!site.contains_key(&PathBuf::from(format!("{name}.html"))), "{name}");
    }
    assert!(site.contains_key(&PathBuf::from("fine.html")));
    assert!(site.values().all(|bytes| !String::from_utf8_lossy(bytes).contains("caf\u{fffd}")));
}

#[test]
fn nothing_to_read_is_a_finding_and_a_page() {
    for text in ["", "  \n\t\n\n", "\u{feff}", "+++\n+++\n", "---\n---\n", "\r\n\r\n"] {
        let (_, run, site) = built(&[("content/adr/0001-x.md", text.as_bytes())]);
        assert!(
            run.out.contains("[missing-title]") && run.out.contains("content/adr/0001-x.md"),
            "{text:?}: {}",
            run.out
        );
        inside(&page(&site, "adr/0001-x.html"));
    }
}

#[test]
fn control_characters_steer_nothing() {
    let head = "+++\ntitle = \"T\\u001b[31m\\u009b2J\"\nstatus = \"\\u001b]0;x\\u0007bad\"\n\"\\u001b[2J\" = 2\n+++\n";
    let text = format!(
        "{head}\n## Con\u{1b}[2Jtext\n\na\u{85}b\u{9b}31m \u{1b}[31mred\u{7} \u{7f}\u{8}\u{b}\u{c}\n\n[x\u{1b}](\u{1b}.md)\n"
    );
    let (project, run, site) = built(&[("content/adr/0001-x.md", text.as_bytes())]);
    let is_plain = |text: &str| text.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    for arguments in [&["check", "--all"][..], &["check", "--format", "github"], &["list"], &["show", "ADR-1"]] {
        let run = project.run(arguments);
        assert!(is_plain(&run.out) && is_plain(&run.err), "{arguments:?}: {:?}", run.out);
    }
    assert!(is_plain(&run.out) && run.out.contains("`\\u{1b}]0;x\\u{7}bad` is not a status"), "{}", run.out);
    for (path, bytes) in &site {
        let is_page = path.extension().is_some_and(|extension| extension == "html");
        assert!(!is_page || is_plain(&String::from_utf8_lossy(bytes)), "{}", path.display());
    }
    assert!(page(&site, "adr/0001-x.html").contains("\\u{1b}[31mred\\u{7}"));
}

#[test]
fn a_long_line_and_a_million_lines_are_built() {
    let lines = "line\n".repeat(1_000_000);
    let line = "word ".repeat(1_600_000);
    let (_, run, site) = built(&[("content/a.md", lines.as_bytes()), ("content/b.md", line.as_bytes())]);
    assert!(!run.out.contains("oversized-text"), "{}", run.out);
    for (path, words) in [("a.html", "line\nline\nline"), ("b.html", "word word word")] {
        assert!(inside(&page(&site, path)).contains(words), "{path}");
    }
}

#[test]
fn template_words_of_any_language_stay_words() {
    let words = "{{ 1234567*3 }} {% include \"/etc/passwd\" %} {# x #} ${1234567*3} <%= 1234567*3 %> #{1234567*3} [[1234567*3]] {{ get_env(name=\"PATH\") }} \
        {{ config }} {% raw %} {{<shortcode>}} {{ __tera_context }} ]]> \u{2028}";
    let quoted = words.replace('\\', "\\\\").replace('"', "\\\"");
    let text = format!(
        "+++\ntitle = \"{quoted}\"\nsummary = \"{quoted}\"\ntags = [\"{{{{ 1234567*3 }}}}\"]\n+++\n\n## Context\n\n{words}\n"
    );
    let settings = "[site]\ntitle = \"{{ 1234567*3 }}\"\nfooter = \"{{ 1234567*3 }}\"\n";
    let (_, _, site) = built(&[("content/adr/0001-x.md", text.as_bytes()), ("precedent.toml", settings.as_bytes())]);
    for (path, bytes) in &site {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("3703701") && !text.contains("root:x"), "{}", path.display());
    }
    let page = page(&site, "adr/0001-x.html");
    assert!(inside(&page).contains("{{ 1234567*3 }}") && inside(&page).contains("{% include"), "{page}");
}

#[test]
fn dates_at_the_edges_are_days_or_findings() {
    for (written, is_day) in [
        ("0001-01-01", true),
        ("9999-12-31", true),
        ("2024-02-29", true),
        ("2016-12-31T23:59:60Z", true),
        ("2026-01-01T00:00:00+14:00", true),
        ("2026-01-01T00:00:00-12:00", true),
        ("2025-02-29", false),
        ("2026-13-01", false),
        ("2026-00-10", false),
        ("2026-04-31", false),
        ("99999-01-01", false),
        ("-0001-01-01", false),
    ] {
        for head in [
            format!("+++\ntitle = \"T\"\ncreated = {written}\n+++\n"),
            format!("---\ntitle: T\ncreated: {written}\n---\n"),
        ] {
            let project = Project::of(&[("content/adr/0001-x.md", &head)]);
            let run = project.run(&["check", "--all"]);
            let place = |line: &str| line.contains("0001-x.md:3:");
            assert_eq!(!run.out.lines().any(place), is_day, "{head}: {}", run.out);
        }
    }
}

/// A day that is written with an offset is the day there, wherever and in whatever zone the site is built.
#[test]
fn zones_change_nothing() {
    let record = |created: &str| {
        format!(
            "+++\ntitle = \"T\"\ncreated = {created}\n[[sign-off]]\nrole = \"a\"\nby = \"b\"\non = {created}\n+++\n"
        )
    };
    let project = Project::of(&[
        ("content/adr/0001-x.md", &record("2026-01-01T00:30:00+14:00")),
        ("content/adr/0002-y.md", &record("2025-12-31T23:30:00-12:00")),
    ]);
    let site = |zone: &str, out: &str| {
        project.end(project.command(&["build", "--no-cache", "-o", out]).env("TZ", zone));
        tree(&project.path(out))
    };
    let plain = site("UTC", "utc");
    assert!(plain.len() > 100);
    assert!(plain == site("Pacific/Kiritimati", "east") && plain == site("Etc/GMT+12", "west"));
}

#[test]
fn many_findings_are_counted_and_not_all_written() {
    let links: String = (0..5_000).map(|at| format!("[a](no-{at}.md)\n")).collect();
    let project = Project::of(&[("content/a.md", &format!("# A\n\n{links}"))]);
    let run = project.run(&["check"]);
    assert!(run.out.len() + run.err.len() < 64 * 1024, "{} bytes", run.out.len());
    assert!(run.out.contains("more") && run.code == Some(1), "{}", run.out);
}

/// Where it was built, by whom, and on which machine.
#[test]
fn a_site_does_not_say_where_it_was_made() {
    let text = format!(
        "{HEAD}\n## Context\n\n![a](a.png)\n\n```mermaid\nflowchart LR\n A --> B\n```\n\n<!-- a note to myself -->\n\n[unused]: https://hidden.example/x\n"
    );
    let (project, run, _) = built(&[("content/adr/0001-x.md", text.as_bytes()), ("content/adr/a.png", b"png")]);
    let root = project.path("").to_string_lossy().trim_end_matches('/').to_owned();
    project.end(
        project
            .command(&["build", "-o", "out"])
            .env("USER", "zucchini")
            .env("HOSTNAME", "zucchini")
            .env("SECRET", "zucchini"),
    );
    for (path, bytes) in tree(&project.path("out")) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(&root) && !text.contains("zucchini"), "{}: {}", path.display(), run.out);
        let is_page = path.extension().is_some_and(|extension| extension == "html");
        assert!(
            !is_page || !(text.contains("a note to myself") || text.contains("hidden.example")),
            "{}",
            path.display()
        );
    }
}
