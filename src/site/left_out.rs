//! What is not published for programs, and why.

use super::feed::LONGEST_FEED;
use crate::config::Config;
use crate::record::Record;

/// What the files for programs do without, in sentences: what needs an absolute address, what needs a date.
pub fn left_out<'a>(records: impl Iterator<Item = &'a Record>, config: &Config) -> Vec<String> {
    if config.site.base_url.is_empty() {
        return vec![
            "There are no feeds, no sitemap and no canonical addresses, since they need an absolute address: set \
             `base-url` under `[site]`, or give --base-url."
                .to_owned(),
        ];
    }
    let records: Vec<&Record> = records.filter(|record| !record.kind.is_chapter()).collect();
    let undated = records.iter().filter(|record| record.last_change().is_none()).count();
    let mut said = Vec::new();
    match undated {
        0 => {}
        1 => said.push("One record is in no feed, since it names no date: give it `created`.".to_owned()),
        some => said.push(format!("{some} records are in no feed, since they name no date: give them `created`.")),
    }
    if records.len() - undated > LONGEST_FEED {
        said.push(format!("Feeds hold the newest {LONGEST_FEED} entries."));
    }
    said
}
