//! Targets that lead nowhere, in words: the same for links and for images.

use super::lost::Lost;
use super::rule::Context;
use super::template::is_no_answer;
use crate::config::Roots;
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix};
use crate::log::{DecisionLog, Target};
use crate::record::{Record, is_template};
use crate::source::Asset;
use crate::text::{SourcePath, Spanned, destination};

/// Pages that the site makes itself, below its root and without an extension.
const MADE: &[&str] = &["health", "index", "log", "one-way", "rules", "rules/index", "search", "tags"];

/// Folders of such pages; they are the site's own as long as no text lies in them.
const MADE_FOLDERS: &[&str] = &["kind", "log", "rules", "tag"];

/// Files of pictures.
const PICTURES: &[&str] = &["apng", "avif", "bmp", "gif", "ico", "jpeg", "jpg", "png", "svg", "webp"];

/// Files that a repository holds for those who copy it: they are no texts of the log.
const PAPERS: &[&str] = &["license", "licence", "copying", "notice"];

/// What to do about a link to what no page can hold.
const ELSEWHERE: &str = "write its full address (`https://…`), or take the link out";

/// What to do about a picture that no page can show from where it lies.
const INSIDE: &str = "put the picture into the content folder, and name it there: what lies outside is not published";

/// The label of what readers of the site cannot reach.
const UNPUBLISHED: &str = "not part of the published site";

/// What targets are meant to lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Anything that can be linked.
    File,
    /// A picture.
    Image,
}

impl Wanted {
    fn may_be(self, path: &str) -> bool {
        self == Wanted::File || is_picture(path)
    }

    /// What to do about a target that leads to a path where nothing is.
    fn help(self, path: &SourcePath, target: &str) -> String {
        let first = match self {
            Wanted::Image => return "put the picture there, or name one that exists, relative to this file".to_owned(),
            // Code and the like is no part of a log.
            Wanted::File if is_code(path) => return ELSEWHERE.to_owned(),
            Wanted::File if names_folder(target) => "add the folder with a README.md",
            Wanted::File if !is_type(path.extension()) => "name a text that exists",
            Wanted::File => "name a file that exists",
        };
        format!("{first}, write the full address (`https://…`) if it lies outside this site, or take the link out")
    }

    /// What to do about a file that is there, and that the site does not hold.
    fn help_outside(self, roots: &Roots) -> &'static str {
        match self {
            Wanted::File => {
                "move the file into the content folder, write its full address (`https://…`), or take the link out"
            }
            Wanted::Image if is_one(roots) => {
                "move the picture into the content folder, or set `content` under `[paths]` in `precedent.toml` to a folder that \
                 holds both"
            }
            Wanted::Image => {
                "move the picture into a content folder, or set `path` under `[[roots]]` in `precedent.toml` to a folder that holds \
                 both"
            }
        }
    }
}

/// Whether there is one content folder.
fn is_one(roots: &Roots) -> bool {
    roots.iter().count() == 1
}

/// Whether a file is neither a text nor of a type that is published: code and the like.
fn is_code(path: &SourcePath) -> bool {
    is_type(path.extension()) && path.extension() != "html" && !is_shown(path)
}

/// Whether a file is a text or is published when it is linked: no other is offered, since a link to it would be the next finding.
fn is_shown(path: &SourcePath) -> bool {
    path.extension() == "md" || Asset::is_published(path.extension())
}

