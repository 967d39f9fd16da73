//! What the outline finds, and where.

use crate::markdown::limits::Limits;
use crate::markdown::outline::{LabelReference, LinkForm, Outline};
use crate::markdown::survey::outline;
use crate::text::Span;

fn parts(text: &str, spans: impl IntoIterator<Item = Span>) -> Vec<&str> {
    spans.into_iter().map(|span| span.of(text)).collect()
}

#[test]
fn sections_hold_what_stands_under_them() {
    let text = "intro\n# A\na\n## B `c` {#bee}\nb\n# A\nz\n";
    let outline = outline(text, 0, &Limits::default());
    let sections = &outline.sections;
    let anchors: Vec<&str> = sections.iter().map(|section| section.anchor.as_str()).collect();
    assert_eq!(anchors, ["a", "bee", "a-1"]);
    assert_eq!(sections[1].title, "B c");
    assert_eq!(parts(text, sections.iter().map(|section| section.heading)), ["# A", "## B `c` {#bee}", "# A"]);
    assert_eq!(parts(text, sections.iter().map(|section| section.body)), ["a\n## B `c` {#bee}\nb\n", "b\n", "z\n"]);
    assert_eq!(parts(text, sections.iter().map(|section| section.own)), ["a\n", "b\n", "z\n"]);
    assert_eq!(outline.summary(), "intro");
    assert!(outline.has_anchor("bee") && !outline.has_anchor("b-c"));
}

#[test]
fn words_between_braces_are_part_of_a_heading() {
    let titles = |text: &str| {
        let sections = outline(text, 0, &Limits::default()).sections;
        sections.into_iter().map(|section| (section.title, section.anchor)).collect::<Vec<_>>()
    };
    let pair = |title: &str, anchor: &str| (title.to_owned(), anchor.to_owned());
    assert_eq!(titles("### {title of option 1}\n"), [pair("{title of option 1}", "title-of-option-1")]);
    assert_eq!(
        titles("## Use {name} for *all* {the #2 of us} ##\n").first().map(|(title, _)| title.as_str()),
        Some("Use {name} for all {the #2 of us}")
    );
    assert_eq!(titles("Serve {path}\n======\n"), [pair("Serve {path}", "serve-path")]);
    // What is an attribute stays one.
    assert_eq!(titles("## What {#why .wide key=value}\n"), [pair("What", "why")]);
}

#[test]
fn a_chosen_anchor_wins_over_an_earlier_title() {
    let outline = outline("# Setup\n\n# Install {#setup}\n", 0, &Limits::default());
    let anchors: Vec<&str> = outline.sections.iter().map(|section| section.anchor.as_str()).collect();
    assert_eq!(anchors, ["setup-1", "setup"]);
}

#[test]
fn targets_are_where_they_are_written() {
    let text = "[a](b.md#c \"t\") [`](x)`](<d e.md>) [f][g] ![h](i%20j.png) <https://k.org> https://l.org. [n](o(p)q)\n\n[g]: <m.md> 'x'\n";
    let shape = outline(text, 0, &Limits::default());
    assert_eq!(
        parts(text, shape.links.iter().map(|link| link.target.span)),
        ["b.md#c", "d e.md", "m.md", "https://k.org", "https://l.org", "o(p)q"]
    );
    let texts: Vec<&str> = shape.links.iter().map(|link| link.text.as_str()).collect();
    assert_eq!(texts, ["a", "](x)", "f", "https://k.org", "https://l.org", "n"]);
    assert_eq!(shape.links[0].span.of(text), "[a](b.md#c \"t\")");
    assert_eq!(shape.links[3].form, LinkForm::Auto);
    assert_eq!(shape.links[4].form, LinkForm::Auto);
    assert_eq!((shape.images[0].alt.as_str(), shape.images[0].target.value.as_str()), ("h", "i%20j.png"));
    assert_eq!(shape.images[0].target.span.of(text), "i%20j.png");
}

#[test]
fn an_image_in_a_link_has_its_own_target() {
    let text = "[![alt](i.png)](l.md)";
    let shape = outline(text, 0, &Limits::default());
    assert_eq!(shape.images[0].target.span.of(text), "i.png");
    assert_eq!(shape.links[0].target.span.of(text), "l.md");
    assert_eq!(shape.links[0].text, "alt");
}

