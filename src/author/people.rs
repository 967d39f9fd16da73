//! The people that a command line names.

use crate::config::Config;
use crate::error::{Error, Result};
use crate::text::nearest;

/// A handle as it is written into a record, without `@`; where the organisation lists its people, one of them who is still here.
///
/// # Errors
/// When nobody is listed by it, or they have left, or it is blank.
pub fn known(handle: &str, config: &Config) -> Result<String> {
    let bare = handle.trim().trim_start_matches('@').to_owned();
    let people = &config.policy.people;
    let message = if bare.is_empty() || bare.contains(char::is_control) {
        "name somebody by a handle, such as `platform-lead`".to_owned()
    } else if people.is_empty() {
        return Ok(bare);
    } else {
        match people.get(&bare) {
            Some(person) if person.active => return Ok(bare),
            Some(person) => format!("{} (`{bare}`) is no longer here; name who does this now", person.name),
            None => {
                let near = nearest(&bare, people.keys().map(String::as_str));
                let advice = near.map_or_else(
                    || "add them under `[people]` in the settings".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                format!("nobody is listed as `{bare}`; {advice}")
            }
        }
    };
    Err(Error::Refused { message })
}
