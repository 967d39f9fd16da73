//! The clean drawing: rewritten element by element, without scripts, styles, and what only costs bytes.

use super::allow::{self, Tongue};
use super::cascade::{Styles, is_presentation};
use super::colour::Rgba;
use super::least::least_width;
use super::number::rounded;
use super::paint::{Paint, scoped};
use super::stylesheet::Sheet;
use roxmltree::{Document, Node, ParsingOptions};
use std::collections::BTreeSet;

/// Definitions that draw nothing unless something points at them.
const DEFINITIONS: &[&str] =
    &["marker", "filter", "symbol", "linearGradient", "radialGradient", "clipPath", "mask", "pattern"];

/// Rewrites a drawing.
///
/// # Errors
/// When it is not well-formed, which happens when a label smuggles markup in.
pub(super) fn clean(svg: &str) -> Result<String, roxmltree::Error> {
    let options = ParsingOptions { allow_dtd: false, nodes_limit: 200_000, ..ParsingOptions::default() };
    let document = Document::parse_with_options(svg, options)?;
    let css: String = document
        .descendants()
        .filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "style")))
        .filter_map(|node| node.text())
        .collect();
    let styles = Styles::of(&document, &Sheet::parse(&css));
    let (used, inked) = (references(&document), inked(&document));
    let mut cleaner = Cleaner { styles, used, inked, out: String::with_capacity(svg.len() / 2) };
    cleaner.write(document.root_element());
    Ok(cleaner.out)
}

/// Whether a drawing holds nothing but what cleaning leaves: asked of drawings that were not made just now.
pub(super) fn is_clean(svg: &str) -> bool {
    // Comments and the like, of which readers of XML and of HTML see different ends, are never written.
    if svg.contains("<!") || svg.contains("<?") {
        return false;
    }
    let options = ParsingOptions { allow_dtd: false, nodes_limit: 200_000, ..ParsingOptions::default() };
    let Ok(document) = Document::parse_with_options(svg, options) else { return false };
    let is_allowed = |node: Node<'_, '_>| {
        let name = node.tag_name();
        allow::element(name.namespace().unwrap_or(""), name.name()).is_some()
            && node.attributes().all(|attribute| is_harmless(attribute.name(), attribute.value()))
    };
    document.root_element().has_tag_name("svg") && document.descendants().filter(Node::is_element).all(is_allowed)
}

fn is_harmless(name: &str, value: &str) -> bool {
    match name {
        "href" => value.starts_with('#') || allow::address(value),
        "id" | "class" | "role" | "rel" | "space" | "aria-labelledby" | "aria-describedby" => true,
        // A backslash could hide an address.
        _ if value.contains('\\') || value.split("url(").skip(1).any(|to| !to.starts_with('#')) => false,
        other => is_presentation(other) || allow::attribute(other),
    }
}

/// Ids that something in the drawing points at.
fn references<'a>(document: &'a Document<'_>) -> BTreeSet<&'a str> {
    let mut used = BTreeSet::new();
    for node in document.descendants().filter(Node::is_element) {
        for attribute in node.attributes() {
            let value = attribute.value();
            match attribute.name() {
                "href" => used.extend(value.strip_prefix('#')),
                "aria-labelledby" | "aria-describedby" => used.extend(value.split_ascii_whitespace()),
                _ if value.contains("url(") => {
                    let targets = value.split("url(").skip(1).filter_map(|rest| rest.split(')').next());
                    used.extend(targets.map(|target| target.trim_matches(['"', '\'', '#'])));
                }
                _ => {}
            }
        }
    }
    used
}

/// Which nodes leave ink on the page, themselves or through what they hold, by the node's number.
fn inked(document: &Document<'_>) -> Vec<bool> {
    let mut inked = vec![false; document.descendants().count()];
    for node in document.descendants().filter(|node| has_ink(*node)) {
        let mut at = Some(node);
        while let Some(node) = at
            && let Some(mark) = inked.get_mut(node.id().get_usize()).filter(|mark| !**mark)
        {
            *mark = true;
            at = node.parent();
        }
    }
    inked
}

