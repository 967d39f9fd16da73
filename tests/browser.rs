//! The published site in a real browser: seen, read, driven by keys, attacked.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may stop where it is")]
#![allow(clippy::disallowed_methods, reason = "a test runs programs and looks at what they left")]

#[path = "browser/long.rs"]
mod long;
mod project;
mod tool;
mod tree;

use project::Project;
use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError};
use tree::tree;

/// One page of each kind of the project's own site.
const PAGES: &[&str] = &[
    "index.html",
    "log.html",
    "log/board.html",
    "log/timeline.html",
    "log/graph.html",
    "log/registers.html",
    "log/register/metrics.html",
    "log/owners.html",
    "log/status/accepted.html",
    "kind/adr.html",
    "one-way.html",
    "tags.html",
    "search.html",
    "adr/0013-small-dependencies.html",
    "adr/0014-fingerprints-of-the-frozen-zone.html",
    "rfc/0001-a-decision-log-that-checks-itself.html",
    "rfc/0001-a1-sign-offs-without-fingerprints.html",
    "rfc/0002-draw-mermaid-at-build-time.html",
    "deprecation/0001-client-side-mermaid-script.html",
    "escalation/0001-a-c-compiler-for-highlighting.html",
    "waiver/0001-bincode-through-syntect.html",
    "handbook/index.html",
    "handbook/one-way-doors.html",
    "handbook/configuration.html",
    "rules/index.html",
    "rules/silent-drift.html",
    "health.html",
    "404.html",
];

/// What would run if anything of it were taken for more than text.
const PAYLOADS: &[&str] = &[
    "<script>ran()</script>",
    "</script><script>ran()</script>",
    "</title><script>ran()</script>",
    "</textarea><script>ran()</script>",
    "</style><script>ran()</script>",
    "<!--><script>ran()</script>",
    "--><script>ran()</script>",
    "]]><script>ran()</script>",
    "\"><script>ran()</script>",
    "'><script>ran()</script>",
    "<img src=x onerror=ran()>",
    "\"><img src=x onerror=ran()>",
    "<svg onload=ran()>",
    "<svg><script>ran()</script></svg>",
    "<svg><animate onbegin=ran() attributeName=x dur=1s>",
    "<math><mi xlink:href=javascript:ran()>x</mi></math>",
    "<iframe srcdoc=\"<script>parent.ran()</script>\"></iframe>",
    "<iframe src=javascript:ran()></iframe>",
    "<object data=javascript:ran()></object>",
    "<embed src=javascript:ran()>",
    "<body onload=ran()>",
    "<details open ontoggle=ran()>x</details>",
    "<input autofocus onfocus=ran()>",
    "<select autofocus onfocus=ran()>",
    "<video><source onerror=ran()></video>",
    "<audio src=x onerror=ran()>",
    "<marquee onstart=ran()>x</marquee>",
    "<a href=javascript:ran()>x</a>",
    "<form action=javascript:ran()><button>x</button></form>",
    "<base href=javascript:ran()//>",
    "<meta http-equiv=refresh content=0;url=javascript:ran()>",
    "<link rel=import href=javascript:ran()>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>@import 'https://evil.example/x.css'</style>",
    "<p style=background:url(https://evil.example/x)>x</p>",
    "<x onmouseover=ran() style=position:fixed>x",
    "\" onmouseover=\"ran()",
    "' onfocus='ran()' autofocus='",
    "` onclick=`ran()`",
    "{{ ran() }}",
    "{% include \"base.html\" %}",
    "${ran()}",
    "<noscript><p title=\"</noscript><img src=x onerror=ran()>\">",
    "<template><script>ran()</script></template>",
    "<<script>ran();//<</script>",
    "<scr\u{0}ipt>ran()</scr\u{0}ipt>",
    "\u{2028}ran()\u{2028}",
    "&lt;script&gt;ran()&lt;/script&gt;",
    "&#x3c;img src=x onerror=ran()&#x3e;",
    "%3Cscript%3Eran()%3C/script%3E",
];

/// Where links may not lead.
const TARGETS: &[&str] = &[
    "javascript:ran()",
    "JaVaScRiPt:ran()",
    "java\tscript:ran()",
    "java&#10;script:ran()",
    "&#106;avascript:ran()",
    "javascript&colon;ran()",
    "\u{1}javascript:ran()",
    "vbscript:ran()",
    "data:text/html,<script>ran()</script>",
    "data:image/svg+xml,<svg onload=ran()>",
    "blob:ran()",
    "//evil.example/x",
    "x\" onclick=\"ran()",
    "javascript://evil.example/%0aran()",
];

