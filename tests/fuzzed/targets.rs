//! What must hold of any input, by target: each takes bytes, and panics where something does not hold.

use precedent::author::{Change, Literal, revised};
use precedent::config::{Config, Overrides};
use precedent::date::Date;
use precedent::diagnostic::Diagnostic;
use precedent::log::{DecisionLog, Target};
use precedent::markdown::{Diagrams, Limits, Link, Options, Resolve, html, outline, passages};
use precedent::page::Route;
use precedent::record::Record;
use precedent::serve::read_head;
use precedent::source::{Asset, Memory, Overlay, Source, apply};
use precedent::text::SourcePath;
use precedent::workspace::{Changes, Demand, Workspace};
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A target.
pub(crate) type Try = fn(&[u8]);

/// Every target by its name, which is also that of its folder of seeds.
pub(crate) const TARGETS: &[(&str, Try)] = &[
    ("front_matter", front_matter),
    ("formats", formats),
    ("page", page),
    ("site", site),
    ("links", links),
    ("head", head),
    ("diagrams", diagrams),
    ("edits", edits),
    ("settings", settings),
];

const TODAY: Date = Date::constant(2026, 6, 1);

fn text(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// A record of a text, read as the file at `path`.
fn record(path: &str, text: &str) -> (Record, Vec<Diagnostic>) {
    Record::parse(&Source::new(SourcePath::new(path), text), &Config::builtin())
}

/// Every place in a text is one that can be shown.
fn are_placed(found: &[Diagnostic], text: &str) {
    for finding in found {
        let span = finding.primary.span;
        assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}: {finding:?}");
        for edit in finding.fix.iter().flat_map(|fix| &fix.edits) {
            assert!(text.get(edit.span.range()).is_some(), "{:?} in {text:?}", edit.span);
        }
    }
}

/// Front matter, TOML or YAML: what is wrong has a place, and a second reading says the same.
pub(crate) fn front_matter(bytes: &[u8]) {
    let inner = text(bytes);
    for fence in ["+++", "---"] {
        let whole = format!("{fence}\n{inner}\n{fence}\n\n# A\n\nText.\n");
        let (read, found) = record("content/rfc/0001-x.md", &whole);
        are_placed(&found, &whole);
        assert!(read.body <= whole.len() && whole.is_char_boundary(read.body));
        assert_eq!(record("content/rfc/0001-x.md", &whole).1, found);
    }
}

/// Texts of every form of record that is read, under the names that tell the form.
pub(crate) fn formats(bytes: &[u8]) {
    let whole = text(bytes);
    for path in [
        "content/adr/0001-x.md",
        "content/rfc/0001-x.md",
        "content/rfcs/text/0001-x.md",
        "content/caips/caip-2.md",
        "content/keps/sig-a/12-x/README.md",
        "content/handbook/x.md",
    ] {
        let (read, found) = record(path, &whole);
        are_placed(&found, &whole);
        assert!(!read.title.is_empty(), "{whole:?}");
    }
}

/// Leads every link somewhere.
struct Everywhere;

impl Resolve for Everywhere {
    fn link(&self, target: &str) -> Option<Link> {
        Some(Link { href: target.to_owned(), title: "\"<a>".to_owned(), class: String::new() })
    }

    fn image(&self, target: &str) -> Option<String> {
        Some(target.to_owned())
    }

    fn mention(&self, id: &str) -> Option<Link> {
        self.link(id)
    }
}

/// Markdown to HTML: nothing active comes out, however the text was made.
pub(crate) fn page(bytes: &[u8]) {
    let whole = text(bytes);
    let shape = outline(&whole, 0, &Limits::default());
    let options = Options { diagrams: false, ..Options::default() };
    let made = html(&whole, 0, &shape, &options, &Diagrams::default(), &Everywhere);
    assert_eq!(active(&made.body), None, "{whole:?} gives {}", made.body);
    assert_eq!(active(made.title.as_deref().unwrap_or("")), None, "{whole:?}");
    for problem in made.problems.iter().chain(&made.plain).chain(&made.oversized) {
        assert!(whole.get(problem.span.range()).is_some(), "{problem:?} in {whole:?}");
    }
    assert_eq!(passages(&whole, 0).len(), 1 + shape.sections.len(), "{whole:?}");
}

