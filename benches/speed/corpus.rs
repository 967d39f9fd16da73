//! A decision log of any size: the same number always gives the same files.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

/// Syllables of words that belong to no language, and so to nobody.
const SYLLABLES: [&str; 32] = [
    "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "qui", "ro", "su", "ta", "ve", "wi", "xo",
    "yu", "za", "bren", "cal", "dor", "fen", "gil", "mar", "nel", "pol", "rin", "sel", "tov",
];

/// Small words that make sentences break where sentences do.
const JOINTS: [&str; 12] = ["of", "to", "and", "the", "in", "a", "for", "with", "that", "is", "by", "no"];

const LANGUAGES: [&str; 6] = ["rust", "yaml", "bash", "json", "sql", "python"];

/// Numbers by which the corpus is made, the same everywhere (SplitMix64).
struct Chance(u64);

impl Chance {
    /// Chance of its own for each record, so that a record does not change with the number of others.
    fn of(number: usize, purpose: u64) -> Chance {
        // Mixed once, since seeds that follow each other would give the same numbers, one step apart.
        Chance(Chance(number as u64 ^ (purpose << 40)).next())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from `low` to below `high`.
    fn within(&mut self, low: usize, high: usize) -> usize {
        low + (self.next() % (high - low) as u64) as usize
    }

    fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.within(0, of.len())]
    }
}

/// Writes a project of `count` records into an empty folder: settings, a home page, ADRs and RFCs in turn.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn write(folder: &Path, count: usize) -> io::Result<()> {
    for kind in ["adr", "rfc"] {
        fs::create_dir_all(folder.join("content").join(kind))?;
    }
    fs::write(folder.join("precedent.toml"), "[site]\ntitle = \"Log of a made-up house\"\n")?;
    fs::write(folder.join("content/index.md"), "# A made-up house\n\nDecisions that nobody took.\n")?;
    (1..=count).try_for_each(|number| fs::write(folder.join(path(number)), text(number)))
}

/// Where a record lies in the project.
pub(crate) fn path(number: usize) -> String {
    format!("content/{}", address(number))
}

/// Where a record lies in the content folder.
fn address(number: usize) -> String {
    let kind = if number.is_multiple_of(2) { "rfc" } else { "adr" };
    format!("{kind}/{number:06}-{}.md", title(number).to_lowercase().replace(' ', "-"))
}

fn id(number: usize) -> String {
    format!("{}-{number:06}", if number.is_multiple_of(2) { "RFC" } else { "ADR" })
}

fn title(number: usize) -> String {
    let mut chance = Chance::of(number, 1);
    let words: Vec<String> = (0..chance.within(2, 5)).map(|_| word(&mut chance)).collect();
    capital(&words.join(" "))
}

