//! What templates may see; the only serialised types of a page.
