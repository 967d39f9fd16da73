//! What we tell an author about a text.

use crate::text::{Location, SourcePath, Span};

/// How grave it is, in the words of the Language Server Protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A suggestion.
    Hint,
    /// Worth knowing.
    Information,
    /// To be looked at; does not fail the run.
    Warning,
    /// Denied; fails the run.
    Error,
}

/// One finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// The rule's name.
    pub rule: &'static str,
    /// How grave; set from the rule's level once the whole run is known.
    pub severity: Severity,
    /// What is wrong, in one line, without a full stop.
    pub message: String,
    /// The offending text, exactly.
    pub primary: Location,
    /// A few words to stand under the offending text; empty for none.
    pub label: String,
    /// Other places that explain it: the policy line, the other record.
    pub related: Vec<Label>,
    /// What to do, as an imperative sentence without a full stop.
    pub help: Option<String>,
    /// A repair, where there is one.
    pub fix: Option<Box<Fix>>,
}

impl Diagnostic {
    /// An error of `rule` at a place; refine it with the `with_…` methods.
    pub fn new(rule: &'static str, path: &SourcePath, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            rule,
            severity: Severity::Error,
            message: message.into(),
            primary: Location { path: path.clone(), span },
            label: String::new(),
            related: Vec::new(),
            help: None,
            fix: None,
        }
    }

    /// Adds the words under the offending text.
    #[must_use]
    pub fn with_label(mut self, label: impl Into<String>) -> Diagnostic {
        self.label = label.into();
        self
    }

    /// Adds what to do.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// Adds another place that explains it.
    #[must_use]
    pub fn with_related(mut self, location: Location, message: impl Into<String>) -> Diagnostic {
        self.related.push(Label { location, message: message.into() });
        self
    }

    /// Adds a repair.
    #[must_use]
    pub fn with_fix(mut self, fix: Fix) -> Diagnostic {
        self.fix = Some(Box::new(fix));
        self
    }
}

/// A place and what to say there.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The place.
    pub location: Location,
    /// What to say there.
    pub message: String,
}

/// A repair that can be applied.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// What it does, as an imperative.
    pub title: String,
    /// Whether it may be applied without asking.
    pub applicability: Applicability,
    /// The changes, which do not overlap.
    pub edits: Vec<Edit>,
}

/// Whether a repair keeps the meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applicability {
    /// It keeps the meaning.
    Safe,
    /// It may change the meaning.
    Unsafe,
}

/// Replace a span.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// The file.
    pub path: SourcePath,
    /// What to replace.
    pub span: Span,
    /// The new text.
    pub text: String,
}
