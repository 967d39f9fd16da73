//! One output file.

use crate::text::Digest;
use std::sync::Arc;

/// Bytes and their fingerprint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    /// The file's bytes.
    pub bytes: Arc<[u8]>,
    /// Their fingerprint.
    pub digest: Digest,
}

impl Artifact {
    /// An artifact from bytes.
    pub fn new(bytes: impl Into<Arc<[u8]>>) -> Artifact {
        let bytes = bytes.into();
        let digest = Digest::of(&bytes);
        Artifact { bytes, digest }
    }
}
