//! Makes every file of the output, and hands each on as soon as it is made.

use super::artifact::Artifact;
use super::calendar::calendars;
use super::data::{DATA, DATA_SCHEMA, LOG_SCHEMA, log_json};
use super::face::Face;
use super::feed::feeds;
use super::head::Heads;
use super::llms::llms;
use super::press::Press;
use super::sitemap::for_search_engines;
use crate::check::with_levels;
use crate::config::Config;
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result, in_order};
use crate::log::DecisionLog;
use crate::markdown::Diagrams;
use crate::page::{LOOK_STYLE, Page, Places, Plan, Route, places, unpublished};
use crate::search::Shard;
use crate::source::Files;
use crate::text::{Digest, SourcePath};
use crate::theme::Theme;
use rayon::prelude::*;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error as _;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How many bytes may stand around a text on a page.
const AROUND: usize = 64 * 1024 * 1024;

/// Up to how many bytes a linked file is read at once.
const HELD: u64 = 1024 * 1024;

/// Renders pages, and adds the texts beside them, static files, assets and data. Returns what only this could find.
///
/// # Errors
/// When a template does not render, an asset cannot be read, or two files want one address.
pub fn render_site(
    mut plan: Plan<'_>,
    log: &DecisionLog,
    (theme, config): (&Theme, &Config),
    files: &dyn Files,
    press: &dyn Press,
) -> Result<Vec<Diagnostic>> {
    let mut faces = feeds(&plan, log, config);
    faces.extend(calendars(&plan, log, config));
    let style = plan.style.take();
    let heads = Heads::new(&plan, &faces, config);
    let shared = Shared::new(theme, style.as_ref().map(|_| LOOK_STYLE), heads, longest(config));
    let edition = Edition { press, taken: Mutex::default() };
    let take = |page: Page| {
        press.is_awaited()?;
        // A page depends on nothing but what its template is given.
        let made_of = if press.remembers() { shared.made_of(&page) } else { None };
        if made_of.is_some_and(|made_of| press.has(&page.route, made_of)) {
            return edition.claim(&page.route);
        }
        let artifact = render(&page, theme, &shared)?;
        edition.add(page.route, Artifact { made_of, ..artifact })
    };
    let take_shard = |shard: Shard| edition.add(Route(shard.address), Artifact::script(shard.script.as_bytes()));
    plan.texts(&take, &take_shard)?;
    let scripts = plan.lists(&take)?;
    let pages: Vec<Route> = edition.taken().iter().filter(|route| route.0.ends_with(".html")).cloned().collect();
    faces.extend(for_search_engines(&pages, &plan, log, config));
    faces.push(llms(&plan, log, config, &faces));
    // Data says what is written; what people read shows it.
    let data = [(DATA, log_json(&plan, log, config)), (DATA_SCHEMA, LOG_SCHEMA.into())];
    edition.add_all(data.map(|(route, bytes)| (Route(route.to_owned()), bytes)).into(), |bytes| {
        Ok(Artifact::new(bytes))
    })?;

    let texts = log.records().iter().zip(&plan.routes).filter_map(|(record, route)| {
        let (route, text) = route.as_ref().zip(record.source.shared())?;
        Some((route.markdown(), text))
    });
    edition.add_all(texts.collect(), |text| Ok(Artifact::shared(Arc::from(text))))?;
    edition.add_all(scripts, |script| Ok(Artifact::script(script.as_bytes())))?;
    let of_theme = theme.files.iter().map(|(path, bytes)| (Route(path.clone()), Arc::clone(bytes)));
    edition.add_all(of_theme.collect(), |bytes| Ok(Artifact::shared(bytes)))?;
    edition.add_all(std::mem::take(&mut plan.pictures), |path| files.read(&path).map(Artifact::shared))?;
    let style = style.map(|style| (Route(LOOK_STYLE.to_owned()), style));
    edition.add_all(style.into_iter().collect(), |style| Ok(Artifact::new(style.into_bytes())))?;
    let cards = std::mem::take(&mut plan.cards).into_iter().enumerate();
    let cards = cards.map(|(number, cards)| (Route(format!("cards/{number}.js")), cards));
    edition.add_all(cards.collect(), |cards| Ok(Artifact::script(cards.as_bytes())))?;
    let (yielding, faces): (Vec<Face>, Vec<Face>) = faces.into_iter().partition(|face| face.yields);
    let of_faces = |faces: Vec<Face>| faces.into_iter().map(|face| (face.route.clone(), face)).collect();
    let face = |face: Face| Ok(Artifact::page(&face.bytes));
    edition.add_all(of_faces(faces), face)?;
    let taken = edition.folded();
    let (assets, found) = apart(&plan.assets, &taken, config);
    let size = |path: &SourcePath| log.assets().get(path).map_or(0, |asset| asset.size);
    let assets: Vec<_> = assets.into_iter().map(|(route, path)| (route, path.clone(), size(path))).collect();
    plan.found.extend(with_levels(found, log, config));
    edition.copy_all(&assets, files)?;
    let taken = edition.folded();
    let yielding = yielding.into_iter().filter(|face| in_its_way(&face.route, &taken).is_none()).collect();
    edition.add_all(of_faces(yielding), face)?;
    edition.check_folders()?;
    Ok(plan.found)
}

