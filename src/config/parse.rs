//! `precedent.toml` over the defaults.

use super::discover::{Discovery, discover};
use super::doubt::doubt;
use super::kind::Kind;
use super::limit::{LimitSettings, read_limits};
use super::look::{Look, read_look};
use super::overlay::{Origin, set};
use super::parse_kind::read_kinds;
use super::parse_policy::read_policy;
use super::parse_root::{Paths, read_paths};
use super::policy::Policy;
use super::root::Roots;
use super::site::{DiagramSettings, GitSettings, MarkdownSettings, SiteSettings, is_base_url, is_web_address};
use crate::diagnostic::Diagnostic;
use crate::markdown::RawHtml;
use crate::source::{Files, Source};
use crate::text::{Digest, SourcePath, Span};
use crate::value::{Limit, Reader, parse_toml};
use std::cell::RefCell;
use std::sync::{Arc, OnceLock};

/// The name of the file.
pub const CONFIG_FILE: &str = "precedent.toml";

const DEFAULTS: &str = include_str!("default.toml");

/// Everything the organisation may choose.
#[derive(Clone, Debug)]
pub struct Config {
    /// `[site]`.
    pub site: SiteSettings,
    /// `[look]`.
    pub look: Look,
    /// Folders of the records.
    pub roots: Roots,
    /// Folder that the site is written to, relative to the root.
    pub output: String,
    /// Folder of the organisation's own theme, relative to the root; empty for none.
    pub theme: String,
    /// Paths below the root that are not part of the content.
    pub exclude: Vec<String>,
    /// `[limits]`.
    pub limits: LimitSettings,
    /// Where the settings leave in doubt what is content and what is left out, where they do.
    pub doubt: Option<Span>,
    /// `[markdown]`.
    pub markdown: MarkdownSettings,
    /// `[diagrams]`.
    pub diagrams: DiagramSettings,
    /// `[git]`.
    pub git: GitSettings,
    /// `[rules]`, `[policy]`, `[calendar]`, `[people]`, `[[tracker]]`, `[check]`.
    pub policy: Policy,
    /// Every kind of record; chapters last.
    pub kinds: Vec<Arc<Kind>>,
    /// Fingerprint of what the settings were read from.
    pub digest: Digest,
}

/// What the command line sets over `precedent.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    /// `--config`: another file than `precedent.toml`, relative to the root.
    pub config_file: Option<String>,
    /// `--base-url`.
    pub base_url: Option<String>,
    /// `--output-dir`, as given.
    pub output: Option<String>,
    /// `--baseline`, relative to the root.
    pub baseline: Option<String>,
    /// `--write-baseline`: what the baseline holds is found all the same.
    pub ignore_baseline: bool,
}

impl Config {
    /// The built-in settings alone.
    pub fn builtin() -> Config {
        static BUILTIN: OnceLock<Config> = OnceLock::new();
        let config = BUILTIN.get_or_init(|| {
            let source = Source::new(SourcePath::new("default.toml"), DEFAULTS);
            Config::read(&source, Config::empty(), Origin::Builtin).0
        });
        config.clone()
    }

    /// Reads `precedent.toml`. Total: what is wrong comes back as diagnostics, and a default stands in.
    pub fn parse(source: &Source) -> (Config, Vec<Diagnostic>) {
        Config::read(source, Config::builtin(), Origin::Organisation)
    }

    /// The same settings with the folders of records that are found where none is named, and the kinds that these show.
    #[must_use]
    pub fn with_found(mut self, found: Discovery) -> Config {
        self.kinds.extend(found.kinds);
        self.kinds.sort_by_key(|kind| kind.is_chapter());
        Config { roots: found.roots, ..self }
    }

    /// The records that are found in a project whose settings name no folder of them.
    pub fn discover(&self, files: &dyn Files) -> Option<Discovery> {
        let builtin = Config::builtin();
        (self.roots == builtin.roots).then(|| discover(files, builtin.roots.top(), &self.kinds))
    }

    /// The same settings with what the command line says laid over them.
    #[must_use]
    pub fn with(mut self, overrides: &Overrides) -> Config {
        if let Some(base_url) = &overrides.base_url {
            self.site.base_url.clone_from(base_url);
        }
        if let Some(output) = &overrides.output {
            self.output.clone_from(output);
        }
        if let Some(baseline) = &overrides.baseline {
            self.policy.baseline.clone_from(baseline);
        }
        self
    }

