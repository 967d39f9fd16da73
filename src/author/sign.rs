//! Somebody agrees to a text, word for word.

use super::change::Change;
use super::find::name;
use super::literal::Literal;
use super::step::listed;
use crate::check::{applies, is_same_person};
use crate::config::{Decision, is_same_role};
use crate::date::Date;
use crate::error::{Error, Result};
use crate::record::{Fingerprint, Record, SignOff};
use crate::text::nearest;

/// How many letters a title has of which another letter makes another title.
const SHORT: usize = 4;

/// A signature: a row with the role, the person, the day and the fingerprint of what is signed.
///
/// # Errors
/// When the text is not up for signing, is not the one that its readers got, or is signed so already.
pub fn sign(record: &Record, role: &str, by: &str, on: Date) -> Result<Vec<Change>> {
    let named = name(record);
    let refused = |message: String| Err(Error::Refused { message });
    let role = role.trim();
    if role.is_empty() || role.contains(char::is_control) {
        return refused("say in which role it is signed: `--as principal-engineer`".to_owned());
    }
    let rules = &record.kind.sign_offs;
    let is_known = rules.iter().any(|rule| rule.takes(role));
    let asked = rules.iter().filter(|rule| applies(record, &rule.when));
    let asked: Vec<&str> = asked.flat_map(|rule| rule.roles.iter().map(String::as_str)).collect();
    // Short titles are a letter apart and not the same: `cto`, `cfo`.
    let is_misspelt = !is_known && role.chars().count() > SHORT;
    if let Some(near) = nearest(role, asked.iter().copied()).filter(|_| is_misspelt) {
        let several =
            if asked.len() > 1 { format!(" It is signed as {}", listed(&asked, "or")) } else { String::new() };
        return refused(format!("nobody signs as `{role}`; did you mean `{near}`?{several}"));
    }
    let status = record.status.as_ref();
    match status.map(|status| status.decision) {
        Some(Decision::InReview | Decision::Accepted) => {}
        Some(Decision::Draft) => {
            return refused(format!(
                "{named} is a draft, which nobody can agree to; circulate it first: `precedent circulate {named} --held WHEN`"
            ));
        }
        Some(_) => {
            return refused(format!(
                "{named} is `{}`; there is nothing left to sign",
                status.map_or("", |status| &status.name)
            ));
        }
        None => {
            return refused(format!(
                "{named} has no status that is known, so that nobody can tell what a signature would be for; set it first"
            ));
        }
    }
    let digest = Fingerprint::of(record);
    let rows = || record.front.sign_offs.iter().map(|row| &row.value);
    let circulated = record.front.review.as_ref().and_then(|review| review.value.digest.as_ref());
    let circulated = circulated.and_then(|digest| Fingerprint::parse(&digest.value));
    let is_signed = rows().any(|row| row.digest.is_some());
    if circulated.is_some_and(|sent| !is_signed && sent.drift(record).is_some()) {
        let message = format!(
            "{named} has changed since it was circulated, so its readers have not seen what would be signed; `precedent diff {named}` \
             shows the words: circulate it again, or put them back"
        );
        return refused(message);
    }
    let is_theirs = |row: &&SignOff| {
        let is_role = row.role.as_ref().is_some_and(|known| is_same_role(&known.value, role));
        let is_person = row.by.as_ref().is_some_and(|known| is_same_person(&known.value, by));
        let signed = row.digest.as_ref().and_then(|digest| Fingerprint::parse(&digest.value));
        is_role && is_person && signed.is_some_and(|signed| signed.drift(record).is_none())
    };
    if let Some(row) = rows().find(is_theirs) {
        let on = row.on.as_ref().map(|on| format!(" on {}", on.value)).unwrap_or_default();
        return refused(format!("`{by}` has signed this text of {named} as `{role}` already{on}"));
    }
    let row = vec![
        ("role", Literal::text(role)),
        ("by", Literal::text(by)),
        ("on", Literal::day(on)),
        ("digest", Literal::text(digest.to_string())),
    ];
    Ok(vec![Change::Append { list: "sign-off", row }])
}
