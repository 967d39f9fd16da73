//! What kind of diagram a source is, and the title it gives itself.

/// Kinds by the keyword they open with: the name for readers, and whether the palette follows light and dark.
const KINDS: &[(&str, &str, Palette)] = &[
    ("flowchart", "Flowchart", Palette::Site),
    ("graph", "Flowchart", Palette::Site),
    ("stateDiagram", "State diagram", Palette::Site),
    ("sequenceDiagram", "Sequence diagram", Palette::Site),
    ("classDiagram", "Class diagram", Palette::Site),
    ("erDiagram", "Entity relationship diagram", Palette::Site),
    ("gantt", "Gantt chart", Palette::Site),
    ("pie", "Pie chart", Palette::Own),
    ("quadrantChart", "Quadrant chart", Palette::Own),
    ("timeline", "Timeline", Palette::Own),
    ("mindmap", "Mind map", Palette::Own),
    ("gitGraph", "Git graph", Palette::Own),
    ("journey", "User journey", Palette::Own),
    ("requirement", "Requirement diagram", Palette::Own),
    ("sankey", "Sankey diagram", Palette::Own),
    ("xychart", "XY chart", Palette::Own),
    ("block", "Block diagram", Palette::Own),
    ("packet", "Packet diagram", Palette::Own),
    ("kanban", "Kanban board", Palette::Own),
    ("architecture", "Architecture diagram", Palette::Own),
    ("radar", "Radar chart", Palette::Own),
    ("treemap", "Treemap", Palette::Own),
    ("C4", "C4 diagram", Palette::Own),
];

/// Where a drawing's colours come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Palette {
    /// The site's variables, which follow light and dark.
    Site,
    /// Computed by the renderer, fit for a light ground only.
    Own,
}

/// What a source says about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kind {
    /// `accTitle`, the title, or the kind in words.
    pub(super) title: String,
    /// Where its colours come from.
    pub(super) palette: Palette,
}

impl Kind {
    /// Reads the keyword and the titles of a source.
    pub(super) fn of(source: &str) -> Kind {
        let (front, body) = split_front_matter(source);
        let keyword = keyword(body);
        let known = KINDS.iter().find(|(start, ..)| keyword.starts_with(start));
        let (name, palette) = known.map_or(("Diagram", Palette::Own), |(_, name, palette)| (*name, *palette));
        let own = accessible_title(body).or_else(|| field(front, "title:")).or_else(|| body_title(body, keyword));
        Kind { title: own.unwrap_or(name).to_owned(), palette }
    }
}

/// Keywords of the kinds we know, for advice on a misspelt one.
pub(super) fn keywords() -> impl Iterator<Item = &'static str> {
    KINDS.iter().map(|(keyword, ..)| *keyword)
}

/// The front matter between two `---` lines, and what follows; no front matter, no loss.
fn split_front_matter(source: &str) -> (&str, &str) {
    let trimmed = source.trim_start();
    let Some(rest) = trimmed.strip_prefix("---\n") else { return ("", source) };
    rest.split_once("\n---").map_or(("", source), |(front, body)| (front, body.trim_start_matches('-')))
}

/// The first word that is neither a comment nor a directive.
fn keyword(body: &str) -> &str {
    let mut rest = body.trim_start();
    while let Some(inside) = rest.strip_prefix("%%") {
        let directive = inside.starts_with('{').then(|| inside.find("}%%").map(|at| at + 3)).flatten();
        let end = directive.or_else(|| inside.find('\n')).unwrap_or(inside.len());
        rest = inside.get(end..).unwrap_or("").trim_start();
    }
    rest.split(|character: char| character.is_whitespace() || character == ';').next().unwrap_or("")
}

/// The value after `accTitle:`.
fn accessible_title(body: &str) -> Option<&str> {
    body.lines().find_map(|line| non_empty(line.trim_start().strip_prefix("accTitle")?.trim_start().strip_prefix(':')?))
}

/// The `title …` line that most charts allow; `pie title …` keeps it on the first line.
fn body_title<'a>(body: &'a str, keyword: &str) -> Option<&'a str> {
    body.lines().find_map(|line| {
        let line = line.trim();
        let line = line.strip_prefix(keyword).map_or(line, str::trim_start);
        non_empty(line.strip_prefix("title")?.strip_prefix([' ', '\t'])?)
    })
}

/// The value of a top-level field of the front matter.
fn field<'a>(front: &'a str, name: &str) -> Option<&'a str> {
    front.lines().find_map(|line| non_empty(line.strip_prefix(name)?))
}

/// The text without space and quotes around it; `None` when nothing remains.
fn non_empty(text: &str) -> Option<&str> {
    let text = text.trim().trim_matches(['"', '\'']).trim();
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(source: &str) -> String {
        Kind::of(source).title
    }

    #[test]
    fn titles_come_from_the_most_deliberate_place() {
        assert_eq!(title("flowchart LR\n A --> B"), "Flowchart");
        assert_eq!(title("---\ntitle: Front\n---\nflowchart LR\n accTitle: Spoken\n A --> B"), "Spoken");
        assert_eq!(title("---\ntitle: \"Front\"\n---\nflowchart LR\n A --> B"), "Front");
        assert_eq!(title("gantt\n  title Sunset\n"), "Sunset");
        assert_eq!(title("pie title Spend\n \"a\": 1"), "Spend");
    }

    #[test]
    fn comments_and_directives_do_not_hide_the_kind() {
        let source = "%% a note\n%%{init: {\"a\": 1}}%%\nstateDiagram-v2\n [*] --> A";
        assert_eq!(Kind::of(source), Kind { title: "State diagram".to_owned(), palette: Palette::Site });
        assert_eq!(Kind::of("pie\n").palette, Palette::Own);
    }
}
