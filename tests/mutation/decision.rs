//! Changes to the quality of a decision.

use crate::{LITE, Mutation, REVIEW, RFC, finds, passes};

pub(crate) const ALL: &[Mutation] = &[
    finds(REVIEW, ("door = \"two-way\"\n", ""), "unclassified-door", "status = "),
    finds(
        RFC,
        ("- Kafka of our own: it needs a team of four that we do not have.\n", ""),
        "too-few-alternatives",
        "## Alternatives",
    ),
    finds(
        RFC,
        ("- Kafka of our own: it needs a team of four that we do not have.", "- Pulsar"),
        "too-few-alternatives",
        "- Pulsar",
    ),
    finds(
        REVIEW,
        ("### A longer time-out\n\nIt only moves the day on which invoices fail again.\n\n", ""),
        "too-few-alternatives",
        "## Alternatives",
    ),
    finds(
        RFC,
        (
            "- Do nothing: the pages go on, and the vendor of the old queue leaves in a year.",
            "- Rabbit: it loses events.",
        ),
        "missing-do-nothing",
        "## Alternatives",
    ),
    finds(
        REVIEW,
        ("### Do nothing\n\nThree invoices", "### A hosted service\n\nThree invoices"),
        "missing-do-nothing",
        "## Alternatives",
    ),
    finds(RFC, ("## Exit Strategy\n", "## Afterwards\n"), "missing-exit-strategy", "status = \"implementing\""),
    finds(
        RFC,
        (
            "If the price doubles or the vendor is sold, we leave. Events can be exported as files; moving takes the platform team a quarter and costs 90,000 USD.",
            "There are others.",
        ),
        "missing-exit-strategy",
        "## Exit Strategy",
    ),
    finds(REVIEW, ("## The Way Back", "## Afterwards"), "missing-way-back", "status = "),
    passes(REVIEW, ("[daci]\ndriver", "[daci]\ninformed = []\ndriver")),
    finds(REVIEW, ("## Non-Functional Requirements", "## Requirements"), "missing-nfr", "status = "),
    finds(RFC, (" Each event is written in one transaction.", ""), "missing-nfr", "## Non-Functional"),
    finds(RFC, (" When the bus is down, events wait in the outbox.", ""), "missing-nfr", "## Non-Functional"),
    finds(RFC, ("target = \"< 50 ms\"", "target = \"better\""), "unmeasurable-metric", "target = "),
    finds(REVIEW, ("| slowest invoice | 5 s |", "| slowest invoice | faster |"), "unmeasurable-metric", "| slowest"),
    finds(REVIEW, ("| slowest invoice | 5 s |", "| slowest invoice | 5 |"), "unmeasurable-metric", "| slowest"),
    finds(RFC, ("| Risk | nobody has done it | prices may rise |\n", ""), "incomplete-matrix", "## Build"),
    finds(RFC, ("| Exit strategy | none needed | formats are open |\n", ""), "incomplete-matrix", "## Build"),
    finds(
        RFC,
        ("| ours to solve | to 50,000 a second |", "| | to 50,000 a second |"),
        "incomplete-matrix",
        "| Scalability",
    ),
    finds(RFC, ("currency = \"USD\"\n", ""), "missing-cost", "build = {"),
    finds(RFC, ("horizon-years = 5\n", ""), "missing-cost", "build = {"),
    finds(
        RFC,
        ("maintenance-rate = 0.25, run-per-year = 40000", "maintenance-rate = 0.19, run-per-year = 76000"),
        "understated-maintenance",
        "build = {",
    ),
    finds(
        RFC,
        ("| Total | 1,550,000 | 1,353,629 |", "| Total | 1,500,000 | 1,353,629 |"),
        "unbalanced-cost",
        "| Total",
    ),
    finds(RFC, ("| Once | 600,000 | 140,000 |", "| Once | €600,000 | 140,000 |"), "unbalanced-cost", "| Once"),
    finds(RFC, ("run-per-year = 40000", "run-per-year = 30000"), "unbalanced-cost", "| Total"),
    finds(RFC, ("## Cut Line\n", "## Later\n"), "missing-cut-line", "status = \"implementing\""),
    finds(LITE, ("door = \"two-way\"", "door = \"one-way\""), "heavy-lite-rfc", "door = "),
    finds(LITE, ("scope = \"team\"", "scope = \"strategic\"\ndoor-reasons = []"), "heavy-lite-rfc", "scope = "),
    finds(
        RFC,
        ("One account first, then a tenth, then all", "We switch in a big bang on Sunday"),
        "big-bang-rewrite",
        "big bang",
    ),
    passes(RFC, ("One account first, then", "Without a big bang: one account first, then")),
];
