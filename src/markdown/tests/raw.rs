//! What the sanitiser lets through.

use super::sample::page;

#[test]
fn harmless_elements_pass_without_attributes() {
    assert_eq!(page("a <kbd style=x>b</kbd> <br/> c\n"), "<p>a <kbd>b</kbd> <br> c</p>\n");
    assert_eq!(
        page("<details open>\n<summary>S</summary>\n\ntext\n\n</details>\n\nafter\n"),
        "<details open>\n<summary>S</summary>\n<p>text</p>\n</details>\n<p>after</p>\n"
    );
    assert_eq!(
        page("<table><tr><td onclick=x>&lt; A &amp; B</td></tr></table>\n"),
        "<table><tr><td>&lt; A &amp; B</td></tr></table>\n"
    );
    assert_eq!(page("|a|\n|-|\n|<ul><li>x</li></ul>|\n").matches("<ul><li>x</li></ul>").count(), 1);
}

#[test]
fn anchors_wrap_nothing() {
    assert_eq!(page("a <a name=\"x\">b</a> c\n"), "<p>a <a id=\"x\"></a>b c</p>\n");
    assert_eq!(page("<a href=\"y\">b</a>\n"), "<p>&lt;a href=\"y\"&gt;b&lt;/a&gt;</p>\n");
}

#[test]
fn unclosed_elements_end_with_their_block() {
    assert_eq!(page("a <b>b\n\nc\n"), "<p>a <b>b</b></p>\n<p>c</p>\n");
    assert_eq!(page("- <details>\n\n  x\n- y\n").matches("</details></li>").count(), 1);
    assert_eq!(page("> <div>\n\nafter\n"), "<blockquote>\n<div>\n</div></blockquote>\n<p>after</p>\n");
    assert_eq!(page("*a <b>b* c</b>\n"), "<p><em>a <b>b</b></em> c&lt;/b&gt;</p>\n");
    assert_eq!(page("<p align=center>a\n\nb\n\n</p>\n"), "<p>a\n</p><p>b</p>\n");
}

#[test]
fn comments_vanish_and_placeholders_are_shown() {
    assert_eq!(page("a <!-- b --> c\n\n<!-- d\n\ne -->\n"), "<p>a  c</p>\n");
    assert_eq!(page("Decided on <date>.\n"), "<p>Decided on &lt;date&gt;.</p>\n");
    assert_eq!(page("<your text here>\n"), "<p>&lt;your text here&gt;</p>\n");
    assert_eq!(page("<!-- open\n\nlost?\n"), "<p>&lt;!-- open\n\nlost?</p>\n");
}

#[test]
fn raw_images_ask_where_they_are() {
    assert_eq!(
        page("<img src=\"a.png\" alt=\"A\" width=\"10\" onerror=\"x\">\n"),
        "<img src=\"/a.png\" alt=\"A\" loading=\"lazy\" decoding=\"async\" width=\"10\">\n"
    );
}
