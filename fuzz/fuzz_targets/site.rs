//! A whole page of the site.

#![no_main]

#[path = "../../tests/fuzzed/targets.rs"]
#[allow(dead_code, reason = "each fuzzer tries one target")]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::site(bytes));
