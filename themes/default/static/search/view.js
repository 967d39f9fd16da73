/* Shows the search: in a dialog over any page, or in the page made for it. Whatever comes from the index is written as text. */
(() => {
  "use strict";
  const SHOWN = 8;
  const make = (tag, attributes, ...inside) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
    element.append(...inside);
    return element;
  };
  const span = (name, ...inside) => make("span", name ? { class: name } : null, ...inside);
  const pieces = list => list.map(([words, isMarked]) => isMarked ? make("mark", null, words) : words);
  const format = new Intl.NumberFormat(document.documentElement.lang || "en");
  const count = number => `${format.format(number)} ${number === 1 ? "result" : "results"}`;

  const status = ([label, decision, delivery]) =>
    span(`status ${decision} ${delivery}`, span("search-shape"), label);

  /* The form, the results and what leads from one to the other; `close` is what Escape does. */
  const panel = (root, close, changed) => {
    const engine = precedentSearch.create(address => new Promise((done, failed) => {
      const script = make("script", { src: root + address });
      script.onload = () => { script.remove(); done(); };
      script.onerror = failed;
      document.head.append(script);
    }));
    const filters = new Map();
    let limit = SHOWN, asked = 0, options = [], active = 0, settled = Promise.resolve();

    const input = make("input", {
      type: "search", role: "combobox", "aria-label": "Search", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "search:results",
      autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "go", placeholder: "Words, an id, a part of an identifier"
    });
    const narrow = make("div", { class: "search-filters", role: "group", "aria-label": "Narrow down" });
    const said = make("p", { class: "search-count", role: "status" });
    const results = make("div", { class: "search-results", role: "listbox", id: "search:results", "aria-label": "Results" });
    const more = make("button", { type: "button", class: "search-more", hidden: "" }, "Show more");

    const choose = number => {
      active = number;
      options.forEach((option, at) => option.setAttribute("aria-selected", String(at === number)));
      input.setAttribute("aria-activedescendant", options.length ? options[number].id : "");
      if (options.length) options[number].scrollIntoView({ block: "nearest" });
    };

    const option = (href, ...inside) => {
      const link = make("a", { role: "option", id: `search:${options.length}`, href: root + href, tabindex: "-1" }, ...inside);
      options.push(link);
      return link;
    };

    const result = found => {
      const head = span("search-head", span("docket", found.kind, found.id ? span("id", found.id) : ""));
      if (found.status) head.append(status(found.status));
      const main = option(found.address, head, span("search-title", ...pieces(found.title)));
      if (found.successors.length) {
        main.append(span("search-past", `Superseded by ${found.successors.map(([name]) => name).join(", ")}`));
      }
      if (found.lead.length) main.append(span("search-excerpt", ...pieces(found.lead)));
      const sections = found.sections.map(section => option(`${found.address}#${section.anchor}`,
        span("search-section", "§ ", ...pieces(section.title)), span("search-excerpt", ...pieces(section.excerpt))));
      return make("div", { role: "group", "aria-label": found.id || found.kind, class: "search-result" }, main, ...sections);
    };

    const facet = ({ name, label, options: values }) => {
      const select = make("select", { name }, make("option", { value: "" }, "All"),
        ...values.map(({ value, count }) => make("option", { value }, `${value} (${count})`)));
      select.value = filters.get(name) || "";
      if (select.value) select.className = "set";
      return make("label", null, span("", label), select);
    };

    const say = (text, found) => {
      if (!text.trim() && !found.total) return "Type words, an id such as RFC-7 or just 7, or a part of an identifier.";
      if (!found.total) return [...filters.values()].some(Boolean) ? "Nothing found with these filters." : `Nothing found for “${text.trim()}”.`;
      if (found.mended.length) {
        const quoted = (of, joint) => found.mended.map(pair => `“${pair[of]}”`).join(joint);
        return `No page says ${quoted(0, " or ")}. ${count(found.total)} with ${quoted(1, " and ")}.`;
      }
      if (found.matched && found.matched < found.asked) return `No page has all of these words. ${count(found.total)} with ${found.matched} of ${found.asked}.`;
      return count(found.total);
    };

    const showFilters = facets => {
      const focused = narrow.contains(document.activeElement) && document.activeElement.name;
      narrow.replaceChildren(...facets.filter(({ name, options: values }) => values.length > 1 || filters.get(name)).map(facet));
      for (const select of narrow.querySelectorAll("select")) if (select.name === focused) select.focus();
    };

    const show = (text, found, keep) => {
      const number = asked;
      options = [];
      results.replaceChildren(...found.shown.map(result));
      results.hidden = !options.length;
      more.hidden = found.total <= found.shown.length;
      input.setAttribute("aria-expanded", String(options.length > 0));
      said.textContent = say(text, found);
      if (!keep) results.scrollTop = 0;
      choose(keep < options.length ? keep : 0);
      // Filters may be many; the results are on the page before them.
      setTimeout(() => { if (number === asked) showFilters(found.facets); });
    };

    const ask = keep => {
      const text = input.value, number = ++asked;
      changed(text, filters);
      settled = engine.find(text, filters, limit).then(found => {
        if (number !== asked) return;
        // What was chosen meanwhile stays chosen.
        show(text, found, keep ?? active);
        engine.widen().then(isNew => { if (isNew) ask(); }, () => {});
      }, () => {
        if (number === asked) said.textContent = "The index could not be loaded. Reload the page, or look in the log.";
      });
    };
    const anew = () => { limit = SHOWN; ask(0); };

    input.oninput = anew;
    narrow.onchange = ({ target }) => { filters.set(target.name, target.value); anew(); };
    more.onclick = () => { limit += SHOWN; ask(options.length); input.focus(); };
    results.onclick = event => {
      if (event.target.closest("a") && !event.ctrlKey && !event.metaKey && !event.shiftKey) close(true);
    };
    input.onkeydown = event => {
      if (event.isComposing) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && options.length) choose((active + step + options.length) % options.length);
      else if (event.key === "Enter") settled.then(() => options[active] && options[active].dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey: event.ctrlKey, metaKey: event.metaKey })));
      else if (event.key === "Escape") close(false);
      // The key that opens the search is pressed once more where it is open already.
      else if (event.key !== "/" || input.value) return;
      event.preventDefault();
    };
    return {
      input, filters, ask: anew,
      parts: [narrow, said, results, more]
    };
  };

  const address = (text, filters) => {
    const state = new URLSearchParams();
    if (text) state.set("q", text);
    for (const [name, value] of filters) if (value) state.set(name, value);
    return `#${state}`;
  };

  let dialog, inDialog, inPage;
  const openDialog = (root, typed) => {
    if (!dialog) {
      const whole = make("a", { href: `${root}search.html` }, "Open as a page");
      const end = () => dialog.close();
      inDialog = panel(root, end, (text, filters) => { whole.href = `${root}search.html${address(text, filters)}`; });
      const leave = make("button", { type: "button", class: "search-close" }, "Close");
      leave.onclick = end;
      const keys = make("p", { class: "search-keys" }, span("", make("kbd", null, "↑"), make("kbd", null, "↓"), " choose"),
        span("", make("kbd", null, "Enter"), " open"), span("", make("kbd", null, "Esc"), " close"), whole);
      dialog = make("dialog", { class: "search", "aria-label": "Search" }, make("div", { class: "search-panel" },
        make("div", { class: "search-box", role: "search" }, inDialog.input, leave), ...inDialog.parts, keys));
      dialog.onclick = event => { if (event.target === dialog) end(); };
    }
    if (!dialog.isConnected) document.body.append(dialog);
    if (!dialog.open) dialog.showModal();
    if (typed) inDialog.input.value = typed;
    inDialog.input.focus();
    inDialog.input.select();
    if (typed) inDialog.input.setSelectionRange(typed.length, typed.length);
    inDialog.ask();
  };

  const openPage = (root, place, typed) => {
    if (!inPage || !place.contains(inPage.input)) {
      const write = (text, filters) => { try { history.replaceState(null, "", address(text, filters)); } catch (fault) { /* Not every browser lets a file do so. */ } };
      inPage = panel(root, isLeaving => { if (!isLeaving) { inPage.input.value = ""; inPage.ask(); } }, write);
      place.replaceChildren(make("div", { class: "search-box", role: "search" }, inPage.input), ...inPage.parts);
      const take = () => {
        const state = new URLSearchParams(location.hash.slice(1));
        inPage.input.value = state.get("q") || "";
        inPage.filters.clear();
        for (const [name, value] of state) if (name !== "q") inPage.filters.set(name, value);
        inPage.ask();
      };
      addEventListener("hashchange", take);
      take();
    }
    if (typed) { inPage.input.value += typed; inPage.ask(); }
    inPage.input.focus();
  };

  precedentSearch.open = (root, typed) => {
    const place = document.getElementById("search:page");
    if (place) openPage(root, place, typed); else openDialog(root, typed);
  };
})();