fn has_ink(node: Node<'_, '_>) -> bool {
    match node.tag_name().name() {
        "rect" => node.has_attribute("width"),
        "" => node.is_text() && !node.text().unwrap_or("").trim().is_empty(),
        "g" | "text" | "foreignObject" | "defs" | "switch" => false,
        name => allow::element(node.tag_name().namespace().unwrap_or(""), name) == Some(Tongue::Svg),
    }
}

struct Cleaner<'a> {
    styles: Styles<'a>,
    used: BTreeSet<&'a str>,
    inked: Vec<bool>,
    out: String,
}

impl<'a> Cleaner<'a> {
    /// Writes a tree without recursion, since labels may nest as deep as their author likes.
    fn write(&mut self, root: Node<'_, '_>) {
        let mut node = root;
        loop {
            if self.open(node)
                && let Some(child) = node.first_child()
            {
                node = child;
                continue;
            }
            loop {
                if node == root {
                    return;
                }
                if let Some(next) = node.next_sibling() {
                    node = next;
                    break;
                }
                let Some(parent) = node.parent() else { return };
                node = parent;
                self.close(node);
            }
        }
    }

    /// Writes a text or the start of an element; whether its children follow.
    fn open(&mut self, node: Node<'_, '_>) -> bool {
        if let Some(text) = node.text().filter(|_| node.is_text()) {
            self.text(node, text);
            return false;
        }
        let name = node.tag_name();
        let Some(tongue) = allow::element(name.namespace().unwrap_or(""), name.name()) else { return false };
        if self.is_idle(node) {
            return false;
        }
        self.out.push('<');
        self.out.push_str(name.name());
        self.attributes(node, tongue);
        let empty = !node.has_children();
        match (empty, tongue) {
            (false, _) => self.out.push('>'),
            (true, Tongue::Html) if !matches!(name.name(), "br" | "hr") => {
                self.out.push('>');
                self.close(node);
            }
            (true, _) => self.out.push_str("/>"),
        }
        !empty
    }

    fn close(&mut self, node: Node<'_, '_>) {
        self.out.push_str("</");
        self.out.push_str(node.tag_name().name());
        self.out.push('>');
    }

    /// Whether an element draws nothing: it is hidden, or empty, or a definition that nothing uses.
    fn is_idle(&self, node: Node<'_, '_>) -> bool {
        if self.styles.value(node, "display") == Some("none") {
            return true;
        }
        let unused = |node: Node<'_, '_>| {
            let name = node.tag_name().name();
            name == "style"
                || DEFINITIONS.contains(&name) && !node.attribute("id").is_some_and(|id| self.used.contains(id))
        };
        match node.tag_name().name() {
            "g" | "text" | "rect" | "foreignObject" => !self.inked.get(node.id().get_usize()).copied().unwrap_or(true),
            "defs" => node.children().filter(Node::is_element).all(unused),
            _ => unused(node),
        }
    }

