// Keeps an open page of the preview up to date. Only the preview serves this.
import { show, stopped } from "./panel.js";
import { patch } from "./patch.js";
import { follow } from "./stream.js";

const own = document.querySelector("script[data-build]").dataset;
const shown = { build: own.build, page: own.page, frame: own.frame };
const key = `precedent-place ${location.pathname}`;

// Storage may be forbidden; the page then reloads at its top.
const store = (use) => {
  try {
    return use(sessionStorage);
  } catch {
    return null;
  }
};

// The page once more, from the server, at the same place in it.
const reload = () => {
  const open = [...document.querySelectorAll("main details")].flatMap((one, at) => (one.open ? [at] : []));
  store((storage) => storage.setItem(key, JSON.stringify({ x: scrollX, y: scrollY, open, focus: document.activeElement?.id })));
  location.reload();
};

const comeBack = () => {
  const kept = store((storage) => storage.getItem(key));
  store((storage) => storage.removeItem(key));
  if (!kept) return;
  const { x, y, open, focus } = JSON.parse(kept);
  const details = document.querySelectorAll("main details");
  for (const at of open) if (details[at]) details[at].open = true;
  if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
  const go = () => scrollTo({ left: x, top: y, behavior: "instant" });
  go();
  addEventListener("load", go, { once: true });
};

// What is to be said of the page; `unmade` is why the newest of it could not be made.
const hear = async (unmade = null) => {
  const answer = await fetch(`/_precedent/state?page=${location.pathname}`, { cache: "no-store" });
  if (answer.ok) show({ ...(await answer.json()), unmade });
};
const reason = (page) => page.querySelector("pre#unmade")?.textContent ?? null;

// The cards that were loaded say what references said then.
const freshen = (build) => {
  for (const old of document.querySelectorAll('head script[src*="/cards/"]')) {
    const script = document.createElement("script");
    script.src = `${old.src.split("?")[0]}?${build}`;
    old.replaceWith(script);
  }
};

const renew = async () => {
  const answer = await fetch(location.pathname + location.search, { cache: "no-store" });
  // There is no site yet, as after a new start: what is shown stays until there is one.
  if (answer.status === 503) return hear();
  const next = new DOMParser().parseFromString(await answer.text(), "text/html");
  const script = next.querySelector("script[data-build]");
  // What is no page of ours is the browser's to show.
  if (!script) return reload();
  const { build, page, frame } = script.dataset;
  // A slip in a template, which only making the page finds: the last good one stays.
  if (reason(next) && !reason(document)) {
    shown.build = build;
    return hear(reason(next));
  }
  // Around the text and in the files of the site nothing is changed in place.
  if (frame !== shown.frame || (page !== shown.page && !patch(next))) return reload();
  Object.assign(shown, { build, page });
  freshen(build);
  await hear();
};

// One at a time; what is told meanwhile is looked at after it.
let running = null;
let again = false;
const check = () => {
  again = true;
  running ??= (async () => {
    while (again) {
      again = false;
      // Without an answer the stream will say when the server is there again.
      await renew().catch(() => {});
    }
    running = null;
  })();
};

comeBack();
hear().catch(() => {});
document.addEventListener("precedent:lost", () => stopped(true));
document.addEventListener("precedent:found", () => stopped(false));
follow((build) => build !== shown.build && check());
