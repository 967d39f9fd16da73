//! How fast it is: run with `cargo test --release speed -- --ignored --nocapture`.

use super::sample::{Known, options};
use crate::markdown::diagram::Diagrams;
use crate::markdown::highlight::highlight;
use crate::markdown::html::html;
use crate::markdown::limits::Limits;
use crate::markdown::options::{RawHtml, parser};
use crate::markdown::survey::outline;
use std::time::{Duration, Instant};

const SECTION: &str = "## Why we *decided* this\n\nThe queue holds `orders` until **they** are [paid](pay.md#x), as ADR-7 asks; see https://example.org/a_b.\n\
    A second line of the paragraph says that nothing is lost & that \"all\" is well, and that it costs $5 a day.\n\n\
    - one item with [a link](b.md)\n- another item\n  - nested, RFC-0007\n\n| option | cost | risk |\n|---|--:|---|\n| build | 10 | low |\n| buy | 20 | high |\n\n\
    > [!NOTE]\n> Mind the gap.\n\n1. first\n2. second[^n]\n\n";

const CODE: [(&str, &str); 3] = [
    (
        "rust",
        "/// Adds one.\npub fn add(x: &mut Vec<u32>, name: &'static str) -> Result<(), Error> {\n    let y = x.iter().map(|v| v + 1).sum::<u32>(); // done\n    println!(\"{name} {}\", y);\n    Ok(())\n}\n",
    ),
    ("json", "{\"id\": 17, \"name\": \"queue\", \"tags\": [\"a\", \"b\", null, true], \"nested\": {\"x\": 1.5e3}}\n"),
    (
        "yaml",
        "name: queue\non: [push, pull_request]\njobs:\n  test:\n    runs-on: \"linux\" # the default\n    steps:\n      - run: cargo test\n",
    ),
];

fn best(mut work: impl FnMut()) -> Duration {
    let timed = |work: &mut dyn FnMut()| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    (0..7).map(|_| timed(&mut work)).min().unwrap_or_default()
}

#[test]
#[ignore = "a measurement, not a test"]
#[expect(clippy::print_stderr, reason = "its result is for whoever measures")]
fn prose() {
    let text = SECTION.repeat(1_000) + "[^n]: note\n";
    let options = options(RawHtml::Sanitise);
    let plain = best(|| {
        let mut out = String::new();
        let parser = pulldown_cmark::Parser::new_ext(&text, parser());
        pulldown_cmark::html::push_html(&mut out, parser);
        assert!(!out.is_empty());
    });
    let read = best(|| assert!(!outline(&text, 0, &Limits::default()).sections.is_empty()));
    let shape = outline(&text, 0, &Limits::default());
    let written = best(|| assert!(!html(&text, 0, &shape, &options, &Diagrams::default(), &Known).body.is_empty()));
    let times = (read + written).as_secs_f64() / plain.as_secs_f64();
    eprintln!("{} KiB: push_html {plain:?}, outline {read:?}, html {written:?}: {times:.2} times", text.len() / 1024);
}

#[test]
#[ignore = "a measurement, not a test"]
#[expect(clippy::print_stderr, reason = "its result is for whoever measures")]
fn colours() {
    for (language, code) in CODE {
        let code = code.repeat(100);
        let kib = code.len() as f64 / 1024.0;
        let once = best(|| highlight(language, &code, &Limits::default(), &mut String::new()).expect("coloured"));
        let mut out = String::new();
        highlight(language, &code, &Limits::default(), &mut out).expect("coloured");
        let size = out.len() as f64 / code.len() as f64;
        eprintln!("{language}: {:.3} ms per KiB, {size:.2} times the size", once.as_secs_f64() * 1000.0 / kib);
    }
}
