//! Properties as what a strict Content-Security-Policy allows: presentation attributes, and classes of `diagram.css`.

use super::colour::Rgba;
use super::drawing::PLACEHOLDER;
use std::borrow::Cow;

/// Attributes and classes that an element gets for its style.
#[derive(Debug, Default)]
pub(super) struct Paint<'a> {
    pub(super) attributes: Vec<(&'a str, Cow<'a, str>)>,
    pub(super) classes: Vec<Cow<'static, str>>,
}

/// Functions that a value may call; none of them fetches anything.
const FUNCTIONS: &[&str] = &["rgb", "rgba", "hsl", "hsla", "url", "drop-shadow"];

/// Declarations that HTML labels need, and the class for each.
const LABEL_CLASSES: &[(&str, &str, &str)] = &[
    ("text-align", "center", "dg-center"),
    ("text-align", "left", "dg-start"),
    ("text-align", "start", "dg-start"),
    ("text-align", "right", "dg-end"),
    ("font-weight", "bold", "dg-bold"),
    ("font-weight", "bolder", "dg-bold"),
    ("font-weight", "700", "dg-bold"),
    ("font-style", "italic", "dg-italic"),
    ("vertical-align", "middle", "dg-middle"),
    ("display", "table", "dg-table"),
    ("white-space", "break-spaces", "dg-wrap"),
    ("height", "100%", "dg-tall"),
];

impl<'a> Paint<'a> {
    /// The style of an element of SVG.
    pub(super) fn svg(style: &[(&'a str, &'a str)]) -> Paint<'a> {
        let mut paint = Paint::default();
        for (property, value) in style {
            paint.svg_property(property, value);
        }
        paint
    }

    /// The style of an element of HTML inside a label; its colour is the label's, see [`Paint::inherit`].
    pub(super) fn html(style: &[(&'a str, &'a str)]) -> Paint<'a> {
        let mut paint = Paint::default();
        for (property, value) in style {
            match *property {
                "background" | "background-color" => paint.background(value),
                _ => paint.class_of(property, value),
            }
        }
        paint
    }

    /// What a whole label takes over, set on its `foreignObject`: HTML has no presentation attributes, but inherits.
    pub(super) fn inherit(&mut self, property: &'a str, value: &'a str) {
        match property {
            "color" if Rgba::parse(value).is_some_and(|colour| colour.role() == Some("text")) => {}
            "color" => self.colour(property, "dg-c", value),
            _ => self.svg_property(property, value),
        }
    }

    /// Lets the dark scheme mix an author's fill into its own ground.
    pub(super) fn dim(&mut self) {
        for (_, value) in self.attributes.iter_mut().filter(|(name, value)| *name == "fill" && *value != "none") {
            *value = format!("light-dark({value}, color-mix(in srgb, {value} 25%, transparent))").into();
        }
    }

    fn svg_property(&mut self, property: &'a str, value: &'a str) {
        match property {
            "fill" => self.colour(property, "dg-f", value),
            // The ticks of axes take the page's colour of text, and would be as loud as the data.
            "stroke" if value == "currentColor" => self.classes.push("dg-s-grid".into()),
            "stroke" => self.colour(property, "dg-s", value),
            // Only labels have a colour of text; they get it from `inherit`.
            "color" => {}
            "stop-color" | "flood-color" => self.attribute(property, value),
            "stroke-dasharray" if is_solid(value) => {}
            "font-family" if value.contains("Liberation Sans") => {}
            "overflow" => {}
            "filter" if value == "none" => {}
            "rx" | "ry" => self.attribute(property, value.trim_end_matches("px")),
            "text-align" => self.class_of(property, value),
            "mix-blend-mode" if value == "multiply" => self.classes.push("dg-multiply".into()),
            "transform" if value.contains("45deg") => self.classes.push("dg-milestone".into()),
            "animation" if value.contains("50s") => self.classes.push("dg-slow".into()),
            "animation" if value.contains("20s") => self.classes.push("dg-fast".into()),
            _ if super::cascade::is_presentation(property) => self.attribute(property, value),
            _ => {}
        }
    }

    /// A colour of the site's as a class; of the author's or the renderer's as an attribute.
    fn colour(&mut self, property: &'a str, prefix: &str, value: &'a str) {
        let Some(colour) = Rgba::parse(value) else { return self.attribute(property, value) };
        match colour.role() {
            Some(role) => {
                self.classes.push(format!("{prefix}-{role}").into());
                if colour.translucent() && property == "fill" {
                    self.attributes.push(("fill-opacity", format!("{}", colour.alpha()).into()));
                }
            }
            None => self.attributes.push((property, colour.hex().into())),
        }
    }

    fn background(&mut self, value: &str) {
        let Some(colour) = Rgba::parse(value) else { return };
        let strength = if colour.translucent() { "dg-b-soft" } else { "dg-b" };
        self.classes.push(format!("{strength}-{}", colour.role().unwrap_or("label")).into());
    }

    fn class_of(&mut self, property: &str, value: &str) {
        let known = LABEL_CLASSES.iter().find(|(name, of, _)| *name == property && *of == value);
        if let Some((.., class)) = known {
            self.classes.push((*class).into());
        }
    }

    fn attribute(&mut self, property: &'a str, value: &'a str) {
        if let Some(value) = safe(value) {
            self.attributes.push((property, value));
        }
    }
}

