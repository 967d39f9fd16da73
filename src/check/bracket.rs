//! Whether brackets without a definition are meant to be a link.

use crate::markdown::LabelReference;
use crate::record::Record;
use crate::text::Span;
use std::cell::OnceCell;
use std::collections::HashSet;

/// How far before a reference a tag is looked for.
const TAG: usize = 80;

/// How much of a reference's words tells what they are: brackets may stand within brackets.
const WORDS: usize = 200;

/// The brackets of a text.
pub(super) struct Brackets<'a> {
    record: &'a Record,
    /// Where its links end.
    ends: OnceCell<HashSet<u32>>,
}

impl<'a> Brackets<'a> {
    pub(super) fn of(record: &'a Record) -> Brackets<'a> {
        Brackets { record, ends: OnceCell::new() }
    }

    /// Whether a reference is meant to be a link: those of an index, a matrix, a row of tags, a box to tick and a form to fill in
    /// are not.
    pub(super) fn are_meant(&self, reference: &LabelReference) -> bool {
        let text = self.record.text();
        let label = reference.label.of(text);
        let before = text.get(..reference.span.range().start).unwrap_or("");
        let after = text.get(reference.span.range().end..).unwrap_or("");
        // `grid[i][j]`, `f(x)[i][j]`, `[a][b][c]`, `--set=[a][b]`, `[[a][b]]`, `posts/[id][name]`.
        let is_glued = before.ends_with(|c: char| c.is_ascii_alphanumeric() || "_)]}`=[/".contains(c));
        // An option, a placeholder, a variable, more of the same, a call, a class of letters, or no word at all.
        let is_form = label.starts_with(['-', '{', '<', '$', '%', '@', '^'])
            || ["...", "…"].iter().any(|end| label.ends_with(end))
            || is_call(label)
            || is_class(label)
            || !label.contains(char::is_alphanumeric);
        // What is not released yet has nothing to be compared with.
        let is_unreleased = label.eq_ignore_ascii_case("unreleased");
        if is_glued || after.starts_with('[') || is_form || is_unreleased {
            return false;
        }
        // A picture is nothing else.
        if reference.span.of(text).starts_with('!') {
            return true;
        }
        let words = words(reference, text);
        // A box to tick, a note, an alert.
        let is_sign = matches!(words.trim(), "" | "x" | "X") || words.starts_with(['^', '!']);
        let is_pair = || (!is_word(words) && !is_word(label)) || is_tag(words) || self.follow_tag(before);
        !is_sign && (reference.is_collapsed() || !is_pair())
    }

    /// Whether a word in brackets that is no link stands before, as in `[Slow] [Serial][Feature:Disks]`.
    fn follow_tag(&self, before: &str) -> bool {
        let trimmed = before.trim_end_matches([' ', '\t']);
        let near = trimmed.get(trimmed.floor_char_boundary(trimmed.len().saturating_sub(TAG))..).unwrap_or("");
        let Some((rest, tag)) = near.strip_suffix(']').and_then(|inner| inner.rsplit_once('[')) else { return false };
        let end = Span::new(trimmed.len(), trimmed.len()).end;
        let links = || self.record.outline.links.iter().map(|link| link.span.end).collect();
        is_word(tag)
            && !tag.contains('\n')
            && !rest.ends_with([']', '\\', '!'])
            && !self.ends.get_or_init(links).contains(&end)
    }
}

/// What stands in the first brackets of a reference, as much of it as is needed.
fn words<'t>(reference: &LabelReference, text: &'t str) -> &'t str {
    let whole = reference.span.of(text);
    let end = match reference.is_collapsed() {
        true => whole.len().saturating_sub("][]".len()),
        false => (reference.label.range().start - reference.span.range().start).saturating_sub("][".len()),
    };
    whole.get(1..whole.floor_char_boundary(end.min(WORDS))).unwrap_or("")
}

