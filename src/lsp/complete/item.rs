//! One thing that may be written, and how it is shown in the list.

use super::super::document::Lines;
use super::super::hover::of_record;
use super::super::project::Scene;
use crate::text::Span;
use ls_types::{
    CompletionItem, CompletionItemKind, CompletionTextEdit, Documentation, MarkupContent, MarkupKind, TextEdit,
};

/// How many things are offered at a time; the editor asks again when more has been typed.
pub(super) const MOST: usize = 100;

/// One thing that may be written.
pub(super) struct Offer {
    /// What the list shows.
    pub(super) label: String,
    /// What is written, in the place of what is typed so far.
    pub(super) text: String,
    /// What is replaced.
    pub(super) typed: Span,
    /// By which the editor finds it, from what is typed.
    pub(super) filter: String,
    /// A few words beside the label.
    pub(super) detail: String,
    /// More about it, as Markdown.
    pub(super) about: String,
    /// Of what sort it is.
    pub(super) kind: CompletionItemKind,
}

impl Offer {
    /// An offer that is written as it is shown.
    pub(super) fn new(label: impl Into<String>, typed: Span, kind: CompletionItemKind) -> Offer {
        let label = label.into();
        let (text, filter) = (label.clone(), label.clone());
        Offer { label, text, typed, filter, detail: String::new(), about: String::new(), kind }
    }

    /// A record, by its id.
    pub(super) fn record(scene: Scene<'_>, position: usize, typed: Span) -> Option<Offer> {
        let log = &scene.snapshot.log;
        let record = log.record(position)?;
        let id = record.id.as_ref()?.value.to_string();
        Some(Offer {
            filter: format!("{id} {}", record.title),
            detail: record.title.clone(),
            about: of_record(log, position).unwrap_or_default(),
            ..Offer::new(id, typed, CompletionItemKind::REFERENCE)
        })
    }

    /// As the protocol writes it; `rank` keeps the order.
    pub(super) fn item(self, rank: usize, lines: &Lines<'_>) -> CompletionItem {
        let edit = TextEdit { range: lines.range(self.typed), new_text: self.text };
        let markup = MarkupContent { kind: MarkupKind::Markdown, value: self.about };
        CompletionItem {
            label: self.label,
            kind: Some(self.kind),
            detail: (!self.detail.is_empty()).then_some(self.detail),
            documentation: (!markup.value.is_empty()).then_some(Documentation::MarkupContent(markup)),
            sort_text: Some(format!("{rank:04}")),
            filter_text: Some(self.filter),
            text_edit: Some(CompletionTextEdit::Edit(edit)),
            ..CompletionItem::default()
        }
    }
}

/// Whether what is typed so far may become one of some words: it is in one of them, without regard to case.
pub(super) fn fits(typed: &str, words: &[&str]) -> bool {
    let typed = typed.to_lowercase();
    words.iter().any(|word| word.to_lowercase().contains(&typed))
}
