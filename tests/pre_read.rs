//! What a record's readers are sent, and which words have changed since.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail, and makes its own files"
)]

mod project;
mod repository;
mod reviewed;
mod tool;

use project::Project;
use repository::{commit, start};
use reviewed::{ADR, SENT, TEXT, clean, project, refused, text};
use std::fs;

#[test]
fn a_pre_read_holds_all_that_its_readers_need() {
    let project = project();
    project.write(
        ADR,
        &TEXT.replace(
            "A test.\n",
            "A test: `</template>` & <b>\n\n```mermaid\nflowchart LR\n  a --> b\n```\n\n```rust\nfn main() {}\n```\n",
        ),
    );
    clean(&project.run(&SENT));
    let file = fs::read_to_string(project.path("pre-read/ADR-0004.html")).expect("UTF-8");
    for gone in ["<script", "<link", "src=\"http", "url(\"", "url(h", "url(/", "@import", "href=\"0001", "href=\"adr/"]
    {
        assert!(!file.contains(gone), "{gone}");
    }
    for there in [
        "<title>Pre-read: ADR-0004: Send invoices through a queue</title>",
        "Our &lt;log&gt;",
        "<strong>Is this ADR to be accepted?</strong> vp decides.",
        "Wednesday 3 June 2026, 09:00 UTC",
        "Monday 1 June 2026, 09:00 UTC, 48 hours before the review",
        "<dd>Principal engineer</dd>",
        "it is hard to walk back. Reasons: data storage.",
        "<li>Who reads the dead letters?</li>",
        "<strong>sre</strong> was opposed",
        "src=\"data:image/png;base64,iVBORw0K\"",
        "<svg",
        "href=\"#page:touched-1\"",
        "Named in the text",
        "What came first.",
        "default-src 'none'",
    ] {
        assert!(file.contains(there), "{there}");
    }
    let questions = file
        .split_once("Open questions</h2>")
        .and_then(|(_, rest)| rest.split_once("</section>"))
        .expect("questions")
        .0;
    assert!(!questions.contains("Which queue?"), "a question with its answer is none");
    assert!(!file.contains("What has changed"), "it is the first time");
    // The text in it is the text that went out, to the byte.
    let inner = file
        .split_once("<template id=\"circulated\">")
        .and_then(|(_, rest)| rest.split_once("</template>"))
        .expect("a text")
        .0;
    let plain = inner
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&#x2F;", "/")
        .replace("&amp;", "&");
    assert_eq!(plain, text(&project));

    // A theme replaces each of its parts alone.
    for (name, ours) in
        [("pre-read.css", "/* ours */"), ("pre-read.html", "ours <template id=\"circulated\">{{ source }}</template>")]
    {
        let project = reviewed::project();
        project.write("precedent.toml", "[paths]\ntheme = \"house\"\n");
        project.write(&format!("house/templates/{name}"), ours);
        clean(&project.run(&SENT));
        let file = fs::read_to_string(project.path("pre-read/ADR-0004.html")).expect("UTF-8");
        assert!(file.contains("ours"), "{name}");
        assert!(project.run(&["diff", "ADR-4"]).err.contains("no word of the decision has changed"), "{name}");
    }

    // Where the site's address is known, what is not in the file leads there.
    project.write("precedent.toml", "[site]\ntitle = \"Our log\"\nbase-url = \"https://log.example.org/x/\"\n");
    clean(&project.run(&[&SENT[..], &["--pre-read", "out.html"]].concat()));
    let file = fs::read_to_string(project.path("out.html")).expect("UTF-8");
    assert!(
        file.contains("href=\"https://log.example.org/x/adr/0001-first.html\"")
            && file.contains("href=\"#page:touched-1\"")
    );
}

