// News of builds: one stream for all tabs of a browser, held by one that is seen.
const EVENTS = "/_precedent/events";
// How long to wait after a stream was refused, in milliseconds.
const PAUSE = 1000;
// How long a stream may be lost before that is said.
const PATIENCE = 2500;

// Calls `tell` with the name of each build, and with the present one when the tab is seen again; says by a "precedent:lost"
// and a "precedent:found" event that the preview has stopped and is there again.
export const follow = (tell) => {
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("precedent") : null;
  let events = null; // The stream, where this tab holds it.
  let last = null; // The build that was told last.
  let turn = null; // Ends the wait for the stream, or the hold on it.
  let later = 0;
  let silence = 0; // The time after which a lost stream is spoken of.

  const say = (name) => document.dispatchEvent(new CustomEvent(name));
  const hear = (news) => {
    // A stream that is found again at once was not lost for a reader.
    if (news.build === undefined) return void (silence ||= setTimeout(say, PATIENCE, "precedent:lost"));
    clearTimeout(silence);
    silence = 0;
    last = news.build;
    say("precedent:found");
    if (!document.hidden) tell(last);
  };
  const pass = (news) => {
    channel?.postMessage(news);
    hear(news);
  };

  const open = () => {
    clearTimeout(later);
    events?.close();
    events = new EventSource(EVENTS);
    events.addEventListener("build", (event) => pass({ build: event.data }));
    events.addEventListener("error", () => {
      pass({ lost: true });
      // A stream that was lost is sought again by the browser; one that was refused is not.
      if (events?.readyState === EventSource.CLOSED) later = setTimeout(open, PAUSE);
    });
  };
  const close = () => {
    clearTimeout(later);
    events?.close();
    events = null;
  };

  const start = () => {
    if (turn || document.hidden) return;
    turn = new AbortController();
    const { signal } = turn;
    // Without locks (an address that the browser does not trust) each tab that is seen has a stream of its own.
    if (!navigator.locks || !channel) {
      open();
      signal.addEventListener("abort", close);
      return;
    }
    channel.postMessage({ ask: true });
    const hold = () =>
      new Promise((done) => {
        open();
        signal.addEventListener("abort", () => (close(), done()));
      });
    navigator.locks.request("precedent-events", { signal }, () => (signal.aborted ? undefined : hold())).catch(() => {});
  };
  const stop = () => {
    turn?.abort();
    turn = null;
  };

  channel?.addEventListener("message", ({ data }) => {
    if (!data.ask) hear(data);
    else if (events && last !== null) channel.postMessage({ build: last });
  });
  document.addEventListener("visibilitychange", () => (document.hidden ? stop() : start()));
  addEventListener("pagehide", stop);
  addEventListener("pageshow", start);
  start();
};
