//! Text and spans: links, images, mentions, formulas.

use super::autolink::{Finds, Found};
use super::escape::{Leads, leads, push_address, push_attribute, push_text};
use super::math::mathml;
use super::resolve::Link;
use super::run::Run;
use super::writer::{Kind, OpenImage, Writer, WrittenImage, problem};
use pulldown_cmark::{CowStr, LinkType};
use pulldown_latex::config::DisplayMode;
use std::ops::Range;

impl<'a> Writer<'a> {
    pub(super) fn text(&mut self, run: Run<'a>) {
        if let Some(code) = &mut self.code {
            if code.text.is_empty() {
                code.text = run.text;
            } else {
                code.text.to_mut().push_str(&run.text);
            }
            return;
        }
        let mut written = 0;
        if self.in_link == 0 {
            for (found, part) in Finds::new(&run.text) {
                push_text(&mut self.out, run.text.get(written..part.start).unwrap_or(""));
                written = part.end;
                self.found(found, run.text.get(part).unwrap_or(""));
            }
        }
        push_text(&mut self.out, run.text.get(written..).unwrap_or(""));
    }

    fn found(&mut self, found: Found, text: &str) {
        let link = match found {
            Found::Identifier => self.links.mention(text),
            Found::Address => self.links.link(text),
        };
        match link.and_then(|link| opening(&link, "")) {
            Some(open) => {
                self.out.push_str(&open);
                push_text(&mut self.out, text);
                self.out.push_str("</a>");
            }
            None => push_text(&mut self.out, text),
        }
    }

    pub(super) fn start_link(&mut self, kind: LinkType, target: &str, title: &str) {
        self.in_link += 1;
        if is_unknown(kind) {
            return match self.links.mention(target).and_then(|link| opening(&link, "")) {
                Some(open) => self.open(Kind::Span, &open, "</a>"),
                None => self.open(Kind::Span, "[", as_written(kind, target)),
            };
        }
        let link = match kind {
            LinkType::Email => self.links.link(&format!("mailto:{target}")),
            _ => leads(target).and_then(|_| self.links.link(target)),
        };
        match link.and_then(|link| opening(&link, title)) {
            Some(open) => self.open(Kind::Span, &open, "</a>"),
            None => self.open(Kind::Span, "<span class=\"broken-link\">", "</span>"),
        }
    }

    pub(super) fn end_link(&mut self) {
        self.in_link = self.in_link.saturating_sub(1);
        self.close();
    }

    pub(super) fn start_image(&mut self, kind: LinkType, target: CowStr<'a>, title: CowStr<'a>) {
        self.image = Some(OpenImage { kind, target, title, alt: String::new(), depth: 1 });
    }

    pub(super) fn end_image(&mut self, image: &OpenImage<'_>) {
        let start = self.out.len();
        if is_unknown(image.kind) {
            self.out.push('!');
            self.start_link(image.kind, &image.target, "");
            push_text(&mut self.out, &image.alt);
            return self.end_link();
        }
        let Some(bare) = self.image_tag(&image.target, &image.alt) else { return };
        self.out.push_str(&bare);
        push_attribute(&mut self.out, "title", &image.title);
        self.out.push('>');
        let bare = format!("{bare}>");
        self.last_image = Some(WrittenImage { place: start..self.out.len(), bare, title: image.title.to_string() });
    }

    /// An image's tag without its end; when there is no image, its text alternative is written instead.
    pub(super) fn image_tag(&mut self, target: &str, alt: &str) -> Option<String> {
        let address = leads(target).and_then(|_| self.links.image(target));
        // What was resolved may be the picture itself; what an author writes never is.
        let is_picture = |address: &str| address.starts_with("data:image/");
        let Some(address) = address.filter(|address| leads(address).is_some() || is_picture(address)) else {
            self.out.push_str("<span class=\"broken-image\">");
            push_text(&mut self.out, alt);
            self.out.push_str("</span>");
            return None;
        };
        if leads(&address) == Some(Leads::Away) && !self.options.remote_images {
            self.link_to_image(&address, alt);
            return None;
        }
        let mut tag = String::from("<img");
        push_address(&mut tag, "src", &address);
        // An empty alternative is written too: it says that the image is only decoration.
        tag.push_str(" alt=\"");
        let _ = pulldown_cmark_escape::escape_html(&mut tag, alt);
        tag.push_str("\" loading=\"lazy\" decoding=\"async\"");
        Some(tag)
    }

    /// A link in the place of a picture that the browser would ask another host for; within a link, its text alternative alone.
    fn link_to_image(&mut self, address: &str, alt: &str) {
        let link = Link { href: address.to_owned(), title: String::new(), class: "external".to_owned() };
        let open = opening(&link, "").filter(|_| self.in_link == 0);
        self.out.push_str(open.as_deref().unwrap_or(""));
        push_text(&mut self.out, if alt.trim().is_empty() { address } else { alt });
        self.out.push_str(open.map_or("", |_| "</a>"));
    }

    pub(super) fn inline_code(&mut self, code: &str) {
        self.out.push_str("<code>");
        push_text(&mut self.out, code);
        self.out.push_str("</code>");
    }

    pub(super) fn formula(&mut self, formula: &str, display: DisplayMode, range: &Range<usize>) {
        match mathml(formula, display) {
            Ok(element) => self.out.push_str(&element),
            Err(message) => {
                let help = "write it with the commands of amsmath, or in a code span";
                self.problems.push(problem(message, range, help));
                self.out.push_str("<code class=\"math\">");
                push_text(&mut self.out, formula);
                self.out.push_str("</code>");
            }
        }
    }
}

/// `<a …>` for a link; `None` when its address is not one that may be followed.
fn opening(link: &Link, title: &str) -> Option<String> {
    let leads = leads(&link.href)?;
    let mut open = String::from("<a");
    push_address(&mut open, "href", &link.href);
    push_attribute(&mut open, "class", &link.class);
    push_attribute(&mut open, "title", if link.title.is_empty() { title } else { &link.title });
    if leads == Leads::Away {
        open.push_str(" rel=\"noopener noreferrer\"");
    }
    open.push('>');
    Some(open)
}

fn is_unknown(kind: LinkType) -> bool {
    matches!(kind, LinkType::ReferenceUnknown | LinkType::CollapsedUnknown | LinkType::ShortcutUnknown)
}

/// What stands after the text of a reference that leads nowhere.
fn as_written(kind: LinkType, label: &str) -> String {
    match kind {
        LinkType::ReferenceUnknown => format!("][{label}]"),
        LinkType::CollapsedUnknown => "][]".to_owned(),
        _ => "]".to_owned(),
    }
}
