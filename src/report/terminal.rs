//! Findings for a person at a terminal.

use super::excerpt::{Excerpt, Room, TOKEN, escape};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Source;
use crate::text::{Location, SourcePath, folded};
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// How the terminal is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style<'a> {
    /// Colour and underlines.
    Coloured,
    /// Colour, underlines, and places that open their file; with the project's folder, absolute.
    Linked(&'a str),
    /// Neither.
    Plain,
}

/// What findings are written on.
#[derive(Clone, Copy, Debug)]
pub struct Screen<'a> {
    /// How they are written.
    pub style: Style<'a>,
    /// How many characters a line holds; without it, help is one line.
    pub width: Option<usize>,
}

impl<'a> From<Style<'a>> for Screen<'a> {
    fn from(style: Style<'a>) -> Screen<'a> {
        Screen { style, width: None }
    }
}

/// What may not stand in the address of a file as it is; controls above all, which could end the link.
const RESERVED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b';');

/// Wide enough for every excerpt, so that the renderer never cuts a line a second time.
const WIDTH: usize = 400;

/// What the renderer writes before help at most, and under it before further lines: `1234 = help: `.
const BEFORE_HELP: usize = 13;

/// The narrowest that help gets.
const NARROWEST: usize = 30;

/// One finding as text: rule, message, place, the source underlined, other places, help; ends with a newline.
///
/// Control characters and marks that turn text round are shown as `\u{202e}`: no text can steer the terminal.
pub fn terminal<'a>(
    finding: &Diagnostic,
    source: &dyn Fn(&SourcePath) -> Option<&'a Source>,
    screen: impl Into<Screen<'a>>,
) -> String {
    let Screen { style, width } = screen.into();
    let title = level(finding.severity).primary_title(escape(&finding.message)).id(escape(finding.rule));
    let mut group = Group::with_title(title);
    let mut headings = Vec::new();
    for (path, marks) in places(finding) {
        let known = headings.len();
        group = shown(group, path, (source(path), width), &marks, &mut headings);
        if let (Style::Linked(root), Some(heading)) = (style, headings.get_mut(known)) {
            *heading = linked(heading, root, path);
        }
    }
    if let Some(help) = &finding.help {
        let help = escape(help);
        let room = |width: usize| width.saturating_sub(BEFORE_HELP).max(NARROWEST);
        let lines = width.map(|width| folded("", &help, room(width)));
        group = group.element(Level::HELP.message(lines.unwrap_or(help)));
    }
    let renderer = match style {
        Style::Coloured | Style::Linked(_) => Renderer::styled(),
        Style::Plain => Renderer::plain(),
    };
    let text = with_headings(&renderer.term_width(WIDTH).render(&[group]), &headings);
    // The renderer pads some lines with blanks; nobody wants them in a file of expected output.
    text.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// Words that open a file, in the way that terminals have agreed on (OSC 8).
fn linked(words: &str, root: &str, path: &SourcePath) -> String {
    let address = format!("{}/{path}", root.trim_end_matches('/'));
    let address = utf8_percent_encode(&address, RESERVED);
    format!("\u{1b}]8;;file://{address}\u{1b}\\{words}\u{1b}]8;;\u{1b}\\")
}

/// Puts `path:line:column` where the renderer wrote a token and the place in the excerpt, which may be cut or escaped.
fn with_headings(text: &str, headings: &[String]) -> String {
    let mut parts = text.split(TOKEN);
    let mut whole = parts.next().unwrap_or("").to_owned();
    for (heading, part) in headings.iter().zip(parts) {
        whole.push_str(heading);
        whole.push_str(part.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit()));
    }
    whole
}

/// A place to underline, and the words to stand there.
struct Mark<'a> {
    location: &'a Location,
    label: &'a str,
    kind: AnnotationKind,
}

/// The places of a finding by file: the offending text's file first, the others in the order they were named.
fn places(finding: &Diagnostic) -> Vec<(&SourcePath, Vec<Mark<'_>>)> {
    let primary = Mark { location: &finding.primary, label: &finding.label, kind: AnnotationKind::Primary };
    let mut files = vec![(&finding.primary.path, vec![primary])];
    for label in &finding.related {
        let mark = Mark { location: &label.location, label: &label.message, kind: AnnotationKind::Context };
        match files.iter_mut().find(|(path, _)| **path == label.location.path) {
            Some((_, marks)) => marks.push(mark),
            None => files.push((&label.location.path, vec![mark])),
        }
    }
    files
}

