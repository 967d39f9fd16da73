//! `log.json`: the decision log for programs.
