// The engine for browsers against the engine: each test of each rule of a pack, and all that is answered to it.
//
//   node golden.mjs ENGINE_JS PICKET_TRYOUT_CASES PATH...
import assert from "node:assert/strict";
import {execFileSync} from "node:child_process";
import {readFileSync} from "node:fs";
import {runInThisContext} from "node:vm";

const [engineScript, program, ...paths] = process.argv.slice(2);
runInThisContext(readFileSync(engineScript, "utf8"), {filename: engineScript});

const lines = execFileSync(program, paths, {encoding: "utf8", maxBuffer: 1 << 30}).trim().split("\n");
const [{files}, ...cases] = lines.map((line) => JSON.parse(line));

const begin = performance.now();
const tryout = await picketEngine.open(files);
const opened = performance.now();
tryout.answer("", "{}");
const loaded = performance.now();
for (const {rule, test, event, now, answer} of cases) {
  assert.deepEqual(tryout.answer(rule, event, test, now), JSON.parse(answer), `${rule}: ${test}`);
}
const answered = performance.now();
assert.ok(cases.length > 0, "no cases");

const milliseconds = (from, to, count = 1) => `${((to - from) / count).toFixed(2)} ms`;
console.log(`${cases.length} cases agree. The engine is open after ${milliseconds(begin, opened)}, ${files.length} files
are read after ${milliseconds(opened, loaded)}, an answer takes ${milliseconds(loaded, answered, cases.length)}.`);

// Whatever is asked, there is an answer, and the tryout goes on.
for (const event of ["", "{", "[".repeat(100_000), `{"a":"${"x".repeat(2 << 20)}"}`, "\ud800", "\0", "[]", '{"a":1e999}']) {
  assert.equal(typeof tryout.answer(cases[0].rule, event).error.message, "string", `no error for ${event.slice(0, 20)}`);
}
assert.deepEqual(tryout.answer(cases[0].rule, cases[0].event, cases[0].test, cases[0].now), JSON.parse(cases[0].answer));
for (const text of ["", "\0", "{".repeat(5000), "- ".repeat(5000), `a: ${"(".repeat(5000)}`]) {
  const other = await picketEngine.open([{name: "a.yml", text}]);
  assert.match(other.answer("A", "{}").error.message, /no rule/);
}
