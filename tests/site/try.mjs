// The box in which a page tries its rule, in a browser, from a disk.
//
//   node try.mjs ENGINE_JS WORK_FOLDER
import assert from "node:assert/strict";
import {copyFileSync, mkdirSync, writeFileSync} from "node:fs";
import {resolve} from "node:path";
import {pathToFileURL} from "node:url";
import {startBrowser} from "./browser.mjs";

const [engineScript, work] = process.argv.slice(2);

const rule = `AnalysisType: rule
RuleID: Site.Try
Enabled: true
LogTypes: [Site.Log]
Severity: Low
Use: [lib]
Condition: |
  action eq "delete"
  lib.by_person
AlertTitle: "{actor} did it"
DynamicSeverity: if actor eq "root" then "CRITICAL" else "LOW"
AlertContext: |
  who: actor
Tests:
  - Name: mocked
    ExpectedResult: true
    Mocks:
      - {objectName: lib.by_person, returnValue: true}
    Log: {action: delete}
`;
const library = `AnalysisType: definitions
DefinitionsID: lib
Let: |
  by_person = actor is not null
`;
const hostile = '<img src=x onerror="document.title=\'run\'">';
const tests = [
  ["A person deletes", {action: "delete", actor: "dana"}],
  ["Somebody reads", {action: "read", actor: "dana"}],
  ["mocked", {action: "delete"}],
  [hostile, {action: "delete", actor: hostile}],
];

// A page as engine/site writes it, as far as the box knows it.
function pageText() {
  const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
  const shown = tests.map(([name, event]) =>
    `<details class="test" data-name="${escaped(name)}"><summary>${escaped(name)}</summary>
     <pre class="event"><code>${escaped(JSON.stringify(event, null, 2))}</code></pre></details>`);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Site.Try</title>
<meta http-equiv="Content-Security-Policy"
      content="default-src 'none'; style-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self'">
<script src="../assets/try.js" defer></script></head><body>${shown.join("\n")}
<pre id="rule-body"><code>${escaped(rule)}</code></pre>
<section id="try" data-rule="Site.Try" data-file="rules/try.yml" data-engine="../assets/engine.js"
         data-context="../assets/context.js"><h2>Try it</h2><p>This needs JavaScript.</p></section></body></html>`;
}

mkdirSync(`${work}/assets`, {recursive: true});
mkdirSync(`${work}/rules`, {recursive: true});
copyFileSync(engineScript, `${work}/assets/engine.js`);
copyFileSync("engine/site/assets/try.js", `${work}/assets/try.js`);
writeFileSync(`${work}/assets/context.js`, `picketContext=${JSON.stringify([{name: "rules/lib.yml", text: library}])};`);
writeFileSync(`${work}/rules/Site.Try.html`, pageText());

const browser = await startBrowser();
try {
  const page = await browser.newPage();
  const complaints = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("dialog", (dialog) => complaints.push(dialog.message()));
  await page.goto(pathToFileURL(resolve(`${work}/rules/Site.Try.html`)).href);

  const verdict = page.locator("#try .verdict");
  const says = async (words) => {
    await page.waitForFunction((wanted) => document.querySelector("#try .verdict").textContent.includes(wanted), words);
  };
  const states = () => page.locator("#try .trace li").evaluateAll((items) => items.map((item) => item.className));
  const alert = () => page.locator("#try dl.alert").innerText();

  assert.equal(await page.locator("#try p", {hasText: "needs JavaScript"}).count(), 0);
  assert.deepEqual(JSON.parse(await page.inputValue("#try-event")), tests[0][1]);
  assert.equal(await page.locator('script[src$="engine.js"]').count(), 0, "the engine is not there before it is used");

  // By the keyboard alone: Tab leads to the choice and to the box, which asks the engine.
  const begin = Date.now();
  await page.locator("#try-test").focus();
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.id), "try-event");
  await says("A match");
  console.log(`the first answer came after ${Date.now() - begin} ms`);
  assert.equal(await verdict.getAttribute("class"), "verdict match");
  assert.equal(await verdict.getAttribute("role"), "status");
  assert.deepEqual(await states(), ["held", "held", "held"]);
  assert.match(await alert(), /dana did it[\s\S]*LOW/);
  assert.match(await page.locator("#try pre.context").innerText(), /"who": "dana"/);

  await page.selectOption("#try-test", "Somebody reads");
  await says("No match");
  assert.equal(await verdict.getAttribute("class"), "verdict no-match");
  assert.deepEqual(await states(), ["failed", "held", "held"]);

  // A test's mocks hold, and without its field a part is absent.
  await page.selectOption("#try-test", "mocked");
  await says("A match");
  await page.selectOption("#try-test", "Somebody reads");
  await page.fill("#try-event", "{}");
  await page.waitForFunction(() => document.querySelector("#try .trace li").className === "absent");

  // As one types: what is no event yet is told with its place, and the last text counts.
  await page.fill("#try-event", '{"action": "delete",\n oops}');
  await says("line 2, column 2");
  assert.equal(await verdict.getAttribute("class"), "verdict no-event");
  await page.fill("#try-event", "");
  await page.locator("#try-event").pressSequentially('{"action": "delete", "actor": "root"}');
  await page.waitForFunction(() => document.querySelector("#try dl.alert").textContent.includes("CRITICAL"));
  await says("A match");

  // The context is shown as it is, to the last digit, and laid out.
  await page.fill("#try-event", '{"action": "delete", "actor": {"b": [12345678901234567890, "}, \\""], "1": {}}}');
  await page.waitForFunction(() => document.querySelector("#try pre.context")?.textContent.includes("12345678901234567890"));
  assert.equal(await page.locator("#try pre.context").textContent(), `{
  "who": {
    "b": [
      12345678901234567890,
      "}, \\""
    ],
    "1": {}
  }
}`);

  // What rules and events hold is text.
  await page.selectOption("#try-test", {index: 3});
  await page.waitForFunction(() => document.querySelector("#try dl.alert").textContent.includes("onerror"));
  assert.equal(await page.locator("#try img").count(), 0);
  assert.equal(await page.title(), "Site.Try");

  assert.deepEqual(complaints, [], "the page has nothing to complain of");
} finally {
  await browser.close();
}
