//! Mermaid sources to SVG at build time.

#[cfg(feature = "diagrams")]
mod allow;
#[cfg(feature = "diagrams")]
mod cascade;
#[cfg(feature = "diagrams")]
mod clean;
#[cfg(feature = "diagrams")]
mod colour;
#[cfg(feature = "diagrams")]
mod draw;
mod drawing;
#[cfg(feature = "diagrams")]
mod explain;
#[cfg(feature = "diagrams")]
mod kind;
#[cfg(feature = "diagrams")]
mod least;
#[cfg(feature = "diagrams")]
mod measure;
#[cfg(feature = "diagrams")]
mod memo;
#[cfg(feature = "diagrams")]
mod number;
#[cfg(feature = "diagrams")]
mod paint;
#[cfg(feature = "diagrams")]
mod place;
mod problem;
#[cfg(feature = "diagrams")]
mod reading;
#[cfg(feature = "diagrams")]
mod size;
#[cfg(feature = "diagrams")]
mod span;
#[cfg(feature = "diagrams")]
mod stored;
#[cfg(feature = "diagrams")]
mod stylesheet;
#[cfg(feature = "diagrams")]
mod widths;

pub use drawing::Drawing;
pub(super) use drawing::PLACEHOLDER;
pub use problem::Problem;

use crate::cache::Cache;
use crate::markdown::limits::Limits;
#[cfg(feature = "diagrams")]
use memo::Memo;
#[cfg(feature = "diagrams")]
use reading::Reading;
use std::sync::Arc;

/// Draws diagrams, and remembers what it drew by the source's digest.
#[derive(Debug, Default)]
pub struct Diagrams {
    cache: Arc<Cache>,
    #[cfg(feature = "diagrams")]
    memo: Memo,
}

impl Diagrams {
    /// With a cache that remembers drawings, and code with its colours, from run to run.
    pub fn with(cache: Arc<Cache>) -> Diagrams {
        Diagrams { cache, ..Diagrams::default() }
    }

    /// The cache, for whatever else on a page is dear to make.
    pub(super) fn cache(&self) -> &Cache {
        &self.cache
    }
}

#[cfg(feature = "diagrams")]
impl Diagrams {
    /// What is wrong with a source, without drawing it; empty when nothing is.
    ///
    /// Why one that somebody tried to draw could not be is answered from memory.
    pub fn check(&self, source: &str, limits: &Limits) -> Vec<Problem> {
        let reading = match self.read(source, limits) {
            Ok(reading) => reading,
            Err(problem) => return vec![problem],
        };
        match self.memo.recall(source, limits.diagram_time) {
            Some(Err(problem)) => vec![problem],
            Some(Ok(drawing)) => match within(source, &drawing, limits) {
                Err(problem) => vec![problem],
                // What draws may still hold a directive without effect.
                Ok(()) => reading.problems.clone(),
            },
            None => reading.problems.clone(),
        }
    }

    /// What a source holds and what is wrong with it, when it is within the limits.
    fn read(&self, source: &str, limits: &Limits) -> Result<Arc<Reading>, Problem> {
        if source.len() > limits.diagram {
            let message = format!("the diagram has {} bytes; it may have {}", source.len(), limits.diagram);
            return Err(explain::beyond(source, &message, "diagram-bytes"));
        }
        let reading = self.memo.read(source, &self.cache);
        match reading.size.and_then(|size| size.beyond(limits)) {
            Some((message, setting)) => Err(explain::beyond(source, &message, setting)),
            None => Ok(reading),
        }
    }

    /// The drawing, or why there is none; `Ok(None)` when this build of the program draws no diagrams.
    ///
    /// # Errors
    /// The first thing that is wrong with the source, at its place.
    pub fn draw(&self, source: &str, limits: &Limits) -> Result<Option<Arc<Drawing>>, Problem> {
        let reading = self.read(source, limits)?;
        if let (None, Some(problem)) = (reading.size, reading.problems.first()) {
            return Err(problem.clone());
        }
        let drawing = self.memo.draw(source, limits.diagram_time, &self.cache)?;
        within(source, &drawing, limits).map(|()| Some(drawing))
    }
}

/// Whether a drawing is as large as it may be.
#[cfg(feature = "diagrams")]
fn within(source: &str, drawing: &Drawing, limits: &Limits) -> Result<(), Problem> {
    if drawing.svg.len() <= limits.drawing {
        return Ok(());
    }
    let message = format!("the drawing has {} bytes; it may have {}", drawing.svg.len(), limits.drawing);
    Err(explain::beyond(source, &message, "drawing-bytes"))
}