    /// The kind of a name.
    pub fn kind(&self, name: &str) -> Option<&Arc<Kind>> {
        self.kinds.iter().find(|kind| kind.name == name)
    }

    /// The kind that somebody means by a word: the one of that name first, else of that label or prefix.
    pub fn kind_called(&self, word: &str) -> Option<&Arc<Kind>> {
        let named = self.kinds.iter().find(|kind| kind.name.eq_ignore_ascii_case(word));
        named.or_else(|| self.kinds.iter().find(|kind| kind.goes_by(word)))
    }

    /// The kind of texts that are of no other.
    pub fn chapter(&self) -> Option<&Arc<Kind>> {
        self.kinds.iter().rfind(|kind| kind.is_chapter())
    }

    fn empty() -> Config {
        let empty = String::new;
        Config {
            site: SiteSettings {
                title: empty(),
                description: empty(),
                base_url: empty(),
                language: empty(),
                repository: empty(),
                edit_url: empty(),
                footer: empty(),
                index: true,
                search: true,
            },
            look: Look::default(),
            roots: Roots::of(Vec::new()),
            output: empty(),
            theme: empty(),
            exclude: Vec::new(),
            limits: LimitSettings::default(),
            doubt: None,
            markdown: MarkdownSettings { raw_html: RawHtml::Sanitise, highlight: true, remote_images: false },
            diagrams: DiagramSettings { draw: true, client: empty() },
            git: GitSettings::default(),
            policy: Policy::default(),
            kinds: Vec::new(),
            digest: Digest::default(),
        }
    }

    fn read(source: &Source, base: Config, origin: Origin) -> (Config, Vec<Diagnostic>) {
        let text = source.text().unwrap_or_default();
        let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let (table, faults) = parse_toml(&source.path, text.get(start..).unwrap_or(""), start, Limit::SETTINGS);
        let doubt = doubt(text, &table, &faults);
        let found = RefCell::new(faults);
        let top = Reader::new(&source.path, &table, CONFIG_FILE, &found);
        let mut config = Config { digest: source.digest, doubt, ..base };
        read_site(&top, &mut config.site);
        read_look(&top, &mut config.look);
        read_rendering(&top, &mut config);
        read_limits(&top, &mut config.limits);
        read_policy(&top, &source.path, &mut config.policy);
        config.kinds = read_kinds(&top, &source.path, config.kinds, origin);
        let before = found.borrow().len();
        let Config { roots, output, theme, exclude, kinds, .. } = &mut config;
        read_paths(&top, Paths { roots, output, theme, exclude }, kinds, (source.path.as_str(), origin));
        let of_paths = found.borrow().get(before).map(|finding| finding.primary.span);
        config.doubt = config.doubt.or(of_paths);
        top.finish();
        (config, found.into_inner())
    }
}

fn read_site(top: &Reader<'_>, site: &mut SiteSettings) {
    let Some(table) = top.table("site") else { return };
    let table = table.value;
    set(&mut site.title, table.text("title"));
    set(&mut site.description, table.text("description"));
    set(&mut site.language, table.text("language"));
    set(&mut site.footer, table.text("footer"));
    set(&mut site.index, table.boolean("index"));
    set(&mut site.search, table.boolean("search"));
    for (key, target) in
        [("base-url", &mut site.base_url), ("repository", &mut site.repository), ("edit-url", &mut site.edit_url)]
    {
        let Some(address) = table.text(key) else { continue };
        let is_sound = if key == "base-url" { is_base_url } else { is_web_address };
        if address.value.is_empty() || is_sound(&address.value) {
            *target = address.value;
        } else {
            let (what, help) = match is_web_address(&address.value) {
                true => ("cannot have pages below it", "take out `?` and `#` and what follows"),
                false => ("is not a web address", "start it with `https://` or `http://` and a host"),
            };
            table.reject(address.span, format!("`{key}` is `{}`, which {what}", address.value), help);
        }
    }
    table.finish();
}

