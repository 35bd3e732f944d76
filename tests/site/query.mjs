// What queries find, without a browser: the table of queries.mjs; then that the index, which remembers what it answered,
// answers as a search does that looks at every text of every rule anew.
import assert from "node:assert/strict";
import test from "node:test";
import { columnsOf, parseQuery, SearchIndex } from "./search_scripts.mjs";
import { chance, manyRules } from "./many_rules.mjs";
import { queries } from "./queries.mjs";
import { smallCatalog } from "./small_catalog.mjs";

const catalog = smallCatalog();
const index = new SearchIndex(catalog, columnsOf(catalog));
const idsOf = (numbers) => numbers.map((number) => catalog.rules[number][1]);

for (const [query, ids] of queries) {
  test(`finds by ${JSON.stringify(query)}`, () => assert.deepEqual(idsOf(index.find(query)), ids));
}

test("every beginning of every query is a query", () => {
  for (const [query] of queries) {
    for (let end = 0; end <= query.length; end += 1) assert.ok(Array.isArray(index.find(query.slice(0, end))));
  }
});

test("a query is read as far as one may be long", () => {
  assert.deepEqual(idsOf(index.find(`${"lsass ".repeat(100)}${" ".repeat(1e6)}nothing`)), ["proc_creation_lsass"]);
  assert.equal(parseQuery("a ".repeat(1e6)).length, 500);
  assert.equal(parseQuery('"'.repeat(1e6)).length, 0);
});

// The slow search: a regular expression for each term, over a list of all texts of a rule.
function expression({ pieces, whole }) {
  const escaped = pieces.map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("[^ ]*");
  return new RegExp(whole ? `^${escaped.replaceAll("[^ ]*", "[^]*")}$` : escaped);
}

function slowlyHolds(data, row, term) {
  const lower = (text) => text.toLowerCase().replace(/\s+/g, " ");
  const has = (texts, asked = term.pattern) => texts.map(lower).some((text) => expression(asked).test(text));
  const triples = [];
  for (let i = 0; i < row[12].length; i += 3) triples.push([data.fields[row[12][i]], data.kinds[row[12][i + 1]], data.values[row[12][i + 2]]]);
  const { field, op, value } = term.parts ?? {};
  switch (term.key) {
    case "indicator": return triples.some(([one, kind, text]) =>
      (!field || has([one], field)) && (!op || has([kind], op)) && (!value || has([text], value)));
    case "id": return has([row[1]]);
    case "title": return has([row[2]]);
    case "tag": return has(row[9].map((one) => data.tags[one]));
    case "logtype": return has(row[8].map((one) => data.logTypes[one]));
    default: return has([row[1], row[2], row[3], ...row[8].map((one) => data.logTypes[one]), ...row[9].map((one) => data.tags[one]),
      ...row[11].map((one) => data.techniques[one].join(" ")), ...triples.map(([, , text]) => text)]);
  }
}

// A query made of pieces of a rule's texts, so that it finds something.
function randomTerm(random, data) {
  const row = random.of(data.rules);
  const at = 3 * random.below(row[12].length / 3);
  const cut = (text) => text.slice(random.below(3), 3 + random.below(text.length));
  const spoken = (text) => (/\s/.test(text) ? `"${text}"` : text.replace(/^"/, ""));
  const title = row[2].split(" ");
  const term = random.of([
    () => cut(random.of(title)), () => `"${title.slice(1, 3).join(" ")}"`, () => cut(row[3].split(" ")[0]),
    () => `field:${spoken(cut(data.fields[row[12][at]]))}`, () => `op:${spoken(data.kinds[row[12][at + 1]])}`,
    () => `value:${spoken(cut(data.values[row[12][at + 2]]))}`, () => `id:${row[1].slice(0, 6)}*`, () => `title:${cut(title[0])}`,
    () => `tag:${spoken(cut(data.tags[row[9][0] ?? 0]))}`, () => `${title[0][0]}*${title[0].at(-1)}`])();
  return (random.below(5) === 0 ? "-" : "") + term;
}

test("the index agrees with a slow search", () => {
  const seed = Number(process.env.PICKET_SEED ?? Date.now() % 1e9);
  const random = chance(seed);
  const data = manyRules(150, seed);
  const fast = new SearchIndex(data, columnsOf(data));
  for (let round = 0; round < 400; round += 1) {
    const query = Array.from({ length: random.between(1, 3) }, () => randomTerm(random, data)).join(" ");
    const terms = parseQuery(query);
    const expected = [...data.rules.keys()].filter((rule) =>
      terms.every((term) => slowlyHolds(data, data.rules[rule], term) !== term.exclude));
    const found = [...fast.find(query)].sort((a, b) => a - b);
    assert.deepEqual(found, expected, `PICKET_SEED=${seed}, query ${query}`);
  }
});
