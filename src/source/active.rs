//! Files beside the texts that a browser would run, though their types are those of harmless ones.

use super::files::Fault;
use roxmltree::{Attribute, Document, Node, ParsingOptions};
use std::io::{self, Read};

/// How many bytes an SVG file may have: all of it is looked through before it is published.
const LONGEST: u64 = 8 * 1024 * 1024;

/// How much of a file a browser looks at to guess what it is, where a server does not say.
const GUESSED: u64 = 512;

/// Types of text whose media type not every server knows.
const TEXTS: [&str; 7] = ["csv", "txt", "json", "yaml", "yml", "toml", "drawio"];

/// By what browsers know a page of HTML, where nothing else says what a file is.
const PAGES: [&str; 16] = [
    "!doctype html",
    "html",
    "head",
    "script",
    "iframe",
    "h1",
    "div",
    "font",
    "table",
    "a",
    "style",
    "title",
    "b",
    "body",
    "br",
    "p",
];

const SVG: &str = "http://www.w3.org/2000/svg";
const HTML: &str = "http://www.w3.org/1999/xhtml";
const MATHML: &str = "http://www.w3.org/1998/Math/MathML";

/// Elements of SVG that run, or hand on events to what runs.
const RUN: [&str; 3] = ["script", "handler", "listener"];

/// Elements of HTML that may stand in a label of an SVG file. None of them loads, runs or asks for anything.
const LABELS: [&str; 58] = [
    "a",
    "abbr",
    "b",
    "blockquote",
    "body",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
];

/// Attributes that lead somewhere, or give their value to one that does.
const ADDRESSES: [&str; 10] = ["href", "src", "to", "from", "by", "values", "action", "formaction", "data", "poster"];

/// What stands against publishing a file of an extension: what a browser that opens it would run.
///
/// # Errors
/// When it cannot be read.
pub(super) fn active(extension: &str, file: impl Read) -> io::Result<Option<Fault>> {
    let is = |known: &&str| known.eq_ignore_ascii_case(extension);
    let is_svg = is(&"svg");
    if !is_svg && !TEXTS.iter().any(is) {
        return Ok(None);
    }
    let mut file = file.take(GUESSED);
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    if !is_svg && is_page(&bytes) {
        return Ok(Some(Fault("begins like a page of HTML, which may run".to_owned())));
    }
    if !is_svg && !bytes.trim_ascii_start().starts_with(b"<?xml") {
        return Ok(None);
    }
    file.set_limit(LONGEST + 1 - bytes.len() as u64);
    file.read_to_end(&mut bytes)?;
    Ok(match bytes.len() as u64 > LONGEST {
        true => Some(Fault(format!("is longer than {} MiB", LONGEST / (1024 * 1024)))),
        false => in_xml(&bytes),
    })
}

/// Whether a browser that is not told what a file is would take it for a page.
fn is_page(bytes: &[u8]) -> bool {
    let Some(rest) = bytes.trim_ascii_start().strip_prefix(b"<") else { return false };
    let begins = |name: &&str| {
        let first = rest.get(..name.len()).is_some_and(|first| first.eq_ignore_ascii_case(name.as_bytes()));
        first && matches!(rest.get(name.len()), Some(b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' | b'/' | b'>'))
    };
    rest.starts_with(b"!--") || PAGES.iter().any(begins)
}

/// The first thing in a document of XML that runs, or why that cannot be told.
fn in_xml(bytes: &[u8]) -> Option<Fault> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Some(Fault("is not UTF-8".to_owned())) };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if !declares_utf8(text) {
        return Some(Fault("declares another encoding than UTF-8".to_owned()));
    }
    // A browser adds attributes that such a declaration names, which the reader here does not; a parameter may hold one.
    let declares = |start: &str, mark: &str| {
        text.match_indices(start)
            .any(|(at, _)| text.get(at + start.len()..).is_some_and(|rest| rest.trim_start().starts_with(mark)))
    };
    if declares("<!ATTLIST", "") || declares("<!ENTITY", "%") {
        return Some(Fault("declares attributes that it does not show".to_owned()));
    }
    let options = ParsingOptions { allow_dtd: true, nodes_limit: 1_000_000, ..ParsingOptions::default() };
    let document = match Document::parse_with_options(text, options) {
        Ok(document) => document,
        Err(error) => return Some(Fault(format!("is not XML that can be read: {error}"))),
    };
    let (node, what) = document.descendants().find_map(|node| Some((node, runs(node)?)))?;
    Some(Fault(format!("holds {what} in line {}", document.text_pos_at(node.range().start).row)))
}