fn read_rendering(top: &Reader<'_>, config: &mut Config) {
    const RAW_HTML: &[(&str, RawHtml)] =
        &[("sanitise", RawHtml::Sanitise), ("allow", RawHtml::Allow), ("escape", RawHtml::Escape)];
    if let Some(table) = top.table("markdown") {
        set(&mut config.markdown.raw_html, table.value.choice("raw-html", RAW_HTML));
        set(&mut config.markdown.highlight, table.value.boolean("highlight"));
        set(&mut config.markdown.remote_images, table.value.boolean("remote-images"));
        table.value.finish();
    }
    if let Some(table) = top.table("diagrams") {
        set(&mut config.diagrams.draw, table.value.boolean("draw"));
        set(&mut config.diagrams.client, table.value.text("client"));
        table.value.finish();
    }
    if let Some(table) = top.table("git") {
        set(&mut config.git.dates, table.value.boolean("dates"));
        set(&mut config.git.authors, table.value.boolean("authors"));
        table.value.finish();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Decision;

    fn parse(text: &str) -> (Config, Vec<String>) {
        let source = Source::new(SourcePath::new(CONFIG_FILE), text);
        let (config, found) = Config::parse(&source);
        let shown = found.iter().map(|finding| {
            format!("{} `{}` {}", finding.rule, finding.primary.span.of(text), finding.help.as_deref().unwrap_or(""))
        });
        (config, shown.collect())
    }

    #[test]
    fn the_defaults_are_sound() {
        let source = Source::new(SourcePath::new("default.toml"), DEFAULTS);
        let (config, found) = Config::read(&source, Config::empty(), Origin::Builtin);
        assert_eq!(found, []);
        let names: Vec<&str> = config.kinds.iter().map(|kind| kind.name.as_str()).collect();
        assert_eq!(
            names,
            ["rfc", "lite-rfc", "addendum", "adr", "proposal", "deprecation", "escalation", "waiver", "chapter"]
        );
        for kind in &config.kinds {
            let known =
                |name: &str| name == NEVER_NAME || kind.lifecycle.statuses.iter().any(|status| status.name == name);
            for (from, to) in &kind.lifecycle.transitions {
                assert!(known(from) && known(to), "{}: {from} -> {to}", kind.name);
            }
            for section in &kind.sections {
                assert!(known(&section.from), "{}: {}", kind.name, section.name);
                assert!(!section.guidance.is_empty(), "{}: {}", kind.name, section.name);
            }
        }
    }

    const NEVER_NAME: &str = crate::config::NEVER;

    #[test]
    fn an_organisation_lays_its_own_over_them() {
        let (config, found) = parse(
            "[site]\ntitle = \"Acme\"\n[rules]\nbroken-link = \"warn\"\n\
             [kinds.rfc]\nwidth = 3\nsections = [{ name = \"Cut Line\", from = \"never\" }, { name = \"Privacy\", from = \"formal-review\" }]\n\
             [kinds.runbook]\nbased-on = \"adr\"\nprefix = \"RUN\"\n",
        );
        assert_eq!(found, Vec::<String>::new());
        assert_eq!(config.site.title, "Acme");
        let rfc = config.kind("rfc").unwrap();
        assert_eq!((rfc.width, rfc.label.as_str()), (3, "RFC"));
        assert!(rfc.sections.iter().any(|section| section.name == "Privacy" && section.at.is_some()));
        assert!(!rfc.sections.iter().any(|section| section.name == "Cut Line"));
        let runbook = config.kind("runbook").unwrap();
        assert_eq!((runbook.prefix.as_str(), runbook.label.as_str()), ("RUN", "Runbook"));
        assert_eq!(runbook.lifecycle.status("Accepted").unwrap().decision, Decision::Accepted);
        assert_eq!(config.kinds.last().unwrap().name, "chapter");
    }

    #[test]
    fn what_is_wrong_is_said_and_a_default_stands_in() {
        let (config, found) = parse(
            "[site]\ntitel = \"x\"\nbase-url = \"example.org\"\n[paths]\ncontent = \"../up\"\n[rules]\nbroken-link = \"wran\"\n",
        );
        assert_eq!(config.roots.top(), "content");
        assert!(found.iter().any(|finding| finding.starts_with("unknown-field `titel`") && finding.contains("title")));
        assert!(found.iter().any(|finding| finding.contains("\"example.org\"")));
        assert!(found.iter().any(|finding| finding.contains("\"../up\"")));
        assert!(found.iter().any(|finding| finding.contains("did you mean `warn`?")));
    }

    #[test]
    fn paths_are_taken_in_any_spelling_and_never_swallow_the_content() {
        let (config, found) =
            parse("[paths]\ncontent = \"./docs//x\"\nexclude = [\"./docs/x/old/\", \"/docs/x/a.md\"]\n");
        assert_eq!((found, config.roots.top()), (Vec::new(), "docs/x"));
        assert_eq!(config.exclude, ["docs/x/old", "docs/x/a.md"]);
        for wrong in ["exclude = [\"docs/*.md\"]", "exclude = [\"../x\"]", "exclude = [\".\"]", "output = \"./docs/\""]
            .iter()
            .chain(&["output = \"docs/x\"", "theme = \"docs\"", "theme = \"../x\""])
        {
            let (config, found) = parse(&format!("[paths]\ncontent = \"docs/x\"\n{wrong}\n"));
            assert_eq!(found.len(), 1, "{wrong}");
            assert_eq!(
                (config.output.as_str(), config.theme.as_str(), config.exclude.len()),
                ("public", "", 0),
                "{wrong}"
            );
        }
        assert_eq!(parse("[paths]\ncontent = \"docs/x\"\noutput = \"docs/y\"\n").1, Vec::<String>::new());
    }

    #[test]
    fn addresses_are_held_to_what_is_made_of_them() {
        for (key, address) in
            [("base-url", "https://"), ("base-url", "https://e.org/a b"), ("base-url", "https://e.org/?a")]
                .iter()
                .chain(&[("base-url", "https://e.org/#a"), ("repository", "git@e.org"), ("edit-url", "http:///x")])
        {
            assert_eq!(parse(&format!("[site]\n{key} = \"{address}\"\n")).1.len(), 1, "{key} {address}");
        }
        let fine = "[site]\nbase-url = \"https://e.org/a/\"\nedit-url = \"https://e.org/edit?file={path}\"\nrepository = \"\"\n";
        assert_eq!(parse(fine).1, Vec::<String>::new());
    }

    #[test]
    fn roots_are_read_one_by_one() {
        let (config, found) = parse(
            "[[roots]]\npath = \"docs/adr\"\n[[roots]]\npath = \"./packages/web/adr/\"\nprefix = \"Web\"\nkind = \"adr\"\n\
             [[roots]]\npath = \"docs/adr/\"\n[[roots]]\npath = \"../x\"\n[[roots]]\nprefix = \"9\"\nkind = \"afr\"\n\
             [paths]\ncontent = \"docs\"\n",
        );
        let roots: Vec<_> = config.roots.iter().map(|root| (root.path.as_str(), root.prefix.as_str())).collect();
        assert_eq!(roots, [("docs/adr", ""), ("packages/web/adr", "web")]);
        assert_eq!(found.len(), 6, "{found:#?}");
        for words in [
            "`\"docs/adr/\"`",
            "`\"../x\"`",
            "`\"9\"`",
            "did you mean `adr`?",
            "name a folder: `path",
            "take one of the two",
        ] {
            assert!(found.iter().any(|finding| finding.contains(words)), "{words}: {found:#?}");
        }
        let (config, found) = parse("[[roots]]\npath = \"docs\"\n[paths]\noutput = \"docs\"\n");
        assert_eq!((config.output.as_str(), found.len()), ("public", 1));
    }

    #[test]
    fn what_a_kind_says_in_vain_is_a_finding() {
        for (text, words) in [
            ("[kinds.rfc]\nbased-on = \"adr\"\n", "name of its own"),
            ("[kinds.x]\nstatuses = [{ name = \"a\", decision = \"draft\", beside = \"b\" }]\n", "\"b\""),
            ("[kinds.rfc]\nfields = [{ name = \"a\", when = [{ door = \"one-way\" }, \"x\"] }]\n", "\"x\""),
            ("[kinds.rfc]\nfields = [{ name = \"a\", when = { door = { x = 1 } } }]\n", "{ x = 1 }"),
        ] {
            let (_, found) = parse(text);
            assert!(found.len() == 1 && found[0].contains(words), "{text}: {found:?}");
        }
    }

    #[test]
    fn a_status_is_known_by_its_synonyms_and_reached_in_order() {
        let config = Config::builtin();
        let rfc = &config.kind("rfc").unwrap().lifecycle;
        let status = |word| rfc.status(word).unwrap();
        assert_eq!(status("Formal Review").name, "formal-review");
        assert_eq!(rfc.nearest("aproved"), Some("approved"));
        assert!(rfc.reached(status("revision"), "formal-review"));
        assert!(!rfc.reached(status("draft"), "formal-review"));
        assert!(!rfc.reached(status("rejected"), "formal-review"));
        assert!(rfc.reached(status("rejected"), "draft"));
    }
}
