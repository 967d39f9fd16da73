//! The least that a generator can do: read every text, turn it into HTML, write one file for each.

use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::{IntoParallelIterator, ParallelIterator};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Converts every Markdown file one folder below `content` into a file of the same name below `out`; returns how many.
///
/// # Errors
/// When a file cannot be read or written.
pub(crate) fn convert(content: &Path, out: &Path) -> io::Result<usize> {
    let mut files: Vec<(PathBuf, PathBuf)> = Vec::new();
    for folder in folders(content)? {
        let target = out.join(folder.strip_prefix(content).unwrap_or(&folder));
        fs::create_dir_all(&target)?;
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "md") {
                let name = path.with_extension("html").file_name().unwrap_or_default().to_owned();
                files.push((path, target.join(name)));
            }
        }
    }
    let count = files.len();
    let convert = |(from, to): (PathBuf, PathBuf)| -> io::Result<()> {
        let text = fs::read_to_string(from)?;
        let body =
            text.strip_prefix("+++\n").and_then(|rest| rest.split_once("\n+++\n")).map_or(&*text, |(_, body)| body);
        let mut page = String::with_capacity(body.len() * 3 / 2);
        html::push_html(&mut page, Parser::new_ext(body, Options::ENABLE_TABLES | Options::ENABLE_GFM));
        fs::write(to, page)
    };
    files.into_par_iter().try_for_each(convert)?;
    Ok(count)
}

fn folders(content: &Path) -> io::Result<Vec<PathBuf>> {
    let mut folders = vec![content.to_owned()];
    for entry in fs::read_dir(content)? {
        let path = entry?.path();
        if path.is_dir() {
            folders.push(path);
        }
    }
    Ok(folders)
}