/// What publishing would find, as far as it can be told without making pages: what wants the address of another page or file, and
/// what is more than a page can hold.
pub fn foreseen(
    log: &DecisionLog,
    (config, files): (&Config, &dyn Files),
    today: Date,
    diagrams: &Diagrams,
) -> Vec<Diagnostic> {
    let Places { assets, texts, pages, mut found } = places(log, config, today, diagrams);
    // Most logs link no file, and then nobody asks what is taken.
    if !assets.is_empty() {
        let files =
            Theme::static_files(files, &config.theme).chain([DATA.to_owned(), DATA_SCHEMA.to_owned()]).map(Route);
        let texts = texts.iter().flatten().map(Route::markdown);
        found.extend(apart(&assets, &folded(pages.into_iter().chain(texts).chain(files)), config).1);
    }
    found
}

/// Files without those that want an address that is taken, and what is to be said of these: what the site makes itself has its
/// address.
fn apart<'a>(
    assets: &'a BTreeSet<SourcePath>,
    taken: &BTreeMap<String, Route>,
    config: &Config,
) -> (Vec<(Route, &'a SourcePath)>, Vec<Diagnostic>) {
    let (mut kept, mut found) = (Vec::new(), Vec::new());
    for path in assets {
        let route = Route::of_asset(path, config);
        match in_its_way(&route, taken) {
            Some(other) => {
                let why = match (*other == route, other.folded() == route.folded()) {
                    (true, _) => format!("its address {route} is that of a file of the site's own"),
                    (_, true) => format!("many disks take its address {route} for {other}, which is the site's own"),
                    _ => format!("{other} is in the way of its address {route}"),
                };
                found.push(unpublished(path, format!("{path} is not published: {why}")));
            }
            None => kept.push((route, path)),
        }
    }
    (kept, found)
}

/// Addresses by what disks that tell no capital letters apart take them for.
fn folded(routes: impl Iterator<Item = Route>) -> BTreeMap<String, Route> {
    routes.map(|route| (route.folded(), route)).collect()
}

/// A site on its way out.
struct Edition<'a> {
    press: &'a dyn Press,
    /// Every address so far.
    taken: Mutex<BTreeSet<Route>>,
}

impl Edition<'_> {
    fn taken(&self) -> MutexGuard<'_, BTreeSet<Route>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, route: Route, artifact: Artifact) -> Result<()> {
        self.claim(&route)?;
        self.press.take(route, artifact);
        Ok(())
    }

    /// Adds files that are made one by one. Addresses are looked at in order, so that the same one is refused each time.
    fn add_all<T: Send>(&self, files: Vec<(Route, T)>, artifact: impl Fn(T) -> Result<Artifact> + Sync) -> Result<()> {
        files.iter().try_for_each(|(route, _)| self.claim(route))?;
        in_order(files.into_par_iter(), |(route, of)| {
            self.press.take(route, artifact(of)?);
            Ok(())
        })
    }

    /// Adds files from the content folder; none is held whole that is long.
    fn copy_all(&self, assets: &[(Route, SourcePath, u64)], files: &dyn Files) -> Result<()> {
        assets.iter().try_for_each(|(route, ..)| self.claim(route))?;
        in_order(assets.par_iter(), |(route, path, size)| {
            if *size > HELD {
                return self.press.copy(route.clone(), path, &|| files.open(path));
            }
            self.press.take(route.clone(), Artifact::shared(files.read(path)?));
            Ok(())
        })
    }

    fn claim(&self, route: &Route) -> Result<()> {
        if self.taken().insert(route.clone()) {
            return Ok(());
        }
        Err(Error::Refused {
            message: format!(
                "two files want the address {route}: one comes from the content folder, one is the site's own; rename the former"
            ),
        })
    }

    /// Every address so far, by what disks that tell no capital letters apart take it for.
    fn folded(&self) -> BTreeMap<String, Route> {
        folded(self.taken().iter().cloned())
    }

    /// No file may stand where another needs a folder.
    fn check_folders(&self) -> Result<()> {
        let taken = self.taken();
        for route in taken.iter() {
            for (at, _) in route.0.match_indices('/') {
                let folder = Route(route.0.get(..at).unwrap_or("").to_owned());
                if taken.contains(&folder) {
                    let message =
                        format!("{route} needs a folder where the file {folder} stands; rename one of the two");
                    return Err(Error::Refused { message });
                }
            }
        }
        Ok(())
    }
}

