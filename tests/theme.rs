//! A theme that goes wrong, or was made to: it may decide what a page holds, and nothing else.

#![allow(dead_code, clippy::unwrap_used, clippy::panic, reason = "a test may stop where it is")]

mod published;

#[test]
fn a_template_that_goes_wrong_stops_the_build_with_its_place() {
    let endless = format!(
        "{{% for i in range(end=90000) %}}{{% for j in range(end=90000) %}}{}{{% endfor %}}{{% endfor %}}",
        "x".repeat(20_000)
    );
    for (template, says) in [
        (endless.as_str(), "the page is longer than 96 MiB: a template writes without end"),
        ("{% for i in range(end=1000000000) %}x{% endfor %}", "exceeds the limit"),
        ("{{ 1/0 }}", "Cannot divide by 0"),
        ("{{ nosuch.x }}", "theme/templates/record.html:1:4"),
        ("{{ throw(message=\"no such page\") }}", "no such page"),
    ] {
        let files = [
            ("precedent.toml", "[paths]\ntheme = \"theme\"\n"),
            ("content/adr/0001-a.md", "# A\n"),
            ("theme/templates/record.html", template),
        ];
        let message = published::refused(files);
        assert!(message.contains(says) && message.contains("adr/0001-a.html"), "{template:.50}: {message}");
    }
}

#[test]
fn what_a_template_lists_by_name_comes_in_the_same_order_in_every_build() {
    let listed = || {
        let site = published::publish([
            ("precedent.toml", "[paths]\ntheme = \"theme\"\n"),
            ("theme/templates/404.html", "{% for name, value in site %}{{ name }} {% endfor %}"),
        ]);
        site.text("404.html")
    };
    assert_eq!(listed(), "title description language repository footer policy search cards look navigation ");
}