/// Whether a pattern of dashes draws a plain line.
fn is_solid(value: &str) -> bool {
    matches!(value, "0" | "none" | "1, 0" | "1 0" | "1,0")
}

/// A value that calls nothing but known functions and points only into the drawing; `None` for any other.
pub(super) fn safe(value: &str) -> Option<Cow<'_, str>> {
    if value.is_empty() || value.contains(['\\', '<', '>', '{', '}', ';', '@']) {
        return None;
    }
    if matches!(value, "revert" | "initial" | "unset" | "inherit") {
        return None;
    }
    let mut calls = value.split('(');
    let last = calls.next_back();
    for before in calls {
        let name = before.rsplit([' ', ',', ')']).next().unwrap_or("");
        if !FUNCTIONS.contains(&name) {
            return None;
        }
    }
    if !value.contains("url(") {
        return Some(Cow::Borrowed(value));
    }
    let target = value.strip_prefix("url(").and(last)?.strip_suffix(')')?.trim_matches(['"', '\'']);
    Some(Cow::Owned(format!("url(#{})", scoped(target.strip_prefix('#')?))))
}

/// An id that cannot meet another diagram's.
pub(super) fn scoped(id: &str) -> Cow<'_, str> {
    if id.starts_with(PLACEHOLDER) { Cow::Borrowed(id) } else { Cow::Owned(format!("{PLACEHOLDER}-{id}")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_fetch_nothing() {
        assert_eq!(safe("url(#a)").as_deref(), Some("url(#diagram-id-placeholder-a)"));
        assert_eq!(safe("url(https://example.org/x)"), None);
        assert_eq!(safe("image-set('a' 1x)"), None);
        assert_eq!(safe("u\\72l(#a)"), None);
        assert_eq!(safe("red url(#a)"), None);
        assert_eq!(safe("drop-shadow(1px 2px rgba(0,0,0,.5))").as_deref(), Some("drop-shadow(1px 2px rgba(0,0,0,.5))"));
    }

    #[test]
    fn colours_of_the_site_become_classes() {
        let paint = Paint::svg(&[("fill", "#a11d01"), ("stroke", "#ef4444"), ("stroke-dasharray", "1, 0")]);
        assert_eq!(paint.classes, ["dg-f-canvas"]);
        assert_eq!(paint.attributes, [("stroke", Cow::Borrowed("#ef4444"))]);
    }
}