fn word(chance: &mut Chance) -> String {
    (0..chance.within(2, 4)).map(|_| chance.pick(&SYLLABLES)).collect()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The whole file of a record, about 9 KB: a third of it code, and a diagram in four of ten.
pub(crate) fn text(number: usize) -> String {
    let mut chance = Chance::of(number, 2);
    let mut text = front_matter(number, &mut chance);
    let sections: &[&str] = if number.is_multiple_of(2) {
        &["Summary", "Motivation", "Proposal", "Alternatives Considered", "Rollout"]
    } else {
        &["Context", "Decision", "Alternatives Considered", "Consequences", "Confirmation"]
    };
    for section in sections {
        let _ = write!(text, "\n## {section}\n\n");
        match *section {
            "Alternatives Considered" => alternatives(&mut text, &mut chance),
            "Proposal" | "Decision" => design(&mut text, number, &mut chance),
            "Motivation" | "Context" => {
                paragraphs(&mut text, number, &mut chance, 4);
                table(&mut text, &mut chance);
            }
            _ => paragraphs(&mut text, number, &mut chance, 3),
        }
    }
    text
}

fn front_matter(number: usize, chance: &mut Chance) -> String {
    let (is_rfc, day) = (number.is_multiple_of(2), number % 28 + 1);
    let status = match (chance.within(0, 10), is_rfc) {
        (0..2, _) => "draft",
        (2, _) => "rejected",
        (_, true) => "approved",
        (_, false) => "accepted",
    };
    let mut text = format!(
        "+++\ntitle = \"{}\"\nstatus = \"{status}\"\ncreated = 2025-{:02}-{day:02}\ndoor = \"two-way\"\nscope = \"team\"\n\
         tags = [\"{}\", \"{}\"]\n",
        title(number),
        number % 12 + 1,
        SYLLABLES[number % 9],
        SYLLABLES[9 + number % 7]
    );
    if let Some(earlier) = number.checked_sub(chance.within(2, 40)).filter(|earlier| *earlier > 0) {
        let _ = writeln!(text, "relates-to = [\"{}\"]", id(earlier));
    }
    let people: Vec<String> = (0..4).map(|_| capital(&word(chance))).collect();
    let _ = write!(
        text,
        "\n[daci]\ndriver = \"{}\"\napprover = \"{}\"\ncontributors = [\"{}\"]\ninformed = [\"{}\"]\n+++\n",
        people[0], people[1], people[2], people[3]
    );
    text
}

fn sentence(chance: &mut Chance) -> String {
    let words: Vec<String> = (0..chance.within(8, 18))
        .map(|at| if at % 3 == 2 { chance.pick(&JOINTS).to_owned() } else { word(chance) })
        .collect();
    capital(&words.join(" ")) + "."
}

fn paragraphs(text: &mut String, number: usize, chance: &mut Chance, count: usize) {
    for _ in 0..count {
        for _ in 0..chance.within(3, 7) {
            text.push_str(&sentence(chance));
            text.push(' ');
        }
        if let Some(earlier) = number.checked_sub(chance.within(1, 60)).filter(|earlier| *earlier > 0) {
            let _ = write!(text, "See [{}](../{}) and `{}`. ", title(earlier), address(earlier), word(chance));
        }
        text.push_str("\n\n");
    }
}

fn table(text: &mut String, chance: &mut Chance) {
    text.push_str("| what | before | after |\n| --- | ---: | ---: |\n");
    for _ in 0..chance.within(3, 7) {
        let _ = writeln!(text, "| {} | {} | {} |", word(chance), chance.within(10, 999), chance.within(10, 999));
    }
}

fn alternatives(text: &mut String, chance: &mut Chance) {
    for name in ["Doing nothing".to_owned(), capital(&word(chance)), capital(&word(chance))] {
        let _ = write!(text, "### {name}\n\n{} {}\n\n", sentence(chance), sentence(chance));
    }
    for _ in 0..3 {
        let _ = writeln!(text, "* **{}**: {}", word(chance), sentence(chance));
    }
}

fn design(text: &mut String, number: usize, chance: &mut Chance) {
    paragraphs(text, number, chance, 4);
    for _ in 0..chance.within(1, 3) {
        let language = chance.pick(&LANGUAGES);
        let _ = write!(text, "```{language}\n{}```\n\n{}\n\n", code(language, chance), sentence(chance));
    }
    if chance.within(0, 10) < 4 {
        let _ = write!(text, "```mermaid\n{}```\n\n", diagram(chance));
    }
}

fn code(language: &str, chance: &mut Chance) -> String {
    let mut code = String::new();
    for at in 0..chance.within(3, 7) {
        let (one, other, third) = (word(chance), word(chance), word(chance));
        let (number, more) = (chance.within(1, 900), chance.within(2, 9));
        let _ = match language {
            "rust" => write!(
                code,
                "/// {}\npub fn {one}_{at}({other}: &str, limit: usize) -> Option<String> {{\n    let {third} = \
                 {other}.trim().len() * {number};\n    // {one} by {other}\n    ({third} > limit).then(|| \
                 format!(\"{one}: {{{third}}}\"))\n}}\n\n",
                sentence(chance)
            ),
            "yaml" => write!(
                code,
                "{one}_{at}:\n  {other}: \"{third}\"\n  replicas: {more}\n  limits: {{ memory: {number}Mi, cpu: 0.{more} }}\n  \
                 # {other}\n  ports:\n    - {number}\n"
            ),
            "bash" => write!(
                code,
                "# {one}\nif [ -f \"${{{}}}/{other}.log\" ]; then\n  {third} --limit {number} \"$1\" | sort -u > \
                 /tmp/{one}-{at}\nfi\n",
                other.to_uppercase()
            ),
            "json" => writeln!(
                code,
                "{{\"{one}\": {{\"{other}\": [{number}, {more}.5, true, null], \"{third}\": \"{one} {at}\"}}}}"
            ),
            "sql" => write!(
                code,
                "-- {one}\nSELECT {other}, count(*) AS {third}_{at}\n  FROM {one}\n WHERE {other} > {number} AND \
                 kind = '{third}'\n GROUP BY {other};\n"
            ),
            _ => write!(
                code,
                "def {one}_{at}({other}, limit={number}):\n    \"\"\"{}\"\"\"\n    for {third} in range(limit):\n        if \
                 {third} % {more} == 0:\n            yield f\"{one} {{{third}}}\"\n\n",
                sentence(chance)
            ),
        };
    }
    code
}

fn diagram(chance: &mut Chance) -> String {
    let names: Vec<String> = (0..7).map(|_| capital(&word(chance))).collect();
    let mut text = String::new();
    match chance.within(0, 3) {
        0 => {
            text.push_str("flowchart LR\n");
            for (at, name) in names.iter().enumerate().take(chance.within(4, 7)) {
                let _ = writeln!(text, "  n{at}[{name}] -->|{}| n{}({})", word(chance), at + 1, word(chance));
            }
        }
        1 => {
            text.push_str("sequenceDiagram\n");
            for at in 0..chance.within(4, 7) {
                let _ = writeln!(text, "  {}->>{}: {}", names[at % 3], names[(at + 1) % 3], sentence(chance));
            }
        }
        _ => {
            text.push_str("stateDiagram-v2\n");
            let _ = writeln!(text, "  [*] --> {}", names[0]);
            for pair in names.windows(2).take(chance.within(3, 6)) {
                let _ = writeln!(text, "  {} --> {}: {}", pair[0], pair[1], word(chance));
            }
        }
    }
    text
}
