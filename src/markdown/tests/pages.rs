//! What a page says for each thing that Markdown can say.

use super::sample::{Known, options, page, render, render_with};
use crate::markdown::diagram::Diagrams;
use crate::markdown::html::html;
use crate::markdown::limits::Limits;
use crate::markdown::options::{Options, RawHtml};
use crate::markdown::survey::outline;

#[test]
fn the_first_heading_is_the_title() {
    let text = "# Use *queues*\n\n## Why\n\n## Why\n";
    let html = render(text);
    assert_eq!(html.title.as_deref(), Some("Use <em>queues</em>"));
    assert_eq!(
        html.body,
        "<h2 id=\"why\">Why <a class=\"anchor\" href=\"#why\" aria-label=\"Link to this section\">#</a></h2>\n\
         <h2 id=\"why-1\">Why <a class=\"anchor\" href=\"#why-1\" aria-label=\"Link to this section\">#</a></h2>\n"
    );
}

#[test]
fn several_first_headings_move_down() {
    let body = page("# One\n\n## Two {#x}\n\n# Three\n\n###### Six\n");
    assert!(
        body.contains("<h3 id=\"x\">Two ")
            && body.contains("<h2 id=\"three\">Three ")
            && body.contains("<h6 id=\"six\">")
    );
    assert!(!body.contains("<h1"));
    let body = page("## Two\n\n# One\n");
    assert!(body.contains("<h3 id=\"two\">") && body.contains("<h2 id=\"one\">"));
}

#[test]
fn words_between_braces_are_shown_in_a_heading() {
    let html = render("# {short title}\n\n## {title of option 1}\n\n## GET /users/{id}\n");
    assert_eq!(html.title.as_deref(), Some("{short title}"));
    assert!(html.body.contains("<h2 id=\"title-of-option-1\">{title of option 1} "), "{}", html.body);
    assert!(html.body.contains("<h2 id=\"get-usersid\">GET /users/{id} "), "{}", html.body);
}

#[test]
fn tables_scroll_and_align_by_class() {
    assert_eq!(
        page("| a | b |\n|---|--:|\n| 1 | 2 |\n"),
        "<div class=\"table-scroll\" role=\"region\" aria-label=\"Table\" tabindex=\"0\"><table>\n\
         <thead><tr><th scope=\"col\">a</th><th scope=\"col\" class=\"align-right\">b</th></tr></thead>\n\
         <tbody>\n<tr><td>1</td><td class=\"align-right\">2</td></tr>\n</tbody></table></div>\n"
    );
}