fn shown<'a>(
    group: Group<'a>,
    path: &SourcePath,
    (source, width): (Option<&Source>, Option<usize>),
    marks: &[Mark<'_>],
    headings: &mut Vec<String>,
) -> Group<'a> {
    let path = escape(path.as_str());
    let Some(text) = source.and_then(Source::text) else {
        let words = marks.iter().map(|mark| mark.label).filter(|label| !label.is_empty());
        let group = group.element(Origin::path(path));
        return words.fold(group, |group, label| group.element(Level::NOTE.message(escape(label))));
    };
    let spans: Vec<_> = marks.iter().map(|mark| mark.location.span).collect();
    let label = marks.first().map_or("", |mark| mark.label);
    let excerpt = Excerpt::of(text, &spans, Room::on(width, label));
    let (line, column) = excerpt.first;
    headings.push(format!("{path}:{line}:{column}"));
    let annotations: Vec<Annotation<'a>> = excerpt
        .places
        .into_iter()
        .zip(marks)
        .map(|(place, mark)| {
            let label = Some(mark.label).filter(|label| !label.is_empty()).map(escape);
            mark.kind.span(place).label(label)
        })
        .collect();
    let snippet = Snippet::source(excerpt.text).path(TOKEN.to_string()).line_start(excerpt.line);
    group.element(snippet.annotations(annotations))
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Information => Level::INFO,
        Severity::Hint => Level::HELP,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::line::LineIndex;
    use crate::text::Span;

    fn show(text: &str, finding: &Diagnostic) -> String {
        let source = Source::new(finding.primary.path.clone(), text);
        terminal(finding, &|path| (*path == source.path).then_some(&source), Style::Plain)
    }

    fn at(text: &str, words: &str) -> Span {
        let start = text.find(words).unwrap();
        Span::new(start, start + words.len())
    }

    fn finding(text: &str, words: &str) -> Diagnostic {
        Diagnostic::new("broken-link", &SourcePath::new("content/a.md"), at(text, words), "there is no `x.md`")
            .with_label("leads nowhere")
    }

    #[test]
    fn a_finding_shows_its_place_and_what_to_do() {
        let text = "one\ntwo [x](x.md)\nthree\nfour\nfive\nsix y.md\n";
        let finding = finding(text, "x.md")
            .with_related(Location { path: SourcePath::new("content/a.md"), span: at(text, "y.md") }, "it moved")
            .with_help("write `y.md`");
        insta::assert_snapshot!(show(text, &finding));
    }

    #[test]
    fn no_line_goes_over_the_edge_of_the_screen() {
        let text = format!("{}[x](a/rather/long/address.md), and {}\n", "so many words ".repeat(5), "more ".repeat(9));
        let finding = finding(&text, "a/rather/long/address.md");
        let source = Source::new(finding.primary.path.clone(), text.as_str());
        for width in [40, 60, 80, 100, 200] {
            let screen = Screen { style: Style::Plain, width: Some(width) };
            let shown = terminal(&finding, &|_| Some(&source), screen);
            assert!(shown.lines().all(|line| line.chars().count() <= width.max(45)), "{width}\n{shown}");
            assert!(shown.contains("address.md") && shown.contains("^^^ leads nowhere"), "{width}\n{shown}");
        }
    }

    #[test]
    fn long_help_is_folded_at_words_where_it_is_read() {
        let text = "one\ntwo [x](x.md)\n";
        let help =
            "say in one paragraph what is proposed and for whom; where it does not apply, say why in `a sentence`";
        let finding = finding(text, "x.md").with_help(help);
        let source = Source::new(SourcePath::new("content/a.md"), text);
        let screen = Screen { style: Style::Plain, width: Some(60) };
        let shown = terminal(&finding, &|_| Some(&source), screen);
        assert!(shown.lines().all(|line| line.len() <= 60), "{shown}");
        insta::assert_snapshot!(shown);
        assert!(show(text, &finding).contains(help), "a file or another program gets it whole");
    }

    #[test]
    fn other_files_stand_below() {
        let text = "supersedes = \"ADR-0001\"\n";
        let other = Source::new(SourcePath::new("content/b.md"), "status = \"accepted\"\n");
        let own = Source::new(SourcePath::new("content/a.md"), text);
        let finding = finding(text, "ADR-0001")
            .with_related(Location { path: other.path.clone(), span: Span::new(9, 19) }, "it still stands")
            .with_related(
                Location { path: SourcePath::new("content/gone.md"), span: Span::new(0, 3) },
                "and this one is gone",
            );
        let source = |path: &SourcePath| [&own, &other].into_iter().find(|source| source.path == *path);
        insta::assert_snapshot!(terminal(&finding, &source, Style::Plain));
    }

    #[test]
    fn texts_cannot_steer_the_terminal() {
        let text = "a\u{1b}[31m \u{202e}evil\u{9b}\tx.md\r\n";
        let mut finding = finding(text, "x.md");
        finding.message = "there is no `\u{1b}]0;\u{202e}`".to_owned();
        let shown = show(text, &finding.with_help("write\u{7}"));
        assert!(shown.chars().all(|c| c == '\n' || !c.is_control()), "{shown:?}");
        insta::assert_snapshot!(shown);
        let coloured =
            terminal(&Diagnostic::new("x", &SourcePath::new("a"), Span::default(), "y"), &|_| None, Style::Coloured);
        assert!(coloured.contains("\u{1b}["));
    }

    #[test]
    fn long_lines_are_cut_around_the_place() {
        let text = format!("{} x.md {}", "left ".repeat(2_000), "right ".repeat(2_000));
        let shown = show(&text, &finding(&text, "x.md"));
        assert!(shown.lines().all(|line| line.chars().count() < 220), "{shown}");
        insta::assert_snapshot!(shown);
    }

    #[test]
    fn places_without_text_are_named() {
        let path = SourcePath::new("content/a.md");
        let unread = Diagnostic::new("unread-file", &path, Span::default(), "could not read this file")
            .with_help("write it as UTF-8");
        insta::assert_snapshot!(terminal(&unread, &|_| None, Style::Plain));
        for text in ["", "\n\n", "\u{feff}# x\n"] {
            let shown = show(text, &unread);
            assert!(shown.contains("--> content/a.md:1:1"), "{shown}");
        }
        insta::assert_snapshot!(show(
            "# x\n",
            &Diagnostic { primary: Location { path, span: Span::new(9_999, 10_000) }, ..unread }
        ));
    }

    proptest::proptest! {
        #[test]
        fn any_text_and_any_places_are_shown_safely(
            text in "(?s)[a-z\n\r\t \u{e9}\u{1f600}\u{202e}\u{1b}\u{f8ff}\u{301}\u{feff}]{0,300}",
            places in proptest::collection::vec((0usize..320, 0usize..40), 1..4),
        ) {
            let path = SourcePath::new("content/a.md");
            let spans: Vec<Span> = places.iter().map(|(start, length)| Span::new(*start, start + length)).collect();
            let finding = spans.iter().skip(1).fold(
                Diagnostic::new("x", &path, spans[0], text.clone()).with_label("y\n\u{1b}"),
                |finding, span| finding.with_related(Location { path: path.clone(), span: *span }, "z"),
            );
            let shown = show(&text, &finding);
            proptest::prop_assert!(shown.chars().all(|c| c == '\n' || !(c.is_control() || c == '\u{202e}')), "{:?}", shown);
            let (line, column) = LineIndex::new(&text).line_column(&text, spans[0].start);
            proptest::prop_assert!(shown.contains(&format!("--> content/a.md:{line}:{column}\n")), "{}", shown);
        }
    }

    #[test]
    fn a_place_opens_its_file_and_cannot_do_more() {
        let path = SourcePath::new("content/a b\u{1b}]8;;x.md");
        let source = Source::new(path.clone(), "one\n");
        let finding = Diagnostic::new("broken-link", &path, Span::new(0, 3), "x");
        let shown = terminal(&finding, &|_| Some(&source), Style::Linked("/home/a"));
        let link = "\u{1b}]8;;file:///home/a/content/a%20b%1B]8%3B%3Bx.md\u{1b}\\content/a b\\u{1b}]8;;x.md:1:1\u{1b}]8;;\u{1b}\\";
        assert!(shown.contains(link), "{shown:?}");
    }
}