/// Whether there is more to a text than figures and letters that stand for themselves, as in `[i+1][n]`.
fn is_word(text: &str) -> bool {
    // A letter that is neither small nor a capital is of a script in which it may be a word.
    let stands_alone = |c: char| !c.is_lowercase() && !c.is_uppercase();
    text.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().nth(1).is_some() || word.contains(stands_alone))
}

/// Whether a text is a call, as the attribute `MaxLength(50)` is.
fn is_call(text: &str) -> bool {
    let is_name = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '.');
    text.ends_with(')') && text.split_once('(').is_some_and(|(name, _)| is_name(name))
}

/// Whether a text is nothing but classes of letters, as in `[A-Za-z][A-Za-z0-9_]*`: `data-zone` holds one by chance.
fn is_class(text: &str) -> bool {
    let ranges = ["a-z", "A-Z", "0-9", "a-f", "A-F", r"\w", r"\d", r"\s"];
    let rest = ranges.iter().fold(text.to_owned(), |rest, range| rest.replace(range, ""));
    rest.len() < text.len() && !rest.contains(char::is_alphanumeric)
}

/// Whether a text is a tag with a value: `Feature:Disks`.
fn is_tag(text: &str) -> bool {
    let is_name = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    text.split_once(':').is_some_and(|(name, value)| is_name(name) && is_name(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::source::Source;
    use crate::text::SourcePath;

    fn meant(text: &str) -> Vec<String> {
        let source = Source::new(SourcePath::new("content/handbook/x.md"), text);
        let record = Record::parse(&source, &Config::builtin()).0;
        let brackets = Brackets::of(&record);
        let meant = record.outline.undefined.iter().filter(|reference| brackets.are_meant(reference));
        meant.map(|reference| reference.span.of(text).to_owned()).collect()
    }

    #[test]
    fn a_link_whose_label_is_missing_is_meant() {
        for text in [
            "See [the design][design-doc].",
            "([1][design], and *[`Vec<T>`][]*)",
            "![][logo] ![the steps][steps-1]",
            "[Twitter][x], \"[API][]\"",
            "参照[设计][a] 和[图][b]",
            "[rfc][r] 1 [std::iter][]",
            "- [x] [the design][d]",
            "[2] [the design][d]",
            "[a](b.md) [the design][d], [the plan][p] [the rest][r]",
            "**covered by [existing SLOs][]?**",
            "[the issue][#138]",
            "[the zone][data-zone] [the release][v1.0-9] [the call][Log::open()]",
        ] {
            let found = meant(text).join(" ");
            let written: usize = text.matches("][").count();
            assert_eq!(found.matches("][").count(), written, "{text}: {found}");
        }
    }

    #[test]
    fn other_brackets_are_left_alone() {
        for text in [
            "`a` is array[i][j], rows[row][column], f(x)[first][last], `grid`[first][last] and String[][]",
            "[i][j] [0][1] [n-1][m+1] [3][4], [x1][y2]",
            "[1, 2][3, 4] and [[ab, cd][ef, gh]]",
            "as others found [1][2]",
            "- [ ][the design]\n- [x][the design]\n- [X][done]",
            "[^1][design] [!NOTE][design]",
            "[WIP][RFC][v2] and [cpu=1][,][memory=2]",
            "runs [Slow] [Serial] [Disruptive][Feature:Disks] and [Feature:Disks][Disruptive]",
            "tool [flags][--all] [name][<path>] [a word][{label}] [say][...] [what][?] [shell][$HOME]",
            "## [Unreleased][]",
            "?filter[repo][0]=one --reserved=[cpu][memory]",
            "[α][β] in posts/[id][name], [options][files...] and [Required][MaxLength(50)]",
            "names match [A-Za-z][A-Za-z0-9]* or [A-Z][a-z]+ or [a-zA-Z_][\\w.-]* or [_A-Za-z][-\\d]",
            "[Required][MaxLength(50, Message = \"too long\")] and [HttpGet][Route(\"api/x\")]",
        ] {
            assert_eq!(meant(text), Vec::<String>::new(), "{text}");
        }
    }
}