/// A file that stands at an address, where it needs a folder, or below it.
fn in_its_way<'a>(route: &Route, taken: &'a BTreeMap<String, Route>) -> Option<&'a Route> {
    let route = route.folded();
    let mut folders = route.match_indices('/').filter_map(|(at, _)| route.get(..at));
    let above = folders.find_map(|folder| taken.get(folder));
    let inside = format!("{route}/");
    let below = taken.range(inside.clone()..).next().filter(|(other, _)| other.starts_with(&inside));
    taken.get(&route).or(above).or(below.map(|(_, other)| other))
}

/// What every page is rendered with.
pub(super) struct Shared {
    pub(super) styles: tera::Value,
    pub(super) heads: Heads,
    /// What the program, the theme and the list of style sheets are, for the fingerprints of pages.
    pub(super) print: Arc<str>,
    /// How many bytes a page may have.
    pub(super) longest: usize,
}

/// What renders pages, besides the theme.
const MAKER: &str = env!("PRECEDENT_MAKER");

impl Shared {
    /// What the pages of a theme share; `made` is the style sheet that is made from the settings.
    pub(super) fn new(theme: &Theme, made: Option<&str>, heads: Heads, longest: usize) -> Shared {
        let styles = theme.styles(made);
        let print = format!("{MAKER} {} {}", theme.digest, styles.join(" "));
        Shared { styles: tera::Value::from_serializable(&styles), heads, print: print.into(), longest }
    }

    /// The fingerprint of everything that a page is made of: what its template is given, the theme, and the program.
    fn made_of(&self, page: &Page) -> Option<Digest> {
        page.print(&(&*self.print, self.heads.of(&page.route)))
    }
}

/// How many bytes a page may have: what a text may become, and far more than any template puts around it. A template that writes
/// without end is stopped there.
pub(super) fn longest(config: &Config) -> usize {
    config.limits.text.html.saturating_add(AROUND)
}

/// A page as it is written.
struct Bounded<'a> {
    page: &'a mut Vec<u8>,
    longest: usize,
}

impl Write for Bounded<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes.len() > self.longest.saturating_sub(self.page.len()) {
            let message = format!("the page is longer than {} MiB: a template writes without end", self.longest >> 20);
            return Err(io::Error::other(message));
        }
        self.page.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

thread_local! {
    /// What a page is written into; it grows to the largest page once and not for each.
    static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

pub(super) fn render(page: &Page, theme: &Theme, shared: &Shared) -> Result<Artifact> {
    let mut context = page.context();
    context.insert_value("styles", shared.styles.clone());
    context.insert_value("head", tera::Value::from_serializable(&shared.heads.of(&page.route)));
    BUFFER.with_borrow_mut(|buffer| {
        buffer.clear();
        theme
            .templates
            .render_to(page.template, &context, Bounded { page: &mut *buffer, longest: shared.longest })
            .map_err(|fault| Error::Template { message: format!("{}: {}", page.route, with_source(&fault)) })?;
        Ok(Artifact::page(buffer))
    })
}

/// What went wrong in a template, and why it did.
fn with_source(fault: &tera::Error) -> String {
    let said = fault.to_string();
    // What is printed says already that it is an error.
    let said = said.strip_prefix("error: ").unwrap_or(&said);
    fault.source().map_or_else(|| said.to_owned(), |why| format!("{said}: {why}"))
}
