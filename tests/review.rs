//! A record on its way through a review: circulated, compared, signed, dissented from, measured and advanced.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may fail, and makes its own files"
)]

mod project;
mod tool;

use project::{Project, Run};
use std::fs;
use std::process::Command;

const ADR: &str = "content/adr/0004-queue.md";

const TEXT: &str = "+++\ntitle = \"Send invoices through a queue\"\nstatus = \"draft\" # for now\ncreated = 2026-05-20\ndoor = \"one-way\"\ndoor-reasons = [\"data-storage\"]\n\n\
    [daci]\ndriver = \"tpm\"\napprover = \"vp\"\n\n\
    [[consulted]]\nwho = \"sre\"\nstance = \"opposed\"\noutcome = \"workers are limited to four\"\n\n\
    [[metric]]\nname = \"slowest invoice\"\nbaseline = \"40 s\"\ntarget = \"< 5 s\"\n\n[[metric]]\nname = \"slowest credit note\"\nbaseline = \"30 s\"\ntarget = \"< 5 s\"\n+++\n\n\
    ## Context\n\nInvoices are rendered in the request, and the slowest take forty seconds. See [the first](0001-first.md#context) and ADR-1.\n\n\
    ![How a job flows](flow.png)\n\n\
    ## Decision\n\nJobs go through a queue, and workers take them from there.\n\n\
    ## Alternatives Considered\n\nDoing nothing keeps the time-outs. A longer time-out was not chosen: the gateway cuts requests off at sixty seconds.\n\n\
    ## Consequences\n\nCustomers are told by mail when an invoice is ready.\n\n\
    ## Open questions\n\n- Who reads the *dead* letters?\n- Which queue? The one we have.\n\n\
    ## Confirmation\n\nA test.\n";

const FIRST: &str = "+++\ntitle = \"The first\"\nstatus = \"accepted\"\nsummary = \"What came first.\"\n+++\n\n## Context\n\nText.\n\n## Decision\n\nText.\n\n\
    ## Alternatives Considered\n\nDoing nothing was not chosen, for it helps nobody.\n\n## Consequences\n\nText.\n\n## Confirmation\n\nText.\n";

fn project() -> Project {
    let settings = "[site]\ntitle = \"Our <log>\"\n[kinds.adr]\nsign-offs = [{ roles = [\"principal-engineer\"], from = \"accepted\", when = { door = \"one-way\" } }]\n";
    let project = Project::of(&[
        ("precedent.toml", settings),
        ("content/index.md", "# Our decisions\n\nAll of them.\n"),
        ("content/adr/0001-first.md", FIRST),
        (ADR, TEXT),
    ]);
    fs::write(project.path("content/adr/flow.png"), b"\x89PNG\r\n").expect("written");
    project
}

const SENT: [&str; 6] = ["circulate", "ADR-4", "--sent", "2026-06-01T09:00:00Z", "--held", "2026-06-03T10:00:00+01:00"];

fn text(project: &Project) -> String {
    fs::read_to_string(project.path(ADR)).expect("UTF-8")
}

fn clean(run: &Run) {
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""), "{}", run.err);
}

fn refused(run: &Run, words: &str) {
    assert!(
        run.code == Some(2) && run.out.is_empty() && run.err.contains(words),
        "{words}: {:?} {}{}",
        run.code,
        run.out,
        run.err
    );
}

