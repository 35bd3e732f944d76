// The search of the index page: the box, the facets, the results, and the link that leads back to them.
//
// The state is in the fragment of the address, which a page opened from a disk has too. Typing makes one entry of the
// history, ticking a box another; the address is written when the keys rest, because browsers allow few such writes.
"use strict";

(function (search) {
  const rest = 250;  // milliseconds
  const data = globalThis.picketCatalog;
  const query = document.getElementById("query");
  const count = document.getElementById("count");
  if (!data || !query) return;

  const columns = search.columnsOf(data);
  const index = new search.SearchIndex(data, columns);
  const facets = new search.Facets(columns, () => step(() => {}));
  const results = new search.Results(data, document.getElementById("results"));
  let timer = 0;
  let isTyping = false;  // the address of what is being typed is this entry's

  function answer() {
    const found = query.value.trim() ? index.find(query.value) : [...data.rules.keys()];
    const narrowed = facets.narrow(found);
    facets.show();
    results.show(narrowed);
    count.textContent = `${search.number.format(narrowed.length)} of ${search.number.format(data.rules.length)} rules`;
  }

  function address() {
    const state = new URLSearchParams();
    if (query.value.trim()) state.set("q", query.value);
    for (const facet of facets.all) for (const value of facet.values) state.append(facet.key, value);
    const text = state.toString();
    return text ? `#${text}` : "";
  }

  function writeAddress() {
    clearTimeout(timer);
    timer = 0;
    const wanted = address();
    if (wanted === location.hash) return;
    const target = wanted || location.pathname + location.search;
    if (isTyping) history.replaceState(null, "", target);
    else history.pushState(null, "", target);
    isTyping = true;
  }

  // What comes next is another entry.
  function settle() {
    if (timer) writeAddress();
    isTyping = false;
  }

  function readAddress() {
    clearTimeout(timer);
    timer = 0;
    isTyping = false;
    const state = new URLSearchParams(location.hash.slice(1));
    query.value = (state.get("q") ?? "").slice(0, search.longestQuery);
    for (const facet of facets.all) facet.choose(state.getAll(facet.key));
    answer();
  }

  function typed() {
    answer();
    clearTimeout(timer);
    timer = setTimeout(writeAddress, rest);
  }

  // A change that is an entry of its own.
  function step(change) {
    settle();
    change();
    answer();
    writeAddress();
    settle();
  }

  // Escape gives up the query, and then the boxes.
  function clear() {
    step(() => {
      if (!query.value) facets.clear();
      query.value = "";
    });
    query.focus();
  }

  function move(event, step) {
    const links = results.links;
    const at = links.indexOf(document.activeElement);
    if (at < 0 && document.activeElement !== query) return;
    const next = at + step;
    if (next < -1 || next >= links.length) return;
    event.preventDefault();
    (links[next] ?? query).focus();
  }

  query.addEventListener("input", typed);
  query.addEventListener("change", settle);
  document.getElementById("search").addEventListener("submit", (event) => {
    event.preventDefault();
    settle();
    results.links[0]?.click();
  });
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "ArrowDown") move(event, 1);
    if (event.key === "ArrowUp") move(event, -1);
    if (event.key === "Escape") {
      event.preventDefault();
      clear();
    }
  });
  window.addEventListener("popstate", readAddress);

  // The index is built while nobody waits; a query that comes earlier builds the rest.
  const whenIdle = globalThis.requestIdleCallback ?? ((work) => setTimeout(() => work({ timeRemaining: () => 8 }), 1));
  function build(deadline) {
    // Who was not idle in time has no time left, and goes on all the same.
    const end = performance.now() + (deadline.didTimeout ? 12 : Math.min(deadline.timeRemaining(), 12));
    if (index.buildFor(() => end - performance.now())) whenIdle(build, { timeout: 200 });  // a busy machine is never idle
    else document.documentElement.dataset.search = "ready";
  }

  function choose(text) {
    step(() => { query.value = text; });
    query.focus();
  }

  query.maxLength = search.longestQuery;
  document.getElementById("search").after(search.help(choose));
  document.getElementById("facets").append(facets.panel());
  readAddress();
  whenIdle(build, { timeout: 200 });
})(globalThis.picketSearch ??= {});