/// The project's own site, published once for all tests.
fn own_site() -> &'static Path {
    static SITE: OnceLock<PathBuf> = OnceLock::new();
    SITE.get_or_init(|| {
        let target = scratch("site");
        let mut build = Command::new(env!("CARGO_BIN_EXE_precedent"));
        build.args(["build", "--quiet", "--output-dir"]).arg(&target);
        build.args(["--as-of", "2026-11-25"]).current_dir(env!("CARGO_MANIFEST_DIR"));
        let output = build.output().expect("starts");
        // Pictures that are still to be taken are findings.
        assert!(output.status.code().is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&output.stderr));
        target
    })
}

/// An empty folder of this run.
fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("browser-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    folder
}

/// The browser, and the folder with the modules that drive it; installed when they are not there.
fn modules() -> &'static Path {
    static MODULES: OnceLock<PathBuf> = OnceLock::new();
    MODULES.get_or_init(|| {
        tool::need("node", "nodejs");
        tool::need("chromium", "chromium");
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser-modules");
        let lock = fs::read(own.join("package-lock.json")).expect("a lock file");
        let is_there = fs::read(folder.join("package-lock.json")).is_ok_and(|there| there == lock)
            && folder.join("node_modules/.package-lock.json").exists();
        if !is_there {
            tool::need("npm", "npm");
            fs::create_dir_all(&folder).expect("made");
            fs::copy(own.join("package.json"), folder.join("package.json")).expect("copied");
            fs::write(folder.join("package-lock.json"), lock).expect("written");
            let mut install = Command::new("npm");
            install.args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]).current_dir(&folder);
            let output = install.output().expect("starts");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        folder
    })
}

/// Runs one of the scripts beside this file; says what it found.
fn drive(script: &str, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) {
    // One browser at a time: what waits for a page would otherwise wait for the others.
    static TURN: Mutex<()> = Mutex::new(());
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let mut command = Command::new("node");
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser").join(script)).args(arguments);
    let output = command.env("NODE_MODULES_FOLDER", modules()).output().expect("starts");
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains(" checks, 0 faults"), "{said}");
}

fn site_and(rest: &[&str]) -> Vec<String> {
    let site = own_site().to_str().expect("UTF-8").to_owned();
    std::iter::once(site).chain(rest.iter().map(|part| (*part).to_owned())).collect()
}

#[test]
fn every_kind_of_page_fits_and_complains_of_nothing() {
    drive("pages.mjs", site_and(PAGES));
}

#[test]
fn every_link_leads_somewhere_wherever_the_site_stands() {
    drive("links.mjs", site_and(&[]));
}

#[test]
fn a_reader_with_a_keyboard_finds_and_prints() {
    drive("use.mjs", site_and(&["rfc/0001-a-decision-log-that-checks-itself.html"]));
}

/// Pictures in the handbook's tour: name, page, width, light or dark, and words to search for.
const PICTURES: &[&str] = &[
    "home index.html 1280 light",
    "log log.html 1280 light",
    "record-light rfc/0001-a-decision-log-that-checks-itself.html 1280 light",
    "record-dark rfc/0001-a-decision-log-that-checks-itself.html 1280 dark",
    "board log/board.html 1280 light",
    "graph log/graph.html 1280 light",
    "deprecation deprecation/0001-client-side-mermaid-script.html 390 dark",
    "search index.html 1280 dark mermaid client",
];

/// Pictures are taken at every run; `PRECEDENT_BLESS` puts them into the handbook.
#[test]
fn pictures_for_the_handbook_can_be_taken() {
    let images = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/handbook/images");
    let is_blessed = std::env::var_os("PRECEDENT_BLESS").is_some();
    let target = if is_blessed { images.clone() } else { scratch("pictures") };
    drive("screenshots.mjs", site_and(&[&[target.to_str().expect("UTF-8")], PICTURES].concat()));
    for picture in PICTURES {
        let name = picture.split(' ').next().expect("a name");
        for folder in [&images, &target] {
            let bytes = fs::read(folder.join(format!("{name}.png"))).expect("a picture");
            assert!(bytes.starts_with(b"\x89PNG") && bytes.len() > 10_000, "{name}");
        }
    }
}