/// Whether a document says of itself that it is UTF-8, or says nothing.
fn declares_utf8(text: &str) -> bool {
    let Some(declaration) = text.strip_prefix("<?xml").and_then(|rest| rest.split("?>").next()) else { return true };
    let Some((_, encoding)) = declaration.split_once("encoding") else { return true };
    let encoding = encoding.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '=' | '"' | '\''));
    ["utf-8", "us-ascii"].iter().any(|known| {
        encoding.get(..known.len()).is_some_and(|start| start.eq_ignore_ascii_case(known))
            && encoding.get(known.len()..).is_some_and(|rest| rest.starts_with(['"', '\'']))
    })
}

/// What of a node runs, in words.
fn runs(node: Node<'_, '_>) -> Option<String> {
    if let Some(instruction) = node.pi().filter(|instruction| instruction.target == "xml-stylesheet") {
        return Some(format!("the instruction `{}`", instruction.target));
    }
    let name = node.tag_name();
    let is_known = match name.namespace() {
        Some(SVG) => !RUN.contains(&name.name()),
        Some(HTML) => LABELS.contains(&name.name()),
        // What is noted beside a formula may be in any language.
        Some(MATHML) => !name.name().starts_with("annotation"),
        // What is in no language of browsers does nothing there.
        _ => return None,
    };
    if !is_known {
        return Some(format!("the element `{}`", name.name()));
    }
    let attribute = node.attributes().find(|attribute| is_active(name.name(), attribute))?;
    Some(format!("the attribute `{}`", attribute.name()))
}

