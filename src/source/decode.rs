//! From bytes to text, or a word on what the bytes look like.

use super::files::Fault;

/// The first bytes of files that are sometimes named like pages.
const LOOKS: [(&[u8], &str); 8] = [
    (b"\xFF\xFE", "UTF-16 text"),
    (b"\xFE\xFF", "UTF-16 text"),
    (b"\x1F\x8B", "a gzip archive"),
    (b"PK\x03\x04", "a ZIP archive, as word processors write them"),
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xFF\xD8\xFF", "a JPEG image"),
    (b"\x7FELF", "a program"),
];

/// Reads bytes as UTF-8.
///
/// # Errors
/// When they are not UTF-8 or hold a NUL byte: in words that complete "it …".
pub(super) fn decode(bytes: &[u8]) -> Result<&str, Fault> {
    if let Some((_, look)) = LOOKS.iter().find(|(first, _)| bytes.starts_with(first)) {
        return Err(Fault(format!("looks like {look}")));
    }
    if let Some(at) = memchr::memchr(0, bytes) {
        if is_wide(bytes) {
            return Err(Fault("looks like UTF-16 text".to_owned()));
        }
        return Err(Fault(format!("holds a NUL byte at offset {at}, line {}", line(bytes, at))));
    }
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or(bytes);
    let ends = first.iter().rev().take_while(|byte| **byte == b'\r').count();
    if memchr::memchr(b'\r', first.get(..first.len() - ends).unwrap_or(first)).is_some() {
        // Taken for one line, the text would have no front matter, and what that says would be shown.
        return Err(Fault("has lines that end with CR alone".to_owned()));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let byte = bytes.get(at).copied().unwrap_or(0);
        Fault(format!("is not UTF-8: byte {byte:02X} at offset {at}, line {}", line(bytes, at)))
    })
}

/// Whether nearly every other byte is NUL, as when Latin letters are written in UTF-16 without a mark.
fn is_wide(bytes: &[u8]) -> bool {
    let sample = bytes.get(..bytes.len().min(1024)).unwrap_or(bytes);
    let count = |first: usize| sample.iter().skip(first).step_by(2).filter(|byte| **byte == 0).count();
    count(0).max(count(1)) * 5 >= sample.len() * 2
}

/// The line of a byte, from 1.
fn line(bytes: &[u8], at: usize) -> usize {
    bytes.iter().take(at).filter(|byte| **byte == b'\n').count() + 1
}
