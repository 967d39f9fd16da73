//! Several texts as one value.

/// Adds a field: its length in four bytes, and its bytes.
pub fn push_field(value: &mut Vec<u8>, field: &[u8]) {
    // Values are capped far below 4 GiB; a longer one would not be believed when it is read.
    value.extend(u32::try_from(field.len()).unwrap_or(u32::MAX).to_le_bytes());
    value.extend(field);
}

/// Takes the next field off; `None` when there is none, or it is cut short.
pub fn next_field<'a>(value: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, rest) = value.split_first_chunk()?;
    let (field, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    *value = rest;
    Some(field)
}
