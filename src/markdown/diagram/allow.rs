//! What may stand in a drawing: elements, attributes and addresses; everything else is dropped.

/// Elements of SVG that draw, and none that runs, fetches or embeds.
const SVG: &[&str] = &[
    "svg",
    "g",
    "defs",
    "marker",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "textPath",
    "title",
    "desc",
    "clipPath",
    "mask",
    "pattern",
    "linearGradient",
    "radialGradient",
    "stop",
    "symbol",
    "use",
    "switch",
    "filter",
    "feDropShadow",
    "feFlood",
    "feComposite",
    "feGaussianBlur",
    "feOffset",
    "feMerge",
    "feMergeNode",
    "foreignObject",
    "a",
];

/// Elements of HTML that labels are made of.
const HTML: &[&str] = &[
    "div", "span", "p", "br", "b", "strong", "i", "em", "u", "s", "sub", "sup", "small", "code", "pre", "ul", "ol",
    "li", "a", "hr", "mark", "del", "ins", "kbd",
];

/// Attributes that place, measure or describe; those of style are `cascade::is_presentation`.
const ATTRIBUTES: &[&str] = &[
    "d",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "cx",
    "cy",
    "r",
    "fx",
    "fy",
    "dx",
    "dy",
    "width",
    "height",
    "viewBox",
    "transform",
    "transform-origin",
    "points",
    "rotate",
    "textLength",
    "lengthAdjust",
    "preserveAspectRatio",
    "markerWidth",
    "markerHeight",
    "markerUnits",
    "refX",
    "refY",
    "orient",
    "offset",
    "gradientUnits",
    "gradientTransform",
    "patternUnits",
    "patternTransform",
    "filterUnits",
    "in",
    "in2",
    "result",
    "operator",
    "stdDeviation",
    "startOffset",
    "role",
    "lang",
    "dir",
];

/// Which language an element belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tongue {
    /// Shapes and text.
    Svg,
    /// Inside a label.
    Html,
}

/// The language of an allowed element; `None` for every other.
pub(super) fn element(namespace: &str, name: &str) -> Option<Tongue> {
    match namespace {
        "http://www.w3.org/2000/svg" if SVG.contains(&name) => Some(Tongue::Svg),
        "http://www.w3.org/2000/svg" | "http://www.w3.org/1999/xhtml" if HTML.contains(&name) => Some(Tongue::Html),
        _ => None,
    }
}

/// Whether an attribute may stay as it is.
pub(super) fn attribute(name: &str) -> bool {
    ATTRIBUTES.contains(&name) || matches!(name, "aria-roledescription" | "aria-label" | "aria-hidden")
}

/// Whether a link leads to a page, a part of this one, or a mailbox, and runs nothing.
pub(super) fn address(value: &str) -> bool {
    let bare: String =
        value.chars().filter(|character| !character.is_whitespace() && !character.is_control()).collect();
    let lower = bare.to_ascii_lowercase();
    let scheme = lower.split(['/', '?', '#']).next().unwrap_or("").split_once(':').map(|(scheme, _)| scheme);
    !lower.starts_with("//") && !lower.contains('\\') && matches!(scheme, None | Some("http" | "https" | "mailto"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_run_or_hide_are_refused() {
        for bad in
            ["javascript:alert(1)", "java\nscript:x", " DATA:text/html,x", "//evil.example", "vbscript:x", "\\\\x"]
        {
            assert!(!address(bad), "{bad}");
        }
        for good in ["https://example.org/a:b", "mailto:a@example.org", "../adr/1.md", "#part", "/rfc/2?x=a:b"] {
            assert!(address(good), "{good}");
        }
    }

    #[test]
    fn elements_that_act_are_not_listed() {
        let svg = "http://www.w3.org/2000/svg";
        for bad in ["script", "image", "animate", "set", "style", "iframe", "img", "feImage"] {
            assert_eq!(element(svg, bad), None, "{bad}");
        }
        assert_eq!(element("http://www.w3.org/1999/xhtml", "span"), Some(Tongue::Html));
    }
}
