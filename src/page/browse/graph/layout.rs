//! Places boxes and lines in layers, so that lines run one way and cross little.

use dugong::graphlib::{Graph, GraphOptions};
use dugong::{EdgeLabel, GraphLabel, LabelPos, NodeLabel, Point, RankDir, WorkControl, WorkError, layout_controlled};

/// Space between boxes of a layer, and between layers, in pixels.
const BESIDE: f64 = 14.0;
const BETWEEN: f64 = 60.0;

/// Steps of work for one drawing: a few times what 300 boxes with 600 lines take.
const WORK: usize = 60_000_000;

/// A line from one box to another, by their places in the list of boxes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub(super) from: usize,
    pub(super) to: usize,
    /// Width of the words on it, in pixels.
    pub(super) words: f64,
}

/// Boxes and lines in their places, in pixels from the upper left.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Laid {
    pub(super) width: f64,
    pub(super) height: f64,
    /// Centres of the boxes.
    pub(super) boxes: Vec<(f64, f64)>,
    /// The lines.
    pub(super) lines: Vec<LaidLine>,
}

/// The bends of a line, ends included, and the centre of its words.
pub(super) type LaidLine = (Vec<(f64, f64)>, (f64, f64));

/// A limit on the work for one drawing.
struct Budget(usize);

impl WorkControl for Budget {
    fn charge(&mut self, units: usize) -> Result<(), WorkError> {
        self.0 = self.0.checked_sub(units).ok_or(WorkError::Interrupted)?;
        Ok(())
    }
}

/// Lays out `count` boxes of one size, from left to right; `None` when that is too much work.
pub(super) fn lay_out(count: usize, (width, height): (f64, f64), lines: &[Line]) -> Option<Laid> {
    // What authors relate decides what is laid out, so a fault in the engine must cost no more than the drawing.
    std::panic::catch_unwind(|| run(count, (width, height), lines)).unwrap_or(None)
}

fn run(count: usize, (width, height): (f64, f64), lines: &[Line]) -> Option<Laid> {
    let options = GraphOptions { multigraph: false, compound: false, directed: true };
    let mut graph: Graph<NodeLabel, EdgeLabel, GraphLabel> = Graph::new(options);
    graph.set_graph(GraphLabel {
        rankdir: RankDir::LR,
        nodesep: BESIDE,
        ranksep: BETWEEN,
        edgesep: BESIDE,
        ..GraphLabel::default()
    });
    for node in 0..count {
        graph.set_node(name(node), NodeLabel { width, height, ..NodeLabel::default() });
    }
    for line in lines {
        let label = EdgeLabel {
            width: line.words,
            height: 16.0,
            labelpos: LabelPos::C,
            minlen: 1,
            weight: 1.0,
            ..EdgeLabel::default()
        };
        graph.set_edge_with_label(name(line.from), name(line.to), label);
    }
    layout_controlled(&mut graph, &mut Budget(WORK)).ok()?;
    let place = |node: usize| {
        let node = graph.node(&name(node))?;
        Some((node.x?, node.y?))
    };
    let bend = |line: &Line| {
        let edge = graph.edge(&name(line.from), &name(line.to), None)?;
        let points: Vec<(f64, f64)> = edge.points.iter().map(|Point { x, y }| (*x, *y)).collect();
        Some((points, (edge.x?, edge.y?)))
    };
    let laid = Laid {
        width: graph.graph().width,
        height: graph.graph().height,
        boxes: (0..count).map(place).collect::<Option<_>>()?,
        lines: lines.iter().map(bend).collect::<Option<_>>()?,
    };
    Some(laid)
}

/// No number, since the engine sorts those before all other names.
fn name(node: usize) -> String {
    format!("n{node}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(ends: &[(usize, usize)]) -> Vec<Line> {
        ends.iter().map(|(from, to)| Line { from: *from, to: *to, words: 60.0 }).collect()
    }

    #[test]
    fn boxes_do_not_touch_and_lines_lead_to_the_right() {
        let lines = lines(&[(0, 1), (0, 2), (1, 3), (2, 3), (4, 3)]);
        let laid = lay_out(5, (100.0, 40.0), &lines).unwrap();
        for (at, (x, y)) in laid.boxes.iter().enumerate() {
            assert!(*x >= 50.0 && *x <= laid.width - 50.0 && *y >= 20.0 && *y <= laid.height - 20.0);
            let apart = |(other_x, other_y): &(f64, f64)| (x - other_x).abs() >= 100.0 || (y - other_y).abs() >= 40.0;
            assert!(laid.boxes.iter().skip(at + 1).all(apart), "{laid:?}");
        }
        assert!(lines.iter().all(|line| laid.boxes[line.from].0 < laid.boxes[line.to].0));
        assert!(laid.lines.iter().all(|(points, _)| points.len() >= 2));
    }

    #[test]
    fn circles_and_crowds_are_laid_out_too() {
        assert!(lay_out(3, (100.0, 40.0), &lines(&[(0, 1), (1, 2), (2, 0), (0, 2)])).is_some());
        let crowd: Vec<(usize, usize)> =
            (1..300).flat_map(|node| [(node, node / 2), (node, (node * 7 + 3) % 300)]).collect();
        let crowd: Vec<(usize, usize)> = crowd.into_iter().filter(|(from, to)| from != to).collect();
        let first = lay_out(300, (200.0, 46.0), &lines(&crowd));
        assert!(first.is_some() && first == lay_out(300, (200.0, 46.0), &lines(&crowd)));
        let chain: Vec<(usize, usize)> = (1..300).map(|node| (node, node - 1)).collect();
        assert!(lay_out(300, (200.0, 46.0), &lines(&chain)).is_some());
    }
}
