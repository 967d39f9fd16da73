// Narrows the log down by what its readers choose. What is chosen stands in the address, after `#`, so that it can be passed on
// and walked back; without this script, each value of each facet has a page of its own.
"use strict";
(() => {
  const form = document.getElementById("log:filters");
  if (!form) return;
  const found = document.getElementById("log:found");
  const list = document.getElementById("log:list");
  const says = form.querySelector("[role=status]");
  const clear = form.querySelector("[type=reset]");
  const more = found.querySelector("button");
  const body = found.querySelector("tbody");
  const words = form.elements.q;
  const STEP = 50; // lines put on the page at once
  const SLICE = 8; // milliseconds of work after which the page may answer
  let data; // once it is here: facets and records
  let asked; // the promise of it
  let hits = [];
  let shown = 0;
  let run = 0;

  const format = new Intl.NumberFormat(document.documentElement.lang || undefined);
  const number = (count) => format.format(count);
  // Goes through many things, and lets the page answer meanwhile; ends early when `isOver`.
  const each = async (things, work, isOver = () => false) => {
    let start = performance.now();
    for (let at = 0; at < things.length; at++) {
      work(things[at], at);
      if (at % 50 === 49 && performance.now() - start > SLICE) {
        await new Promise((go) => setTimeout(go));
        if (isOver()) return;
        start = performance.now();
      }
    }
  };
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  // The data is a script, since a page on disk may load one and may not fetch.
  const load = () =>
    (asked ??= new Promise((done, fail) => {
      const script = document.createElement("script");
      script.src = form.dataset.records;
      script.onload = done;
      script.onerror = fail;
      document.head.append(script);
    }).then(read, () => {
      says.textContent = "The list could not be loaded; the links below lead to its parts.";
      return new Promise(() => {});
    }));

  const read = async () => {
    const { facets, statuses, records } = globalThis.precedentLog;
    const rows = [];
    const tag = facets.findIndex((facet) => facet.name === "tag");
    await each(records ? records.split("\n") : [], (line) => {
      const [id, title, href, created, updated, status, ...values] = line.split("\t");
      const places = values.map((value) => (value ? value.split(",").map(Number) : []));
      const tags = (places[tag] ?? []).map((place) => facets[tag].values[place][1]);
      rows.push({ id, title, href, created, updated, status: statuses[status], places, words: plain([id, title, ...tags].join(" ")) });
    });
    for (const facet of facets) {
      facet.select = form.elements[facet.name];
      facet.options = facet.values.map(([slug, label]) => {
        const option = document.createElement("option");
        option.value = slug;
        option.dataset.label = label;
        return option;
      });
      facet.select.append(...facet.options);
    }
    data = { facets, rows };
  };

  const chosen = () => new URLSearchParams(location.hash.slice(1));
  const isFilter = (query) => [...query.keys()].some((key) => form.elements[key]);

  // Puts what is chosen into the address; `step` says whether going back leads to what was chosen before.
  const choose = (step) => {
    const query = new URLSearchParams();
    for (const [key, value] of new FormData(form)) if (value.trim()) query.set(key, value.trim());
    const hash = `#${query}`;
    if (hash === (location.hash || "#")) return;
    history[step ? "pushState" : "replaceState"](null, "", hash);
    apply();
  };

  const apply = async () => {
    const query = chosen();
    const mine = ++run;
    // Words that are being typed are not in the address yet.
    if (document.activeElement !== words) words.value = query.get("q") ?? "";
    if (!isFilter(query) && !data) return rest();
    await load();
    if (mine !== run) return;
    const wanted = data.facets.map((facet) => facet.values.findIndex(([slug]) => slug === query.get(facet.name)));
    data.facets.forEach((facet, at) => (facet.select.value = facet.values[wanted[at]]?.[0] ?? ""));
    const parts = plain(query.get("q") ?? "").split(/\s+/).filter(Boolean);
    const counts = data.facets.map((facet) => new Uint32Array(facet.values.length));
    const through = [];
    const isOver = () => mine !== run;
    await each(
      data.rows,
      (row) => {
        if (!parts.every((part) => row.words.includes(part))) return;
        // A record counts for a facet when all the other facets let it through.
        let miss = -1;
        let misses = 0;
        for (let at = 0; at < wanted.length && misses < 2; at++)
          if (wanted[at] >= 0 && !row.places[at].includes(wanted[at])) (miss = at), misses++;
        if (misses === 0) through.push(row);
        if (misses === 0) row.places.forEach((places, at) => places.forEach((place) => counts[at][place]++));
        else if (misses === 1) for (const place of row.places[miss]) counts[miss][place]++;
      },
      isOver,
    );
    const options = data.facets.flatMap((facet, at) => facet.options.map((option, place) => [option, counts[at][place], wanted[at] === place]));
    await each(
      options,
      ([option, count, isWanted]) => {
        const text = `${option.dataset.label} (${number(count)})`;
        if (option.textContent !== text) option.textContent = text;
        option.hidden = option.disabled = !count && !isWanted;
      },
      isOver,
    );
    if (isOver()) return;
    hits = through;
    if (!isFilter(query)) return rest();
    list.hidden = true;
    clear.hidden = false;
    found.hidden = !hits.length;
    says.textContent = `${number(hits.length)} of ${number(data.rows.length)} records`;
    body.replaceChildren();
    shown = 0;
    show();
  };

  // Nothing is chosen: the page as it was built.
  const rest = () => {
    list.hidden = false;
    found.hidden = clear.hidden = true;
    says.textContent = "";
  };

  const show = () => {
    body.append(...hits.slice(shown, shown + STEP).map(line));
    shown = Math.min(shown + STEP, hits.length);
    more.hidden = shown === hits.length;
    more.textContent = `Show ${number(Math.min(STEP, hits.length - shown))} more`;
  };

  const make = (name, kind, ...children) => {
    const element = document.createElement(name);
    if (kind) element.className = kind;
    element.append(...children);
    return element;
  };
  const copy = (kind, name) => document.querySelector(`[data-${kind}="${name}"]`)?.firstElementChild.cloneNode(true) ?? "";

  const line = (row) => {
    const [, , door, owner] = row.places.map((places, at) => data.facets[at].values[places[0]] ?? []);
    const parts = [make("span", "ref-title", row.title)];
    if (row.id) parts.unshift(make("span", "id", row.id), " ");
    const name = row.href ? make("a", "", ...parts) : make("span", "", ...parts);
    if (row.href) name.href = form.dataset.root + row.href;
    const head = make("th", "", name);
    head.scope = "row";
    const [label, decision, delivery] = row.status ?? [];
    const shape = decision === "accepted" && delivery === "in-progress" ? delivery : decision;
    const status = label ? make("span", `status ${decision}`, copy("shape", shape), make("span", "", label)) : "";
    const isNobody = data.facets[3].values.length - 1 === row.places[3][0];
    return make(
      "tr",
      "",
      head,
      make("td", "c-status", status),
      make("td", "c-door", copy("door", door[0])),
      make("td", "c-owner", isNobody ? "" : (owner[1] ?? "")),
      make("td", "c-date c-created", row.created),
      make("td", "c-date c-updated", row.updated),
    );
  };

  let typing; // whether the last entry in the history is of words being typed
  let wait;
  // Shows what the address says, whatever is being typed.
  const walk = () => {
    clearTimeout(wait);
    typing = false;
    words.value = chosen().get("q") ?? "";
    apply();
  };
  form.addEventListener("input", (event) => {
    clearTimeout(wait);
    if (event.target !== words) return choose(!(typing = false));
    wait = setTimeout(() => {
      choose(!typing);
      typing = true;
    }, 120);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    history.pushState(null, "", "#");
    words.focus();
    walk();
  });
  more.addEventListener("click", () => {
    const next = body.children.length;
    show();
    body.children[next]?.querySelector("a")?.focus();
  });
  addEventListener("popstate", walk);
  // The data comes when the page has nothing else to do; where readers save data, when the filter is first used.
  const ready = () => load().then(apply);
  for (const first of ["focusin", "pointerover"]) form.addEventListener(first, ready, { once: true });
  if (!navigator.connection?.saveData) addEventListener("load", () => (globalThis.requestIdleCallback ?? setTimeout)(ready));
  // The form is there before this script is, and may have been typed into.
  const asks = chosen();
  if (words.value.trim() && !asks.has("q")) {
    asks.set("q", words.value.trim());
    history.replaceState(null, "", `#${asks}`);
  }
  if (isFilter(asks)) apply();
})();