#[cfg(not(feature = "diagrams"))]
impl Diagrams {
    /// What is wrong with a source; nothing, when this build of the program draws no diagrams.
    pub fn check(&self, _source: &str, _limits: &Limits) -> Vec<Problem> {
        Vec::new()
    }

    /// The drawing, or why there is none; `Ok(None)` when this build of the program draws no diagrams.
    ///
    /// # Errors
    /// None in this build.
    pub fn draw(&self, _source: &str, _limits: &Limits) -> Result<Option<Arc<Drawing>>, Problem> {
        Ok(None)
    }
}

#[cfg(test)]
#[cfg(feature = "diagrams")]
mod tests {
    use super::*;
    use std::time::Duration;

    const GROUPS: &str = "flowchart LR\n subgraph TEAM[\"Platform team\"]\n  A[\"Draft<br/>(one page)\"] -->|\"asks\"| B{Review}\n end\n \
        B -.->|no| A\n TEAM --> C((Done))\n style A fill:#14532d\n style C fill:#ef4444,color:#ffffff\n classDef pale fill:#fef3c7\n class B pale\n";
    const NOTES: &str = "stateDiagram-v2\n [*] --> Draft: written\n Draft --> Accepted: signed\n state Review {\n  [*] --> Read\n }\n \
        Draft --> Review\n note right of Draft\n  Two days\n end note\n Accepted --> [*]\n";
    const TALK: &str = "sequenceDiagram\n accTitle: How a driver asks\n autonumber\n actor D as Driver\n participant A as Approver\n \
        D->>+A: Please read\n alt agreed\n  A-->>-D: Signed\n else\n  A--xD: Sent back\n end\n Note over D,A: Within two days\n";
    const SUNSET: &str = "gantt\n title Sunset of the ledger\n dateFormat YYYY-MM-DD\n excludes weekends\n section Notice\n \
        Announce :done, a, 2026-02-02, 10d\n Migrate :active, b, after a, 20d\n section End\n Brownout :crit, c, after b, 2d\n \
        Off :milestone, after c, 0d\n";
    const TABLES: &str =
        "erDiagram\n RECORD ||--o{ SIGNOFF : has\n RECORD {\n  string id PK \"as in the file\"\n  date due\n }\n";
    const SLICES: &str = "pie title Doors\n \"one-way\" : 3\n \"two-way\" : 14\n";

    fn drawn(source: &str) -> Arc<Drawing> {
        Diagrams::default()
            .draw(source, &Limits::default())
            .unwrap_or_else(|problem| panic!("{problem:?} in {source}"))
            .unwrap()
    }

    fn problem(source: &str) -> Problem {
        Diagrams::default().draw(source, &Limits::default()).unwrap_err()
    }

    #[test]
    fn drawings_hold_under_a_strict_policy_and_on_a_crowded_page() {
        for source in [GROUPS, NOTES, TALK, SUNSET, TABLES, SLICES] {
            let drawing = drawn(source);
            assert!(clean::is_clean(&drawing.svg), "the cache would not believe it: {source}");
            let document = roxmltree::Document::parse(&drawing.svg).unwrap();
            for node in document.descendants().filter(roxmltree::Node::is_element) {
                assert_ne!(node.tag_name().name(), "style");
                for attribute in node.attributes() {
                    let (name, value) = (attribute.name(), attribute.value());
                    assert_ne!(name, "style", "{value}");
                    assert!(name != "id" || value.starts_with(PLACEHOLDER), "{value}");
                    assert!(!value.contains("url(") || value.starts_with("url(#diagram-id-placeholder"), "{value}");
                }
            }
        }
    }

    #[test]
    fn colours_follow_the_site_and_the_authors_stay() {
        let svg = &drawn(GROUPS).svg;
        assert!(svg.contains("dg-s-node-line") && svg.contains("dg-s-line") && svg.contains("dg-f-group"));
        assert!(svg.contains("fill=\"#ef4444\"") && svg.contains("color=\"#ffffff\""));
        assert!(!svg.contains("#a11d"), "a sentinel is left");
        assert!(!drawn(NOTES).light_only && drawn(NOTES).svg.contains("dg-f-note"));
        assert!(drawn(SLICES).light_only);
    }

    #[test]
    fn text_reads_on_a_fill_that_names_no_colour_for_it() {
        let svg = &drawn(GROUPS).svg;
        let ground = |fill: &str| svg.find(&format!("fill=\"{fill}\"")).and_then(|at| svg.get(at..)).unwrap();
        assert!(ground("#14532d").split_once("color=\"").unwrap().1.starts_with("#ffffff\""));
        assert!(ground("#fef3c7").split_once("color=\"").unwrap().1.starts_with("#1f2328\""));
    }

