//! How much a text may hold.

use std::time::Duration;

/// How much a text may hold: enough for people, too little for attacks. A text with more is shown as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Marks of punctuation and ends of lines: what may begin something that is more than a word.
    pub marks: usize,
    /// Blocks within blocks.
    pub depth: usize,
    /// Headings.
    pub headings: usize,
    /// Links, images, ids that are named, and anchors written as HTML, together.
    pub links: usize,
    /// Cells of all tables together.
    pub cells: usize,
    /// Footnotes.
    pub footnotes: usize,
    /// Diagrams.
    pub diagrams: usize,
    /// Bytes of the source of a diagram.
    pub diagram: usize,
    /// Nodes of a diagram, with the groups around them.
    pub diagram_nodes: usize,
    /// Edges of a diagram. A chart that has neither may have as many parts as both together.
    pub diagram_edges: usize,
    /// How long drawing a diagram may take, as with code.
    pub diagram_time: Duration,
    /// Bytes of a diagram that was drawn.
    pub drawing: usize,
    /// Bytes of a block of code that is coloured.
    pub code: usize,
    /// Bytes of a line in such a block.
    pub code_line: usize,
    /// How long colouring such a block may take. It is there for what no other limit catches: a block that takes nearly that
    /// long may be coloured on one machine and plain on another.
    pub code_time: Duration,
    /// Bytes of all the code of a page that is coloured.
    pub code_of_page: usize,
    /// Bytes of HTML that a text may become. One that becomes more is shown as it was written, which takes five bytes for one at most.
    pub html: usize,
}

/// The longest heading, in bytes: every list and every link shows it.
pub(super) const LONGEST_HEADING: usize = 1_000;

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            marks: 680_000,
            depth: 100,
            headings: 5_000,
            links: 50_000,
            cells: 100_000,
            footnotes: 5_000,
            diagrams: 200,
            diagram: 50_000,
            diagram_nodes: 500,
            diagram_edges: 2_000,
            diagram_time: Duration::from_secs(1),
            drawing: 1_000_000,
            code: 256 * 1024,
            code_line: 16 * 1024,
            code_time: Duration::from_secs(1),
            code_of_page: 1024 * 1024,
            html: 32 * 1024 * 1024,
        }
    }
}
