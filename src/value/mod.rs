//! Structured values with spans: one tree for TOML and YAML, and a reader that reports every problem at once.

mod excerpt;
mod limit;
mod reader;
mod scalar;
mod suggest;
mod toml;
mod tree;
mod unknown;
mod yaml;

pub use excerpt::MALFORMED;
pub use limit::{HeadLimits, Limit, is_of_excess};
pub use reader::{Findings, Reader};
pub use toml::parse_toml;
pub use tree::{Data, Entry, Scalar, Table, Value};
pub use yaml::parse_yaml;

#[cfg(test)]
mod tests {
    use super::tree::{Data, Table};
    use super::{HeadLimits, Limit, toml, yaml};
    use crate::diagnostic::Diagnostic;
    use crate::text::{SourcePath, Span};
    use proptest::prelude::{ProptestConfig, prop_assert, proptest};

    /// Every place that a tree and its findings name.
    fn places(table: &Table, found: &[Diagnostic]) -> Vec<Span> {
        let mut places: Vec<Span> = found.iter().map(|finding| finding.primary.span).collect();
        let fixes = found.iter().filter_map(|finding| finding.fix.as_deref());
        places.extend(fixes.flat_map(|fix| fix.edits.iter().map(|edit| edit.span)));
        places.extend(found.iter().flat_map(|finding| finding.related.iter().map(|label| label.location.span)));
        let mut rest: Vec<_> = table.entries.iter().collect();
        let mut values = Vec::new();
        while let Some(entry) = rest.pop() {
            places.push(entry.key.span);
            values.push(&entry.value);
            while let Some(value) = values.pop() {
                places.push(value.span);
                match &value.data {
                    Data::Table(table) => rest.extend(&table.entries),
                    Data::List(items) => values.extend(items),
                    Data::Scalar(..) => {}
                }
            }
        }
        places
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

        /// Lines out of the pieces of which TOML and YAML are made, in any order.
        #[test]
        fn any_text_is_read_with_places_inside_it(text in r##"([a-c]{1,2}|[ =:#.,&*!|>?%@é😀\x1b"'\\{}\[\]\n\r\t-]|: |- | = |\n|20[0-9]{2}-[0-9]{2}-3[01]|"""|0x|true){0,40}"##) {
            let file = format!("+++\n{text}");
            for parse in [toml::parse_toml, yaml::parse_yaml] {
                let (table, found) = parse(&SourcePath::new("a.md"), &text, 4, Limit::from(&HeadLimits::default()));
                for span in places(&table, &found) {
                    prop_assert!(span.start >= 4 && file.get(span.range()).is_some(), "{span:?} {table:?} {found:?}");
                }
                prop_assert!(found.iter().all(|finding| !finding.message.contains(char::is_control) && finding.help.is_some()));
            }
        }
    }
}
