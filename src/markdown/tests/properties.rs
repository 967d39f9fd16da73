//! What holds for every text.

use super::hostile::active_content;
use super::sample::{options, render_with};
use crate::markdown::limits::Limits;
use crate::markdown::options::RawHtml;
use crate::markdown::outline::Outline;
use crate::markdown::survey::outline;
use crate::text::Span;
use proptest::prelude::{ProptestConfig, Strategy, any, prop, prop_assert, prop_assert_eq, prop_oneof, proptest};

/// What Markdown and HTML care about; a blank stands between the pieces.
const PIECES: &str = "`` ` ``` ```rust ~~~ * ** _ ~~ [ ] ( ) ![ ]( ](x.md) ](javascript:x) [^1] [a] ][b] ][] < > </ <b> </b> <details> \
    </details> <p> </p> <td> <a\u{1f}id=\"x\"> </a> <img\u{1f}src=x\u{1f}onerror=y> <script> </script> <!-- --> \
    <div\u{1f}onclick=' \" ' &amp; &lt; &#106; \\ $ $$ $x^2$ \\frac { } | ADR-7 [RFC-1] https://e.org/é. http:// é 語 😀 \
    \u{301} \u{0} \u{feff} word";

/// Starts of lines; a bar stands between the pieces.
const STARTS: &str = "# |## A b {#c}\n|> |- |- [x] |1. |    |\n|\n\n|\r\n|\t|```rust\n|```\n|[^1]: |[a]: <b c> 'd'\n|\
    term\n: def\n|> [!NOTE]\n> |---\n|===\n| ";

/// What formulas are made of.
const FORMULA: &str = r"\frac \sqrt [ ] { } ^ _ x 1 + = & \\ \\\\ \begin{matrix} \end{matrix} \begin{align} \end{align} \left( \right) \left. \text{a} \\
    \mathbb{R} \sum \int \limits \color{red} \hline \begin{array}{c|c} \end{array} \alpha \operatorname{f} \bar \overline ' é 語 # ~ % \, \big( \not \hspace{1em} \\
    \mathrm \mathcal{A} \underset \stackrel{a}{b} \binom \cfrac \tag \label \middle| \sideset \prime \kern1em \genfrac \char `\relax \expandafter \unicode{x} <b>";

const TABLE: &str = "|a|b|\n|-|-|\n|c|d|\n";

fn texts() -> impl Strategy<Value = String> {
    let mut pieces: Vec<String> = PIECES.split(' ').map(|piece| piece.replace('\u{1f}', " ")).collect();
    pieces.extend(STARTS.split('|').map(str::to_owned));
    pieces.push(TABLE.to_owned());
    let piece = prop_oneof![8 => prop::sample::select(pieces), 1 => any::<char>().prop_map(String::from)];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn spans(outline: &Outline) -> Vec<Span> {
    let mut spans: Vec<Span> = outline.code.iter().chain(&outline.comments).copied().collect();
    for section in &outline.sections {
        spans.extend([section.heading, section.body, section.own]);
    }
    spans.extend(outline.links.iter().flat_map(|link| [link.span, link.target.span]));
    spans.extend(outline.images.iter().flat_map(|image| [image.span, image.target.span]));
    spans.extend(outline.undefined.iter().flat_map(|reference| [reference.span, reference.label]));
    spans.extend(outline.mentions.iter().flat_map(|mention| [mention.span, mention.block]));
    spans.extend(outline.anchors.iter().map(|anchor| anchor.span));
    for fence in &outline.fences {
        spans.push(fence.span);
        let starts = fence.diagram.iter().flat_map(|code| &code.line_starts);
        spans.extend(starts.map(|start| Span { start: *start, end: *start }));
    }
    spans
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_text_breaks_the_page(text in texts()) {
        let shape = outline(&text, 0, &Limits::default());
        for span in spans(&shape) {
            prop_assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}");
        }
        for mention in &shape.mentions {
            prop_assert_eq!(mention.span.of(&text), &mention.text);
            prop_assert!(mention.block.contains(mention.span));
        }
        for reference in &shape.undefined {
            let (whole, label) = (reference.span.of(&text), reference.label.of(&text));
            let end = if reference.is_collapsed() { format!("[{label}][]") } else { format!("][{label}]") };
            prop_assert!(whole.starts_with(['[', '!']) && whole.ends_with(&end), "{whole:?} and {label:?}");
        }
        let anchors: std::collections::BTreeSet<&str> = shape.sections.iter().map(|section| section.anchor.as_str()).collect();
        prop_assert_eq!(anchors.len(), shape.sections.len());
        let html = render_with(&text, &options(RawHtml::Sanitise));
        prop_assert_eq!(active_content(&html.body), None, "{}", html.body);
        for problem in html.problems.iter().chain(&html.plain).chain(&html.oversized) {
            prop_assert!(text.get(problem.span.range()).is_some());
        }
        render_with(&text, &options(RawHtml::Escape));
        render_with(&text, &options(RawHtml::Allow));
    }

    #[test]
    fn no_formula_breaks_the_page(pieces in prop::collection::vec(prop::sample::select(FORMULA.split(' ').collect::<Vec<_>>()), 0..30)) {
        let html = render_with(&format!("$${}$$", pieces.concat()), &options(RawHtml::Sanitise));
        prop_assert_eq!(active_content(&html.body), None, "{}", html.body);
        prop_assert!(!html.body.contains("color:"), "{}", html.body);
    }
}
