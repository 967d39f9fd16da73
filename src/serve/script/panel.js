// What is to be said of a page besides the page: what was found in it, and what its next status asks for. Small, and out of the way.

// In the colours and letters of the page, where its theme names them.
const STYLE = `
:host { all: initial; position: fixed; z-index: 2147483000; inset: auto 1rem 1rem auto; max-width: calc(100vw - 2rem); color-scheme: inherit;
  --ground: var(--paper, light-dark(#fff, #1d2126)); --text: var(--ink, light-dark(#1f2328, #dfe3e8)); --less: var(--soft, light-dark(#57606a, #a3acb6));
  --edge: var(--line, light-dark(#d5d9de, #3d444c)); --rule: var(--hair, light-dark(#eceef1, #2c3239)); --to: var(--link, light-dark(#0b57b0, #8cc0ff));
  font: 0.875rem/1.45 var(--sans, system-ui, sans-serif); color: var(--text); }
@media print { :host { display: none; } }
:host([hidden]) { display: none; }
* { box-sizing: border-box; margin: 0; padding: 0; }
button { font: inherit; color: inherit; background: none; border: 0; cursor: pointer; }
:focus-visible { outline: 2px solid var(--to); outline-offset: 2px; border-radius: 3px; }
.chip, .panel { background: var(--ground); border: 1px solid var(--edge); border-radius: 0.4rem; box-shadow: 0 1px 2px light-dark(#0001, #0005), 0 4px 16px light-dark(#00000017, #0006); }
.chip { display: flex; align-items: center; gap: 0.5em; margin-left: auto; padding: 0.3em 0.85em; border-radius: 2em; min-height: 2rem; font-size: 0.8125rem; }
.chip:hover { border-color: var(--less); }
.error { --tone: var(--bad, light-dark(#b3261e, #ff8f86)); } .warning { --tone: var(--open, light-dark(#8a5a00, #e6b450)); }
.note { --tone: var(--less); } .fine { --tone: var(--good, light-dark(#1a6e37, #74cf93)); }
.mark { flex: none; width: 0.6rem; height: 0.6rem; border-radius: 50%; border: 2px solid var(--tone); }
.error > .mark { background: var(--tone); } .warning > .mark { border-radius: 2px; }
.panel { display: flex; flex-direction: column; width: 25rem; max-width: 100%; max-height: min(50vh, 34rem); }
.top { display: flex; align-items: center; gap: 0.5em; padding: 0.2rem 0.35rem 0.2rem 0.9rem; border-bottom: 1px solid var(--edge); }
.top h2 { flex: 1; font-size: 0.875rem; font-weight: 600; }
.close { width: 2rem; height: 2rem; font-size: 1.15rem; line-height: 1; color: var(--less); }
.close:hover { color: var(--text); }
.rest { overflow: auto; padding: 0 0.9rem 0.6rem; overscroll-behavior: contain; }
ul { list-style: none; }
li { padding: 0.5rem 0; border-bottom: 1px solid var(--rule); overflow-wrap: anywhere; }
li:last-child { border-bottom: 0; }
.level { color: var(--tone); font-weight: 600; }
.dim { color: var(--less); font-size: 0.8125rem; }
.row { display: flex; flex-wrap: wrap; gap: 0 0.9em; }
.file { padding-top: 0.4rem; overflow-wrap: anywhere; }
a, .place { color: var(--to); text-decoration: underline; text-underline-offset: 0.18em; text-decoration-thickness: 1px; }
code, .place, pre { font-family: var(--mono, ui-monospace, monospace); font-size: 0.92em; }
.place { text-align: left; }
a.rule { color: inherit; }
pre { overflow-x: auto; padding: 0.4rem 0; font-size: 0.78rem; }
h3 { font-size: 0.875rem; font-weight: 600; }
section { padding-top: 0.3rem; }
section + section { border-top: 1px solid var(--edge); padding-top: 0.6rem; }
summary { cursor: pointer; padding: 0.2rem 0; }
ins, del { text-decoration-thickness: 1px; } ins { color: var(--good, light-dark(#1a6e37, #74cf93)); } del { color: var(--bad, light-dark(#b3261e, #ff8f86)); }
details li { padding: 0.35rem 0 0.35rem 1.1rem; }
@media (max-width: 40rem) { :host { inset: auto 0.5rem 0.5rem 0.5rem; max-width: none; } .panel { width: auto; max-height: 42vh; } }
`;

const host = document.createElement("precedent-preview");
host.hidden = true;
const root = host.attachShadow({ mode: "open" });
const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLE);
root.adoptedStyleSheets = [sheet];
document.body.append(host);

const make = (name, kind, ...children) => {
  const element = document.createElement(name);
  if (kind) element.className = kind;
  // Whatever a record says stays text.
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
};
const count = (number, one) => `${number} ${one}${number === 1 ? "" : "s"}`;

