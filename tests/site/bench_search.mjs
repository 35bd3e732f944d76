// What a key press costs: queries typed letter by letter and taken back, over 10,000 rules in headless Chromium.
//
//   node tests/site/bench_search.mjs [RULES]
//
// Prints one JSON object; times are milliseconds. `work`: CPU time of the page's main thread from the input event until
// the results and the facets are in the page, which another program on the machine changes little; `answer`: the same by
// the clock; `layout`: by the clock, until they are laid out, too. All keys are pressed in three rounds, each in a new page,
// and of each key the median round counts; `slowest` is the slowest answer of all rounds. `index`: building the index, by
// the clock, which happens in pieces while the page is idle; `load`: by the clock, until search-data.js is read and the
// first page made.
import { fileOrigin, startBrowser } from "./browser.mjs";
import { writeIndexPage } from "./index_page.mjs";
import { manyRules } from "./many_rules.mjs";

const rounds = 3;
const count = Number(process.argv[2] ?? 10000);
const data = manyRules(count);
const queries = ["api token created", "en", "AWS.conde", "severity:>=high tag:con process", "field:in op:eq value:create",
  '"registry key" -deleted', "\\wi*.exe", "technique:T1001 tactic:TA0001 logtype:aws", "zzz nothing at all", data.rules[count >> 1][1]];

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const percentile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
const rounded = (time) => Math.round(time * 100) / 100;

function summary(times) {
  const sorted = [...times].sort((a, b) => a - b);
  return { median: rounded(percentile(sorted, 0.5)), p95: rounded(percentile(sorted, 0.95)), worst: rounded(sorted.at(-1)) };
}

// Each query letter by letter, and half of it taken back.
function texts(query) {
  const grown = Array.from(query, (_, i) => query.slice(0, i + 1));
  return [...grown, ...grown.slice(query.length >> 1, -1).reverse(), ""];
}

// In the page: one key press.
function press(text) {
  const query = document.getElementById("query");
  const began = performance.now();
  query.value = text;
  query.dispatchEvent(new Event("input", { bubbles: true }));
  const answer = performance.now() - began;
  document.body.getBoundingClientRect();
  return { answer, layout: performance.now() - began };
}

async function scriptTime(session) {
  const { metrics } = await session.send("Performance.getMetrics");
  return 1000 * metrics.find((one) => one.name === "ScriptDuration").value;
}

async function typeQueries(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const presses = [];
  for (const text of queries.flatMap(texts)) {
    const before = await scriptTime(session);
    const times = await page.evaluate(press, text);
    presses.push({ text, ...times, work: await scriptTime(session) - before });
  }
  return presses;
}

// In the page: the index anew, whole.
function buildIndex() {
  const { columnsOf, SearchIndex } = globalThis.picketSearch;
  const began = performance.now();
  new SearchIndex(globalThis.picketCatalog, columnsOf(globalThis.picketCatalog)).buildFor(() => Infinity);
  return performance.now() - began;
}

const site = await writeIndexPage(data);
const browser = await startBrowser();
try {
  const pressed = [];  // by round
  const builds = [];
  const loads = [];
  for (let round = 0; round < rounds; round += 1) {
    const page = await browser.newPage();
    await page.goto(`${fileOrigin(site.folder)}index.html`);
    await page.waitForSelector("html[data-search=ready]", { state: "attached" });
    loads.push(await page.evaluate(() => performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd));
    pressed.push(await typeQueries(page));
    builds.push(await page.evaluate(buildIndex));
    await page.close();
  }
  const times = (key) => pressed[0].map((_, press) => median(pressed.map((round) => round[press][key])));
  const answers = times("answer");
  const worst = answers.indexOf(Math.max(...answers));
  console.log(JSON.stringify({ rules: count, keyPresses: pressed.flat().length, work: summary(times("work")),
    answer: summary(answers), layout: summary(times("layout")), worstQuery: pressed[0][worst].text,
    slowest: rounded(Math.max(...pressed.flat().map((one) => one.answer))), index: summary(builds), load: summary(loads) }));
} finally {
  await browser.close();
  await site.remove();
}
