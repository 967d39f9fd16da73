//! Templates and static files: embedded, with the organisation's own laid over file by file.

use crate::error::{Error, Result};
use crate::source::Files;
use crate::text::Digest;
use include_dir::{Dir, DirEntry, include_dir};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The built-in theme.
static BUILTIN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// How a template names the built-in one that it replaces: `{% extends "default/record.html" %}`.
const BUILTIN_PREFIX: &str = "default/";

/// Style sheets in the order in which pages ask for them; any others in `static/` follow by name.
const FIRST_STYLES: [&str; 4] = ["static/precedent.css", "static/log.css", "static/code.css", "static/diagram.css"];

/// Templates and static files, ready to use.
#[derive(Clone, Debug)]
pub struct Theme {
    /// Compiled templates.
    pub templates: Arc<tera::Tera>,
    /// Static files by their path below the site's root: `static/precedent.css`.
    pub files: BTreeMap<String, Arc<[u8]>>,
    /// Fingerprint of everything in it.
    pub digest: Digest,
}

impl Theme {
    /// Compiles the built-in theme with the files below `folder` laid over it (`templates/…`, `static/…`); empty for none.
    ///
    /// # Errors
    /// When the folder cannot be read or a template does not compile: file, line and column are in the message.
    pub fn load(files: &dyn Files, folder: &str) -> Result<Theme> {
        let mut theme = Layers::default();
        theme.add_builtin();
        if !folder.is_empty() {
            theme.add_folder(files, folder)?;
        }
        theme.compile(folder)
    }

    /// The static files of the built-in theme and of those laid over it from `folder`, by path below the site's root; without the
    /// latter, where the folder cannot be read.
    pub fn static_files(files: &dyn Files, folder: &str) -> impl Iterator<Item = String> {
        let own = if folder.is_empty() { Vec::new() } else { files.list(folder).unwrap_or_default() };
        let own = own.into_iter().filter_map(|entry| entry.path.below(folder).map(str::to_owned));
        let all: Vec<String> = builtin().into_iter().map(|(path, _)| path).chain(own).collect();
        all.into_iter().filter(|path| path.starts_with("static/"))
    }

    /// The style sheets of a page, in order: the built-in ones, then `made`, which is made from the settings, then whatever else
    /// lies in `static/`.
    pub fn styles<'a>(&'a self, made: Option<&'a str>) -> Vec<&'a str> {
        let builtin = FIRST_STYLES.into_iter().filter(|name| self.files.contains_key(*name));
        let others = self.files.keys().map(String::as_str).filter(|name| {
            let below = name.strip_prefix("static/").unwrap_or("/");
            below.ends_with(".css") && !below.contains('/') && !FIRST_STYLES.contains(name)
        });
        builtin.chain(made).chain(others).collect()
    }
}

/// The files of a theme before they are compiled.
#[derive(Default)]
struct Layers {
    templates: BTreeMap<String, String>,
    files: BTreeMap<String, Arc<[u8]>>,
}

impl Layers {
    fn add_builtin(&mut self) {
        for (path, bytes) in builtin() {
            self.add_builtin_file(path, bytes);
        }
    }

    fn add_builtin_file(&mut self, path: String, bytes: &'static [u8]) {
        if let Some(name) = path.strip_prefix("templates/") {
            let text = String::from_utf8_lossy(bytes).into_owned();
            self.templates.insert(format!("{BUILTIN_PREFIX}{name}"), text);
        } else if path.ends_with(".css") {
            let text = without_comments(&String::from_utf8_lossy(bytes));
            self.files.insert(path, Arc::from(text.as_bytes()));
        } else if path.starts_with("static/") {
            self.files.insert(path, Arc::from(bytes));
        }
    }

    fn add_folder(&mut self, files: &dyn Files, folder: &str) -> Result<()> {
        for entry in files.list(folder)? {
            let Some(below) = entry.path.below(folder) else { continue };
            if let Err(fault) = &entry.size {
                return Err(Error::Template { message: format!("{}: it {}", entry.path, fault.0) });
            }
            if below.starts_with("templates/") {
                let bytes = files.read(&entry.path)?;
                let text = std::str::from_utf8(&bytes)
                    .map_err(|fault| Error::Template { message: format!("{}: not UTF-8: {fault}", entry.path) })?;
                self.templates.insert(entry.path.as_str().to_owned(), text.to_owned());
            } else if below.starts_with("static/") {
                self.files.insert(below.to_owned(), files.read(&entry.path)?);
            }
        }
        Ok(())
    }

    fn compile(self, folder: &str) -> Result<Theme> {
        let digest = self.digest();
        let mut templates = tera::Tera::new();
        let prefixes = match folder {
            "" => vec![BUILTIN_PREFIX.to_owned()],
            folder => vec![format!("{folder}/templates/"), BUILTIN_PREFIX.to_owned()],
        };
        let template_error = |fault: tera::Error| Error::Template { message: fault.to_string() };
        templates.set_fallback_prefixes(prefixes).map_err(template_error)?;
        templates.register_filter("inline_code", inline_code);
        templates.add_raw_templates(self.templates).map_err(template_error)?;
        Ok(Theme { templates: Arc::new(templates), files: self.files, digest })
    }