#[test]
fn references_without_a_definition_are_noted() {
    let undefined = |text: &str| {
        let found = outline(text, 2, &Limits::default()).undefined;
        let parts = |reference: &LabelReference| [reference.span, reference.label].map(|span| span.of(text).to_owned());
        found.iter().map(parts).collect::<Vec<_>>()
    };
    let pairs = |pairs: &[[&str; 2]]| pairs.iter().map(|pair| pair.map(str::to_owned)).collect::<Vec<_>>();
    assert_eq!(
        undefined(
            "xxA [b][c], [D e][], ![f][g], [h [i][j] k](l.md), **[m][n]** and [o][RFC-7]\n\n# [p][]\n\n|[q][r]|\n|-|\n"
        ),
        pairs(&[
            ["[b][c]", "c"],
            ["[D e][]", "D e"],
            ["![f][g]", "g"],
            ["[i][j]", "j"],
            ["[m][n]", "n"],
            ["[o][RFC-7]", "RFC-7"],
            ["[p][]", "p"],
            ["[q][r]", "r"],
        ])
    );
    assert_eq!(undefined("xx> [a\n> b][c\n> d]"), pairs(&[["[a\n> b][c\n> d]", "c\n> d"]]));
    assert_eq!(undefined("xx[a][b\\[c\\]d] ![][e]"), pairs(&[["[a][b\\[c\\]d]", "b\\[c\\]d"], ["![][e]", "e"]]));
    for defined in [
        "[a][b] [B][] [c][b](d.md) [c][d][b] [e]",
        "`[c][d]` $[c][d]$ <a title=\"[c][d]\"> <!-- [c][d] -->",
        "```\n[c][d]\n```\n\n    [c][d]",
        "\\[c][d] [c]\\[d] [c] [d] [ ] [c][^1] [^1][] [[c]] [c][ ]\n\n[^1]: one",
        "- [ ] [a][b]\n- [x] c",
    ] {
        assert_eq!(undefined(&format!("xx{defined}\n\n[b]: b.md\n")), pairs(&[]), "{defined}");
    }
}

#[test]
fn mentions_stand_in_prose_with_their_block() {
    let text = "# See ADR-1\n\nA *RFC-2* `ADR-3` [ADR-4](x) [ADR-5] ADR\\-6\n\n- ADR-7 one\n  - ADR-8\n\n|a|\n|-|\n|ADR-9 b|\n";
    let shape = outline(text, 0, &Limits::default());
    let names: Vec<&str> = shape.mentions.iter().map(|mention| mention.text.as_str()).collect();
    assert_eq!(names, ["ADR-1", "RFC-2", "ADR-5", "ADR-6", "ADR-7", "ADR-8", "ADR-9"]);
    assert_eq!(shape.mentions[2].span.of(text), "ADR-5");
    let blocks = parts(text, shape.mentions.iter().map(|mention| mention.block));
    assert_eq!(blocks[0].trim(), "# See ADR-1");
    assert_eq!(blocks[4].trim(), "- ADR-7 one");
    assert_eq!(blocks[6].trim(), "ADR-9 b");
}

#[test]
fn fences_know_their_lines() {
    let text = "> - ```Mermaid x\n>   a\n>\n>   bcd\n>   ```\n";
    let shape: Outline = outline(text, 0, &Limits::default());
    let fence = &shape.fences[0];
    assert_eq!(
        (fence.language.as_str(), fence.diagram.as_ref().map(|code| code.text.as_str())),
        ("mermaid", Some("a\n\nbcd\n"))
    );
    let place = fence.file_span(Span::new(4, 6));
    assert_eq!(place.of(text), "cd");
    assert_eq!(fence.file_span(Span::new(0, 6)).of(text), "a\n>\n>   bcd");
    let past = fence.file_span(Span::new(90, 99));
    assert!(past.is_empty() && text[..past.range().start].ends_with("bcd"));
    assert_eq!(
        outline("```rust,ignore\nx\n```\n\n~~~\ny\n~~~\n", 0, &Limits::default())
            .fences
            .iter()
            .map(|f| f.language.as_str())
            .collect::<Vec<_>>(),
        ["rust", ""]
    );
}

#[test]
fn comments_anchors_and_code_have_places() {
    let text = "a <!-- b --> <a id=\"x\"></a> `c`\n\n> <!-- d\n> e -->\n\nf[^1]\n\n[^1]: <a name='y'>\n\n    g\n";
    let shape = outline(text, 0, &Limits::default());
    assert_eq!(parts(text, shape.comments.iter().copied()), ["<!-- b -->", "<!-- d\n> e -->"]);
    let anchors: Vec<&str> = shape.anchors.iter().map(|anchor| anchor.value.as_str()).collect();
    assert_eq!(anchors, ["x", "fn:1", "y"]);
    assert_eq!(shape.anchors[0].span.of(text), "x");
    assert_eq!(shape.code[0].of(text), "`c`");
    assert!(shape.has_anchor("y"));
}

#[test]
fn the_summary_is_the_first_prose() {
    let summary = |text| outline(text, 0, &Limits::default()).summary();
    assert_eq!(summary("# T\n\n![x](y)\n\n> quote\n\n- item\n\nThe *first* [one](x)\nhere.\n"), "The first one here.");
    assert_eq!(summary("```\ncode\n```\n"), "");
    // What a template asks for says nothing of the record.
    let template = outline("# T\n\n{what hurts *today*}\n\n{a} is not {b}\n", 0, &Limits::default());
    assert_eq!(template.summary(), "{a} is not {b}");
}
