// What every page has: the choice of light or dark, the key that leads to the search box, and buttons that copy.
//
// Loaded in the head without `defer`, it sets the theme before anything is painted; the rest waits for the page.
"use strict";

(function () {
  const root = document.documentElement;
  const prefersDark = window.matchMedia("(prefers-color-scheme: dark)");
  const key = "picket-theme";

  // A browser may refuse to remember, for pages of a disk for instance: then the choice holds for the page.
  function remembered() {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  }

  function remember(theme) {
    try {
      localStorage.setItem(key, theme);
    } catch {
      return;
    }
  }

  function isDark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : prefersDark.matches;
  }

  function wireTheme(button) {
    const show = () => {
      button.setAttribute("aria-pressed", String(isDark()));
    };
    button.setAttribute("aria-label", "Dark theme");
    button.hidden = false;
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      remember(root.dataset.theme);
      show();
    });
    prefersDark.addEventListener("change", show);
    show();
  }

  function isEditable(element) {
    return element.isContentEditable || element.matches("input:not([type=checkbox], [type=radio]), textarea, select");
  }

  function wireSearchKey(query) {
    document.addEventListener("keydown", (event) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isEditable(event.target)) return;
      event.preventDefault();
      query.focus();
      query.select();
    });
  }

  // Without a clipboard there is no button.
  function addCopyButton(block) {
    if (!navigator.clipboard) return;
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "copy", textContent: "Copy" });
    button.addEventListener("click", async () => {
      const isDone = await navigator.clipboard.writeText(block.textContent).then(() => true, () => false);
      button.textContent = isDone ? "Copied" : "Not copied";
      setTimeout(() => { button.textContent = "Copy"; }, 2000);
    });
    block.before(button);
  }

  function wire() {
    const button = document.getElementById("theme-toggle");
    const query = document.getElementById("query");
    if (button) wireTheme(button);
    if (query) wireSearchKey(query);
    document.querySelectorAll("pre[data-copy]").forEach(addCopyButton);
  }

  const theme = remembered();
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", wire);
  else wire();
})();