#[test]
fn an_author_sees_every_change_and_what_is_wrong_with_it() {
    let project = Project::of(&[]);
    let filler = "Words that fill the page, so that there is something below the fold. ".repeat(30);
    let section = |name: &str, text: &str| format!("## {name}\n\n{text}\n\n{filler}\n\n{filler}\n\n");
    let sections = [
        section("Context", "First words."),
        section("Decision", "We decide, in one paragraph that can be selected."),
        section("Alternatives Considered", "To do nothing, which costs more every year."),
        section("Consequences", "More work now."),
        section("Confirmation", "A test. Last words."),
    ];
    let head = "+++\ntitle = \"First\"\nstatus = \"proposed\"\ncreated = 2026-01-02\n+++\n\n";
    project.write("content/adr/0001-first.md", &format!("{head}{}", sections.concat()));
    project.write("content/adr/0002-second.md", &format!("{head}{}", sections.concat()).replace("First", "Second"));
    let draft = format!("{head}{}", sections.concat()).replace("First", "Third");
    let draft = draft.replace("proposed", "draft").replace("2026-01-02", "2026-02-01");
    project.write("content/adr/0003-third.md", &draft.replace("A test.", "A [test](nowhere.md)."));
    let mut preview = Command::new(env!("CARGO_BIN_EXE_precedent"));
    preview.args(["serve", "--port", "0", "--as-of", "2026-02-02"]).current_dir(project.path(""));
    let mut child = preview.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("starts");
    let mut url = String::new();
    BufReader::new(child.stdout.take().expect("piped")).read_line(&mut url).expect("the address comes first");
    let folder = project.path("").to_str().expect("UTF-8").to_owned();
    let seen =
        std::panic::catch_unwind(|| drive("preview.mjs", [url.trim(), &folder, env!("CARGO_BIN_EXE_precedent")]));
    let _ = child.kill();
    let _ = child.wait();
    seen.expect("the preview is followed");
}

#[test]
fn a_pre_read_opens_from_the_disk_and_asks_for_nothing() {
    let project = Project::of(&[]);
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let settings = fs::read_to_string(own.join("precedent.toml")).expect("UTF-8");
    // What the rules have against payloads is not what is tried here.
    let lenient = "\n[rules]\nunknown-person = \"allow\"\nmissing-image = \"allow\"\n";
    project.write("precedent.toml", &(settings + lenient));
    for (path, bytes) in tree(&own.join("content")) {
        let path = project.path("content").join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, bytes).expect("written");
    }
    let text = fs::read_to_string(project.path(LONGEST)).expect("UTF-8");
    // As it was before it was approved.
    let (head, rest) = text.split_once("[[sign-off]]").expect("signed");
    let rest = rest.split_once("[[dissent]]").expect("dissent").1;
    let head = head.replacen("status = \"implementing\"", "status = \"formal-review\"", 1);
    project.write(LONGEST, &format!("{head}[[dissent]]{rest}"));
    let payloads = PAYLOADS.iter().map(|payload| payload.replace('\u{0}', ""));
    let list: String = payloads.map(|payload| format!("- {payload}\n- `{payload}`\n")).collect();
    let title = serde_json::to_string("<script>ran()</script> \"'><img src=x onerror=ran()>").expect("a text");
    project.write("content/adr/0099-hostile.md", &format!(
        "+++\ntitle = {title}\nsummary = {title}\nstatus = \"draft\"\ndoor = \"two-way\"\n[daci]\napprover = {title}\n[[consulted]]\nwho = {title}\nstance = \"concerned\"\n\
         outcome = {title}\n+++\n\n## Context\n\n{list}\n\n## Decision\n\nText.\n\n## Alternatives Considered\n\nDoing nothing was not chosen, for it costs money.\n\n\
         ## Consequences\n\nText.\n\n## Open questions\n\n- <script>ran()</script>?\n"
    ));
    let mut files = Vec::new();
    for id in ["RFC-1", "ADR-99"] {
        let run = project.run(&["circulate", id, "--sent", "2026-06-01T09:00:00Z", "--held", "2026-06-08T09:00:00Z"]);
        assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
        let file = project.path(&format!("pre-read/{}.html", if id == "RFC-1" { "RFC-0001" } else { "ADR-0099" }));
        files.push(file.to_str().expect("UTF-8").to_owned());
    }
    drive("pre-read.mjs", files);
}

/// The longest of our proposals.
const LONGEST: &str = "content/rfc/0001-a-decision-log-that-checks-itself.md";

