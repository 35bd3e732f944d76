// The facets beside the results: what the rules found are like, to choose from.
//
// Values of one facet are alternatives, facets are combined. A facet counts the rules that the query and the *other*
// facets leave, those that it alone is against among them, so that a second value tells what it would add. Boxes are made
// once and kept, and the page is touched only where something changed: so a box that was just ticked keeps the focus.
"use strict";

(function (search) {
  const shownUnlessAll = 10;
  const number = new Intl.NumberFormat("en");

  // value: what stands in a link, label: what a person reads.
  function facetsOf(columns) {
    const plain = (name) => ({ value: name, label: name });
    const known = ([id, name]) => ({ value: id, label: `${id} ${name}` });
    const facet = (key, legend, more) => {
      const column = columns[key];
      return { key, legend, column, names: column.pairs?.map(known) ?? column.names.map(plain), ...more };
    };
    return [
      facet("severity", "Severity", { isOrdered: true }), facet("format", "Format"), facet("status", "Status"), facet("pack", "Pack"),
      facet("logtype", "Log type"), facet("tag", "Tag"), facet("tactic", "Tactic"), facet("technique", "Technique"),
    ];
  }

  function element(name, properties = {}, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  function sameChildren(parent, children) {
    return parent.children.length === children.length && children.every((child, i) => parent.children[i] === child);
  }

  class Facet {
    #column;
    #isChosen;  // by number, while rules are narrowed
    #isOrdered;
    #boxes = [];
    #isWhole = false;
    #list = element("ul");
    #all = element("button", { type: "button", className: "all" });
    chosen = new Set();
    counts;

    constructor({ key, legend, names, column, isOrdered = false }, onChange) {
      Object.assign(this, { key, names });
      this.#column = column;
      this.#isOrdered = isOrdered;
      this.counts = new Int32Array(names.length);
      this.fieldset = element("fieldset", { className: "facet" }, element("legend", { textContent: legend }), this.#list, this.#all);
      this.fieldset.dataset.facet = key;
      this.#list.addEventListener("change", ({ target }) => {
        const chosen = Number(target.dataset.number);
        if (target.checked) this.chosen.add(chosen);
        else this.chosen.delete(chosen);
        onChange();
      });
      this.#all.addEventListener("click", () => {
        this.#isWhole = !this.#isWhole;
        this.show();
      });
    }

    startCounting() {
      this.counts.fill(0);
      this.#isChosen = Uint8Array.from(this.names, (_, one) => (this.chosen.has(one) ? 1 : 0));
    }

    admits(rule) {
      return this.#column.hasAny(rule, this.#isChosen);
    }

    count(rules) {
      this.#column.countInto(this.counts, rules);
    }

    choose(values) {
      this.chosen = new Set([...this.names.keys()].filter((one) => values.includes(this.names[one].value)));
    }

    get values() {
      return [...this.chosen].map((one) => this.names[one].value);
    }

    #box(one) {
      this.#boxes[one] ??= (() => {
        const input = element("input", { type: "checkbox" });
        input.dataset.number = one;
        const count = element("span", { className: "number" });
        const name = element("span", { className: "name", dir: "auto", textContent: search.shorten(this.names[one].label) });
        return { item: element("li", {}, element("label", {}, input, " ", name, " ", count)), input, count, shown: -1 };
      })();
      return this.#boxes[one];
    }

    // The values that the result has, and those chosen, which must be there to be given up.
    show() {
      const { counts, chosen } = this;
      const present = [...this.names.keys()].filter((one) => counts[one] > 0 || chosen.has(one));
      present.sort(this.#isOrdered ? (a, b) => b - a : (a, b) => counts[b] - counts[a] || a - b);
      const shown = this.#isWhole ? present : present.filter((one, i) => i < shownUnlessAll || chosen.has(one));
      const items = shown.map((one) => {
        const box = this.#box(one);
        if (box.shown !== counts[one]) box.count.textContent = number.format(counts[one]);
        box.shown = counts[one];
        box.input.checked = chosen.has(one);
        return box.item;
      });
      const focused = document.activeElement;
      if (!sameChildren(this.#list, items)) this.#list.replaceChildren(...items);
      if (focused !== document.activeElement && this.#list.contains(focused)) focused.focus();
      this.#all.hidden = present.length <= shownUnlessAll;
      this.#all.textContent = this.#isWhole ? "Show fewer" : `Show all ${number.format(present.length)}`;
      this.#all.setAttribute("aria-expanded", String(this.#isWhole));
      this.fieldset.hidden = present.length === 0;
    }
  }

  class Facets {
    #ruleCount;

    constructor(columns, onChange) {
      this.#ruleCount = columns.severity.ruleCount;
      this.all = facetsOf(columns).map((facet) => new Facet(facet, onChange));
    }

    // The rules among those found that are chosen, in their order; the facets count anew.
    narrow(found) {
      for (const facet of this.all) facet.startCounting();
      const choosing = this.all.filter((facet) => facet.chosen.size > 0);
      const against = new Map(choosing.map((facet) => [facet, found.filter((rule) => !facet.admits(rule))]));
      const misses = new Uint8Array(this.#ruleCount);  // how many facets are against it
      for (const rules of against.values()) for (const rule of rules) misses[rule] += 1;
      const narrowed = choosing.length > 0 ? found.filter((rule) => misses[rule] === 0) : found;
      for (const facet of this.all) {
        facet.count(narrowed);
        facet.count((against.get(facet) ?? []).filter((rule) => misses[rule] === 1));
      }
      return narrowed;
    }

    show() {
      for (const facet of this.all) facet.show();
    }

    get isChosen() {
      return this.all.some((facet) => facet.chosen.size > 0);
    }

    clear() {
      for (const facet of this.all) facet.chosen.clear();
    }

    // Open where there is room beside the results.
    panel() {
      const isWide = window.matchMedia("(min-width: 60em)").matches;
      const summary = element("summary", { textContent: "Filters" });
      return element("details", { className: "facets", open: isWide }, summary, ...this.all.map((facet) => facet.fieldset));
    }
  }

  Object.assign(search, { element, Facets, number });
})(globalThis.picketSearch ??= {});
