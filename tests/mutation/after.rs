//! Changes after the signature, and what is owed then.

use crate::{ADD, ADR, CONFIG, LITE, Mutation, REVIEW, RFC, WVR, drifts, finds, passes};

pub(crate) const ALL: &[Mutation] = &[
    drifts(RFC, ("eleven times", "twelve times"), "silent-drift", "twelve times"),
    drifts(RFC, ("caps at 50,000 events", "caps at 90,000 events"), "silent-drift", "caps at 90,000"),
    drifts(RFC, ("target = \"< 50 ms\"", "target = \"< 60 ms\""), "silent-drift", "target = \"< 60 ms\""),
    drifts(RFC, ("title = \"Move billing events", "title = \"Move all events"), "silent-drift", "title = "),
    drifts(RFC, ("| Risk | nobody has done it |", "| Risk | few have done it |"), "silent-drift", "| Risk"),
    drifts(RFC, ("- Kafka of our own: it needs", "- Kafka of our own: it wants"), "silent-drift", "- Kafka"),
    drifts(ADR, ("for ten years,\nand", "for nine years,\nand"), "silent-drift", "nine years"),
    drifts(
        ADR,
        ("The law asks for ten years.", "The law asks for ten years.\n\nSo do the auditors."),
        "silent-drift",
        "So do the auditors",
    ),
    passes(RFC, ("by the ledger. The partition\nkey is", "by the\nledger. The partition key is")),
    passes(
        ADR,
        (
            "Invoices are kept in cold storage for ten years,\nand",
            "Invoices are kept in cold storage\nfor ten years, and",
        ),
    ),
    passes(ADR, ("The law asks for ten years.", "The  law asks for\tten years. <!-- which one? -->")),
    passes(RFC, ("None so far.", "2026-05-04: two partitions, see RFC-0001-A1.")),
    passes(RFC, ("One account first", "Two accounts first")),
    passes(RFC, ("actual = \"41 ms\"", "actual = \"39 ms\"")),
    passes(RFC, ("tags = [\"billing\", \"events\"]", "tags = [\"billing\"]")),
    passes(
        RFC,
        (
            "door-reasons = [\"data-storage\", \"vendor-lock-in\"]",
            "door-reasons = [ 'data-storage', 'vendor-lock-in' ]",
        ),
    ),
    drifts(REVIEW, ("forty seconds", "fifty seconds"), "changed-after-circulation", "fifty seconds"),
    passes(REVIEW, ("forty seconds", "forty\nseconds")),
    finds(RFC, ("tracking = [\"BILL-1234\"]\n", ""), "untracked-implementation", "status = \"implementing\""),
    finds(LITE, ("actual = \"0 pages a month\"\n", ""), "unmeasured-metric", "name = "),
    finds(
        RFC,
        ("due = 2026-09-01\nactual = \"41 ms\"\nmeasured = 2026-05-20\n", "due = 2026-05-01\n"),
        "unmeasured-metric",
        "due = 2026-05-01",
    ),
    finds(LITE, ("actual = \"0 pages a month\"", "actual = \"TBD\""), "unmeasured-metric", "name = "),
    finds(ADD, ("by = \"principal-platform\"", "by = \"\""), "unsigned-addendum", "status = "),
    finds(LITE, ("actual = \"0 pages a month\"", "actual = \"1 pages a month\""), "missed-metric", "actual = "),
    finds(RFC, ("actual = \"41 ms\"", "actual = \"50 ms\""), "missed-metric", "actual = "),
    finds(CONFIG, ("addenda = 1", "addenda = 0"), "too-many-addenda", "content/rfc/0001-bus.md@@title = "),
    finds(
        ADD,
        ("[[sign-off]]\nrole = \"principal-engineer\"\nby = \"principal-platform\"\non = 2026-05-04\n", ""),
        "unsigned-addendum",
        "status = ",
    ),
    finds(ADD, ("on = 2026-05-04\n", ""), "unsigned-addendum", "status = "),
    finds(RFC, ("due = 2026-06-30", "due = 2026-05-30"), "overdue-debt", "due = 2026-05-30"),
    passes(RFC, ("due = 2026-06-30", "due = 2026-05-30\npaid = 2026-05-29")),
    finds(RFC, ("due = 2026-06-30\n", ""), "overdue-debt", "what = \"the list"),
    passes(RFC, ("due = 2026-06-30\n", "paid = 2026-05-29\n")),
    finds(WVR, ("expires = 2026-12-31", "expires = 2026-05-31"), "expired-waiver", "expires"),
    passes(WVR, ("expires = 2026-12-31", "expires = 2026-06-01")),
];