#[test]
fn a_record_goes_out_when_it_is_ready() {
    let project = project();
    project.write(ADR, &TEXT.replace("Jobs go through a queue, and workers take them from there.", "TBD"));
    let before = text(&project);
    let run = project.run(&SENT);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(run.out.contains("error[empty-section]: the section `Decision` is empty"), "{}", run.out);
    assert!(
        run.err.contains(
            "ADR-0004 is not ready to be circulated: this finding says what is missing. Nothing was written."
        ),
        "{}",
        run.err
    );
    assert_eq!(text(&project), before);
    assert!(!project.path("pre-read").exists());

    project.write(ADR, TEXT);
    let short =
        project.run(&["circulate", "ADR-4", "--sent", "2026-06-01T09:00:00Z", "--held", "2026-06-02T10:00:00Z"]);
    assert!(short.code == Some(1) && short.out.contains("error[short-pre-read]"), "{}{}", short.out, short.err);
    let dry = project.run(&[&SENT[..], &["--dry-run"]].concat());
    assert!(
        dry.code == Some(0) && dry.out.contains("+status = \"proposed\" # for now") && dry.out.contains("+[review]"),
        "{}",
        dry.out
    );
    assert_eq!(text(&project), TEXT);

    clean(&project.run(&SENT));
    let digest = text(&project).lines().find(|line| line.starts_with("digest = \"p1:")).expect("a digest").to_owned();
    let review = format!("[review]\ncirculated = 2026-06-01T09:00:00Z\nheld = 2026-06-03T10:00:00+01:00\n{digest}\n\n");
    let expected = TEXT
        .replace("\"draft\"", "\"proposed\"")
        .replace("[[metric]]\nname = \"slowest invoice\"", &format!("{review}[[metric]]\nname = \"slowest invoice\""));
    assert_eq!(text(&project), expected, "nothing else has changed");
    assert_eq!(project.run(&["check"]).code, Some(0));
}

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
        let project = self::project();
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
    tool::need("git", "git");
    let project = project();
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"];
        let output =
            Command::new("git").args(identity).args(arguments).current_dir(project.path("")).output().expect("git");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    };
    refused(&project.run(&["diff", "ADR-4"]), "neither signed nor circulated");
    git(&["init", "-q", "-b", "main"]);
    clean(&project.run(&SENT));
    git(&["add", "content"]);
    git(&["commit", "-qm", "circulated"]);
    let sent = text(&project);
    let same = project.run(&["diff", "ADR-4"]);
    assert!(
        same.code == Some(0)
            && same.err.contains("no word of the decision has changed since it was circulated on 2026-06-01"),
        "{}",
        same.err
    );

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
fn what_is_signed_is_this_very_text() {
    let project = project();
    let sign = |role: &str, by: &str| project.run(&["sign", "ADR-4", "--as", role, "--by", by]);
    refused(
        &sign("principal-engineer", "pe"),
        "ADR-0004 is a draft, which nobody can agree to; circulate it first: `precedent circulate ADR-0004 --held WHEN`",
    );
    clean(&project.run(&SENT));
    let sent = text(&project);
    refused(&sign("principal-enginer", "pe"), "did you mean `principal-engineer`?");
    refused(&sign(" ", "pe"), "--as principal-engineer");
    project.write(ADR, &sent.replace("forty", "fifty"));
    refused(&sign("principal-engineer", "pe"), "has changed since it was circulated");
    project.write(ADR, &sent);
    let dry = project.run(&["sign", "ADR-4", "--as", "principal-engineer", "--by", "@pe", "--dry-run"]);
    assert!(
        dry.out
            .contains("+[[sign-off]]\n+role = \"principal-engineer\"\n+by = \"pe\"\n+on = 2026-06-01\n+digest = \"p1:"),
        "{}",
        dry.out
    );
    assert_eq!(text(&project), sent);
    clean(&sign("principal-engineer", "pe"));
    refused(
        &sign("Principal Engineer", "pe"),
        "has signed this text of ADR-0004 as `Principal Engineer` already on 2026-06-01",
    );
    let signed = text(&project);
    // Reflow does not break it; a changed word does, and is shown.
    project.write(ADR, &signed.replace("and workers take", "and\nworkers take"));
    assert_eq!(project.run(&["check"]).code, Some(0));
    project.write(ADR, &signed.replace("and workers take", "and servers take"));
    let drift = project.run(&["check"]);
    assert!(
        drift.code == Some(1)
            && drift.out.contains("error[silent-drift]")
            && drift.out.contains("was \"workers\"")
            && drift.out.contains("precedent diff ADR-0004"),
        "{}",
        drift.out
    );
    assert!(project.run(&["diff", "ADR-4"]).out.contains("[-workers-] {+servers+}"));
    clean(&sign("principal-engineer", "pe"));
    assert_eq!(project.run(&["check"]).code, Some(0), "signed again");
}

#[test]
fn a_dissent_is_on_record_before_it_is_committed_to() {
    let project = project();
    let dissent = |more: &[&str]| project.run(&[&["dissent", "ADR-4", "--who", "sre"], more].concat());
    refused(&dissent(&[]), "say what `sre` would have done");
    clean(&dissent(&["--position", "would \"limit\" the workers\nto two"]));
    assert!(
        text(&project)
            .contains("[[dissent]]\nwho = \"sre\"\nposition = \"would \\\"limit\\\" the workers\\nto two\"\n"),
        "{}",
        text(&project)
    );
    refused(&dissent(&["--position", "other"]), "what somebody said is not rewritten");
    refused(&dissent(&[]), "add `--committed`");
    clean(&dissent(&["--committed"]));
    assert!(text(&project).contains("to two\"\ncommitted = 2026-06-01\n"), "{}", text(&project));
    refused(&dissent(&["--committed", "2026-06-02"]), "has committed to ADR-0004 already");
}

