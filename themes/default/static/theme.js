// The reader's own choice of light or dark, set before anything is painted. Without it the page follows the system.
(() => {
  const root = document.documentElement;
  try {
    const theme = localStorage.getItem("precedent-theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch {
    // Storage may be denied; then the system decides.
  }
  root.dataset.script = ""; // What needs a script is shown only where scripts run.
})();
