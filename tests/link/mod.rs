//! Where a link of a page leads.

/// What `href` means on the page at `address`: the address it leads to, and the anchor.
pub(crate) fn follow(address: &str, href: &str) -> (String, String) {
    let decode = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8().expect("UTF-8").into_owned();
    let (path, anchor) = href.split_once('#').unwrap_or((href, ""));
    if path.is_empty() {
        return (address.to_owned(), decode(anchor));
    }
    let mut parts: Vec<&str> = address.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." => assert!(parts.pop().is_some(), "{href} on {address} leads out of the site"),
            part => parts.push(part),
        }
    }
    (decode(&parts.join("/")), decode(anchor))
}