#[test]
fn a_metric_is_measured_by_its_name() {
    let project = project();
    let measure = |metric: &str, value: &str| project.run(&["measure", "ADR-4", metric, value]);
    refused(&measure("slowest invioce", "4 s"), "has no metric `slowest invioce`; did you mean `slowest invoice`?");
    refused(&measure("slowest", "4 s"), "may be `slowest invoice` or `slowest credit note`");
    refused(&measure("invoice", "soon"), "has no number in it");
    refused(&project.run(&["measure", "ADR-1", "x", "1"]), "ADR-0001 has no metrics in its front matter");
    let run = measure("INVOICE", "4.1 s");
    assert!(
        run.code == Some(0) && run.err.contains("`slowest invoice` is 4.1 s, which meets its target of < 5 s"),
        "{}{}",
        run.out,
        run.err
    );
    let run = measure("credit", "9 s");
    assert!(run.code == Some(0) && run.err.contains("which misses its target"), "{}", run.err);
    clean(&measure("credit", "4 s"));
    let expected =
        TEXT.replacen("target = \"< 5 s\"\n", "target = \"< 5 s\"\nactual = \"4.1 s\"\nmeasured = 2026-06-01\n", 1);
    let expected =
        expected.replace("target = \"< 5 s\"\n+++", "target = \"< 5 s\"\nactual = \"4 s\"\nmeasured = 2026-06-01\n+++");
    assert_eq!(text(&project), expected);
}

#[test]
fn a_step_is_one_that_its_kind_allows() {
    let project = project();
    let advance = |status: &str| project.run(&["advance", "ADR-4", status]);
    refused(&advance("acepted"), "`acepted` is no status of its kind, `adr`; did you mean `accepted`?");
    refused(
        &advance("accepted"),
        "ADR-0004 is `draft`, and there is no step from there to `accepted`; it goes on to `proposed` or `withdrawn`",
    );
    refused(&advance("WIP"), "ADR-0004 is `draft` already");
    clean(&advance("proposed"));
    let run = advance("accepted");
    assert_eq!(run.code, Some(1));
    for rule in ["missing-sign-off", "unrecorded-dissent"] {
        assert!(run.out.contains(&format!("error[{rule}]")), "{rule}: {}", run.out);
    }
    assert!(run.err.contains("ADR-0004 is not ready for `accepted`: 2 findings say what is missing"), "{}", run.err);
    refused(&project.run(&["advance", "content/index.md", "accepted"]), "is a chapter, which has no status");
    refused(
        &project.run(&["circulate", "ADR-1", "--held", "2026-06-09"]),
        "ADR-0001 is `accepted`: there is no review before it",
    );
    refused(&project.run(&["circulate", "ADR-4", "--held", "2026-06-09T10:00"]), "with a time and an offset");
}

#[test]
fn a_history_is_kept_where_there_is_one() {
    let project = project();
    project.write(
        ADR,
        &TEXT.replacen("\n[[metric]]", "\n[[history]]\nstatus = \"draft\"\non = 2026-05-20\n\n[[metric]]", 1),
    );
    clean(&project.run(&["advance", "ADR-4", "proposed", "--on", "2026-05-30"]));
    let row = "[[history]]\nstatus = \"draft\"\non = 2026-05-20\n\n[[history]]\nstatus = \"proposed\"\non = 2026-05-30\n\n[[metric]]";
    assert!(text(&project).contains(row), "{}", text(&project));
    assert_eq!(project.run(&["check"]).code, Some(0));
}

#[test]
fn only_the_bytes_that_are_meant_change_in_any_dress() {
    let yaml = "---\n# whose?\ntitle: 'Ein Ω queue'   \nstatus: 'proposed' # now\ndoor:   two-way\ndaci: { approver: vp }\nsign-off:\n  - role: pe\n    by: ann\n    on: 2026-05-01\ncreated: 2026-05-20\n---\n";
    let body = TEXT.split_once("+++\n\n").expect("a body").1;
    let yaml = format!("{yaml}\n{body}");
    let project = project();
    let toml = TEXT.replace("\"draft\"", "\"proposed\"");
    for dress in [
        |text: &str| text.to_owned(),
        |text: &str| text.replace('\n', "\r\n"),
        |text: &str| format!("\u{feff}{}", text.trim_end()),
    ] {
        project.write(ADR, &dress(&yaml));
        clean(&project.run(&["sign", "ADR-4", "--as", "vp", "--by", "Zoë O'Neil"]));
        let digest = text(&project)
            .lines()
            .find_map(|line| line.trim().strip_prefix("digest: ").map(str::to_owned))
            .expect("a digest");
        let row = format!(
            "    on: 2026-05-01\n  - role: vp\n    by: \"Zoë O'Neil\"\n    on: 2026-06-01\n    digest: {digest}\n"
        );
        assert_eq!(text(&project), dress(&yaml.replace("    on: 2026-05-01\n", &row)));

        project.write(ADR, &dress(&toml));
        clean(&project.run(&["dissent", "ADR-4", "--who", "sre", "--position", "kein Ω", "--committed"]));
        let row = "\n[[dissent]]\nwho = \"sre\"\nposition = \"kein Ω\"\ncommitted = 2026-06-01\n\n[[metric]]\nname = \"slowest invoice\"";
        assert_eq!(text(&project), dress(&toml.replace("\n[[metric]]\nname = \"slowest invoice\"", row)));
    }
}
