//! Changes to people and time.

use crate::{ADD, ADR, CONFIG, ESC, Mutation, OLD, REVIEW, RFC, WVR, finds, passes};

pub(crate) const ALL: &[Mutation] = &[
    finds(REVIEW, ("approver = \"vp-platform\"\n", ""), "missing-approver", "status = "),
    finds(ESC, ("approver = \"vp-platform\"\n", ""), "missing-approver", "title = "),
    finds(
        REVIEW,
        ("approver = \"vp-platform\"", "approver = [\"vp-platform\", \"finance\"]"),
        "several-approvers",
        "approver = ",
    ),
    finds(REVIEW, ("approver = \"vp-platform\"", "approver = \"@tpm-billing\""), "driver-is-approver", "approver = "),
    finds(WVR, ("approver = \"vp-platform\"", "approver = \"vp-plattform\""), "unknown-person", "approver = "),
    finds(
        RFC,
        ("by = \"principal-platform\"", "by = \"principal-platfrom\""),
        "unknown-person",
        "by = \"principal-platfrom",
    ),
    finds(CONFIG, ("[people.tpm-billing]", "[people.tpm-billing]\nfoo = 1"), "unknown-field", "foo"),
    finds(RFC, ("role = \"director\"", "role = \"lead\""), "missing-sign-off", "status = \"implementing\""),
    finds(
        RFC,
        ("by = \"vp-platform\"\non = 2026-03-13\n", "on = 2026-03-13\n"),
        "missing-sign-off",
        "role = \"director\"",
    ),
    finds(
        RFC,
        (
            "[[sign-off]]\nrole = \"principal-engineer\"\nby = \"principal-platform\"\non = 2026-03-12\ndigest = \"@digest@\"\n",
            "",
        ),
        "missing-sign-off",
        "status = \"implementing\"",
    ),
    finds(
        RFC,
        ("[[sign-off]]\nrole = \"director\"\nby = \"vp-platform\"\non = 2026-03-13\ndigest = \"@digest@\"\n", ""),
        "missing-sign-off",
        "status = \"implementing\"",
    ),
    finds(
        RFC,
        ("by = \"vp-platform\"\non = 2026-03-13\n", "by = \"vp-platform\"\n"),
        "missing-sign-off",
        "role = \"director\"",
    ),
    finds(
        RFC,
        ("by = \"vp-platform\"\non = 2026-03-13", "by = \"vp-platform\"\non = 2026-06-02"),
        "missing-sign-off",
        "on = 2026-06-02",
    ),
    passes(RFC, ("by = \"vp-platform\"\non = 2026-03-13", "by = \"vp-platform\"\non = 2026-06-01")),
    passes(RFC, ("role = \"principal-engineer\"", "role = \"Principal Engineer\"")),
    finds(
        RFC,
        ("contributors = [\"sre\", \"security\"]", "contributors = [\"sre\", \"security\", \"finance\"]"),
        "unconsulted-stakeholder",
        "contributors",
    ),
    finds(REVIEW, ("who = \"sre\"", "who = \"finance\""), "unconsulted-stakeholder", "contributors"),
    finds(RFC, ("on = 2026-03-03", "on = 2026-03-16"), "unconsulted-stakeholder", "on = 2026-03-16"),
    passes(RFC, ("on = 2026-03-03", "on = 2026-03-12")),
    finds(RFC, ("held = 2026-03-12T10:00:00Z", "held = 2026-03-12T08:00:00Z"), "short-pre-read", "held = "),
    passes(RFC, ("held = 2026-03-12T10:00:00Z", "held = 2026-03-12T10:00:01Z")),
    finds(REVIEW, ("held = 2026-05-29T09:00:00Z", "held = 2026-05-29T08:59:59Z"), "short-pre-read", "held = "),
    passes(REVIEW, ("held = 2026-05-29T09:00:00Z", "held = 2026-05-29T11:00:00+02:00")),
    finds(REVIEW, ("held = 2026-05-29T09:00:00Z", "held = 2026-05-29T10:00:00+02:00"), "short-pre-read", "held = "),
    finds(REVIEW, ("held = 2026-05-29T09:00:00Z", "held = 2026-05-29"), "short-pre-read", "held = "),
    finds(REVIEW, ("held = 2026-05-29T09:00:00Z", "held = 2026-05-26T09:00:00Z"), "short-pre-read", "held = "),
    finds(RFC, ("circulated = 2026-03-10T09:00:00Z\n", ""), "short-pre-read", "status = \"implementing\""),
    finds(
        RFC,
        ("who = \"security\"\nposition", "who = \"sre\"\nposition"),
        "unrecorded-dissent",
        "stance = \"opposed\"",
    ),
    finds(
        RFC,
        (
            "who = \"security\"\nposition = \"would have kept the old queue for another year\"\ncommitted = 2026-03-13\n",
            "who = \"@security\"\nposition = \"would have kept the old queue\"\n",
        ),
        "unrecorded-dissent",
        "@security",
    ),
    finds(RFC, ("status = \"draft\"", "status = \"withdrawn\""), "illegal-transition", "status = \"formal-review\""),
    finds(RFC, ("on = 2026-03-20", "on = 2026-03-11"), "illegal-transition", "on = 2026-03-11"),
    finds(
        RFC,
        ("[[history]]\nstatus = \"Implementing\"\non = 2026-03-20\n", ""),
        "illegal-transition",
        "status = \"implementing\"",
    ),
    finds(
        RFC,
        ("by = \"vp-platform\"\non = 2026-03-13", "by = \"vp-platform\"\non = 2026-03-09"),
        "illegal-transition",
        "on = 2026-03-09",
    ),
    finds(ADR, ("review-by = 2028-02-02", "review-by = 2026-05-31"), "overdue-review", "review-by"),
    passes(ADR, ("review-by = 2028-02-02", "review-by = 2026-06-01")),
    finds(ESC, ("created = 2026-05-28", "created = 2026-05-01"), "open-escalation", "status = "),
    passes(ESC, ("created = 2026-05-28", "created = 2026-05-25")),
    finds(ADD, ("status = \"approved\"\n", "status = \"draft\"\ncreated = 2026-01-05\n"), "stale-draft", "status = "),
    finds(
        WVR,
        ("status = \"granted\"\n", "status = \"requested\"\ncreated = 2026-04-01\n"),
        "stuck-in-review",
        "status = ",
    ),
    finds(
        CONFIG,
        ("[people.finance]", "[people.finance]\nactive = false"),
        "departed-owner",
        "content/deprecation/0001-payments-api-v1.md@@owner = \"finance\"",
    ),
    // Who is named twice is one person, and who is one too many is that alone.
    passes(REVIEW, ("approver = \"vp-platform\"", "approver = [\"vp-platform\", \"@vp-platform\"]")),
    finds(
        REVIEW,
        ("approver = \"vp-platform\"", "approver = [\"vp-platform\", \"tpm-billing\"]"),
        "several-approvers",
        "approver = ",
    ),
    // Somebody still to be named is missing, and neither unknown nor somebody.
    finds(REVIEW, ("approver = \"vp-platform\"", "approver = \"TBD\""), "missing-approver", "status = "),
    finds(REVIEW, ("approver = \"vp-platform\"", "approver = [\"\", \"TBD\"]"), "missing-approver", "status = "),
    finds(RFC, ("by = \"principal-platform\"", "by = \"TBD\""), "missing-sign-off", "role = \"principal-engineer\""),
    // A day that does not exist is one fault.
    finds(
        RFC,
        ("by = \"principal-platform\"\non = 2026-03-12", "by = \"principal-platform\"\non = 2026-02-30"),
        "invalid-value",
        "on = 2026-02-30",
    ),
    finds(RFC, ("committed = 2026-03-13", "committed = 2026-02-30"), "invalid-value", "committed = "),
    finds(REVIEW, ("held = 2026-05-29T09:00:00Z", "held = 2026-05-26"), "short-pre-read", "held = "),
    // What was taken back or replaced owes nothing, and the record that replaces another is enough to say so.
    passes(
        ESC,
        (
            "status = \"open\"\ncreated = 2026-05-28\n\n[daci]\napprover = \"vp-platform\"\n",
            "status = \"withdrawn\"\ncreated = 2026-05-28\n",
        ),
    ),
    passes(
        OLD,
        (
            "created = 2025-02-02\n",
            "created = 2025-02-02\n\n[daci]\ndriver = \"gone\"\napprover = [\"gone\", \"left\"]\n\n\
             [review]\ncirculated = 2025-02-03\nheld = 2025-02-03\n",
        ),
    ),
    passes(
        OLD,
        (
            "status = \"superseded\"\ncreated = 2025-02-02\n",
            "status = \"accepted\"\ncreated = 2025-02-02\nreview-by = 2026-02-02\n\n[daci]\ndriver = \"left\"\n",
        ),
    ),
];
