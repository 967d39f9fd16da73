//! Texts that are meant to do harm.

use super::sample::{Known, options, page, render, render_with};
use crate::markdown::diagram::Diagrams;
use crate::markdown::html::html;
use crate::markdown::limits::Limits;
use crate::markdown::options::{Options, RawHtml};
use crate::markdown::survey::outline;

/// What a page must never hold outside text: looked for in the tags only.
pub(super) fn active_content(html: &str) -> Option<String> {
    html.split('<').skip(1).find_map(|piece| {
        // `>` never stands in an attribute's value: the writer escapes it everywhere.
        let tag = piece.split('>').next().unwrap_or("").to_lowercase();
        let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        let forbidden = [
            "script",
            "iframe",
            "object",
            "embed",
            "style",
            "link",
            "meta",
            "base",
            "form",
            "svg",
            "plaintext",
            "textarea",
        ];
        let mut outside = true;
        let unquoted: String = tag
            .chars()
            .filter(|c| {
                outside ^= *c == '"';
                outside
            })
            .collect();
        let handler = unquoted.split_whitespace().any(|part| part.starts_with("on"));
        let scheme = ["javascript:", "data:", "vbscript:"]
            .into_iter()
            .any(|scheme| tag.contains(&format!("href=\"{scheme}")) || tag.contains(&format!("src=\"{scheme}")));
        (forbidden.contains(&name.as_str()) || handler || scheme).then(|| tag.clone())
    })
}

/// Texts that run something, somewhere, when they are shown as they are.
const ACTIVE: &[&str] = &[
    "<script>alert(1)</script>",
    "a <script>alert(1)</script> b",
    "<ScRiPt src=//e.org/x.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<img src=\"javascript:alert(1)\">",
    "<img src=\"java&#115;cript:alert(1)\" alt='\"><script>'>",
    "<details ontoggle=alert(1) open>x",
    "<a id='\"><img src=x onerror=alert(1)>'>x</a>",
    "<a id=x href=javascript:alert(1)>x</a>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<math><mtext><script>alert(1)</script></mtext></math>",
    "<style>*{background:url(javascript:alert(1))}</style>",
    "<base href=//e.org>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<form action=javascript:alert(1)><button>x",
    "<div style=\"background:url(javascript:alert(1))\">x</div>",
    "<object data=javascript:alert(1)>",
    "<plaintext>",
    "<textarea>",
    "<title>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<!--><script>alert(1)</script>-->",
    "<!--<script>alert(1)</script>",
    "<b <script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php <script>alert(1)</script> ?>",
    "<!DOCTYPE html [<script>]>",
    "[x](javascript:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](JAVASCRIPT&colon;alert(1))",
    "[x](&#x6A;avascript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:x)",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    "![x](javascript:alert(1))",
    "![\"onerror=alert(1) x=\"](x.png \"\\\" onerror=alert(1)\")",
    "[x](y \"\\\" onmouseover=alert(1)\")",
    "## x {#a\"onclick=alert(1)}",
    "```\"><script>alert(1)</script>\nx\n```",
    "```mermaid\n<script>alert(1)</script>\n```",
    "$\\text{<script>alert(1)</script>}$",
    "$\\href{javascript:alert(1)}{x}$",
    "x[^\"><script>]\n\n[^\"><script>]: y",
    "`<script>alert(1)</script>`",
    "https://e.org/\"onmouseover=\"alert(1)",
    "<https://e.org/\"onmouseover=\"alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s></svg>",
    "<svg><use href=\"data:image/svg+xml,<svg id=x><script>alert(1)</script></svg>#x\"></svg>",
    "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">",
    "<table background=javascript:alert(1)><tr><td style=width:expression(alert(1))>x",
    "<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)>",
    "<input autofocus onfocus=alert(1)><select onfocus=alert(1) autofocus>",
    "<a href=\"jav&#x09;ascript:alert(1)\">x</a> <a href=\"&#1;javascript:alert(1)\" ping=x>y</a>",
    "<img srcset=\"javascript:alert(1) 1x\" src=/\\e.org/x.png>",
    "<template><script>alert(1)</script></template><xmp><img src=x onerror=alert(1)></xmp>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<p/onmouseover=alert(1)//>x</p/><b/><script>alert(1)</script>",
    "</main></article></body></html><script>alert(1)</script>",
    "<b onclick\n=alert(1)>x",
    "<!--[if IE]><script>alert(1)</script><![endif]--><!-- a --!><script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<x-foo onclick=alert(1)> <a:b onclick=alert(1)> <b:onclick=x>",
    "<ſcript>alert(1)</ſcript>",
    "[x](java%0ascript:alert(1)) [y](\\javascript:alert(1)) [z](blob:x) [w](view-source:x)",
    "![x](data:image/svg+xml,<svg/onload=alert(1)>)",
    "# x {#x onclick=alert(1) .y style=z}",
    "```{=html}\n<script>alert(1)</script>\n```",
    "> [!NOTE\"onclick=x]\n> <script>alert(1)</script>",
    "| a <script> | b\" onclick=\"x |\n|:-|-:|\n| <img src=x onerror=alert(1)> | `<script>` |",
    "- [ ] <input onclick=alert(1)>",
    "$\\style{background:url(//e.org)}{x} \\class{x\" onclick=\"y}{z}$",
    "<b contenteditable popover style=\"position:fixed;inset:0\">overlay</b>",
];

