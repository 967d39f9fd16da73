/* Opens the search: on `/`, on Ctrl or Cmd with K, and by its link. Nothing else is loaded before. */
(() => {
  "use strict";
  const root = document.currentScript.src.replace(/static\/search\/[^/]*$/, ""), base = `${root}static/search/`;
  const page = document.getElementById("search:page");
  let loading, typed = null;
  const add = (tag, attributes) => new Promise((done, failed) => {
    document.head.append(Object.assign(document.createElement(tag), attributes, { onload: done, onerror: failed }));
  });
  const load = () => loading = loading || Promise.all([
    add("link", { rel: "stylesheet", href: `${base}search.css` }),
    add("script", { src: `${base}engine.js` }).then(() => add("script", { src: `${base}view.js` }))
  ]);
  const open = () => {
    if (typed === null) typed = "";
    load().then(() => { precedentSearch.open(root, typed); typed = null; }, () => { if (!page) location.href = `${root}search.html`; });
  };
  addEventListener("keydown", event => {
    const { key, target } = event, held = event.ctrlKey || event.metaKey;
    if (event.altKey || event.isComposing) return;
    if (held ? key.toLowerCase() === "k" && !event.shiftKey : key === "/" && typed === null && !target.closest("input, textarea, select, [contenteditable]")) {
      event.preventDefault();
      open();
    } else if (typed !== null && !held && key.length === 1) {
      event.preventDefault();
      if (typed || key !== "/") typed += key;
    }
  });
  addEventListener("click", event => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || !event.target.closest("[data-search]")) return;
    event.preventDefault();
    open();
  });
  if (page) open();
})();