/// So many inputs are tried before what costs more to make than an input to try is made anew, so that what it remembers of
/// each does not fill the memory.
const INPUTS: usize = 200;

/// What is dear to make, and how many inputs were tried with it.
struct Kept<T>(Option<(T, usize)>);

impl<T> Kept<T> {
    fn of(&mut self, make: impl FnOnce() -> T) -> &mut T {
        let kept = self.0.take().filter(|(_, inputs)| *inputs < INPUTS);
        let (thing, inputs) = kept.unwrap_or_else(|| (make(), 0));
        &mut self.0.insert((thing, inputs + 1)).0
    }
}

/// A project of one text, with its theme compiled and its engine for diagrams at hand.
struct Stage {
    text: Arc<Overlay>,
    workspace: Workspace,
}

impl Stage {
    fn new() -> Stage {
        let folder = Memory::of([("content/adr/0001-x.md", "")]);
        let text = Arc::new(Overlay::new(Arc::new(folder), BTreeMap::new()));
        Stage { workspace: Workspace::new(Arc::clone(&text) as _, Overrides::default()), text }
    }
}

/// A whole page of the site: it has one `<main>`, and its own scripts alone.
pub(crate) fn site(bytes: &[u8]) {
    thread_local!(static STAGE: RefCell<Kept<Stage>> = const { RefCell::new(Kept(None)) });
    let whole = text(bytes);
    let snapshot = STAGE.with_borrow_mut(|kept| {
        let Stage { text, workspace } = kept.of(Stage::new);
        text.lay(SourcePath::new("content/adr/0001-x.md"), Arc::from(whole.as_bytes()));
        workspace.apply(Changes::Everywhere);
        workspace.snapshot(TODAY, Demand::Preview).expect("a site of one text")
    });
    let prospect = snapshot.prospect.expect("it was asked for");
    let routes = ["adr/0001-x.html", "index.html", "health.html"].map(|route| Route(route.to_owned()));
    for route in routes {
        let Some(page) = prospect.artifact(&route).expect("a page") else { continue };
        let page = String::from_utf8(page.bytes.to_vec()).expect("UTF-8");
        assert_eq!(tags(&page).filter(|tag| tag.name == "main" && !tag.is_end).count(), 1, "{route:?} of {whole:?}");
        for script in tags(&page).filter(|tag| tag.name == "script" && !tag.is_end) {
            let source = script.attributes.iter().find(|(name, _)| name == "src").map(|(_, value)| value.as_str());
            assert!(source.is_some_and(|source| source.contains("static/")), "{script:?} in {route:?} of {whole:?}");
        }
    }
}

/// Targets of links: they lead to what is there, or nowhere, and never out of the project.
pub(crate) fn links(bytes: &[u8]) {
    let target = text(bytes);
    let records = ["content/adr/0001-x.md", "content/adr/index.md", "content/rfc/0002-y z.md"];
    let records = records.map(|path| Arc::new(record(path, "# A\n\n## B\n").0));
    let assets: BTreeMap<SourcePath, Asset> =
        [(SourcePath::new("content/a.png"), Asset { size: 1, unfit: None })].into();
    let log = DecisionLog::link(records.to_vec(), assets, &Config::builtin());
    for from in log.records() {
        match log.resolve(from, &target) {
            Target::Record { record, .. } => assert!(log.record(record).is_some(), "{target:?}"),
            Target::Asset(path) => assert!(log.assets().contains_key(&path), "{target:?}"),
            Target::Missing(path) => {
                let is_inside = path.as_str().split('/').all(|part| part != "..") && !path.as_str().starts_with('/');
                assert!(is_inside, "{target:?} leads to {path}");
                log.nearest(from, &path);
            }
            Target::External(address) => {
                let scheme = address.split(':').next().unwrap_or("").to_lowercase();
                assert!(["http", "https", "mailto", "tel"].contains(&scheme.as_str()), "{target:?}");
            }
            Target::Outside | Target::Forbidden(_) => {}
        }
        log.related(from, &target);
    }
}