#[test]
fn nothing_active_is_left() {
    for text in ACTIVE {
        let html = render(text);
        assert_eq!(active_content(&html.body), None, "{text} gives {}", html.body);
    }
}

#[test]
fn the_page_stays_whole() {
    for text in ["<details><summary>x", "<table><tr><td>", "- <div>\n  - <ul>", "|a|\n|-|\n|<details>|\n", "a <sup>b"] {
        let body = page(text);
        for name in ["details", "summary", "table", "tr", "td", "div", "ul", "sup"] {
            let count = |tag: String| body.matches(&tag).count();
            let opened = count(format!("<{name}>")) + count(format!("<{name} "));
            assert_eq!(opened, count(format!("</{name}>")), "{name} in {body}");
        }
    }
}

#[test]
fn deep_nesting_is_shown_as_text() {
    for text in [">".repeat(5_000), "- ".repeat(2_000) + "x", "1. ".repeat(2_000) + "x"] {
        let html = render(&text);
        assert!(html.body.starts_with("<pre") && html.body.len() < text.len() * 20);
        let excess = outline(&text, 0, &Limits::default()).excess;
        assert!(excess[0].message.contains("blocks deep; it may be 100 deep"), "{excess:?}");
    }
    assert!(render(&("*a ".repeat(3_000) + &"b*".repeat(3_000))).body.matches("<em>").count() <= 100);
}

/// Nothing recurses on the depth of a text: a small stack is enough for all of them.
#[test]
fn depth_needs_no_stack() {
    let deep = |open: &str, close: &str| open.repeat(400) + "x" + &close.repeat(400);
    let formula = deep("{", "}");
    let chains = [
        "\\sqrt",
        "\\frac ",
        "x^\\sqrt{",
        "\\bar\\sqrt 1",
        "\\left(",
        "\\begin{matrix}",
        "{",
        "^\\frac",
        "\\text{a}\\sqrt",
        "\\not",
        "a'",
    ];
    let formulas = chains.iter().flat_map(|chain| [15, 400].map(|times| format!("$${}x$$", chain.repeat(times))));
    let texts: Vec<String> = formulas
        .chain([
            format!("$${formula}$$"),
            deep("<div>", "</div>"),
            deep("[", "]"),
            deep("> - ", ""),
            deep("**a ", "**"),
        ])
        .collect();
    let small = std::thread::Builder::new().stack_size(512 * 1024);
    let thread = small.spawn(move || texts.iter().map(|text| page(text).len()).min());
    assert!(thread.expect("a thread").join().expect("no overflow").is_some_and(|length| length > 0));
}

#[test]
fn growth_is_linear() {
    let families: [(&str, &str, &str); 14] = [
        ("", "[", ""),
        ("", "![](", ""),
        ("", "`", "``"),
        ("", "<!-- ", ""),
        ("", "<a x='", ""),
        ("", "a**b", ""),
        ("", "[a](<", ""),
        ("", "https://e.org/(", ""),
        ("", "ADR-7-", ""),
        ("", "$a ", ""),
        ("", "<b>", ""),
        ("", "&amp;", ""),
        ("|a|\n|-|\n", "|x|\n", ""),
        ("", "[a][b]\n", "\n\n[b]: c"),
    ];
    for (before, unit, after) in families {
        let text = format!("{before}{}{after}", unit.repeat(10_000));
        let html = render(&text);
        assert!(html.body.len() <= text.len() * 40, "{unit:?} gives {}", html.body.len());
    }
}

