// The list of results: the first fifty, and more when asked.
//
// Titles are other people's text: they become text nodes, and those that turn the direction of reading turn their own
// only. What is made for a rule is kept, because while one types most results stay.
"use strict";

(function (search) {
  const { element } = search;
  const shownAtOnce = 50;
  const namesShown = 6;
  const longest = 300;

  // A title of a megabyte is nobody's title.
  function shorten(text) {
    return text.length <= longest ? text : `${text.slice(0, longest).replace(/[\ud800-\udbff]$/, "")}…`;
  }

  // Pages are files below rules/, whatever characters their names hold; nothing else becomes a link.
  function linkTo(page) {
    const parts = page.split("/");
    if (parts[0] !== "rules" || parts.length < 2 || parts.some((part) => !part || part === "." || part === "..")) return null;
    return parts.map((part) => encodeURIComponent(part.toWellFormed?.() ?? part)).join("/");
  }

  function some(names) {
    const more = names.length - namesShown;
    return names.slice(0, namesShown).map(shorten).join(", ") + (more > 0 ? ` and ${more} more` : "");
  }

  // A copy costs less than a making.
  const blank = element("li", { className: "rule" },
    element("a", {}, element("span", { className: "title", dir: "auto" })),
    " ", element("span"), " ", element("span", { className: "format" }),
    " ", element("p", { className: "about", dir: "auto" }));

  class Results {
    #data;
    #list;
    #more = element("button", { type: "button", className: "more" });
    #items = [];
    #numbers = [];
    #shown = shownAtOnce;

    constructor(data, list) {
      this.#data = data;
      this.#list = list;
      list.after(this.#more);
      this.#more.addEventListener("click", () => {
        const first = this.#shown;
        this.#shown += shownAtOnce;
        this.#fill();
        this.links[first]?.focus();
      });
    }

    show(numbers) {
      this.#numbers = numbers;
      this.#shown = shownAtOnce;
      this.#fill();
    }

    get links() {
      return [...this.#list.querySelectorAll("a")];
    }

    #fill() {
      const rest = this.#numbers.length - this.#shown;
      this.#list.replaceChildren(...this.#numbers.slice(0, this.#shown).map((rule) => this.#item(rule)));
      this.#more.hidden = rest <= 0;
      this.#more.textContent = `Show ${Math.min(rest, shownAtOnce)} more of ${search.number.format(this.#numbers.length)}`;
    }

    #item(rule) {
      this.#items[rule] ??= this.#make(this.#data.rules[rule]);
      return this.#items[rule];
    }

    #make([page, id, title, , severity, format, , , logTypes, , , techniques]) {
      const item = blank.cloneNode(true);
      const [link, level, form, about] = item.children;
      const href = linkTo(page);
      if (href) link.setAttribute("href", href);
      link.firstChild.textContent = shorten(title || id);
      level.textContent = this.#data.severities[severity] ?? "";
      level.className = `severity severity-${level.textContent.toLowerCase()}`;
      form.textContent = this.#data.formats[format] ?? "";
      const parts = [some(logTypes.map((one) => this.#data.logTypes[one])), some(techniques.map((one) => this.#data.techniques[one][0]))];
      about.textContent = parts.filter(Boolean).join(" · ");
      return item;
    }
  }

  Object.assign(search, { Results, shorten });
})(globalThis.picketSearch ??= {});
