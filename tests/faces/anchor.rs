//! Old names of headings: links keep working, and none leads to two places.

use crate::published::publish;

fn findings(text: &str) -> Vec<String> {
    publish([("content/handbook/x.md", text)]).findings("broken-anchor")
}

#[test]
fn a_heading_keeps_its_old_names() {
    let text = "# X\n\n## How we escalate <a id=\"the-ladder\"></a><a id=\"steps\"></a>\n\nWe do.\n";
    let site = publish([
        ("content/handbook/x.md", text),
        ("content/handbook/y.md", "# Y\n\n[a](x.md#the-ladder) [b](x.md#steps) [c](x.md#how-we-escalate)\n"),
    ]);
    assert_eq!(site.findings("broken-anchor"), Vec::<String>::new());
    let html = site.text("handbook/x.html");
    let heading = html.split("<h2 id=\"how-we-escalate\">").nth(1).unwrap().split("</h2>").next().unwrap();
    assert!(heading.contains("<a id=\"the-ladder\"></a><a id=\"steps\"></a>"), "{heading}");
    let toc = html.matches("href=\"#how-we-escalate\"").count();
    assert!(toc >= 1 && !html.contains("the-ladder&quot;"), "{html}");
    assert!(site.text("handbook/y.html").contains("x.html#the-ladder\""));
}

#[test]
fn an_anchor_beside_its_own_heading_is_no_second_place() {
    for text in [
        "# X\n\n<a name=\"old\"></a>\n## Old\n\nx\n",
        "# X\n\n<a id=\"old\"></a>\n\n## Old\n\nx\n",
        "# X\n\n<p><a id=\"old\"></a></p>\n\n## Old\n\nx\n",
        "# X\n\n## Old <a id=\"old\"></a>\n\nx\n",
        "# X\n\n## <a id=\"old\"></a>Old\n\nx\n",
    ] {
        assert_eq!(findings(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn an_anchor_that_leads_to_two_places_is_found() {
    for text in [
        "# X\n\n## Old\n\nx\n\n## New <a id=\"old\"></a>\n\nx\n",
        "# X\n\n## New <a id=\"old\"></a>\n\nx\n\n## Old\n\nx\n",
        "# X\n\n<a id=\"old\"></a>Words.\n\n## Old\n\nx\n",
        "# X\n\n## A <a id=\"old\"></a>\n\nx\n\n## B <a id=\"old\"></a>\n\nx\n",
    ] {
        assert_eq!(findings(text), ["`#old` names two places in this page"], "{text}");
    }
}
