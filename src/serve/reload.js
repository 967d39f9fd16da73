// Reloads the page when the site has changed, and comes back to the same place in it. Only the preview serves this.
(() => {
  "use strict";
  const build = document.currentScript.dataset.build;
  const key = "precedent-place " + location.pathname;
  const store = (use) => {
    try {
      return use(sessionStorage);
    } catch {
      return null; // Storage may be forbidden; the page then reloads at its top.
    }
  };

  const place = store((storage) => storage.getItem(key));
  store((storage) => storage.removeItem(key));
  if (place !== null) {
    const [x, y] = place.split(" ").map(Number);
    scrollTo(x, y);
    addEventListener("load", () => scrollTo(x, y), { once: true });
  }

  let events = null;
  const listen = () => {
    if (events !== null || document.hidden) return;
    events = new EventSource("/_precedent/events");
    events.addEventListener("build", (event) => {
      if (event.data === build) return;
      store((storage) => storage.setItem(key, scrollX + " " + scrollY));
      location.reload();
    });
  };
  // A hidden tab needs no news; when it is shown again it learns the present build first.
  const rest = () => {
    if (events !== null) events.close();
    events = null;
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
  addEventListener("pagehide", rest);
  addEventListener("pageshow", listen);
  listen();
})();
