//! Which words of a record have changed since it was signed or circulated, for the page that is open.

use crate::author::{Vouched, vouched};
use crate::config::Config;
use crate::record::{Difference, Piece, Record};
use crate::text::SourcePath;
use crate::workspace::kept;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Words that are shown on each side of a change.
const AROUND: usize = 6;
/// The most changes that are shown.
const MOST: usize = 20;

/// Texts by file and fingerprint; that there is none is remembered, too.
type Texts = BTreeMap<(SourcePath, String), Option<Arc<Record>>>;

/// Finds the text of then, and remembers it.
#[derive(Clone)]
pub(super) struct Then {
    root: PathBuf,
    known: Arc<Mutex<Texts>>,
}

impl Then {
    /// For the project in a folder.
    pub(super) fn new(root: &Path) -> Then {
        Then { root: root.to_owned(), known: Arc::default() }
    }

    /// `{ "since", "passages": [{ "section", "pieces": [["same" | "gone" | "new", words]] }], "more" }`; nothing for a record that
    /// is as somebody vouched for it. Without passages the text of then is not at hand.
    pub(super) fn changes(&self, record: &Record, config: &Config) -> Option<Value> {
        let vouched = vouched(record)?;
        vouched.fingerprint.drift(record)?;
        let difference = self.text(record, &vouched, config).map(|then| Difference::between(&then, record));
        let passages = difference.map(|difference| difference.passages).unwrap_or_default();
        let shown = passages.iter().take(MOST).map(|passage| {
            let pieces = passage.excerpt(AROUND).into_iter().map(|piece| match piece {
                Piece::Same(words) => json!(["same", words]),
                Piece::Gone(words) => json!(["gone", words]),
                Piece::New(words) => json!(["new", words]),
            });
            json!({ "section": passage.section, "pieces": pieces.collect::<Vec<_>>() })
        });
        Some(json!({
            "since": vouched.to_string(),
            "passages": shown.collect::<Vec<_>>(),
            "more": passages.len().saturating_sub(MOST),
        }))
    }

    fn text(&self, record: &Record, vouched: &Vouched, config: &Config) -> Option<Arc<Record>> {
        let key = (record.path().clone(), vouched.fingerprint.to_string());
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        known.unwrap_or_else(|| {
            let then = kept(&self.root, record, &vouched.fingerprint, config).map(Arc::new);
            self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(key, then.clone());
            then
        })
    }
}