/// The head of a request: what is let through is a plain GET or HEAD of a path.
pub(crate) fn head(bytes: &[u8]) {
    match read_head(bytes) {
        Ok((method, target)) => {
            assert!(method == "GET" || method == "HEAD", "{method:?}");
            assert!(target.starts_with('/') && target.bytes().all(|byte| byte.is_ascii_graphic()), "{target:?}");
            let lower = text(bytes).to_lowercase();
            assert!(!lower.contains("\r\ntransfer-encoding:"), "{lower:?}");
            assert_eq!(lower.matches("\r\nhost:").count(), 1, "{lower:?}");
        }
        Err(status) => assert!((400..600).contains(&status), "{status}"),
    }
}

/// Mermaid: a drawing is well-formed and holds nothing active; what is wrong has a place in the source.
pub(crate) fn diagrams(bytes: &[u8]) {
    thread_local!(static DIAGRAMS: RefCell<Kept<Diagrams>> = const { RefCell::new(Kept(None)) });
    let source = text(bytes);
    let (found, drawn) = DIAGRAMS.with_borrow_mut(|kept| {
        let diagrams = kept.of(Diagrams::default);
        (diagrams.check(&source, &Limits::default()), diagrams.draw(&source, &Limits::default()))
    });
    for problem in found.iter().chain(drawn.as_ref().err()) {
        assert!(source.get(problem.span.range()).is_some(), "{problem:?} in {source:?}");
    }
    if let Ok(Some(drawing)) = &drawn {
        let is_picture = |tag: &Tag| !["script", "style", "image", "iframe"].contains(&tag.name.as_str());
        assert!(tags(&drawing.svg).all(|tag| is_picture(&tag) && !tag.is_active()), "{source:?}: {}", drawing.svg);
        let count = |is_end| tags(&drawing.svg).filter(|tag| tag.is_end == is_end && !tag.is_empty).count();
        assert_eq!(count(false), count(true), "{source:?}: {}", drawing.svg);
    }
}

/// Changes to a front matter come to what they should, or are refused; fixes leave a text that can be read again.
pub(crate) fn edits(bytes: &[u8]) {
    let whole = text(bytes);
    let (read, found) = record("content/rfc/0001-x.md", &whole);
    let word = Literal::text(whole.chars().take(20).collect::<String>());
    for change in [
        Change::Set { table: None, key: "status", to: Literal::text("approved") },
        Change::Set { table: Some("review"), key: "held", to: Literal::day(TODAY) },
        Change::SetInRow { list: "metric", row: 0, key: "actual", to: word.clone() },
        Change::Append { list: "sign-off", row: vec![("role", word.clone()), ("on", Literal::day(TODAY))] },
    ] {
        // That it comes to what is meant is looked at where it is made.
        if let Ok(revised) = revised(&read, &[change], &Config::builtin()) {
            let text = revised.text;
            let (now, _) = record("content/rfc/0001-x.md", &text);
            assert_eq!(now.text().get(now.body..), read.text().get(read.body..), "{whole:?} becomes {text:?}");
        }
    }
    let fixes = found.iter().filter_map(|finding| finding.fix.as_deref());
    let applied = apply(fixes, &|_| Some(whole.clone().into_owned()));
    for text in applied.texts.values() {
        are_placed(&record("content/rfc/0001-x.md", text).1, text);
    }
}

/// `precedent.toml`: what is wrong has a place, and a default stands in.
pub(crate) fn settings(bytes: &[u8]) {
    let whole = text(bytes);
    let (config, found) = Config::parse(&Source::new(SourcePath::new("precedent.toml"), &*whole));
    are_placed(&found, &whole);
    assert!(config.chapter().is_some() && !config.kinds.is_empty(), "{whole:?}");
}