#[test]
fn changed_words_are_shown_wherever_the_text_of_then_is_kept() {
    let project = project();
    refused(&project.run(&["diff", "ADR-4"]), "neither signed nor circulated");
    let git = start(&project);
    clean(&project.run(&SENT));
    commit(&project, ("Ada", "2024-01-10"), "circulated");
    let sent = text(&project);
    let same = project.run(&["diff", "ADR-4"]);
    assert!(
        same.code == Some(0)
            && same.err.contains("no word of the decision has changed since it was circulated on 2026-06-01"),
        "{}",
        same.err
    );

    project.write(ADR, &sent.replace("sixty seconds", "sixty \u{202e}seconds"));
    let turned = project.run(&["diff", "ADR-4"]).out;
    assert!(turned.contains("\\u{202e}") && !turned.contains('\u{202e}'), "{turned}");

    project.write(ADR, &sent.replace("sixty seconds", "ninety\nseconds").replace("A test.", "Two tests."));
    let words = "content/adr/0004-queue.md:45 Alternatives Considered\n  … not chosen: the gateway cuts requests off at [-sixty-] {+ninety+} seconds.\n\n";
    assert_eq!(project.run(&["diff", "ADR-4"]).out, words);
    fs::rename(project.path("pre-read/ADR-0004.html"), project.path("kept.html")).expect("moved");
    git(&["mv", ADR, "content/adr/0004-jobs.md"]);
    git(&["commit", "-qam", "renamed and changed"]);
    let words = words.replace("0004-queue", "0004-jobs");
    assert_eq!(project.run(&["diff", "ADR-4"]).out, words, "from the history, through a new name");
    fs::remove_dir_all(project.path(".git")).expect("removed");
    let lost = project.run(&["diff", "ADR-4"]);
    assert!(
        lost.out.starts_with("content/adr/0004-jobs.md:45\n") && lost.err.contains("--against FILE"),
        "{}{}",
        lost.out,
        lost.err
    );
    assert_eq!(
        project.run(&["diff", "ADR-4", "--against", "kept.html"]).out,
        words,
        "from a pre-read that was kept elsewhere"
    );

    // Sent out again, it tells its readers what has changed.
    project.write("pre-read/ADR-0004.html", &fs::read_to_string(project.path("kept.html")).expect("UTF-8"));
    clean(&project.run(&["circulate", "4", "--sent", "2026-06-01T12:00:00Z", "--held", "2026-06-04T10:00:00Z"]));
    let file = fs::read_to_string(project.path("pre-read/ADR-0004.html")).expect("UTF-8");
    assert!(
        file.contains("<del>sixty</del> <ins>ninety</ins>") && file.contains("on Monday 1 June 2026, 09:00 UTC"),
        "{file}"
    );
    fs::remove_dir_all(project.path("pre-read")).expect("removed");
    clean(&project.run(&["circulate", "4", "--sent", "2026-06-01T12:00:00Z", "--held", "2026-06-04T10:00:00Z"]));
    let file = fs::read_to_string(project.path("pre-read/ADR-0004.html")).expect("UTF-8");
    assert!(file.contains("The text of then is not at hand"));
}

#[test]
fn ids_mean_the_records_of_their_own_root() {
    let settings = "[[roots]]\npath = \"web\"\nprefix = \"web\"\nkind = \"adr\"\n[[roots]]\npath = \"api\"\nprefix = \"api\"\nkind = \"adr\"\n\
        [policy]\npre-read-hours = 1\n";
    let project = Project::of(&[
        ("precedent.toml", settings),
        ("api/0001-gateway.md", "+++\nstatus = \"accepted\"\nsummary = \"One gateway.\"\n+++\n\n# A gateway\n"),
        ("web/0001-first.md", "+++\nstatus = \"accepted\"\nsummary = \"What came first.\"\n+++\n\n# The first\n"),
        (
            "web/0004-queue.md",
            &TEXT.replace("[the first](0001-first.md#context) and ", "").replace("![How a job flows](flow.png)", ""),
        ),
    ]);
    clean(&project.run(&[
        "circulate",
        "WEB-ADR-4",
        "--sent",
        "2026-06-01T09:00:00Z",
        "--held",
        "2026-06-01T10:00:00Z",
    ]));
    let file = fs::read_to_string(project.path("pre-read/WEB-ADR-0004.html")).expect("UTF-8");
    assert!(file.contains("Named in the text") && file.contains("What came first."), "{file}");
    assert!(file.contains("href=\"#page:touched-1\"") && !file.contains("One gateway."));
    assert!(file.contains(", 1 hour before the review"));
}
