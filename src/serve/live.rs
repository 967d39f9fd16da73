//! A page as the preview serves it: with the script that reloads it, and a policy that lets the script run.

use crate::text::Digest;
use std::ops::Range;

/// Where everything of the preview's own is.
pub(super) const OWN: &str = "/_precedent/";
/// Where the script hears of a new build.
pub(super) const EVENTS_PATH: &str = "/_precedent/events";
/// Where the script asks what is to be said of a page besides the page; the page's path follows `?page=`.
pub(super) const STATE_PATH: &str = "/_precedent/state";
/// The scripts, by their names below [`OWN`]; the first is the one that pages name.
const SCRIPTS: [(&str, &str); 4] = [
    ("live.js", include_str!("script/live.js")),
    ("panel.js", include_str!("script/panel.js")),
    ("patch.js", include_str!("script/patch.js")),
    ("stream.js", include_str!("script/stream.js")),
];

/// What a page says of itself to its script.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marks<'a> {
    /// The name of the build.
    pub(super) build: &'a str,
    /// The fingerprint of the site's scripts and style sheets.
    pub(super) files: &'a str,
}

/// The text of the script at a path, if it is one of ours.
pub(super) fn script(path: &str) -> Option<&'static str> {
    let name = path.strip_prefix(OWN)?;
    SCRIPTS.iter().find(|(own, _)| *own == name).map(|(_, text)| *text)
}

/// The page with the script before its `</body>`; the built site never has it.
pub(super) fn live(page: &[u8], marks: Marks<'_>) -> Vec<u8> {
    // Pages are UTF-8 by construction; should one not be, it is served as it is.
    let Ok(text) = std::str::from_utf8(page) else {
        return page.to_vec();
    };
    let (name, _) = SCRIPTS[0];
    let (whole, frame) = (Digest::of(page), frame(text, marks.files));
    let script = format!(
        "<script type=\"module\" src=\"{OWN}{name}\" data-build=\"{}\" data-page=\"{whole}\" data-frame=\"{frame}\"></script>\n",
        marks.build
    );
    let at = text.rfind("</body>").unwrap_or(text.len());
    let (before, after) = text.split_at(at);
    let before = with_open_policy(before);
    [before.as_str(), &script, after].concat().into_bytes()
}

/// The fingerprint of what cannot be changed under a reader: the scripts and style sheets, and what stands around `<main>`.
fn frame(page: &str, files: &str) -> Digest {
    let (head, body) = page.split_at(page.find("<body").unwrap_or(0));
    let start = body.find("<main").unwrap_or(body.len());
    let end = body.rfind("</main>").filter(|end| *end > start).unwrap_or(start);
    let tags = head.split('<').filter(|tag| tag.starts_with("script") || tag.contains("stylesheet"));
    let around = [body.get(..start), body.get(end..), Some(files)].into_iter().flatten();
    Digest::of(tags.chain(around).collect::<Vec<_>>().join("<").as_bytes())
}

/// The policy that a page is answered with: its own, opened to this server, and no frame of another page may hold it. What a page
/// of somebody's theme says nothing of stays as free as on the built site, but for what no page needs.
pub(super) fn policy(page: &[u8]) -> String {
    let text = std::str::from_utf8(page).unwrap_or("");
    let own = policy_of(text).and_then(|span| text.get(span)).map(open);
    // A line end within an attribute would end the header.
    let own = own.map(|own| own.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|own| own.is_ascii());
    format!("{}; {ALWAYS}", own.as_deref().unwrap_or("base-uri 'none'; object-src 'none'"))
}

/// What only a header can say.
const ALWAYS: &str = "frame-ancestors 'none'";

/// Where the policy of a page stands: in its `<meta http-equiv="Content-Security-Policy" content="…">`.
fn policy_of(page: &str) -> Option<Range<usize>> {
    let head = page.get(..page.find("<body").unwrap_or(page.len()))?;
    let at = head.find("http-equiv=\"Content-Security-Policy\"")?;
    let content = at + head.get(at..)?.find("content=\"")? + "content=\"".len();
    let end = content + head.get(content..)?.find('"')?;
    // A `content` of another element is none of ours.
    (!head.get(at..content)?.contains('>')).then_some(content..end)
}

/// The page with its policy, if any, opened to this server.
fn with_open_policy(page: &str) -> String {
    let span = policy_of(page);
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

    const MARKS: Marks<'static> = Marks { build: "7", files: "8" };

    #[test]
    fn the_script_stands_before_the_end_and_may_run() {
        let page = "<head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src 'self'; \
                    script-src 'sha256-x='\"><meta name=\"a\" content=\"b\"></head><body>text</body></html>";
        let live = String::from_utf8(live(page.as_bytes(), MARKS)).unwrap();
        assert!(live.contains(
            "content=\"default-src 'none'; img-src 'self'; script-src 'self' 'sha256-x='; connect-src 'self'\""
        ));
        assert!(live.contains("<meta name=\"a\" content=\"b\">"));
        assert!(live.contains("text<script type=\"module\" src=\"/_precedent/live.js\" data-build=\"7\" data-page=\""));
        assert!(live.ends_with("\"></script>\n</body></html>"));
    }

    #[test]
    fn a_page_is_answered_with_its_own_policy() {
        let page = |content: &str| {
            format!("<head><meta http-equiv=\"Content-Security-Policy\" content=\"{content}\"></head><body></body>")
        };
        assert_eq!(
            policy(page("default-src &#39;none&#39;;\r\n style-src 'self'").as_bytes()),
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'"
        );
        let quoted = format!("<body><p>{}</p></body>", page("script-src *"));
        for free in ["<body>x</body>", "", &quoted, &page("script-src é")] {
            assert_eq!(policy(free.as_bytes()), "base-uri 'none'; object-src 'none'; frame-ancestors 'none'");
        }
    }

    #[test]
    fn the_frame_is_what_stands_around_the_text() {
        let page = |style: &str, before: &str, text: &str| {
            format!(
                "<head><title>{text}</title><link rel=\"stylesheet\" href=\"{style}\"></head><body>{before}<main>{text}</main></body>"
            )
        };
        let same = frame(&page("a.css", "nav", "one"), "7");
        assert_eq!(same, frame(&page("a.css", "nav", "other"), "7"));
        assert_ne!(same, frame(&page("b.css", "nav", "one"), "7"));
        assert_ne!(same, frame(&page("a.css", "other", "one"), "7"));
        assert_ne!(same, frame(&page("a.css", "nav", "one"), "8"));
    }

    #[test]
    fn only_scripts_of_ours_are_found() {
        assert!(script("/_precedent/live.js").is_some_and(|text| text.contains("patch")));
        assert_eq!((script("/_precedent/"), script("/live.js"), script("/_precedent/../live.js")), (None, None, None));
    }

    #[test]
    fn a_page_without_policy_or_body_is_kept() {
        let live = String::from_utf8(live(b"<p>content=\"x\"", MARKS)).unwrap();
        assert!(live.starts_with("<p>content=\"x\"<script type="));
    }
}
