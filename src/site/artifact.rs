//! One output file.

use crate::text::{Digest, controls_shown, unturned};
use bytes::Bytes;
use std::sync::Arc;

/// Bytes and their fingerprint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    /// The file's bytes, cheap to share.
    pub bytes: Bytes,
    /// Their fingerprint.
    pub digest: Digest,
    /// Of a page, the fingerprint of all that it was made of, where that is known.
    pub made_of: Option<Digest>,
}

impl Artifact {
    /// An artifact from bytes.
    pub fn new(bytes: impl Into<Bytes>) -> Artifact {
        let bytes = bytes.into();
        let digest = Digest::of(&bytes);
        Artifact { bytes, digest, made_of: None }
    }

    /// A page or a feed: what turns the order of letters, or steers a terminal, is shown there and does nothing.
    pub fn page(bytes: &[u8]) -> Artifact {
        Artifact::new(Bytes::copy_from_slice(&controls_shown(&unturned(bytes, "\\u"))))
    }

    /// A script of data, in whose strings the same holds.
    pub fn script(script: &[u8]) -> Artifact {
        Artifact::new(Bytes::copy_from_slice(&unturned(script, "\\\\u")))
    }

    /// An artifact from bytes that something else holds too, without a copy.
    pub fn shared(bytes: Arc<[u8]>) -> Artifact {
        Artifact::new(Bytes::from_owner(bytes))
    }
}
