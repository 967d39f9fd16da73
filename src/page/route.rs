//! The address of a published file.

use std::fmt;

/// A path below the site's root, with `/` and an extension, not percent-encoded: `adr/0003-tera.html`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Route(pub String);

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