const key = `precedent-panel ${location.pathname}`;
const store = (use) => {
  try {
    return use(sessionStorage);
  } catch {
    return null;
  }
};
let wish = JSON.parse(store((storage) => storage.getItem(key)) ?? "{}"); // Whether it is open, by whom, and over which findings.
const keep = (change) => {
  wish = { ...wish, ...change };
  store((storage) => storage.setItem(key, JSON.stringify(wish)));
};

let state = { findings: [] };
let lost = false;
const opened = new Map(); // Which of the steps are open.

// Words of a finding: what stands between backquotes is code.
const words = (text) => text.split(/`([^`]+)`/).map((part, at) => (at % 2 ? make("code", "", part) : part));
const sentence = (text) => words((text[0] === "`" ? text : text[0].toUpperCase() + text.slice(1)) + (/[.?!…]$/.test(text) ? "" : "."));

// A place in a file: opens the editor where one is known, else it is copied.
const place = ({ place: at, href }) => {
  // The page's own file is named once, above.
  const own = `${state.record?.path}:`;
  const text = at.startsWith(own) ? at.slice(own.length).replace(/(\d+):(\d+)/, "line $1, column $2") : at;
  if (href) {
    const link = make("a", "place", text);
    link.href = href;
    link.title = at;
    return link;
  }
  const button = make("button", "place", text);
  button.type = "button";
  button.title = `Copy ${at}`;
  button.addEventListener("click", async () => {
    await navigator.clipboard?.writeText(at).then(
      () => (button.textContent = "Copied"),
      () => getSelection().selectAllChildren(button),
    );
    setTimeout(() => (button.textContent = text), 1000);
  });
  return button;
};

const about = (one) => {
  const rule = make(one.about ? "a" : "span", "rule", make("code", "", one.rule));
  if (one.about) rule.href = one.about;
  return make("p", "dim row", one.place ? place(one) : null, rule);
};
const help = (one) => (one.help ? make("p", "dim", ...sentence(one.help)) : null);
const finding = (one) => {
  const level = make("span", "level", `${one.level[0].toUpperCase()}${one.level.slice(1)}: `);
  return make("li", one.level, make("p", "", level, ...words(one.message)), help(one), about(one));
};
// What is not asked for yet is nothing wrong.
const ask = (one) => make("li", "", make("p", "", ...sentence(one.message)), help(one), about(one));

// As pages write it: a day, or a time on a day.
const moment = (text) => (text.length === 10 ? text : `${text.slice(0, 10)} ${text.slice(11, 16)} UTC`);
const hours = (from, to) => {
  const minutes = Math.ceil((to - from) / 60000);
  return minutes < 60 ? count(minutes, "minute") : count(Math.ceil(minutes / 60), "hour");
};
const clock = ({ circulated, held, earliest, hours: needed, working }) => {
  const time = count(needed, working ? "working hour" : "hour");
  if (!circulated) return `Pre-read: not sent out yet. The review may be held ${time} after it.`;
  const sent = `Pre-read: sent out ${moment(circulated)}.`;
  if (!earliest) return sent;
  if (held) return `${sent} Review: ${moment(held)}; not before ${moment(earliest)} (${time}).`;
  const left = new Date(earliest) - Date.now();
  return left > 0 ? `${sent} The review may be held from ${moment(earliest)}, in ${hours(0, left)}.` : `${sent} The readers have had their ${time}; the review may be held.`;
};

const step = ({ status, asks }) => {
  const [must, should] = [asks.filter((one) => one.level === "error").length, asks.length];
  const open = state.findings.length + (state.more ?? 0);
  // Nothing more to ask is no word on what is there.
  if (!should && open) return make("p", "", `${status} asks for nothing, while ${count(open, "finding")} ${open === 1 ? "is" : "are"} open.`);
  if (!should) return make("p", "fine", make("span", "level", `${status}: `), "asks for nothing more.");
  const asked = must === should ? `asks for ${count(must, "more thing")}` : must ? `asks for ${count(must, "more thing")}, and warns of ${should - must}` : `warns of ${count(should, "more thing")}`;
  const details = make("details", "", make("summary", "", `${status} ${asked}`), make("ul", "", ...asks.map(ask)));
  details.open = opened.get(status) ?? false;
  details.addEventListener("toggle", () => opened.set(status, details.open));
  return details;
};

const ready = (record) => {
  const parts = [];
  if (record.draft) parts.push(make("p", "dim", "Marked as a draft: it is not in the published site."));
  if (record.chapter) return parts;
  if (!record.status) parts.push(make("p", "dim", "It has no status that its kind knows."));
  else if (!record.next.length) parts.push(make("p", "dim", `${record.status}: no next step.`));
  if (record["pre-read"]) parts.push(make("p", "dim", clock(record["pre-read"])));
  parts.push(...record.next.map(step));
  return parts;
};

