//! What is remembered.

/// What is remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A diagram as it was drawn, or why it cannot be.
    Drawing,
    /// What is wrong with the source of a diagram, without drawing it.
    Reading,
    /// A block of code with its colours.
    Code,
}

impl Kind {
    /// All of them; a kind's place here is its number in packs.
    pub(super) const ALL: [Kind; 3] = [Kind::Drawing, Kind::Reading, Kind::Code];
}