fn is_active(element: &str, attribute: &Attribute<'_, '_>) -> bool {
    let (name, value) = (attribute.name(), attribute.value());
    if attribute.namespace().is_none() && name.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("on")) {
        return true;
    }
    if name == "attributeName" {
        return value.trim_start().get(..2).is_some_and(|start| start.eq_ignore_ascii_case("on"));
    }
    if !ADDRESSES.contains(&name) {
        return false;
    }
    // Browsers skip what cannot be seen in an address.
    let plain = value.chars().filter(|c| !c.is_whitespace() && !c.is_control());
    let plain: String = plain.map(|c| c.to_ascii_lowercase()).collect();
    let holds = |scheme: &str| plain.contains(scheme);
    let is_picture = matches!(element, "image" | "feImage" | "img") && plain.starts_with("data:image/");
    holds("javascript:") || holds("vbscript:") || (holds("data:") && !is_picture)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(extension: &str, text: &str) -> String {
        active(extension, text.as_bytes()).unwrap().map_or_else(String::new, |fault| fault.0)
    }

    fn svg(inner: &str) -> String {
        let open = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">\n";
        look("SVG", &format!("{open}{inner}\n</svg>"))
    }

    #[test]
    fn what_runs_in_an_svg_file_is_found() {
        for (inner, what) in [
            ("<script>alert(1)</script>", "holds the element `script` in line 2"),
            ("<g>\n<x:script xmlns:x='http://www.w3.org/2000/svg'/></g>", "holds the element `script` in line 3"),
            ("<script xmlns='http://www.w3.org/1999/xhtml'/>", "holds the element `script` in line 2"),
            ("<handler type='x'/>", "holds the element `handler` in line 2"),
            ("<rect onload='alert(1)'/>", "holds the attribute `onload` in line 2"),
            ("<rect OnClick='alert(1)'/>", "holds the attribute `OnClick` in line 2"),
            ("<a xlink:href=' java&#10;script:alert(1)'/>", "holds the attribute `href` in line 2"),
            ("<a href='JAVASCRIPT:alert(1)'/>", "holds the attribute `href` in line 2"),
            ("<a><set attributeName='href' to='javascript:alert(1)'/></a>", "holds the attribute `to` in line 2"),
            ("<animate attributeName='href' values='#;javascript:x'/>", "holds the attribute `values` in line 2"),
            ("<set attributeName='onclick' to='alert(1)'/>", "holds the attribute `attributeName` in line 2"),
            ("<use href='data:image/svg+xml,x'/>", "holds the attribute `href` in line 2"),
            ("<a href='data:text/html,x'/>", "holds the attribute `href` in line 2"),
            (
                "<foreignObject><iframe xmlns='http://www.w3.org/1999/xhtml' srcdoc='x'/></foreignObject>",
                "holds the element `iframe` in line 2",
            ),
            (
                "<foreignObject><math xmlns='http://www.w3.org/1998/Math/MathML'><mi href='javascript:x'/></math></foreignObject>",
                "holds the attribute `href` in line 2",
            ),
            (
                "<math xmlns='http://www.w3.org/1998/Math/MathML' onclick='x'/>",
                "holds the attribute `onclick` in line 2",
            ),
            ("<?xml-stylesheet href='x.xsl' type='text/xsl'?>", "holds the instruction `xml-stylesheet` in line 2"),
        ] {
            assert_eq!(svg(inner), what, "{inner}");
        }
        let around = |start: &str| look("svg", &format!("{start}<svg xmlns='http://www.w3.org/2000/svg'/>"));
        for (start, why) in [
            ("<?xml version='1.0' encoding='utf-7'?>", "declares another encoding than UTF-8"),
            ("<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'x'>]>", "declares attributes that it does not show"),
            ("<!DOCTYPE svg [<!ENTITY\n% x '<!ATTLIST'> %x;]>", "declares attributes that it does not show"),
        ] {
            assert_eq!(around(start), why, "{start}");
        }
        let hidden = "<!DOCTYPE svg [<!ENTITY x '<script/>'>]><svg xmlns='http://www.w3.org/2000/svg'>&x;</svg>";
        assert!(look("svg", hidden).contains("script"), "{}", look("svg", hidden));
        assert!(look("svg", "<svg").starts_with("is not XML that can be read"));
        assert_eq!(active("svg", &b"<\xFF"[..]).unwrap(), Some(Fault("is not UTF-8".to_owned())));
        assert!(look("svg", &"x".repeat(9 << 20)).contains("8 MiB"));
    }

    #[test]
    fn what_drawing_programs_write_passes() {
        for inner in [
            "<style>@font-face { font-family: x; src: url(data:font/woff2;base64,AAAA) }</style><g id='onion'/>",
            "<image xlink:href='data:image/png;base64,AAAA'/><use xlink:href='#a'/><a href='https://example.org/'/>",
            "<foreignObject><div xmlns='http://www.w3.org/1999/xhtml' style='color: red'>A<br/><b>B</b></div></foreignObject>",
            "<foreignObject><math xmlns='http://www.w3.org/1998/Math/MathML'><mfrac><mn>1</mn><mn>2</mn></mfrac></math></foreignObject>",
            "<sodipodi:namedview xmlns:sodipodi='x' onload='x'><inkscape:grid xmlns:inkscape='y'/></sodipodi:namedview>",
            "<animate attributeName='x' from='0' to='5' values='1;2'/><!-- <script> --><text>javascript: why not</text>",
        ] {
            assert_eq!(svg(inner), "", "{inner}");
        }
        let start = "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"x\" [<!ENTITY ns \"http://www.w3.org/2000/svg\">]>";
        assert_eq!(look("svg", &format!("{start}<svg xmlns=\"&ns;\"><path d=\"M0 0\"/></svg>")), "");
        let deep = "<g>".repeat(50_000) + &"</g>".repeat(50_000);
        assert_eq!(svg(&deep), "");
    }

    #[test]
    fn a_page_under_another_name_is_found() {
        for text in ["<script>x", " \n<!DOCTYPE HTML >", "<!-- x", "<P\n>", "<a/b>"] {
            assert!(look("yaml", text).contains("a page of HTML"), "{text}");
        }
        for text in ["", "a,b", "<mxfile host=\"x\">", "<pre>", "< script>", "key: <script>", "\u{feff}<script>"] {
            assert_eq!(look("drawio", text), "", "{text}");
        }
        assert_eq!(look("png", "<script>"), "");
        assert_eq!(look("drawio", "<?xml version='1.0'?><mxfile><object label='x' onload='y'/></mxfile>"), "");
        let page = "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>";
        assert_eq!(look("toml", page), "holds the element `html` in line 1");
    }
}
