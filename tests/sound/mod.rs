//! A record with nothing amiss.

/// A record that checks without findings.
pub(crate) fn record(title: &str) -> String {
    format!(
        "+++\ntitle = \"{title}\"\nstatus = \"proposed\"\n+++\n\n## Context\n\nOrders are lost when the broker restarts.\n\n\
         ## Decision\n\nWe keep them in a table until they are sent.\n\n## Alternatives Considered\n\n\
         A larger broker was not chosen, since it would restart all the same.\n\n## Consequences\n\nA table to look after.\n"
    )
}
