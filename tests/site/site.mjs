// A generated site as its readers have it, from a disk and from a server: node site.mjs FOLDER
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileOrigin, packageOrSkip, serve, startBrowser, watchedPage } from "./browser.mjs";
import { givenFolder, longestRulePage, pagesOf } from "./files_of_site.mjs";

const folder = givenFolder();
const { default: axe } = await packageOrSkip("axe-core");
const browser = await startBrowser();
const rulePage = longestRulePage(folder);
// A page of each kind: those at the top, and the first of each folder but rules/.
const pages = [...new Map(pagesOf(folder).map((page) => [page.includes("/") ? page.split("/")[0] : page, page])).values()]
  .filter((page) => !page.startsWith("rules/")).concat(rulePage);
const widths = [360, 800, 1600];
let server;

before(async () => {
  server = await serve(folder);
});

after(async () => {
  await browser.close();
  server.close();
});

async function withPage(origin, options, check) {
  const context = await browser.newContext(options);
  const { page, faults } = await watchedPage(context, origin);
  await check(page);
  assert.deepEqual(faults, []);
  await context.close();
}

// A page waits more than it works: several at a time.
async function withEachPage(origin, options, check) {
  const left = [...pages];
  const work = async () => {
    for (let name = left.shift(); name !== undefined; name = left.shift()) {
      const one = name;
      await withPage(origin, options, (page) => check(page, one));
    }
  };
  await Promise.all([work(), work(), work(), work()]);
}

// Registers a check for the site on the disk and on a server; `origin` is known only when the server runs.
function anywhere(name, check) {
  test(`${name}, from a disk`, () => check(fileOrigin(folder)));
  test(`${name}, from a server`, () => check(server.origin));
}

test("the pages that everything begins with are there", () => {
  for (const page of ["index.html", "matrix.html"]) assert.ok(pages.includes(page), page);
});

anywhere("every kind of page loads without a fault", (origin) =>
  withEachPage(origin, {}, async (page, name) => {
    await page.goto(origin + name, { waitUntil: "networkidle" });
    assert.ok((await page.textContent("h1")).trim(), `${name}: no heading`);
  }));

anywhere("an id that is typed is found, and Enter opens its page", (origin) =>
  withPage(origin, {}, async (page) => {
    await page.goto(`${origin}index.html`);
    const [target, id] = await page.evaluate(() => globalThis.picketCatalog.rules.at(-1));
    await page.keyboard.press("/");
    await page.keyboard.type(id);
    assert.equal(await page.getAttribute("#results a", "href"), target);
    assert.match(await page.textContent("#count"), /^[\d,]+ of [\d,]+ rules$/);
    await page.keyboard.press("Enter");
    await page.waitForURL(origin + target);
  }));

anywhere("the theme switches, and stays from page to page", (origin) =>
  withPage(origin, { colorScheme: "light" }, async (page) => {
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await page.goto(`${origin}index.html`);
    const light = await background();
    await page.click("#theme-toggle");
    const dark = await background();
    assert.notEqual(dark, light);
    await page.goto(origin + rulePage);
    assert.equal(await background(), dark);
    assert.equal(await page.getAttribute("#theme-toggle", "aria-pressed"), "true");
  }));

// In the page: what a keyboard must reach. Marks what has had the focus.
function watchFocus() {
  const focusable = "a[href], button, input, select, textarea, summary, [tabindex]";
  window.focused = new Set();
  document.addEventListener("focusin", (event) => window.focused.add(event.target));
  const isReachable = (element) => element.tabIndex >= 0 && !element.disabled && element.checkVisibility({ visibilityProperty: true });
  window.reachable = [...document.querySelectorAll(focusable)].filter(isReachable);
  return window.reachable.length;
}

for (const name of ["index.html", "matrix.html", rulePage]) {
  test(`the keyboard reaches everything on ${name}`, () =>
    withPage(server.origin, {}, async (page) => {
      await page.goto(server.origin + name, { waitUntil: "networkidle" });
      const count = await page.evaluate(watchFocus);
      for (let press = 0; press < count + 5; press += 1) await page.keyboard.press("Tab");
      const missed = await page.evaluate(() => window.reachable.filter((one) => !window.focused.has(one)).map((one) => one.outerHTML.slice(0, 120)));
      assert.deepEqual(missed, []);
    }));
}

for (const colorScheme of ["light", "dark"]) {
  for (const width of widths) {
    test(`nobody is shut out: ${colorScheme}, ${width} pixels`, () =>
      withEachPage(server.origin, { colorScheme, viewport: { width, height: 900 } }, async (page, name) => {
        await page.goto(server.origin + name);
        await page.evaluate(axe.source);
        const violations = await page.evaluate(async () => (await globalThis.axe.run({ preload: false, resultTypes: ["violations"] })).violations);
        const told = violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map((node) => `${id}: ${node.html.slice(0, 150)} ${node.failureSummary}`));
        assert.deepEqual(told, [], name);
      }));
  }
}

test("no page scrolls sideways on a telephone", () =>
  withEachPage(server.origin, { viewport: { width: 360, height: 700 } }, async (page, name) => {
    await page.goto(server.origin + name, { waitUntil: "networkidle" });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 360, `${name} is ${wide} pixels wide`);
  }));

anywhere("without JavaScript the rules can be read", (origin) =>
  withPage(origin, { javaScriptEnabled: false }, async (page) => {
    await page.goto(`${origin}index.html`);
    const rulePages = pagesOf(folder).filter((name) => name.startsWith("rules/"));
    assert.equal(await page.locator("#results > li > a[href^='rules/']").count(), rulePages.length);
    await page.goto(origin + rulePage);
    assert.ok((await page.innerText("h1")).trim());
    assert.ok((await page.innerText("#rule-body")).includes(":"));
    assert.match(await page.innerText("#try"), /JavaScript/);
  }));
