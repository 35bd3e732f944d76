// A site of rules that want to harm its readers (hostile/, large_rule.mjs), read page by page: node hostile.mjs FOLDER
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileOrigin, serve, startBrowser, watchedPage } from "./browser.mjs";
import { filesOf, givenFolder, pagesOf } from "./files_of_site.mjs";

const folder = givenFolder();
const browser = await startBrowser();
const files = filesOf(folder);
let server;

before(async () => {
  server = await serve(folder);
});

after(async () => {
  await browser.close();
  server.close();
});

test("names of files are safe on any disk", () => {
  const seen = new Set();
  for (const file of files) {
    assert.ok(!seen.has(file.toLowerCase()), `two files are ${file}, but for the case of letters`);
    seen.add(file.toLowerCase());
    for (const name of file.split("/")) {
      assert.match(name, /^[A-Za-z0-9_][A-Za-z0-9._~-]{0,199}$/);
      assert.doesNotMatch(name, /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
    }
  }
});

// In the page: what should not be in a page made of strangers' text.
function foundInPage() {
  const found = [];
  const tell = (what, element) => found.push(`${what}: ${element.outerHTML.slice(0, 150)}`);
  const ours = new URL(".", location.href).protocol;
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      if (name.startsWith("on") || name === "style" || name === "srcdoc") tell(`attribute ${name}`, element);
      if (!["href", "src", "action", "formaction", "data", "poster", "srcset", "xlink:href", "cite", "background"].includes(name)) continue;
      const { protocol } = new URL(value, document.baseURI);
      if (!["http:", "https:", "mailto:", ours].includes(protocol)) tell(`scheme ${protocol}`, element);
      if (/^[a-z][a-z0-9+.-]*:/i.test(value) && !/^(https?|mailto):/i.test(value)) tell("a link that is not relative", element);
    }
    const isOurs = element.id === "try-event";
    if (/^(iframe|frame|object|embed|base|plaintext|textarea|marquee|audio|video)$/i.test(element.localName) && !isOurs) tell("element", element);
    if (element.localName === "script" && (!element.src || element.textContent)) tell("script within the page", element);
    if (element.localName === "style") tell("style within the page", element);
    if (element.localName === "form" && element.id !== "search") tell("form", element);
    if (element.localName === "meta" && /refresh|set-cookie/i.test(element.httpEquiv)) tell("meta", element);
    if (element.localName === "img" && new URL(element.src, location.href).host !== location.host) tell("image from elsewhere", element);
  }
  if (!document.querySelector("main h1")) found.push("no main heading");
  if (window.pwned !== undefined) found.push(`script ${window.pwned} has run`);
  return found;
}

const linksIn = (page) => page.$$eval("a[href], link[href], script[src], img[src]", (all) => all.map((one) => one.href || one.src));

async function readEveryPage(origin) {
  const context = await browser.newContext();
  const ours = origin.startsWith("file:") ? "file:" : new URL(origin).origin;
  const missing = [];
  for (const name of pagesOf(folder)) {
    const { page, faults } = await watchedPage(context, origin);
    await page.goto(origin + name);
    await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve)); }));
    await page.$$eval("details", (all) => all.forEach((one) => { one.open = true; }));
    assert.deepEqual(await page.evaluate(foundInPage), [], name);
    for (const link of await linksIn(page)) {
      const target = link.replace(/[?#].*$/, "");
      if (!target.startsWith(ours)) continue;
      const isThere = target.startsWith(origin) && files.includes(decodeURIComponent(target.slice(origin.length)));
      if (!isThere) missing.push(`${name} -> ${link.slice(0, 200)}`);
    }
    assert.deepEqual(faults, [], name);
    await page.close();
  }
  assert.deepEqual(missing, [], "links that lead nowhere");
  await context.close();
}

test("every page is harmless, and its links lead somewhere, from a disk", () => readEveryPage(fileOrigin(folder)));
test("every page is harmless, and its links lead somewhere, from a server", () => readEveryPage(server.origin));

test("the search shows hostile rules as text", async () => {
  const context = await browser.newContext();
  const { page, faults } = await watchedPage(context, server.origin);
  await page.goto(`${server.origin}index.html`);
  for (const query of ["</script>", "javascript:", "id:../../x", "id:=..", "value:lsass", "tag:pwned", "\u202e"]) {
    await page.fill("#query", query);
    assert.notEqual(await page.locator("#results > li").count(), 0, query);
    assert.deepEqual(await page.evaluate(foundInPage), [], query);
  }
  assert.deepEqual(faults, []);
  await context.close();
});
