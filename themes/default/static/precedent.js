// What a page does beyond being read: the choice of light or dark, the place in the table of contents, cards on references.
(() => {
  "use strict";
  const root = document.documentElement;
  const { src, dataset } = document.currentScript;
  const site = new URL("../", src).href;

  // Light, dark, or as the system has it.
  const button = document.querySelector(".theme");
  if (button) {
    const key = "precedent-theme";
    // The first press changes something: it leads away from what the system has.
    const themes = ["system", ...(matchMedia("(prefers-color-scheme: dark)").matches ? ["light", "dark"] : ["dark", "light"])];
    const chosen = () => root.dataset.theme || "system";
    const show = (theme) => {
      if (theme === "system") delete root.dataset.theme;
      else root.dataset.theme = theme;
      const next = themes[(themes.indexOf(theme) + 1) % themes.length];
      button.setAttribute("aria-label", `Theme: ${theme}`);
      button.title = `Theme: ${theme}. Press for ${next}.`;
    };
    button.addEventListener("click", () => {
      const theme = themes[(themes.indexOf(chosen()) + 1) % themes.length];
      show(theme);
      try {
        if (theme === "system") localStorage.removeItem(key);
        else localStorage.setItem(key, theme);
      } catch {
        // The choice then lasts as long as the page.
      }
    });
    addEventListener("storage", (event) => {
      if (event.key === key) show(themes.includes(event.newValue) ? event.newValue : "system");
    });
    show(chosen());
  }

  // The entry of the table of contents whose section is being read.
  const entries = new Map();
  for (const link of document.querySelectorAll(".contents a")) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) entries.set(heading, [...(entries.get(heading) || []), link]);
  }
  if (entries.size && "IntersectionObserver" in window) {
    const passed = new Set();
    let marked = [];
    const mark = () => {
      const last = [...entries.keys()].filter((heading) => passed.has(heading)).pop();
      for (const link of marked) link.removeAttribute("aria-current");
      marked = entries.get(last) || [];
      for (const link of marked) link.setAttribute("aria-current", "location");
      const rail = marked.map((link) => link.closest(".rail")).find(Boolean);
      if (rail && rail.scrollHeight > rail.clientHeight) {
        const link = marked.find((link) => rail.contains(link));
        rail.scrollTop = link.offsetTop - rail.clientHeight / 2;
      }
    };
    // A heading is passed once it has come above a line at a third of the window.
    const watch = new IntersectionObserver(
      (seen) => {
        for (const { target, isIntersecting } of seen) passed[isIntersecting ? "add" : "delete"](target);
        mark();
      },
      { rootMargin: "9999999px 0px -66% 0px" },
    );
    for (const heading of entries.keys()) watch.observe(heading);
  }

  // Cards: what a reference leads to, shown while a mouse rests on it or the keyboard has come to it.
  const shards = Number(dataset.cards);
  if (!shards) return;
  const known = {};
  const asked = new Map();
  window.precedentCards = (cards) => Object.assign(known, cards);

  // The part of the data that holds an address: FNV-1a of its characters.
  const load = (address) => {
    let hash = 0x811c9dc5;
    for (const letter of address) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193) >>> 0;
    const shard = hash % shards;
    if (!asked.has(shard)) {
      const script = document.createElement("script");
      asked.set(shard, new Promise((done) => (script.onload = script.onerror = done)));
      script.src = `${site}cards/${shard}.js`;
      document.head.append(script);
    }
    return asked.get(shard);
  };

  const add = (parent, tag, name, text) => {
    if (!text) return;
    const element = document.createElement(tag);
    element.className = name;
    element.textContent = text;
    parent.append(element, " ");
  };

  let link = null; // The reference that a card is wanted for, or shown for.
  let title = ""; // Its own title, which would stand over the card.
  let card = null;
  let timer = 0;

  const close = () => {
    clearTimeout(timer);
    if (card) card.remove();
    if (link) {
      link.removeAttribute("aria-describedby");
      if (title) link.title = title;
    }
    link = card = null;
  };

  const show = ([id, kind, name, status, standing, sentence, successor], point) => {
    card = document.createElement("div");
    card.className = "peek";
    card.id = "page:card";
    card.setAttribute("role", "tooltip");
    const head = document.createElement("p");
    add(head, "span", "id", id);
    add(head, "span", "note", kind);
    add(head, "span", `status ${standing}`, status);
    card.append(head);
    add(card, "p", "peek-title", name);
    add(card, "p", "peek-text", sentence);
    add(card, "p", "note", successor && `Superseded by ${successor}`);
    (document.querySelector("main") || document.body).append(card);
    link.setAttribute("aria-describedby", card.id);
    // Of a link that runs over two lines, the line under the pointer counts. Below it, or above where there is no room.
    const lines = [...link.getClientRects()];
    const line = lines.find((line) => point && point.y >= line.top && point.y <= line.bottom) || lines[0];
    const { offsetWidth: width, offsetHeight: height } = card;
    const left = Math.max(8, Math.min(point ? point.x - 24 : line.left, root.clientWidth - width - 8));
    const above = line.bottom + height + 8 > innerHeight && line.top > height;
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${(above ? line.top - height : line.bottom) + scrollY}px`;
    card.dataset.side = above ? "above" : "below";
  };

  const want = (target, wait, point) => {
    if (target === link) return clearTimeout(timer);
    close();
    const address = target.href.split(/[?#]/)[0].slice(site.length);
    if (!target.href.startsWith(site) || target.pathname === location.pathname) return;
    link = target;
    title = link.title;
    link.removeAttribute("title");
    const ready = load(address);
    timer = setTimeout(async () => {
      await ready;
      if (link === target && !card && Object.hasOwn(known, address)) show(known[address], point);
    }, wait);
  };
  const leave = () => {
    clearTimeout(timer);
    timer = setTimeout(close, 200);
  };

  const reference = (event) => event.target.closest && event.target.closest("a.record, a.ref");
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const target = reference(event);
    if (target) want(target, 250, { x: event.clientX, y: event.clientY });
    else if (card && card.contains(event.target)) clearTimeout(timer);
    else if (link && link !== document.activeElement) leave();
  });
  document.addEventListener("focusin", (event) => {
    const target = reference(event);
    if (target && target.matches(":focus-visible")) want(target, 100);
    else if (link) leave();
  });
  document.addEventListener("focusout", (event) => event.target === link && leave());
  document.addEventListener("keydown", (event) => event.key === "Escape" && close());
  document.addEventListener("pointerdown", (event) => card && !card.contains(event.target) && close());
  addEventListener("pagehide", close);
})();