    /// Names and contents, with their lengths, so that no two themes share a fingerprint by running together.
    fn digest(&self) -> Digest {
        let mut all = Vec::new();
        let templates = self.templates.iter().map(|(name, text)| (name, text.as_bytes()));
        let files = self.files.iter().map(|(name, bytes)| (name, &**bytes));
        for (name, bytes) in templates.chain(files) {
            all.extend_from_slice(format!("{} {} ", name.len(), bytes.len()).as_bytes());
            all.extend_from_slice(name.as_bytes());
            all.extend_from_slice(bytes);
        }
        Digest::of(&all)
    }
}

/// The files of the built-in theme, by path with `/`.
fn builtin() -> Vec<(String, &'static [u8])> {
    let (mut folders, mut files) = (vec![&BUILTIN], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in folder.entries() {
            match entry {
                DirEntry::Dir(inner) => folders.push(inner),
                DirEntry::File(file) => {
                    files.push((file.path().to_string_lossy().replace('\\', "/"), file.contents()));
                }
            }
        }
    }
    files
}

/// A built-in style sheet without its comments, which are for those who read the theme and would be an eighth of what a reader
/// of the site loads; one that begins with `/*!` stays. None of the built-in sheets has such marks within a string.
fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        let (text, after) = comment.split_once("*/").unwrap_or((comment, ""));
        out.push_str(before);
        if text.starts_with('!') {
            out.push_str(&format!("/*{text}*/"));
        }
        rest = if out.is_empty() || out.ends_with('\n') { after.trim_start() } else { after };
    }
    out.push_str(rest);
    out
}

/// The filter `inline_code`: a plain text as HTML, with what stands between backticks as code.
fn inline_code(text: &str, _: tera::Kwargs, state: &tera::State<'_>) -> tera::TeraResult<tera::Value> {
    let mut html = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some((before, code, after)) = code_span(rest) {
        html.push_str(&state.escape(before)?);
        html.push_str("<code>");
        html.push_str(&state.escape(code)?);
        html.push_str("</code>");
        rest = after;
    }
    html.push_str(&state.escape(rest)?);
    Ok(tera::Value::safe_string(&html))
}

/// What stands before, between and behind the next two backticks.
fn code_span(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('`')?;
    let (code, after) = rest.split_once('`')?;
    Some((before, code, after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Memory;

    #[test]
    fn an_organisation_replaces_one_file_and_keeps_the_rest() {
        let files = Memory::of([
            ("house/templates/404.html", "{% extends \"default/404.html\" %}{% block main %}Lost{% endblock main %}"),
            ("house/templates/ours.html", "ours"),
            ("house/static/brand.css", "a{}"),
            ("house/static/precedent.css", "b{}"),
        ]);
        let theme = Theme::load(&files, "house").unwrap();
        assert!(theme.templates.contains_template("record.html"));
        assert!(theme.templates.contains_template("ours.html"));
        assert_eq!(&*theme.files["static/precedent.css"], b"b{}");
        assert_eq!(theme.styles(None).first(), Some(&"static/precedent.css"));
        assert_eq!(theme.styles(None).last(), Some(&"static/brand.css"));
        assert_ne!(theme.digest, Theme::load(&files, "").unwrap().digest);
    }

    #[test]
    fn built_in_sheets_are_published_without_their_comments() {
        assert_eq!(without_comments("/* a */\n\nb {} /* c */ d\n/*! e */\n/* f"), "b {}  d\n/*! e */\n");
        let theme = Theme::load(&Memory::of([("house/static/own.css", "/* ours */")]), "house").unwrap();
        assert!(theme.files["static/precedent.css"].starts_with(b":root {"));
        assert_eq!(&*theme.files["static/own.css"], b"/* ours */");
    }

    #[test]
    fn code_in_messages_is_escaped() {
        let files = Memory::of([("house/templates/x.html", "{{ text | inline_code }}")]);
        let theme = Theme::load(&files, "house").unwrap();
        let page = |text: &str| theme.templates.render("x.html", &tera::context! { text }).unwrap();
        assert_eq!(page("no `<b>` & `x"), "no <code>&lt;b&gt;</code> &amp; `x");
    }

    #[test]
    fn a_template_reads_nothing_and_knows_nothing_of_the_machine() {
        for wish in [
            "{{ get_env(name=\"PATH\") }}",
            "{{ load_data(path=\"/etc/passwd\") }}",
            "{{ now() }}",
            "{{ get_random(start=1, end=2) }}",
            "{% include \"/etc/passwd\" %}",
            "{% include \"../../precedent.toml\" %}",
            "{% include \"record.html\" %}",
            "{% extends \"record.html\" %}",
            "{% if",
            &format!("{}x{}", "{% if true %}".repeat(20_000), "{% endif %}".repeat(20_000)),
            &format!("{{{{ {}1{} }}}}", "(".repeat(20_000), ")".repeat(20_000)),
        ] {
            let files = Memory::of([("house/templates/record.html", wish)]);
            let message = Theme::load(&files, "house").unwrap_err().to_string();
            assert!(message.contains("house/templates/record.html"), "{wish:.60}: {message}");
        }
    }

    #[test]
    fn a_broken_template_is_named_with_its_place() {
        let files = Memory::of([("house/templates/record.html", "<p>\n{{ page.title | shout }}")]);
        let message = Theme::load(&files, "house").unwrap_err().to_string();
        assert!(message.contains("house/templates/record.html:2"), "{message}");
        assert!(message.contains("shout"), "{message}");
    }
}