#[test]
fn every_table_has_a_name_of_its_own() {
    let table = "| a |\n|---|\n| 1 |\n\n";
    let body = page(&format!("{table}## Cost & *more*\n\n{table}{table}## Cost & more\n\n{table}"));
    let labels = body.split("aria-label=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let names: Vec<&str> = labels.filter(|label| label.starts_with("Table")).collect();
    assert_eq!(names, ["Table", "Table: Cost &amp; more", "Table 2: Cost &amp; more", "Table 3: Cost &amp; more"]);
}

#[test]
fn a_cell_in_which_nothing_stands_heads_no_column() {
    let html = page("| | b |\n|--:|---|\n| a | |\n");
    assert!(html.contains("<thead><tr><td></td><th scope=\"col\">b</th></tr></thead>"), "{html}");
    assert!(html.contains("<tr><td class=\"align-right\">a</td><td></td></tr>"), "{html}");
}

#[test]
fn alerts_tasks_lists_and_definitions() {
    assert_eq!(
        page("> [!WARNING]\n> Hot\n"),
        "<aside class=\"alert alert-warning\"><p class=\"alert-title\">Warning</p>\n<p>Hot</p>\n</aside>\n"
    );
    assert_eq!(
        page("- [x] a\n- [ ] b\n"),
        "<ul>\n<li class=\"task\"><input type=\"checkbox\" disabled checked aria-label=\"done\"> a</li>\n\
         <li class=\"task\"><input type=\"checkbox\" disabled aria-label=\"not done\"> b</li>\n</ul>\n"
    );
    assert_eq!(
        page("- [x] a\n\n- b\n"),
        "<ul>\n<li class=\"task\"><p><input type=\"checkbox\" disabled checked aria-label=\"done\"> a</p>\n</li>\n\
         <li><p>b</p>\n</li>\n</ul>\n"
    );
    assert_eq!(page("3. a\n4. b\n"), "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>\n");
    // With letters from right to left in it, a text says that lists and quotes have their marks where their words begin.
    assert_eq!(
        page("3. שלום\n\n> سلام\n"),
        "<ol start=\"3\" dir=\"auto\">\n<li>שלום</li>\n</ol>\n<blockquote dir=\"auto\">\n<p>سلام</p>\n</blockquote>\n"
    );
    assert_eq!(page("term\n: meaning\n"), "<dl>\n<dt>term</dt>\n<dd>meaning</dd>\n</dl>\n");
}

#[test]
fn footnotes_are_numbered_by_reference_and_lead_back() {
    let body = page("b[^b] a[^a] b[^b]\n\n[^a]: A\n\n[^b]: B\n\n[^c]: C\n");
    assert_eq!(
        body,
        "<p>b<sup class=\"footnote-ref\"><a href=\"#fn:b\" id=\"fnref:b\" role=\"doc-noteref\">1</a></sup> \
         a<sup class=\"footnote-ref\"><a href=\"#fn:a\" id=\"fnref:a\" role=\"doc-noteref\">2</a></sup> \
         b<sup class=\"footnote-ref\"><a href=\"#fn:b\" id=\"fnref:b:2\" role=\"doc-noteref\">1</a></sup></p>\n\
         <section class=\"footnotes\" aria-label=\"Footnotes\"><ol>\n\
         <li id=\"fn:b\"><p>B <a class=\"footnote-back\" href=\"#fnref:b\" aria-label=\"Back to reference 1\">↩</a> \
         <a class=\"footnote-back\" href=\"#fnref:b:2\" aria-label=\"Back to reference 2\">↩<sup>2</sup></a></p></li>\n\
         <li id=\"fn:a\"><p>A <a class=\"footnote-back\" href=\"#fnref:a\" aria-label=\"Back to reference 1\">↩</a></p></li>\n\
         <li><p>C</p></li>\n</ol></section>\n"
    );
}

#[test]
fn images_load_lazily_and_a_titled_one_alone_is_a_figure() {
    assert_eq!(
        page("See ![a *b* \"c\"](x.png \"T\")\n"),
        "<p>See <img src=\"/x.png\" alt=\"a b &quot;c&quot;\" loading=\"lazy\" decoding=\"async\" title=\"T\"></p>\n"
    );
    assert_eq!(
        page("![a](x.png \"The <T>\")\n"),
        "<figure><img src=\"/x.png\" alt=\"a\" loading=\"lazy\" decoding=\"async\"><figcaption>The &lt;T&gt;</figcaption></figure>\n"
    );
    assert_eq!(page("![alone](missing.png)\n"), "<p><span class=\"broken-image\">alone</span></p>\n");
}

#[test]
fn links_lead_where_the_caller_says() {
    assert_eq!(page("[a](b.md#c \"t\")\n"), "<p><a href=\"b/#c\" title=\"t\">a</a></p>\n");
    assert_eq!(page("[a](missing.md)\n"), "<p><span class=\"broken-link\">a</span></p>\n");
    assert_eq!(
        page("<https://e.org> https://e.org/x.\n"),
        "<p><a href=\"https://e.org\" rel=\"noopener noreferrer\">https://e.org</a> \
         <a href=\"https://e.org/x\" rel=\"noopener noreferrer\">https://e.org/x</a>.</p>\n"
    );
    assert_eq!(page("<a@e.org>\n"), "<p><a href=\"mailto:a@e.org\">a@e.org</a></p>\n");
}

#[test]
fn identifiers_become_links() {
    let link = "<a href=\"/adr/7/\" class=\"record\" title=\"Use queues\">";
    assert_eq!(
        page("ADR-7, ADR-8, `ADR-7`, [ADR-7], [ADR-8], [why][ADR-7], [ADR-7](b.md)\n"),
        format!(
            "<p>{link}ADR-7</a>, ADR-8, <code>ADR-7</code>, {link}ADR-7</a>, [ADR-8], {link}why</a>, <a href=\"b/\">ADR-7</a></p>\n"
        )
    );
}

#[test]
fn formulas_are_mathml_and_money_is_not() {
    let body = page("$x^2$ and\n\n$$\\frac{1}{2}$$\n");
    assert!(
        body.starts_with("<p><math display=\"inline\">") && body.contains("<msup><mi>x</mi><mn>2</mn></msup>"),
        "{body}"
    );
    assert!(body.contains("<math display=\"block\">") && body.contains("<mfrac>"));
    assert_eq!(page("from $5M to $10M, $5-$10 or US$5 to US$6\n"), "<p>from $5M to $10M, $5-$10 or US$5 to US$6</p>\n");
    let html = render("$\\nosuch{x}$");
    assert_eq!(html.body, "<p><code class=\"math\">\\nosuch{x}</code></p>\n");
    assert_eq!(html.problems.len(), 1);
    assert_eq!(render("$\\def\\a{\\a\\a}\\a$").problems.len(), 1);
}

#[test]
fn code_is_coloured_by_classes() {
    assert_eq!(
        page("```nosuch\n<a>\n```\n"),
        "<pre class=\"code\" tabindex=\"0\"><code class=\"language-nosuch\">&lt;a&gt;\n</code></pre>\n"
    );
    let body = page("```rust\nlet x = \"<\"; // c\n```\n");
    assert!(
        body.starts_with("<pre class=\"code\" tabindex=\"0\"><code class=\"language-rust\"><span class=\"k"),
        "{body}"
    );
    assert!(
        body.contains("&lt;") && body.ends_with("</span>\n</code></pre>\n")
            || body.ends_with("\n</span></code></pre>\n"),
        "{body}"
    );
    assert_eq!(page("    a < b\n"), "<pre class=\"code\" tabindex=\"0\"><code>a &lt; b\n</code></pre>\n");
    let hostile = render("```\"onload=x\nx\n```\n");
    assert_eq!(hostile.body, "<pre class=\"code\" tabindex=\"0\"><code>x\n</code></pre>\n");
    assert_eq!(hostile.plain.len(), 1);
}

#[test]
fn an_undrawn_diagram_keeps_its_source() {
    let html = render("```mermaid\na --> b\n```\n");
    assert_eq!(html.body, "<pre class=\"mermaid\">a --&gt; b\n</pre>\n");
    assert!(html.undrawn);
}

#[test]
fn the_body_starts_after_the_front_matter() {
    let text = "---\nid: x\n---\n# T\n\n$\\nosuch$\n";
    let shape = outline(text, 14, &Limits::default());
    let diagrams = Diagrams::default();
    let html = html(text, 14, &shape, &options(RawHtml::Sanitise), &diagrams, &Known);
    assert_eq!(html.title.as_deref(), Some("T"));
    assert_eq!(html.problems[0].span.of(text), "$\\nosuch$");
}

#[test]
fn raw_html_may_pass_or_be_shown() {
    let text = "<b onclick=x>\n\na <i>b\n";
    assert_eq!(render_with(text, &options(RawHtml::Allow)).body, "<b onclick=x>\n<p>a <i>b</p>\n");
    assert_eq!(render_with(text, &options(RawHtml::Escape)).body, "<p>&lt;b onclick=x&gt;</p>\n<p>a &lt;i&gt;b</p>\n");
}

#[test]
fn an_opening_heading_may_stay() {
    let kept = Options { keep_title: true, ..options(RawHtml::Sanitise) };
    let html = render_with("# Not the title\n\n## Two\n", &kept);
    assert_eq!(html.title, None);
    assert!(
        html.body.starts_with("<h2 id=\"not-the-title\">") && html.body.contains("<h3 id=\"two\">"),
        "{}",
        html.body
    );
}

#[cfg(feature = "diagrams")]
#[test]
fn a_diagram_is_a_figure_with_its_source() {
    let text = "# Diagram 1\n\n## Diagram 1 {#diagram-1}\n\n```mermaid\nflowchart LR\n  a --> b\n```\n";
    let html = render_with(text, &Options::default());
    let (before, after) = html.body.split_once("<svg").expect("a drawing");
    assert!(before.ends_with(
        "<figure class=\"diagram\" aria-labelledby=\"diagram-2-caption\">\
         <div class=\"diagram-scroll\" role=\"group\" aria-labelledby=\"diagram-2-caption\" tabindex=\"0\">"
    ));
    assert!(after.ends_with(
        "</svg></div><figcaption id=\"diagram-2-caption\">Flowchart</figcaption>\
         <details class=\"diagram-source\"><summary>Diagram source</summary><pre tabindex=\"0\"><code class=\"language-mermaid\">\
         flowchart LR\n  a --&gt; b\n</code></pre></details></figure>\n"
    ));
    assert!(!after.contains("placeholder") && after.contains("diagram-2") && !html.undrawn && html.problems.is_empty());
}

#[cfg(feature = "diagrams")]
#[test]
fn a_broken_diagram_says_where() {
    let text = "> ```mermaid\n> flowchart LR\n>   a --> b[x (y)]\n> ```\n";
    let html = render_with(text, &Options::default());
    assert!(
        html.body.contains("<figure class=\"diagram diagram--broken\"><p class=\"diagram-problem\">"),
        "{}",
        html.body
    );
    assert!(html.body.contains("<pre class=\"mermaid\">flowchart LR\n"));
    let place = html.problems[0].span;
    assert!(text[..place.start as usize].lines().count() == 3, "{:?}", html.problems);
}
