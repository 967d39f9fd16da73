//! A page as the preview serves it: with the script that reloads it, and a policy that lets the script run.

/// Where the script is.
pub(super) const SCRIPT_PATH: &str = "/_precedent/reload.js";
/// Where the script hears of a new build.
pub(super) const EVENTS_PATH: &str = "/_precedent/events";
/// The script.
pub(super) const SCRIPT: &str = include_str!("reload.js");

/// The page with the script before its `</body>`; the built site never has it.
pub(super) fn live(page: &[u8], build: &str) -> Vec<u8> {
    // Pages are UTF-8 by construction; should one not be, it is served as it is.
    let Ok(text) = std::str::from_utf8(page) else {
        return page.to_vec();
    };
    let script = format!("<script src=\"{SCRIPT_PATH}\" data-build=\"{build}\" defer></script>\n");
    let at = text.rfind("</body>").unwrap_or(text.len());
    let (before, after) = text.split_at(at);
    let before = with_open_policy(before);
    [before.as_str(), &script, after].concat().into_bytes()
}

/// The page with the policy in its `<meta http-equiv="Content-Security-Policy" content="…">`, if any, opened to this server.
fn with_open_policy(page: &str) -> String {
    let span = page.find("http-equiv=\"Content-Security-Policy\"").and_then(|at| {
        let content = at + page.get(at..)?.find("content=\"")? + "content=\"".len();
        let end = content + page.get(content..)?.find('"')?;
        // A `content` of another element is none of ours.
        (!page.get(at..content)?.contains('>')).then_some(content..end)
    });
    let Some(policy) = span.clone().and_then(|span| page.get(span)) else {
        return page.to_owned();
    };
    let (start, end) = span.map_or((0, 0), |span| (span.start, span.end));
    let (before, after) = (page.get(..start).unwrap_or(""), page.get(end..).unwrap_or(""));
    [before, &open(policy), after].concat()
}

/// The policy, with scripts and connections to this server allowed and everything else as it was.
fn open(policy: &str) -> String {
    // The template engine may have escaped the quotes.
    let policy = policy.replace("&#39;", "'").replace("&#x27;", "'");
    let directives: Vec<Vec<&str>> =
        policy.split(';').map(|directive| directive.split_whitespace().collect()).collect();
    let sources = |name: &str| {
        let directive = directives.iter().find(|directive| directive.first() == Some(&name));
        directive.map(|directive| directive.iter().skip(1).copied().collect::<Vec<_>>())
    };
    let mut opened: Vec<String> = directives
        .iter()
        .filter(|directive| !matches!(directive.first(), None | Some(&"script-src" | &"connect-src")))
        .map(|directive| directive.join(" "))
        .collect();
    for name in ["script-src", "connect-src"] {
        let own = sources(name).or_else(|| sources("default-src"));
        // Without either directive everything is allowed already.
        let Some(mut own) = own else { continue };
        own.retain(|source| !matches!(*source, "'none'" | "'self'"));
        own.insert(0, "'self'");
        opened.push(format!("{name} {}", own.join(" ")));
    }
    opened.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_stands_before_the_end_and_may_run() {
        let page = "<head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src 'self'; \
                    script-src 'sha256-x='\"><meta name=\"a\" content=\"b\"></head><body>text</body></html>";
        let live = String::from_utf8(live(page.as_bytes(), "7")).unwrap();
        assert!(live.contains(
            "content=\"default-src 'none'; img-src 'self'; script-src 'self' 'sha256-x='; connect-src 'self'\""
        ));
        assert!(live.contains("<meta name=\"a\" content=\"b\">"));
        assert!(
            live.ends_with(
                "text<script src=\"/_precedent/reload.js\" data-build=\"7\" defer></script>\n</body></html>"
            )
        );
    }

    #[test]
    fn a_page_without_policy_or_body_is_kept() {
        let live = String::from_utf8(live(b"<p>content=\"x\"", "7")).unwrap();
        assert!(live.starts_with("<p>content=\"x\"<script src="));
    }
}
