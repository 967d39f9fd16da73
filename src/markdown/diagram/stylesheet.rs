//! The renderer's stylesheet, read so that each element can be given what the cascade would give it.

use std::collections::BTreeMap;

/// One property and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Declaration<'a> {
    pub(super) property: &'a str,
    pub(super) value: &'a str,
    pub(super) important: bool,
}

/// One selector with the declarations of its rule.
#[derive(Debug)]
pub(super) struct Rule<'a> {
    /// From the element itself outwards.
    pub(super) steps: Vec<Step<'a>>,
    /// Classes and attributes in the upper half, names of elements in the lower.
    pub(super) specificity: u32,
    /// Range in the sheet's declarations.
    declarations: std::ops::Range<usize>,
}

/// What one element on the way must be.
#[derive(Debug, Default)]
pub(super) struct Step<'a> {
    pub(super) name: Option<&'a str>,
    pub(super) id: Option<&'a str>,
    pub(super) classes: Vec<&'a str>,
    pub(super) attributes: Vec<Attribute<'a>>,
    /// Whether the next step outwards is the parent itself, and not any ancestor.
    pub(super) child: bool,
}

/// A condition on an attribute.
#[derive(Debug)]
pub(super) enum Attribute<'a> {
    /// `[name]`.
    Present(&'a str),
    /// `[name="value"]`.
    Is(&'a str, &'a str),
    /// `[name$="value"]`.
    EndsWith(&'a str, &'a str),
}

/// A stylesheet, with rules found by what their innermost step asks for.
#[derive(Debug, Default)]
pub(super) struct Sheet<'a> {
    rules: Vec<Rule<'a>>,
    declarations: Vec<Declaration<'a>>,
    by_class: BTreeMap<&'a str, Vec<usize>>,
    by_name: BTreeMap<&'a str, Vec<usize>>,
    other: Vec<usize>,
}

impl<'a> Sheet<'a> {
    /// Reads a stylesheet; at-rules and selectors beyond classes, names, ids and attributes are left out.
    pub(super) fn parse(css: &'a str) -> Sheet<'a> {
        let mut sheet = Sheet::default();
        let mut rest = css;
        while let Some((selectors, after)) = rest.split_once('{') {
            if selectors.trim_start().starts_with('@') {
                rest = skip_block(after);
                continue;
            }
            let (body, after) = after.split_once('}').unwrap_or((after, ""));
            sheet.add(selectors, body);
            rest = after;
        }
        sheet
    }

    /// Rules whose innermost step may fit an element, with their places in the sheet.
    pub(super) fn candidates<'s>(
        &'s self,
        name: &str,
        classes: &'s str,
    ) -> impl Iterator<Item = (usize, &'s Rule<'a>)> + 's {
        let by_class = classes.split_ascii_whitespace().filter_map(|class| self.by_class.get(class));
        let by_name = self.by_name.get(name);
        let places = by_class.chain(by_name).flatten().chain(&self.other);
        places.filter_map(|place| Some((*place, self.rules.get(*place)?)))
    }

    /// The declarations of a rule.
    pub(super) fn declarations(&self, rule: &Rule<'a>) -> &[Declaration<'a>] {
        self.declarations.get(rule.declarations.clone()).unwrap_or_default()
    }

    fn add(&mut self, selectors: &'a str, body: &'a str) {
        let start = self.declarations.len();
        self.declarations.extend(declarations(body));
        let range = start..self.declarations.len();
        for steps in selectors.split(',').filter_map(steps) {
            let place = self.rules.len();
            let index = match steps.first() {
                Some(Step { classes, .. }) if !classes.is_empty() => {
                    self.by_class.entry(classes.first().copied().unwrap_or("")).or_default()
                }
                Some(Step { name: Some(name), .. }) => self.by_name.entry(name).or_default(),
                _ => &mut self.other,
            };
            index.push(place);
            let specificity = steps.iter().map(Step::specificity).sum();
            self.rules.push(Rule { steps, specificity, declarations: range.clone() });
        }
    }
}