    #[test]
    fn titles_are_for_readers() {
        assert_eq!(drawn(TALK).title, "How a driver asks");
        assert_eq!(drawn(SUNSET).title, "Sunset of the ledger");
        assert_eq!(drawn(GROUPS).title, "Flowchart");
    }

    #[test]
    fn an_author_cannot_loosen_the_sites_settings() {
        let plain = drawn("flowchart LR\n A --> B\n");
        for directive in [
            "%%{init: {\"theme\": \"dark\", \"themeVariables\": {\"primaryColor\": \"#ff0000\"}}}%%\n",
            "%%{init: {\"securityLevel\": \"loose\", \"themeCSS\": \"* { fill: red }\", \"look\": \"neo\"}}%%\n",
            "---\nconfig:\n  theme: forest\n  fontFamily: fantasy\n  htmlLabels: false\n---\n",
        ] {
            assert_eq!(drawn(&format!("{directive}flowchart LR\n A --> B\n")).svg, plain.svg, "{directive}");
        }
    }

    #[test]
    fn nothing_active_survives() {
        let attacks = [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<a href='javascript:alert(1)'>x</a>",
            "<iframe src='data:text/html,x'></iframe>",
            "<image href='https://example.org/x.png'/>",
            "<style>*{fill:url(https://example.org/x)}</style>",
        ];
        let diagrams = Diagrams::default();
        for attack in attacks {
            for source in [
                format!("flowchart LR\n A[\"{attack}\"] -->|\"{attack}\"| B\n click A \"javascript:alert(1)\"\n"),
                format!("erDiagram\n A {{\n  string id \"{attack}\"\n }}\n A ||--o{{ B : \"{attack}\"\n"),
                format!("erDiagram\n A[\"{attack}\"] {{\n  string id\n }}\n"),
                format!("sequenceDiagram\n A->>B: {attack}\n link A: x @ javascript:alert(1)\n"),
                "flowchart LR\n A@{ img: \"https://example.org/x.png\", label: \"x\" }\n".to_owned(),
            ] {
                let Ok(Some(drawing)) = diagrams.draw(&source, &Limits::default()) else { continue };
                let document = roxmltree::Document::parse(&drawing.svg).unwrap();
                for node in document.descendants().filter(roxmltree::Node::is_element) {
                    let name = node.tag_name().name();
                    assert!(!matches!(name, "script" | "img" | "image" | "iframe" | "style"), "{source}");
                    for attribute in node.attributes() {
                        assert!(!attribute.name().starts_with("on"), "{source}");
                        assert!(!attribute.value().contains("javascript:"), "{source}");
                        assert!(!attribute.value().contains("example.org"), "{source}");
                    }
                }
            }
        }
    }

    #[test]
    fn common_mistakes_are_told_where_they_are() {
        for (source, place, message) in [
            ("", "", "the diagram is empty"),
            ("flowchat LR\n A --> B\n", "flowchat LR", "`flowchat` is not a kind of diagram"),
            ("flowchart LR\n A -->\n", "A -->", "unexpected end of the diagram"),
            ("flowchart LR\n A[Ship --> B\n", "[Ship --> B", "the label is never closed"),
            (
                "flowchart LR\n A[Ship (now)] --> B\n",
                "A[Ship (now)] --> B",
                "parentheses and brackets in a label need quotes",
            ),
            ("flowchart LR\n subgraph S\n A --> B\n", "subgraph S", "`subgraph` is never closed"),
            ("flowchart LR\n A —> B\n", "—", "`—>` is not an arrow here"),
            ("flowchart LR\n A --> end\n", "end", "`end` is a keyword and cannot name a node"),
            ("flowchart ZZ\n A --> B\n", "ZZ", "`ZZ` is not a direction"),
            ("stateDiagram-v2\n A -> B\n", "A -> B", "`->` is not an arrow here"),
            ("stateDiagram-v2\n state A {\n B --> C\n", "state A {", "`state` is never closed"),
            ("sequenceDiagram\n A->>B: hi\n deactivate B\n", "deactivate B", "`B` is deactivated but was not active"),
            ("sequenceDiagram\n opt maybe\n A->>B: hi\n", "opt maybe", "`opt` is never closed"),
            ("gantt\n section S\n Do :2026-02-31, 2d\n", "2026-02-31", "`2026-02-31` is not a date"),
            (
                "---\ntitle: [x\n---\nflowchart LR\n A\n",
                "title: [x",
                "the front matter is not YAML: unclosed bracket '['",
            ),
        ] {
            let problem = problem(source);
            assert_eq!((problem.span.of(source), problem.message.as_str()), (place, message), "{source}");
            assert_eq!(Diagrams::default().check(source, &Limits::default()).first(), Some(&problem), "{source}");
        }
    }

