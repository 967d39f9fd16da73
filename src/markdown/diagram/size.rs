//! How much a diagram holds, counted in its model and held against what it may hold.

use crate::markdown::limits::Limits;
use merman::RenderSemanticModel as Model;
use merman::resources::ModelComplexity;
use std::collections::BTreeSet;

/// How much a diagram holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Size {
    /// Nodes, with the groups around them: states, classes, tables, participants.
    pub(super) nodes: usize,
    /// What leads from one to another: relations, messages.
    pub(super) edges: usize,
    /// Slices, tasks, points: what a chart consists of that has neither nodes nor edges.
    pub(super) parts: usize,
}

impl Size {
    /// Counts what a model holds.
    pub(super) fn of(model: &Model) -> Size {
        let graph = |nodes, edges| Size { nodes, edges, parts: 0 };
        match model {
            Model::Flowchart(model) => {
                // A group that an edge leads to is among the nodes, too.
                let nodes =
                    model.nodes.iter().map(|node| &node.id).chain(model.subgraphs.iter().map(|group| &group.id));
                graph(nodes.collect::<BTreeSet<_>>().len(), model.edges.len())
            }
            Model::State(model) => graph(model.nodes.len(), model.edges.len()),
            Model::Sequence(model) => graph(model.actors.len() + model.boxes.len(), model.messages.len()),
            Model::Class(model) => {
                let beside = model.notes.len() + model.interfaces.len() + model.namespaces.len();
                graph(model.classes.len() + beside, model.relations.len())
            }
            Model::Er(model) => graph(model.entities.len() + model.subgraphs.len(), model.relationships.len()),
            Model::Mindmap(model) => graph(model.nodes.len(), model.edges.len()),
            Model::Requirement(model) => {
                graph(model.requirements.len() + model.elements.len(), model.relationships.len())
            }
            Model::C4(model) => graph(model.shapes.len() + model.boundaries.len(), model.rels.len()),
            Model::Block(model) => graph(model.blocks_flat.len(), model.edges.len()),
            Model::Architecture(model) => graph(model.nodes.len() + model.groups.len(), model.edges.len()),
            other => Size { parts: ModelComplexity::from_render_model(other).items, ..Size::default() },
        }
    }

    /// What there is too much of, and the setting that says how much there may be.
    pub(super) fn beyond(self, limits: &Limits) -> Option<(String, &'static str)> {
        let (nodes, edges) = (limits.diagram_nodes, limits.diagram_edges);
        let parts = nodes.saturating_add(edges);
        [
            (self.nodes, "nodes", nodes, "diagram-nodes"),
            (self.edges, "edges", edges, "diagram-edges"),
            (self.parts, "parts", parts, "diagram-edges"),
        ]
        .into_iter()
        .find(|(number, _, most, _)| number > most)
        .map(|(number, noun, most, setting)| (format!("the diagram has {number} {noun}; it may have {most}"), setting))
    }
}