impl Step<'_> {
    fn specificity(&self) -> u32 {
        let weigh = |count: usize, unit: u32| u32::try_from(count).unwrap_or(u32::MAX).saturating_mul(unit);
        weigh(self.classes.len() + self.attributes.len(), 1 << 10)
            .saturating_add(weigh(usize::from(self.name.is_some()), 1))
            .saturating_add(weigh(usize::from(self.id.is_some()), 1 << 20))
    }
}

/// Reads the declarations of a block or of a `style` attribute.
pub(super) fn declarations(body: &str) -> impl Iterator<Item = Declaration<'_>> {
    body.split(';').filter_map(|declaration| {
        let (property, value) = declaration.split_once(':')?;
        let value = value.trim();
        let plain = value.strip_suffix("!important").map(str::trim_end);
        Some(Declaration { property: property.trim(), value: plain.unwrap_or(value), important: plain.is_some() })
    })
}

/// What follows a block whose opening brace has been read.
fn skip_block(text: &str) -> &str {
    let mut depth = 1;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return text.get(at + 1..).unwrap_or("");
        }
    }
    ""
}

/// The steps of one selector, innermost first; `None` when it asks for more than a still picture can answer.
fn steps(selector: &str) -> Option<Vec<Step<'_>>> {
    let mut steps: Vec<Step<'_>> = Vec::new();
    for (at, part) in selector.split_ascii_whitespace().enumerate() {
        for (nth, part) in part.split('>').enumerate() {
            let mut step = if part.is_empty() && nth > 0 { continue } else { step(part)? };
            step.child = nth > 0 || (at > 0 && selector.contains(" > "));
            steps.push(step);
        }
    }
    steps.reverse();
    (!steps.is_empty()).then_some(steps)
}

/// One compound selector.
fn step(text: &str) -> Option<Step<'_>> {
    let mut step = Step::default();
    let mut rest = text;
    while !rest.is_empty() {
        let mark = rest.chars().next()?;
        let body = rest.trim_start_matches(['.', '#', '[']);
        let end = if mark == '[' { body.find(']')? + 1 } else { body.find(['.', '#', '[', ':']).unwrap_or(body.len()) };
        let (word, after) = body.split_at_checked(end)?;
        match mark {
            '.' => step.classes.push(word),
            '#' => step.id = Some(word),
            '[' => step.attributes.push(attribute(word.strip_suffix(']')?)?),
            ':' => return None,
            '*' => {}
            _ => step.name = Some(word),
        }
        rest = after;
    }
    Some(step)
}

/// The condition between brackets.
fn attribute(text: &str) -> Option<Attribute<'_>> {
    let Some((name, value)) = text.split_once('=') else { return Some(Attribute::Present(text)) };
    let value = value.trim_matches(['"', '\'']);
    match name.strip_suffix(['$', '^', '*', '~', '|']) {
        None => Some(Attribute::Is(name, value)),
        Some(bare) if name.ends_with('$') => Some(Attribute::EndsWith(bare, value)),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_found_by_class_and_by_name() {
        let sheet =
            Sheet::parse("@keyframes x{from{a:b}to{a:c}}#d .node rect,#d .edge{fill:red;stroke:#fff!important}");
        let names: Vec<usize> = sheet.candidates("rect", "").map(|(place, _)| place).collect();
        assert_eq!(names, [0]);
        let (_, rule) = sheet.candidates("g", "edge").next().unwrap();
        let stroke = Declaration { property: "stroke", value: "#fff", important: true };
        assert_eq!(sheet.declarations(rule).last(), Some(&stroke));
    }

    #[test]
    fn what_a_still_picture_cannot_answer_is_left_out() {
        assert!(steps("#d a:hover").is_none());
        assert!(steps("#d [class^=\"x\"]").is_none());
        let steps = steps("#d text.actor>tspan").unwrap();
        assert!(steps[0].child && steps[0].name == Some("tspan") && !steps[1].child);
        assert_eq!(steps[1].classes, ["actor"]);
    }
}