/// A tag as a browser would read it.
#[derive(Debug)]
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
    is_end: bool,
    /// `<path …/>`.
    is_empty: bool,
}

impl Tag {
    /// Whether a browser would run something for it.
    fn is_active(&self) -> bool {
        let runs = |(name, value): &(String, String)| {
            let value: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
            let value = value.to_lowercase();
            let is_address = ["href", "src", "action", "formaction", "xlink:href", "data"].contains(&name.as_str());
            let leads = ["javascript:", "vbscript:", "data:text"].iter().any(|scheme| value.starts_with(scheme));
            name.starts_with("on") || name == "srcdoc" || is_address && leads
        };
        self.attributes.iter().any(runs)
    }
}

/// The first tag of a text's HTML that may not be there.
fn active(html: &str) -> Option<String> {
    const FORBIDDEN: &[&str] = &[
        "script",
        "iframe",
        "object",
        "embed",
        "style",
        "link",
        "meta",
        "base",
        "form",
        "svg",
        "plaintext",
        "textarea",
        "title",
        "noscript",
        "template",
        "frame",
        "frameset",
        "xmp",
        "noembed",
        "main",
        "body",
        "html",
        "head",
    ];
    let found = tags(html).find(|tag| FORBIDDEN.contains(&tag.name.as_str()) || tag.is_active());
    found.map(|tag| format!("{tag:?}"))
}

/// The tags of some HTML, with values of attributes as a browser would see them.
fn tags(html: &str) -> impl Iterator<Item = Tag> {
    let mut rest = html;
    std::iter::from_fn(move || {
        loop {
            let at = rest.find('<')?;
            rest = rest.get(at + 1..)?;
            let is_end = rest.starts_with('/');
            let inner = rest.strip_prefix('/').unwrap_or(rest);
            if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
                continue;
            }
            let (tag, after) = tag(inner, is_end);
            rest = after;
            return Some(tag);
        }
    })
}

fn tag(inner: &str, is_end: bool) -> (Tag, &str) {
    let end = inner.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap_or(inner.len());
    let (name, mut rest) = inner.split_at(end);
    let mut tag = Tag { name: name.to_lowercase(), attributes: Vec::new(), is_end, is_empty: false };
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix('>') {
            return (tag, after);
        }
        if let Some(after) = rest.strip_prefix('/') {
            tag.is_empty = after.starts_with('>');
            rest = after;
            continue;
        }
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/' | '=')).unwrap_or(rest.len());
        if rest.is_empty() {
            return (tag, rest);
        }
        let (name, after) = rest.split_at(end.max(rest.chars().next().map_or(0, char::len_utf8)));
        let Some(value) = after.trim_start().strip_prefix('=').map(str::trim_start) else {
            tag.attributes.push((name.to_lowercase(), String::new()));
            rest = after;
            continue;
        };
        let (value, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let inside = value.get(1..).unwrap_or("");
                inside.split_once(quote).unwrap_or((inside, ""))
            }
            _ => value.split_at(value.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(value.len())),
        };
        tag.attributes.push((name.to_lowercase(), resolved(value)));
        rest = after;
    }
}

/// A value with its entities resolved, as far as a scheme could hide behind them.
fn resolved(value: &str) -> String {
    let mut whole = value.to_owned();
    for (entity, character) in [("&colon;", ":"), ("&Tab;", "\t"), ("&NewLine;", "\n"), ("&amp;", "&")] {
        whole = whole.replace(entity, character);
    }
    let mut out = String::new();
    let mut rest = whole.as_str();
    while let Some((before, after)) = rest.split_once("&#") {
        out.push_str(before);
        let (number, after) = after.split_at(after.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(after.len()));
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        out.extend(code.ok().and_then(char::from_u32));
        rest = after.strip_prefix(';').unwrap_or(after);
    }
    out + rest
}
