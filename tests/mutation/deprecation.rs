//! Changes to a deprecation.

use crate::{DEP, Mutation, finds, passes};

const FUTURE: &str = r#"announced = 2026-01-15
brownouts = [
  { start = 2026-07-01T10:00:00Z, minutes = 15, share = 0.01 },
  { start = 2026-08-03T10:00:00Z, minutes = 60, share = 0.1 },
]
governance-lock = 2026-09-01
sunset = 2026-10-01
removed = 2026-12-01
consumers = [
  { name = "checkout", owner = "sre", migrated = 2026-05-20 },
  { name = "ledger", owner = "principal-platform" },
]
"#;

/// The same plan, with its sunset behind us and everybody gone.
const PAST: &str = r#"announced = 2026-01-15
brownouts = [
  { start = 2026-03-01T10:00:00Z, minutes = 15, share = 0.01 },
  { start = 2026-04-03T10:00:00Z, minutes = 60, share = 0.1 },
]
governance-lock = 2026-05-01
sunset = 2026-05-30
removed = 2026-12-01
consumers = [
  { name = "checkout", owner = "sre", migrated = 2026-05-20 },
  { name = "ledger", owner = "principal-platform", migrated = 2026-05-28 },
]
"#;

pub(crate) const ALL: &[Mutation] = &[
    finds(DEP, ("replacement = \"RFC-0001\"\n", ""), "missing-replacement", "status = "),
    finds(DEP, ("owner = \"finance\"\n", ""), "missing-owner", "status = "),
    finds(DEP, ("start = 2026-08-03T10:00:00Z", "start = 2026-10-03T10:00:00Z"), "disordered-timeline", "2026-10-03"),
    finds(DEP, ("start = 2026-07-01T10:00:00Z", "start = 2026-01-10T10:00:00Z"), "disordered-timeline", "2026-01-10"),
    finds(
        DEP,
        ("governance-lock = 2026-09-01", "governance-lock = 2026-10-01"),
        "disordered-timeline",
        "governance-lock",
    ),
    finds(DEP, ("removed = 2026-12-01", "removed = 2026-09-30"), "disordered-timeline", "removed = "),
    passes(DEP, ("removed = 2026-12-01", "removed = 2026-10-01")),
    finds(DEP, ("sunset = 2026-10-01", "sunset = 2026-07-15"), "disordered-timeline", "sunset = "),
    finds(DEP, ("sunset = 2026-10-01", "sunset = 2026-03-01"), "disordered-timeline", "sunset = "),
    finds(DEP, ("sunset = 2026-10-01", "sunset = 2025-12-01"), "disordered-timeline", "sunset = "),
    finds(DEP, ("announced = 2026-01-15", "announced = 2026-07-15"), "disordered-timeline", "start = 2026-07-01"),
    finds(DEP, ("announced = 2026-01-15", "announced = 2026-09-15"), "disordered-timeline", "announced = "),
    finds(
        DEP,
        ("governance-lock = 2026-09-01", "governance-lock = 2026-01-10"),
        "disordered-timeline",
        "governance-lock",
    ),
    finds(DEP, ("removed = 2026-12-01", "removed = 2026-03-01"), "disordered-timeline", "removed = "),
    finds(DEP, ("start = 2026-07-01T10:00:00Z", "start = 2026-10-03T10:00:00Z"), "disordered-timeline", "2026-10-03"),
    finds(DEP, ("start = 2026-08-03T10:00:00Z", "start = 2026-06-10T10:00:00Z"), "shrinking-brownouts", "2026-07-01"),
    finds(DEP, ("minutes = 60, share = 0.1", "minutes = 10, share = 0.01"), "shrinking-brownouts", "minutes = 10"),
    finds(DEP, ("minutes = 60, share = 0.1", "minutes = 15, share = 0.001"), "shrinking-brownouts", "0.001"),
    passes(DEP, ("minutes = 60, share = 0.1", "minutes = 10, share = 0.1")),
    finds(
        DEP,
        (
            "brownouts = [\n  { start = 2026-07-01T10:00:00Z, minutes = 15, share = 0.01 },\n  { start = 2026-08-03T10:00:00Z, minutes = 60, share = 0.1 },\n]\n",
            "",
        ),
        "missing-brownout",
        "sunset = ",
    ),
    finds(DEP, ("announced = 2026-01-15\n", ""), "missing-field", "status = "),
    finds(
        DEP,
        (
            "announced = 2026-01-15\nbrownouts = [\n  { start = 2026-07-01",
            "announced = 2026-07-08\nbrownouts = [\n  { start = 2026-07-31",
        ),
        "short-notice",
        "sunset = ",
    ),
    finds(DEP, ("governance-lock = 2026-09-01", "governance-lock = 2026-05-25"), "unmigrated-consumer", "ledger"),
    finds(DEP, ("status = \"announced\"", "status = \"removed\""), "unmigrated-consumer", "ledger"),
    passes(DEP, ("migrated = 2026-05-20 },", "migrated = 2026-05-20 }, # done")),
    finds(DEP, (FUTURE, PAST), "overdue-sunset", "status = "),
];
