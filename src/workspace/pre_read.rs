//! The pre-read of one record, made from a snapshot.

use super::snapshot::{Snapshot, Workspace};
use crate::date::Date;
use crate::error::{Error, Result};
use crate::page::{Sending, pre_read};
use crate::site::{picture, pre_read_file};
use crate::theme::Theme;

impl Workspace {
    /// The pre-read of a record as one HTML file that needs nothing beside it.
    ///
    /// # Errors
    /// When the theme does not compile or render, or there is no such record.
    pub fn pre_read(&self, snapshot: &Snapshot, today: Date, sending: &Sending) -> Result<String> {
        let (config, log) = (&snapshot.config, &snapshot.log);
        let maker = &self.maker;
        let theme = Theme::load(maker.files.as_ref(), &config.theme)?;
        // A picture that cannot be read is a finding of its own; here its words take its place.
        let pictures = |path: &_| maker.files.read(path).ok().and_then(|bytes| picture(path, &bytes));
        let page = pre_read(log, (config, today), sending, &maker.diagrams, &pictures);
        let source = log.record(sending.position).map(|record| record.text());
        let Some(((page, colours), source)) = page.zip(source) else {
            return Err(Error::Refused { message: "the record is not in the log any more; run this again".to_owned() });
        };
        pre_read_file(&page, colours.as_deref(), &theme, source)
    }
}
