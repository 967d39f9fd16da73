//! Which declarations win on each element of a drawing.

use super::stylesheet::{Attribute, Declaration, Sheet, Step, declarations};
use roxmltree::{Document, Node};

/// Properties and values of one element.
pub(super) type Style<'a> = Vec<(&'a str, &'a str)>;

/// What the cascade gives every element of a document, by the element's number.
#[derive(Debug)]
pub(super) struct Styles<'a> {
    by_node: Vec<Style<'a>>,
}

/// Presentation attributes: properties that SVG also takes as attributes, below every rule.
const PRESENTATION: &[&str] = &[
    "fill",
    "stroke",
    "color",
    "stop-color",
    "flood-color",
    "fill-opacity",
    "fill-rule",
    "stroke-width",
    "stroke-opacity",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stop-opacity",
    "flood-opacity",
    "opacity",
    "font-size",
    "font-family",
    "font-weight",
    "font-style",
    "text-anchor",
    "text-decoration",
    "dominant-baseline",
    "alignment-baseline",
    "baseline-shift",
    "letter-spacing",
    "display",
    "visibility",
    "filter",
    "mask",
    "clip-path",
    "clip-rule",
    "marker-start",
    "marker-mid",
    "marker-end",
    "shape-rendering",
    "paint-order",
    "vector-effect",
    "overflow",
    "rx",
    "ry",
];

/// Whether SVG takes this property as an attribute.
pub(super) fn is_presentation(property: &str) -> bool {
    PRESENTATION.contains(&property)
}

impl<'a> Styles<'a> {
    /// Works out the cascade: presentation attributes, then rules by weight and order, then `style` attributes.
    pub(super) fn of(document: &'a Document<'_>, sheet: &Sheet<'a>) -> Styles<'a> {
        let mut by_node = Vec::new();
        for node in document.descendants() {
            by_node.push(if node.is_element() { style(node, sheet) } else { Style::new() });
        }
        Styles { by_node }
    }

    /// All properties of an element.
    pub(super) fn style(&self, node: Node<'_, '_>) -> &[(&'a str, &'a str)] {
        self.by_node.get(node.id().get_usize()).map_or(&[], Vec::as_slice)
    }

    /// One property of an element, when it has it itself.
    pub(super) fn value(&self, node: Node<'_, '_>, property: &str) -> Option<&'a str> {
        self.style(node).iter().find(|(name, _)| *name == property).map(|(_, value)| *value)
    }
}

fn style<'a>(node: Node<'a, '_>, sheet: &Sheet<'a>) -> Style<'a> {
    let mut won: Vec<((bool, u32, usize), Declaration<'a>)> = Vec::new();
    let classes = node.attribute("class").unwrap_or("");
    for (place, rule) in sheet.candidates(node.tag_name().name(), classes) {
        if fits(node, &rule.steps) {
            let weigh = |declaration: &Declaration<'a>| (declaration.important, rule.specificity, place);
            won.extend(sheet.declarations(rule).iter().map(|declaration| (weigh(declaration), *declaration)));
        }
    }
    let own = node.attribute("style").unwrap_or("");
    won.extend(declarations(own).map(|declaration| ((declaration.important, u32::MAX, usize::MAX), declaration)));
    won.sort_by_key(|(weight, _)| *weight);
    let mut style: Style<'a> = node
        .attributes()
        .filter(|attribute| is_presentation(attribute.name()))
        .map(|attribute| (attribute.name(), attribute.value()))
        .collect();
    for (_, Declaration { property, value, .. }) in won {
        match style.iter_mut().find(|(name, _)| *name == property) {
            Some(entry) => entry.1 = value,
            None => style.push((property, value)),
        }
    }
    style
}

/// Whether an element and its ancestors are what a selector asks for, innermost first.
fn fits(node: Node<'_, '_>, steps: &[Step<'_>]) -> bool {
    let mut at = Some(node);
    let mut anywhere = false;
    for step in steps {
        loop {
            let Some(here) = at else { return false };
            at = here.parent_element();
            if matches(here, step) {
                break;
            }
            if !anywhere {
                return false;
            }
        }
        anywhere = !step.child;
    }
    true
}

fn matches(node: Node<'_, '_>, step: &Step<'_>) -> bool {
    let classes = || node.attribute("class").unwrap_or("").split_ascii_whitespace();
    step.name.is_none_or(|name| node.tag_name().name() == name)
        && step.id.is_none_or(|id| node.attribute("id") == Some(id))
        && step.classes.iter().all(|class| classes().any(|own| own == *class))
        && step.attributes.iter().all(|attribute| match attribute {
            Attribute::Present(name) => node.has_attribute(*name),
            Attribute::Is(name, value) => node.attribute(*name) == Some(value),
            Attribute::EndsWith(name, end) => node.attribute(*name).is_some_and(|value| value.ends_with(end)),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(css: &str, svg: &str, property: &str) -> Option<String> {
        let document = Document::parse(svg).unwrap();
        let styles = Styles::of(&document, &Sheet::parse(css));
        let rect = document.descendants().find(|node| node.has_tag_name("rect")).unwrap();
        styles.value(rect, property).map(str::to_owned)
    }

    #[test]
    fn weight_then_order_decides() {
        let svg = r#"<svg id="d"><g class="node big"><rect class="box" fill="white"/></g></svg>"#;
        assert_eq!(value("", svg, "fill").as_deref(), Some("white"));
        assert_eq!(
            value("#d rect{fill:red}#d .box{fill:blue}#d rect{fill:lime}", svg, "fill").as_deref(),
            Some("blue")
        );
        assert_eq!(value("#d .box{fill:blue}#d .box{fill:lime}", svg, "fill").as_deref(), Some("lime"));
        assert_eq!(value("#d rect{fill:red!important}#d .box{fill:blue}", svg, "fill").as_deref(), Some("red"));
    }

    #[test]
    fn ancestors_and_parents_are_told_apart() {
        let svg = r#"<svg id="d"><g class="node"><g><rect style="stroke:red"/></g></g></svg>"#;
        assert_eq!(value("#d .node rect{fill:red}", svg, "fill").as_deref(), Some("red"));
        assert_eq!(value("#d .node>rect{fill:red}", svg, "fill"), None);
        assert_eq!(value("#d rect{stroke:blue}", svg, "stroke").as_deref(), Some("red"));
    }
}