// What stands otherwise than in the text that somebody vouched for, word by word.
const changed = ({ since, passages, more }) => {
  const dress = { gone: "del", new: "ins", same: "span" };
  const passage = ({ section, pieces }) => {
    const marked = pieces.flatMap(([kind, text], at) => [at ? " " : "", make(dress[kind], "", text)]);
    return make("li", "", make("p", "dim", section ?? "Front matter"), make("p", "", ...marked));
  };
  const lost = passages.length ? null : make("p", "dim", "The text of then is neither in its pre-read nor in git, so the words are not shown.");
  const rest = more ? make("p", "dim", `${more} more; the terminal has them: precedent diff.`) : null;
  return make("section", "", make("h3", "", `Changed since it was ${since}`), lost, make("ul", "", ...passages.map(passage)), rest);
};

const sections = () => {
  const parts = [];
  const failed = (title, why) => parts.push(make("section", "error", make("h3", "", title), make("pre", "", why), make("p", "dim", "Shown is the last good page.")));
  if (state.failure) failed("The site could not be built", state.failure);
  else if (state.unmade) failed("This page could not be made", state.unmade);
  if (state.record) {
    const rest = ready(state.record);
    const title = state.record.chapter ? null : make("h3", "", "Ready for the next step?");
    if (rest.length) parts.push(make("section", "", title, ...rest));
  }
  if (state.findings.length) {
    const more = state.more ? make("p", "dim", `${state.more} more; the terminal has them.`) : null;
    const { path, href } = state.record ?? {};
    const file = path ? make("p", "dim file", place({ place: path, href })) : null;
    parts.push(make("section", "", file, make("ul", "", ...state.findings.map(finding)), more));
  }
  if (state.record?.changes) parts.push(changed(state.record.changes));
  return parts;
};

// In a few words: how grave it is, and what.
const summary = () => {
  const [errors, warnings] = ["error", "warning"].map((level) => state.findings.filter((one) => one.level === level).length);
  if (lost) return ["warning", "The preview has stopped"];
  if (state.failure || state.unmade) return ["error", state.failure ? "Not built" : "Not made"];
  const words = [errors && count(errors, "error"), warnings && count(warnings, "warning")].filter(Boolean).join(", ");
  const draft = state.record?.draft ? "Draft" : "";
  const found = words || (state.findings.length ? count(state.findings.length, "note") : draft ? "" : "No findings");
  const level = errors ? "error" : warnings ? "warning" : state.findings.length || draft ? "note" : "fine";
  return [level, [draft, found].filter(Boolean).join(", ")];
};

const draw = () => {
  const parts = sections();
  host.hidden = !parts.length && !lost;
  if (host.hidden) return;
  const focused = root.activeElement?.className;
  const top = root.querySelector(".rest")?.scrollTop ?? 0;
  const [level, words] = summary();
  if (!wish.isOpen || !parts.length) {
    const chip = make("button", `chip ${level}`, make("span", "mark"), make("span", "", words));
    chip.type = "button";
    chip.setAttribute("aria-expanded", "false");
    chip.addEventListener("click", () => {
      keep({ isOpen: true, byHand: true });
      draw();
      root.querySelector(".close")?.focus();
    });
    root.replaceChildren(chip);
    if (focused) chip.focus();
    return;
  }
  const close = make("button", "close", "×");
  close.type = "button";
  close.setAttribute("aria-label", "Hide");
  const hide = () => {
    keep({ isOpen: false, byHand: false });
    draw();
    root.querySelector(".chip")?.focus();
  };
  close.addEventListener("click", hide);
  const panel = make("aside", "panel", make("header", `top ${level}`, make("span", "mark"), make("h2", "", words), close), make("div", "rest", ...parts));
  panel.setAttribute("aria-label", "Preview");
  panel.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  root.replaceChildren(panel);
  panel.querySelector(".rest").scrollTop = top;
  if (focused) root.querySelector(`.${focused.split(" ")[0]}`)?.focus();
};

// What is known now. It opens by itself over new errors, and stays closed over those that were put away.
export const show = (next) => {
  state = next;
  const errors = state.findings.filter((one) => one.level === "error");
  const signature = JSON.stringify([state.failure, state.unmade, ...errors.map((one) => [one.rule, one.message])]);
  if (signature !== wish.signature) {
    const isGrave = Boolean(state.failure || state.unmade) || errors.length > 0;
    keep({ signature, isOpen: isGrave || Boolean(wish.isOpen && wish.byHand), byHand: wish.byHand && !isGrave });
  }
  draw();
};

export const stopped = (isLost) => {
  if (lost === isLost) return;
  lost = isLost;
  draw();
};