#[test]
fn nothing_that_a_record_says_runs() {
    let project = hostile();
    let run = project.run(&["build", "--quiet"]);
    assert!(run.code.is_some_and(|code| code < 2), "{}{}", run.out, run.err);
    let site = project.path("public").to_str().expect("UTF-8").to_owned();
    let words = ["script", "onerror", "ran", "<script>", "constructor"].map(str::to_owned);
    drive("hostile.mjs", std::iter::once(site).chain(words));
}

/// A log in which each payload stands wherever an author can write.
fn hostile() -> Project {
    let project = Project::of(&[]);
    let quoted = |text: &str| serde_json::to_string(text).expect("a text").replace('\u{0}', "");
    let site = PAYLOADS.iter().take(3).map(|payload| quoted(payload)).collect::<Vec<_>>();
    let settings = format!(
        "[site]\ntitle = {0}\ndescription = {1}\nfooter = {2}\n[people.eve]\nname = {0}\n[[tracker]]\nprefix = \"BAD-\"\n\
         url = \"javascript:ran('{{id}}')\"\n",
        site[0], site[1], site[2]
    );
    project.write("precedent.toml", &settings);
    for (at, payload) in PAYLOADS.iter().enumerate() {
        let (number, text) = (at + 1, quoted(payload));
        let label = payload.replace(['"', '\n', '\u{0}'], "'");
        let record = format!(
            "+++\ntitle = {text}\nsummary = {text}\nstatus = \"approved\"\ncreated = 2026-01-02\ndoor = \"one-way\"\n\
             door-reasons = [{text}]\ntags = [{text}]\ntracking = [{text}, \"BAD-1\"]\nsupersedes = [{text}, \"ADR-{number}\"]\n\
             depends-on = [{text}]\naliases = [{text}]\n\n[daci]\ndriver = {text}\napprover = {text}\ncontributors = [{text}]\n\
             informed = [\"eve\"]\n\n[[sign-off]]\nrole = {text}\nby = {text}\non = 2026-01-03\n\n[[dissent]]\nby = {text}\n\
             reason = {text}\n\n[[metric]]\nname = {text}\nbaseline = {text}\ntarget = {text}\nactual = {text}\n\n\
             [[debt]]\nwhat = {text}\nticket = {text}\ndue = 2026-02-02\n\n[cost]\ncurrency = {text}\nhorizon-years = 3\n\
             build = {{ initial = 5, {text} = 6 }}\n{text} = {{ initial = 7 }}\n+++\n\n\
             # {payload}\n\n## {payload}\n\nText {payload} and ADR-{number} [link {payload}](../adr/{number:04}-x.md \"{label}\").\n\n\
             ![{payload}](flow.png \"{label}\")\n\n> [!NOTE]\n> {payload}\n\n| {payload} | b |\n|---|---|\n| {payload} | c |\n\n\
             - [ ] {payload}\n\n```rust {label}\n{payload}\n```\n\n`{payload}`\n\nNote.[^1]\n\n[^1]: {payload}\n\n\
             ```mermaid\nflowchart LR\n A[\"{label}\"] -->|\"{label}\"| B[\"{label}\"]\n click A \"javascript:ran()\"\n```\n"
        );
        project.write(&format!("content/rfc/{number:04}-x.md"), &record);
        project.write(
            &format!("content/adr/{number:04}-x.md"),
            &format!("---\ntitle: {text}\nstatus: {text}\ntags: [{text}]\nauthors: [{text}]\n---\n\n{payload}\n\nRFC-{number}.\n"),
        );
    }
    let links = TARGETS.iter().enumerate().map(|(at, target)| {
        format!("[a](<{target}>) [b]({target}) ![c](<{target}>) <{target}> <a href='{target}'>d</a>\n\n[e{at}]: <{target}>\n\n[e{at}]\n")
    });
    project.write("content/handbook/links.md", &format!("# Links\n\n{}", links.collect::<String>()));
    for name in
        ["<img src=x onerror=ran()>", "\" onclick=\"ran()", "javascript:ran()", "a&b;c", "{{ ran() }}", "%3Cscript%3E"]
    {
        project.write(&format!("content/handbook/{name}.md"), &format!("# {name}\n\nText.\n\n[x](<{name}.md>)\n"));
        project.write(&format!("content/handbook/{name}/index.md"), &format!("# In {name}\n\nText.\n"));
    }
    project.write("content/rfc/flow.png", "not a picture");
    project
}
