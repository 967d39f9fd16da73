//! A record that is ready for its review, and what to expect of commands on it.

use crate::project::{Project, Run};
use std::fs;

pub(crate) const ADR: &str = "content/adr/0004-queue.md";

pub(crate) const TEXT: &str = "+++\ntitle = \"Send invoices through a queue\"\nstatus = \"draft\" # for now\ncreated = 2026-05-20\ndoor = \"one-way\"\ndoor-reasons = [\"data-storage\"]\n\n\
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

pub(crate) fn project() -> Project {
    let settings = "[site]\ntitle = \"Our <log>\"\n[kinds.adr]\nsign-offs = [{ roles = [\"principal-engineer\"], from = \"accepted\", when = { door = \"one-way\" } }]\n";
    let project = Project::of(&[
        ("precedent.toml", settings),
        ("content/index.md", "# Our decisions\n\nAll of them.\n"),
        ("content/adr/0001-first.md", FIRST),
        (ADR, TEXT),
    ]);
    project.write("content/adr/flow.png", b"\x89PNG\r\n");
    project
}

pub(crate) const SENT: [&str; 6] =
    ["circulate", "ADR-4", "--sent", "2026-06-01T09:00:00Z", "--held", "2026-06-03T10:00:00+01:00"];

pub(crate) fn text(project: &Project) -> String {
    fs::read_to_string(project.path(ADR)).expect("UTF-8")
}

pub(crate) fn clean(run: &Run) {
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""), "{}", run.err);
}

pub(crate) fn refused(run: &Run, words: &str) {
    assert!(
        run.code == Some(2) && run.out.is_empty() && run.err.contains(words),
        "{words}: {:?} {}{}",
        run.code,
        run.out,
        run.err
    );
}
