//! Names what makes diagrams, coloured code and their faults, and pages of what they show: another maker believes nothing that this one remembered.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a build script reads sources and talks to cargo by printing"
)]

use std::collections::hash_map::DefaultHasher;
use std::hash::Hasher;
use std::io;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// What the result depends on, besides the text: our own code, and the version of every crate.
const MAKERS: [&str; 8] = [
    "Cargo.lock",
    "src/markdown",
    "src/page/print.rs",
    "src/page/view.rs",
    "src/site/artifact.rs",
    "src/site/render.rs",
    "src/text",
    "src/theme.rs",
];

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut hasher = DefaultHasher::new();
    for maker in MAKERS {
        println!("cargo::rerun-if-changed={maker}");
        let path = root.join(maker);
        // A crate that is built from a package without its lock file still has its own version in its name.
        if path.exists() {
            add(&path, &mut hasher)?;
        }
    }
    let version = env::var("CARGO_PKG_VERSION").unwrap_or_default();
    println!("cargo::rustc-env=PRECEDENT_MAKER={version}-{:016x}", hasher.finish());
    Ok(())
}

/// Adds the bytes of a file, or of all files below a folder in the order of their names.
fn add(path: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    if !path.is_dir() {
        hasher.write(path.file_name().unwrap_or_default().as_encoded_bytes());
        hasher.write(&fs::read(path)?);
        return Ok(());
    }
    let entries: io::Result<Vec<PathBuf>> = fs::read_dir(path)?.map(|entry| entry.map(|entry| entry.path())).collect();
    let mut entries = entries?;
    entries.sort();
    entries.iter().try_for_each(|entry| add(entry, hasher))
}