/// What is too much of anything is counted to its end, kept as far as it may be, and shown as it was written.
#[test]
fn too_much_is_shown_as_text() {
    let most = Limits { headings: 10, links: 10, cells: 10, footnotes: 10, diagrams: 10, ..Limits::default() };
    for (unit, words) in [
        ("# a\n", "the text has 30 headings; it may have 10"),
        ("[a](b.md) ", "30 links, images and ids"),
        ("![a](b.png) ", "30 links, images and ids"),
        ("ADR-7 ", "30 links, images and ids"),
        ("<a id=\"x\"></a> ", "30 links, images and ids"),
        ("|a|\n|-|\n\n", "30 cells of tables"),
        ("[^1]: a\n\n", "30 footnotes"),
        ("```mermaid\nx\n```\n\n", "30 diagrams"),
    ] {
        let text = unit.repeat(30);
        let shape = outline(&text, 0, &most);
        assert!(shape.excess.len() == 1 && shape.excess[0].message.contains(words), "{unit:?}: {:?}", shape.excess);
        assert_eq!(shape.excess[0].span.start as usize / unit.len(), 10, "{unit:?}");
        let kept = shape.sections.len() + shape.links.len() + shape.images.len() + shape.mentions.len();
        assert!(kept + shape.anchors.len() <= 10, "{shape:?}");
        assert!(shape.fences.iter().filter(|fence| fence.diagram.is_some()).count() <= 10);
        let html = html(&text, 0, &shape, &options(RawHtml::Sanitise), &Diagrams::default(), &Known);
        assert!(html.body.starts_with("<pre class=\"code\" tabindex=\"0\">"), "{}", html.body);
    }
}

/// Of what is too much to be parsed, as much is read as may be: the record keeps its title.
#[test]
fn a_text_of_too_many_marks_is_read_as_far_as_it_may_be() {
    let limits = Limits { marks: 20, ..Limits::default() };
    let text = format!("---\na: b\n---\n# A title\n\n[a](b)\n{}", "`a\n".repeat(30));
    let shape = outline(&text, 13, &limits);
    assert_eq!(shape.sections[0].title, "A title");
    assert_eq!(shape.links.len(), 1);
    assert_eq!(shape.excess[0].message, "the text has 57 marks of punctuation and ends of lines; it may have 20");
    assert!(text[..shape.excess[0].span.start as usize].trim_end().ends_with("`a\n`a"), "{:?}", shape.excess);
    let html = html(&text, 13, &shape, &options(RawHtml::Sanitise), &Diagrams::default(), &Known);
    assert!(html.body.starts_with("<pre") && html.body.matches("`a").count() == 30);
    let enough = Limits { marks: 57, ..Limits::default() };
    assert!(outline(&text, 13, &enough).excess.is_empty());
}

#[test]
fn a_heading_is_no_novel() {
    let text = format!("# {}é\n\n## b\n", "x".repeat(5_000));
    let shape = outline(&text, 0, &Limits::default());
    assert_eq!((shape.sections[0].title.len(), shape.sections[1].title.as_str()), (1_000, "b"));
    assert_eq!(shape.excess[0].message, "the heading is longer than 1000 bytes");
}

#[test]
fn a_page_that_grows_too_large_is_shown_as_text() {
    // The last block counts, too.
    for text in [
        "|a|\n|-|\n\n".repeat(100),
        format!("```\n{}```\n", "&&&&\n".repeat(300)),
        format!("[^a]\n\n[^a]: {}\n", "&".repeat(2_000)),
    ] {
        let limits = Limits { html: 5_000, ..Limits::default() };
        let html = render_with(&text, &Options { limits, ..options(RawHtml::Sanitise) });
        assert!(html.body.starts_with("<pre") && html.oversized.len() == 1, "{text:.20}: {}", html.body.len());
    }
}

#[test]
fn only_so_much_code_is_coloured() {
    let text = "```json\n[1]\n```\n".repeat(30);
    let limits = Limits { code_of_page: 40, ..Limits::default() };
    let html = render_with(&text, &Options { limits, ..options(RawHtml::Sanitise) });
    assert_eq!((html.body.matches("<span").count(), html.plain.len()), (10, 1), "{}", html.body);
}

#[test]
fn one_very_long_line_is_read() {
    let text = "word ADR-7 https://e.org ".repeat(40_000);
    assert!(page(&text).len() > text.len());
}

#[test]
fn what_is_no_name_of_a_language_is_no_class() {
    for info in ["rust\"onclick=x", "<script>", "{=html}x", "\u{202e}rust", &"a".repeat(5_000)] {
        let html = render(&format!("```{info}\nx\n```\n"));
        assert!(!html.body.contains("class=\"language-"), "{info:.20}: {}", html.body);
    }
    let long = render(&format!("```{}\nx\n```\n", "a".repeat(5_000)));
    assert!(long.plain.len() == 1 && long.plain[0].message.len() < 200, "{:?}", long.plain);
}

#[test]
fn long_code_is_shown_plain() {
    let html = render(&format!("```rust\n{}\n```\n", "x".repeat(20_000)));
    assert!(html.plain[0].message.contains("longer than 16 KiB"));
    assert!(html.body.contains("<code class=\"language-rust\">xxx"));
}