    fn text(&mut self, node: Node<'_, '_>, text: &str) {
        let parent = node.parent_element().map_or("", |parent| parent.tag_name().name());
        let between = matches!(parent, "svg" | "g" | "defs" | "marker" | "switch" | "foreignObject");
        if !(between && text.trim().is_empty()) {
            escape(text, &mut self.out);
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape(value, &mut self.out);
        self.out.push('"');
    }

    fn attributes(&mut self, node: Node<'_, '_>, tongue: Tongue) {
        let mut paint = match tongue {
            Tongue::Svg => Paint::svg(self.styles.style(node)),
            Tongue::Html => Paint::html(self.styles.style(node)),
        };
        match node.tag_name().name() {
            "svg" if node.parent_element().is_none() => return self.root(node, paint),
            "foreignObject" => self.label(node, &mut paint),
            // Tinted stretches of a sequence are chosen for paper; the dark scheme shows a hint of them.
            "rect" if has_class(node, "rect") => paint.dim(),
            _ => {}
        }
        if tongue == Tongue::Svg {
            self.plain(node);
        }
        if node.tag_name().name() == "a" {
            self.link(node);
        }
        self.paint(&paint);
    }

    /// Attributes of place and measure, ids that are used, and references.
    fn plain(&mut self, node: Node<'_, '_>) {
        let name = node.tag_name().name();
        for attribute in node.attributes() {
            let value = attribute.value();
            match attribute.name() {
                // Once written, an id is taken: the renderer repeats some definitions.
                "id" if self.used.remove(value) => self.attribute("id", &scoped(value)),
                "href" if name == "use" => {
                    if let Some(id) = value.strip_prefix('#') {
                        self.attribute("href", &format!("#{}", scoped(id)));
                    }
                }
                "space" if value == "preserve" => self.attribute("xml:space", value),
                "transform" => self.attribute("transform", &rounded(value, 3)),
                other if is_presentation(other) => {}
                other if allow::attribute(other) => self.attribute(other, &rounded(value, 2)),
                _ => {}
            }
        }
    }

    fn link(&mut self, node: Node<'_, '_>) {
        let href = node.attributes().find(|attribute| attribute.name() == "href").map(|attribute| attribute.value());
        if let Some(href) = href.filter(|href| allow::address(href)) {
            self.attribute("href", href);
            self.attribute("rel", "noopener noreferrer");
        }
    }

    fn paint(&mut self, paint: &Paint<'_>) {
        for (name, value) in &paint.attributes {
            self.attribute(name, value);
        }
        if !paint.classes.is_empty() {
            self.attribute("class", &paint.classes.join(" "));
        }
    }

    /// The outermost element: its own size, which the stylesheet may shrink, and what screen readers say.
    fn root(&mut self, node: Node<'_, '_>, mut paint: Paint<'_>) {
        self.attribute("xmlns", "http://www.w3.org/2000/svg");
        self.attribute("id", super::drawing::PLACEHOLDER);
        let view = rounded(node.attribute("viewBox").unwrap_or(""), 2);
        let mut size = view.split_ascii_whitespace().skip(2);
        if let (Some(width), Some(height)) = (size.next(), size.next()) {
            self.attribute("width", width);
            self.attribute("height", height);
            self.attribute("viewBox", &view);
            if let Some(least) = least_width(width.parse().unwrap_or(0.0)) {
                paint.classes.push(format!("dg-least-{least}").into());
            }
        }
        for name in ["role", "aria-roledescription"] {
            node.attribute(name).into_iter().for_each(|value| self.attribute(name, value));
        }
        for name in ["aria-labelledby", "aria-describedby"] {
            if let Some(ids) = node.attribute(name) {
                let ids: Vec<_> = ids.split_ascii_whitespace().map(scoped).collect();
                self.attribute(name, &ids.join(" "));
            }
        }
        self.paint(&paint);
    }

    /// Gives a label one colour and size for all its HTML: the author's, or a colour that reads on the author's ground.
    fn label(&self, label: Node<'_, '_>, paint: &mut Paint<'a>) {
        let Some(text) =
            label.descendants().find(|node| node.is_text() && !node.text().unwrap_or("").trim().is_empty())
        else {
            return;
        };
        let inside = || text.ancestors().take_while(|node| *node != label);
        for property in ["font-size", "font-family"] {
            if let Some(value) = inside().find_map(|node| self.styles.value(node, property)) {
                paint.inherit(property, value);
            }
        }
        let colour = text.ancestors().find_map(|node| self.styles.value(node, "color"));
        let authors = colour.is_some_and(|colour| Rgba::parse(colour).is_none_or(|colour| colour.role().is_none()));
        match (colour, self.ground(label).filter(|_| !authors)) {
            (_, Some(ground)) => paint.inherit("color", if ground.luminance() > 0.18 { "#1f2328" } else { "#fff" }),
            (Some(colour), None) => paint.inherit("color", colour),
            (None, None) => {}
        }
    }

    /// The opaque fill that an author gave the shape under a label.
    fn ground(&self, label: Node<'_, '_>) -> Option<Rgba> {
        let group = label.ancestors().find(|node| has_class(*node, "node") || has_class(*node, "cluster"))?;
        let fill = group.descendants().find_map(|node| match node.tag_name().name() {
            "rect" | "path" | "polygon" | "circle" | "ellipse" => self.styles.value(node, "fill"),
            _ => None,
        })?;
        Rgba::parse(fill).filter(|colour| colour.role().is_none() && !colour.translucent())
    }
}

fn has_class(node: Node<'_, '_>, class: &str) -> bool {
    node.attribute("class").unwrap_or("").split_ascii_whitespace().any(|own| own == class)
}

/// Escapes for text and for attributes alike.
fn escape(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
}
