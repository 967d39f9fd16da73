//! Who agreed to a record, as a file of data elsewhere has it.

use super::decision::SignOff;
use super::front_matter::FrontMatter;
use crate::diagnostic::Diagnostic;
use crate::source::Source;
use crate::text::{Span, Spanned};
use crate::value::{Data, HeadLimits, Scalar, Value, parse_yaml};

/// The stages of a KEP, in the order in which a proposal comes to them.
const STAGES: &[(&str, &str)] = &[
    ("alpha", "production-readiness-alpha"),
    ("beta", "production-readiness-beta"),
    ("stable", "production-readiness-stable"),
];

impl FrontMatter {
    /// Adds who agreed by the file that belongs to a text: one signature for each stage. They have no places in the text, and no
    /// days, since the file names none. What is wrong with the file is told where it stands.
    pub(super) fn add_agreements(&mut self, source: &Source, limits: &HeadLimits) -> Vec<Diagnostic> {
        let Some(agreed) = &source.agreed else { return Vec::new() };
        let (table, found) = parse_yaml(&agreed.path, agreed.text().unwrap_or_default(), 0, limits.into());
        for (stage, role) in STAGES {
            let Some(Data::Table(stage)) = table.get(stage).map(|value| &value.data) else { continue };
            let approvers = stage.get("approver").map_or(&[][..], Value::items);
            self.sign_offs.extend(approvers.iter().filter_map(who).map(|who| {
                let spanned = |text: &str| Some(Spanned::new(text.to_owned(), Span::default()));
                let sign_off = SignOff { role: spanned(role), by: spanned(who), on: None, digest: None };
                Spanned::new(sign_off, Span::default())
            }));
        }
        found
    }
}

/// The name that a value gives; a template's words and a blank are none.
fn who(value: &Value) -> Option<&str> {
    match &value.data {
        Data::Scalar(Scalar::Text | Scalar::Plain, text) => {
            Some(text.trim()).filter(|text| text.contains(char::is_alphanumeric) && !text.starts_with(['<', '{', '[']))
        }
        Data::Scalar(..) | Data::List(_) | Data::Table(_) => None,
    }
}