/// Whether what stands behind the last dot of a name says of what type the file is: `4.3-tracing` is a folder's name.
fn is_type(extension: &str) -> bool {
    !extension.is_empty() && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Whether a target is written as that of a folder.
fn names_folder(target: &str) -> bool {
    without_part(target).ends_with('/')
}

/// A target without the quotes or brackets around it.
fn bare(target: &str) -> &str {
    target.trim_matches(['"', '\'', '“', '”', '[', ']', '(', ')'])
}

/// Whether a target is the address of a site that lacks its beginning: `docs.example.org/start`.
fn is_host(target: &str) -> bool {
    let host = target.split(['/', '#', '?']).next().unwrap_or("");
    let name = host.rsplit_once('.').filter(|(name, _)| !name.is_empty() && !name.starts_with('.'));
    name.is_some_and(|(_, end)| ["com", "dev", "io", "net", "org"].contains(&end))
}

/// Whether a target is the address of a mailbox: `ada@example.org`.
fn is_mail(target: &str) -> bool {
    let is_plain = !target.contains(['/', '#', '?']);
    target.split_once('@').is_some_and(|(name, host)| is_plain && !name.is_empty() && host.contains('.'))
}

/// Whether a target is a picture's, by its extension.
pub(super) fn is_picture(target: &str) -> bool {
    let extension = without_part(target).rsplit_once('.').map_or("", |(_, extension)| extension);
    PICTURES.iter().any(|known| known.eq_ignore_ascii_case(extension))
}

/// The targets of a record's links and images, as they are written.
pub(super) fn targets(record: &Record) -> impl Iterator<Item = &Spanned<String>> {
    let images = record.outline.images.iter().map(|image| &image.target);
    record.outline.links.iter().map(|link| &link.target).chain(images)
}

/// Whether a file says under which terms a repository may be used, as plain text without an extension.
pub(super) fn is_paper(path: &SourcePath) -> bool {
    path.extension().is_empty() && has_name_of_paper(path)
}

fn has_name_of_paper(path: &SourcePath) -> bool {
    PAPERS.iter().any(|paper| path.stem().eq_ignore_ascii_case(paper))
}

/// The links of a record to a repository's papers: others' findings may follow from them.
pub fn links_to_papers(record: &Record) -> impl Iterator<Item = &str> {
    let targets = record.outline.links.iter().map(|link| link.target.value.as_str());
    targets.filter(|target| is_paper(&SourcePath::new(without_part(target))))
}

/// So many records are asked where they find a repository's paper: a house writes that alike everywhere.
const ASKED: usize = 100;

/// What to do about a target with an extension (`LICENSE.md`) where the project has the repository's paper without, or others link
/// it so: either is a finding of its own when it is linked.
fn paper(log: &DecisionLog, from: &Record, path: &SourcePath) -> Option<String> {
    if !has_name_of_paper(path) || path.extension().is_empty() {
        return None;
    }
    let bare = path.as_str().strip_suffix(path.extension())?.strip_suffix('.').map(SourcePath::new)?;
    let is_meant = |other: &Record, target: &str| match log.resolve(other, target) {
        Target::Missing(place) | Target::Asset(place) => place == bare,
        _ => false,
    };
    let others = || log.records().iter().take(ASKED);
    let is_linked = || others().any(|other| links_to_papers(other).any(|target| is_meant(other, target)));
    let who = match log.assets().contains_key(&bare) || log.is_in_project(&bare) {
        true => "there is",
        false if is_linked() => "others link",
        false => return None,
    };
    let bare = bare.link_from(from.path());
    Some(format!(
        "{who} `{bare}`: if that is meant, write its full address (`https://…`), since such a file is not published"
    ))
}

/// How many findings of a text come with what was likely meant: looking for it takes time, and nobody mends more at once.
const ADVISED: usize = 200;

/// What is wrong with targets as findings of `rule`.
pub(super) fn all_lost<'a>(
    rule: (&'static str, Wanted),
    (log, record): (&'a DecisionLog, &'a Record),
    targets: impl Iterator<Item = &'a Spanned<String>>,
    context: &'a Context<'_>,
) -> impl Iterator<Item = Lost> {
    let mut advised = 0;
    targets.filter_map(move |target| {
        let meant = log.resolve(record, &target.value);
        let path = match &meant {
            Target::Missing(path) => Some(path.to_string()),
            _ => None,
        };
        let finding = lost(rule, (log, record), (target, meant, advised < ADVISED), context)?;
        let place = path.unwrap_or_else(|| finding.message.clone());
        advised += 1;
        Some(Lost { finding, place })
    })
}

/// What is wrong with a target as a finding of `rule`; `None` when it leads somewhere.
fn lost(
    (rule, wanted): (&'static str, Wanted),
    (log, record): (&DecisionLog, &Record),
    (target, meant, is_advised): (&Spanned<String>, Target, bool),
    context: &Context<'_>,
) -> Option<Diagnostic> {
    let finding = |message: String| Diagnostic::new(rule, record.path(), target.span, message);
    let is_meant = |path: &SourcePath, near: &String| {
        wanted.may_be(near) && is_shown(&SourcePath::new(near)) && is_likely(record.path(), path, near)
    };
    let nearest =
        |path: &SourcePath| is_advised.then(|| log.nearest(record, path))?.filter(|near| is_meant(path, near));
    match meant {
        Target::Missing(path) if is_made(log, &context.config.roots, &path) => None,
        // A template's copies lie elsewhere, and lead from there.
        Target::Missing(_) | Target::Outside if is_template(record.path()) && !target.value.starts_with('/') => None,
        // Whether it is there or not, it stays behind: another rule says so, once for all who link it.
        Target::Missing(path) | Target::Asset(path) if wanted == Wanted::File && is_paper(&path) => None,
        Target::Missing(path) if is_hidden(&path, &context.config.roots) => {
            let message = format!("`{path}` is hidden, and hidden files are no part of the content");
            let help = "take the link out, or give the file a name that does not start with a dot";
            let help = nearest(&path).map_or(help.to_owned(), |nearest| format!("did you mean `{nearest}`?"));
            Some(finding(message).with_label(UNPUBLISHED).with_help(help))
        }
        Target::Missing(path) if lies_outside(log, &context.config.roots, target, &path) => {
            let roots = &context.config.roots;
            let folder = if is_one(roots) { "folder" } else { "folders" };
            let message = format!("`{}` lies outside the content {folder} {}", target.value, roots.in_words());
            let help =
                nearest(&path).map_or(wanted.help_outside(roots).to_owned(), |near| format!("did you mean `{near}`?"));
            Some(finding(message).with_label(UNPUBLISHED).with_help(help))
        }
        Target::Missing(path) if log.is_folder(&path) => Some(
            finding(format!("the folder `{path}` has no index page"))
                .with_label("leads to a folder")
                .with_help("add a README.md to the folder, name one of its texts, or take the link out"),
        ),
        Target::Missing(path) => {
            Some(absent(wanted, (log, record), (target, &path), finding, nearest, &context.config.roots))
        }
        Target::Outside => Some(
            finding(format!("`{}` leads out of the project", target.value))
                .with_label(UNPUBLISHED)
                .with_help(if wanted == Wanted::Image { INSIDE } else { ELSEWHERE }),
        ),
        Target::Forbidden(scheme) => Some(
            finding(format!("a page may not link to `{}:`", scheme.trim_end_matches(':')))
                .with_label("this scheme is not allowed")
                .with_help("link with `https:` or `mailto:`, or write the address as code"),
        ),
        Target::External(_) | Target::Record { .. } | Target::Asset(_) => None,
    }
}

/// What is said of a target that leads to a path where nothing is.
fn absent(
    wanted: Wanted,
    (log, record): (&DecisionLog, &Record),
    (target, path): (&Spanned<String>, &SourcePath),
    finding: impl Fn(String) -> Diagnostic,
    nearest: impl Fn(&SourcePath) -> Option<String>,
    roots: &Roots,
) -> Diagnostic {
    let is_quoted = target.value.starts_with(['"', '\'', '“', '[', '(']);
    let slip = match target.value.chars().next() {
        Some('"' | '\'' | '“') => Some("take the quotes away: they are part of the address here"),
        Some('[' | '(') => Some("take the brackets away: they are part of the address here"),
        _ if is_no_answer(&target.value) => Some("name what it is to lead to, or take the link out"),
        Some('@') => {
            Some("write the full address of whom it names (`https://…`): as it stands, it is the name of a file")
        }
        _ if is_mail(&target.value) => Some("write `mailto:` before it: as it stands, it is the name of a file"),
        _ if is_host(&target.value) => Some("write `https://` before it: as it stands, it is the name of a file"),
        _ if wanted == Wanted::Image && roots.holding(path).is_none() => Some(INSIDE),
        _ => None,
    };
    let help = slip.map_or_else(|| wanted.help(path, &target.value), str::to_owned);
    let near = nearest(path);
    let named = named(target, path);
    let bare = is_quoted.then(|| bare(&target.value)).map(|bare| (log.resolve(record, bare), bare));
    if let Some((Target::Missing(path), bare)) = bare {
        let help = format!("{help}, and there is no `{bare}` either");
        return missing(finding(format!("there is no `{named}`")), target, nearest(&path), &help);
    }
    if let Some(paper) = paper(log, record, path).filter(|_| near.is_none() && wanted == Wanted::File) {
        let finding = finding(format!("there is no `{named}`")).with_label("leads nowhere");
        return finding.with_help(paper);
    }
    let message = match wanted {
        Wanted::File if near.is_none() && !is_quoted && !is_host(&target.value) && is_code(path) => {
            format!("`{named}` is no part of the log")
        }
        Wanted::File if names_folder(&target.value) => {
            format!("there is no folder `{}`", named.trim_end_matches('/'))
        }
        Wanted::File if !is_quoted && !is_type(path.extension()) => format!("there is no page `{named}`"),
        _ => format!("there is no `{named}`"),
    };
    missing(finding(message), target, near, &help)
}

/// Whether a file of this path would not be read if it were there, although it lies in a content folder: it or a folder of it is
/// hidden.
fn is_hidden(path: &SourcePath, roots: &Roots) -> bool {
    let below = roots.holding(path).and_then(|root| path.below(&root.path));
    below.is_some_and(|below| below.split('/').any(|part| part.starts_with('.')))
}

/// Whether the project has what a target means, and has it outside the content folders. A leading slash may mean the project's own
/// folder, whatever was looked for first.
fn lies_outside(log: &DecisionLog, roots: &Roots, target: &Spanned<String>, path: &SourcePath) -> bool {
    let is_outside = |place: &SourcePath| roots.holding(place).is_none() && log.is_in_project(place);
    let below = roots.holding(path).and_then(|root| path.below(&root.path)).filter(|_| target.value.starts_with('/'));
    is_outside(path) || below.is_some_and(|below| is_outside(&SourcePath::new(below)))
}

/// What is not there, as a reader finds it: a target that opens with a slash is looked for in two places, and is named as it is
/// written.
fn named<'a>(target: &'a Spanned<String>, path: &'a SourcePath) -> &'a str {
    if target.value.starts_with('/') { without_part(&target.value) } else { path.as_str() }
}

/// A target without the part of a page, and without a question to its server.
fn without_part(target: &str) -> &str {
    target.split(['?', '#']).next().unwrap_or("")
}

/// Whether the site makes a page of this path itself: its home page, the log, a tag, a rule.
fn is_made(log: &DecisionLog, roots: &Roots, path: &SourcePath) -> bool {
    if roots.is_root(path.as_str()) {
        return true;
    }
    if roots.holding(path).is_none() {
        return false;
    }
    let below = roots.below(path);
    let below = below.trim_end_matches('/');
    let page = below.strip_suffix(".html").or_else(|| below.strip_suffix(".md")).unwrap_or(below);
    let is_in_folder = |folder: &str| {
        let inside = |record: &Record| roots.below(record.path()).starts_with(&format!("{folder}/"));
        page.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
            && !log.records().iter().any(|record| inside(record))
    };
    MADE.contains(&page) || MADE_FOLDERS.iter().any(|folder| is_in_folder(folder))
}

/// Every folder may have a README: another folder's is no likely meaning of this one's.
fn is_likely(from: &SourcePath, wanted: &SourcePath, nearest: &str) -> bool {
    let is_meant = |near: SourcePath| near != *from && near.folder_name() == wanted.folder_name();
    !wanted.is_index() || from.join(nearest).is_some_and(is_meant)
}

fn missing(finding: Diagnostic, target: &Spanned<String>, nearest: Option<String>, help: &str) -> Diagnostic {
    let finding = finding.with_label("leads nowhere");
    let Some(nearest) = nearest else {
        return finding.with_help(help);
    };
    let behind = target.value.find(['?', '#']).and_then(|at| target.value.get(at..)).unwrap_or("");
    let near = destination(&nearest) + behind;
    let edit = Edit { path: finding.primary.path.clone(), span: target.span, text: near.clone() };
    let title = format!("write `{near}`");
    finding.with_help(format!("did you mean `{near}`?")).with_fix(Fix {
        title,
        applicability: Applicability::Unsafe,
        edits: vec![edit],
    })
}
