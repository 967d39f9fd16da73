//! Lines of code that were coloured before: parsing is dear, and lines repeat within a block and from block to block.

use std::collections::{BTreeMap, HashMap};
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference};

/// Places that are remembered, and bytes of lines; past either, all is forgotten and learnt anew.
const MOST_PLACES: usize = 500;
const MOST_BYTES: usize = 4 * 1024 * 1024;

/// Scopes; a place within more is not remembered, since each one remembered is a copy of all of them.
const DEEPEST: usize = 32;

/// Where the parser stands between two lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) parser: ParseState,
    pub(super) stack: ScopeStack,
}

/// A part of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// The offset in the line where it ends.
    pub(super) end: usize,
    /// Its class, 0 for plain; `None` for blanks, which keep the class of what stands before them.
    pub(super) class: Option<u8>,
}

/// A place that is remembered, by number, or one that is not.
#[derive(Debug)]
pub(super) enum At {
    /// Remembered.
    Known(usize),
    /// Too deep, or in a block that is not remembered.
    Own(Box<Place>),
}

/// A line as it was coloured, and the place after it.
#[derive(Debug)]
struct Line {
    parts: Box<[Part]>,
    next: usize,
}

/// What is remembered.
#[derive(Debug, Default)]
pub(super) struct Lines {
    starts: BTreeMap<&'static str, usize>,
    /// Each place with the lines that were met there.
    places: Vec<(Place, HashMap<Box<str>, Line>)>,
    /// Places by their scopes, so that only few are compared.
    numbers: HashMap<Vec<Scope>, Vec<usize>>,
    bytes: usize,
}

impl Place {
    /// The start of a block.
    pub(super) fn start(grammar: &SyntaxReference) -> Place {
        Place { parser: ParseState::new(grammar), stack: ScopeStack::new() }
    }
}

impl Lines {
    /// The start of a block.
    pub(super) fn start(&mut self, grammar: &'static SyntaxReference) -> At {
        if let Some(number) = self.starts.get(grammar.name.as_str()) {
            return At::Known(*number);
        }
        let at = self.settle(Place::start(grammar));
        if let At::Known(number) = at {
            self.starts.insert(&grammar.name, number);
        }
        at
    }

    /// How a line was coloured at a place, and the place after it.
    pub(super) fn recall(&self, number: usize, line: &str) -> Option<(&[Part], usize)> {
        let (_, lines) = self.places.get(number)?;
        lines.get(line).map(|line| (&*line.parts, line.next))
    }

    /// A copy of a place, to go on from.
    pub(super) fn place(&self, number: usize) -> Option<Place> {
        self.places.get(number).map(|(place, _)| place.clone())
    }

    /// Remembers a line that was met at the place `from`, and the place after it.
    pub(super) fn learn(&mut self, from: usize, line: &str, parts: &[Part], next: Place) -> At {
        let cost = line.len() + size_of_val(parts) + size_of::<Line>();
        if self.bytes + cost > MOST_BYTES || self.places.len() >= MOST_PLACES {
            *self = Lines::default();
            return self.settle(next);
        }
        let at = self.settle(next);
        if let (At::Known(next), Some((_, lines))) = (&at, self.places.get_mut(from)) {
            lines.insert(line.into(), Line { parts: parts.into(), next: *next });
            self.bytes += cost;
        }
        at
    }

    /// Remembers a place, unless it is deep.
    pub(super) fn settle(&mut self, place: Place) -> At {
        let scopes = place.stack.as_slice();
        if scopes.len() > DEEPEST {
            return At::Own(Box::new(place));
        }
        let twins = self.numbers.get(scopes).into_iter().flatten();
        let known = twins.copied().find(|number| self.places.get(*number).is_some_and(|(known, _)| *known == place));
        if let Some(number) = known {
            return At::Known(number);
        }
        let number = self.places.len();
        self.numbers.entry(scopes.to_vec()).or_default().push(number);
        self.places.push((place, HashMap::new()));
        At::Known(number)
    }
}