    #[test]
    fn advice_is_the_authors_own_line() {
        let advice = problem("flowchart LR\n Go[Ship (now)] --> B\n").help;
        assert_eq!(advice.as_deref(), Some("write `Go[\"Ship (now)\"]`"));
        assert_eq!(problem("flowchat LR\n").help.as_deref(), Some("did you mean `flowchart`?"));
        for (label, mark) in
            [("[x", "]"), ("(x", ")"), ("((x", "))"), ("{x", "}"), ("[(x", ")]"), (">x", "]"), ("[\"x]", "\"")]
        {
            let help = problem(&format!("flowchart LR\n A --> B{label}\n")).help;
            assert_eq!(help, Some(format!("`{mark}` is missing")), "{label}");
        }
    }

    #[test]
    fn a_directive_without_effect_is_told_though_the_diagram_draws() {
        let source = "%%{init: {\"theme\": \"dark\"}%%\nflowchart LR\n A --> B\n";
        let diagrams = Diagrams::default();
        assert!(diagrams.draw(source, &Limits::default()).is_ok());
        let found = diagrams.check(source, &Limits::default());
        assert_eq!(found.first().map(|problem| problem.span.of(source)), source.lines().next());
    }

    #[test]
    fn what_costs_too_much_is_refused() {
        let flow = |line: &dyn Fn(usize) -> String, count| {
            (0..count).fold("flowchart LR\n".to_owned(), |source, at| source + &line(at))
        };
        let star = |count: usize| flow(&|at| format!(" A --> B{at}\n"), count - 1);
        let pair = |count: usize| flow(&|_| " A --> B\n".to_owned(), count);
        let states: String = (0..501).map(|at| format!(" [*] --> S{at}\n")).collect();
        let talk: String = (0..2_001).map(|at| format!(" A->>B: {at}\n")).collect();
        let slices: String = (0..2_501).map(|at| format!(" \"s{at}\" : 1\n")).collect();
        for (source, says) in [
            (
                format!("flowchart LR\n A[\"{}\"]\n", "x".repeat(50_000)),
                "the diagram has 50020 bytes; it may have 50000",
            ),
            (star(501), "the diagram has 501 nodes; it may have 500"),
            (pair(2_001), "the diagram has 2001 edges; it may have 2000"),
            (format!("stateDiagram-v2\n{states}"), "the diagram has 502 nodes; it may have 500"),
            (format!("sequenceDiagram\n{talk}"), "the diagram has 2001 edges; it may have 2000"),
            (format!("pie\n{slices}"), "the diagram has 2501 parts; it may have 2500"),
        ] {
            let found = problem(&source);
            assert_eq!(found.message, says);
            assert_eq!(found.span.of(&source), source.lines().next().unwrap(), "{says}");
            assert!(found.help.as_ref().is_some_and(|help| help.contains("under `[limits]`")), "{found:?}");
            assert_eq!(Diagrams::default().check(&source, &Limits::default()), [found], "a check says so, too: {says}");
        }
        for source in [star(500), pair(2_000)] {
            assert_eq!(Diagrams::default().check(&source, &Limits::default()), [], "what is within the limits is none");
        }
    }

    #[test]
    fn limits_are_those_of_the_settings() {
        let diagrams = Diagrams::default();
        let refused = |limits: Limits| diagrams.draw(GROUPS, &limits).unwrap_err().message;
        let usual = Limits { diagram_time: Duration::from_secs(60), ..Limits::default() };
        assert_eq!(
            refused(Limits { diagram: 10, ..usual.clone() }),
            format!("the diagram has {} bytes; it may have 10", GROUPS.len())
        );
        assert_eq!(refused(Limits { diagram_nodes: 2, ..usual.clone() }), "the diagram has 4 nodes; it may have 2");
        assert_eq!(refused(Limits { diagram_edges: 1, ..usual.clone() }), "the diagram has 3 edges; it may have 1");
        assert_eq!(
            refused(Limits { diagram_time: Duration::ZERO, ..usual.clone() }),
            "the diagram takes longer than 0 ms to draw"
        );
        assert!(refused(Limits { drawing: 100, ..usual.clone() }).ends_with("bytes; it may have 100"));
        assert!(diagrams.draw(GROUPS, &usual).is_ok(), "what was refused is drawn once it may be");
    }

    #[test]
    fn a_source_is_drawn_once_and_alike_from_every_thread() {
        let diagrams = Diagrams::default();
        let first = diagrams.draw(GROUPS, &Limits::default()).unwrap().unwrap();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    assert!(Arc::ptr_eq(&diagrams.draw(GROUPS, &Limits::default()).unwrap().unwrap(), &first))
                });
            }
        });
        assert_eq!(*drawn(GROUPS), *first);
    }
}
