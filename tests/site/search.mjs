// The search of an index page in a browser: what queries show, facets, the address, the keyboard, many and hostile rules.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileOrigin, startBrowser, watchedPage } from "./browser.mjs";
import { writeIndexPage } from "./index_page.mjs";
import { manyRules } from "./many_rules.mjs";
import { queries } from "./queries.mjs";
import { smallCatalog } from "./small_catalog.mjs";

const browser = await startBrowser();
const catalog = smallCatalog();
const everything = catalog.rules.length;
const manyCatalog = manyRules(10000);
const tagsUsed = new Set(manyCatalog.rules.flatMap((row) => row[9])).size;
let small;
let many;

before(async () => {
  small = await writeIndexPage(catalog);
  many = await writeIndexPage(manyCatalog);
});

after(async () => {
  await browser.close();
  await small?.remove();
  await many?.remove();
});

// A test with a page of its own, which must be without fault at its end.
function onPage(name, site, check, viewport = { width: 1200, height: 800 }) {
  test(name, async () => {
    const context = await browser.newContext({ viewport });
    const origin = fileOrigin(site().folder);
    const { page, faults } = await watchedPage(context, origin);
    await page.goto(`${origin}index.html`);
    await page.waitForSelector("html[data-search=ready]", { state: "attached" });
    await check(page, origin);
    assert.deepEqual(faults, []);
    await context.close();
  });
}

const onSmall = (name, check) => onPage(name, () => small, check);
const onMany = (name, check) => onPage(name, () => many, check);

const idsShown = (page) => page.$$eval("#results > li.rule > a", (links) =>
  links.map((link) => decodeURIComponent(link.getAttribute("href")).replace(/^rules\/|\.html$/g, "")));
const countShown = (page) => page.textContent("#count");
const focusedLink = (page) => page.evaluate(() => [...document.querySelectorAll("#results a")].indexOf(document.activeElement));
const box = (page, facet, name) => page.locator(`fieldset[data-facet=${facet}] label`, { has: page.locator(`.name:text-is("${name}")`) });
const numbers = (page, facet) => page.$$eval(`fieldset[data-facet=${facet}] li`, (items) =>
  Object.fromEntries(items.map((item) => [item.querySelector(".name").textContent, Number(item.querySelector(".number").textContent)])));
const fragment = (page) => page.evaluate(() => location.hash);
const writtenAddress = (page, text) => page.waitForFunction((wanted) => location.hash === wanted, text);

onSmall("every query of the table shows its rules, in order", async (page) => {
  for (const [query, ids] of queries) {
    await page.fill("#query", query);
    assert.deepEqual(await idsShown(page), ids, query);
    assert.equal(await countShown(page), `${ids.length} of ${everything} rules`, query);
  }
});

onSmall("a result is told in full, and markup in it is text", async (page) => {
  await page.fill("#query", "id:=AWS.Token");
  const item = page.locator("#results > li");
  assert.equal(await item.locator("a").getAttribute("href"), "rules/AWS.Token.html");
  assert.equal(await item.locator(".title").textContent(), "Session   token  asked for");
  assert.equal(await item.locator(".severity.severity-info").textContent(), "Info");
  assert.equal(await item.locator(".format").textContent(), "panther");
  assert.equal(await item.locator("p.about").textContent(), "AWS.CloudTrail, AWS.VPCFlow · T1528, T1098.001");
  await page.fill("#query", "id:=A.Script");
  assert.equal(await item.locator(".title").textContent(), "</script><b>Bold</b> \u202edlob");
  assert.equal(await page.locator("#results b, #results img").count(), 0);
  await page.fill("#query", "id:=A.Bare");
  assert.equal(await item.locator(".title").textContent(), "A.Bare");
});

onSmall("values of a facet are alternatives, facets are combined, and tell what they would add", async (page) => {
  assert.deepEqual(await numbers(page, "severity"), { Critical: 1, High: 2, Medium: 1, Low: 3, Info: 2 });
  assert.deepEqual(await numbers(page, "status"), { stable: 4, test: 1, experimental: 1, unsupported: 1 });
  assert.deepEqual(await numbers(page, "tactic"), { "TA0006 Credential Access": 3, "TA0001 Initial Access": 1, "TA0040 Impact": 1 });
  await box(page, "severity", "High").click();
  assert.deepEqual(await idsShown(page), ["Zendesk.NewAPIToken", "proc_creation_mimikatz"]);
  assert.deepEqual(await numbers(page, "format"), { picket: 1, sigma: 1 });
  assert.deepEqual(await numbers(page, "severity"), { Critical: 1, High: 2, Medium: 1, Low: 3, Info: 2 });
  await box(page, "severity", "Critical").click();
  assert.deepEqual(await idsShown(page), ["Zendesk.NewAPIToken", "proc_creation_lsass", "proc_creation_mimikatz"]);
  await box(page, "format", "sigma").click();
  assert.deepEqual(await idsShown(page), ["proc_creation_lsass", "proc_creation_mimikatz"]);
  assert.deepEqual(await numbers(page, "severity"), { Critical: 1, High: 1, Low: 1, Info: 1 });
  await page.fill("#query", "mimikatz");
  assert.deepEqual(await idsShown(page), ["proc_creation_mimikatz"]);
  assert.deepEqual(await numbers(page, "severity"), { Critical: 0, High: 1 });
  assert.equal(await countShown(page), `1 of ${everything} rules`);
});

onSmall("a box that is ticked by the keyboard keeps the focus", async (page) => {
  await box(page, "format", "sigma").locator("input").focus();
  await page.keyboard.press("Space");
  assert.equal(await page.evaluate(() => document.activeElement.closest("label")?.querySelector(".name").textContent), "sigma");
  assert.equal((await idsShown(page)).length, 4);
});

onSmall("the address holds query and facets, and back leads back", async (page, origin) => {
  await page.locator("#query").pressSequentially("token");
  await writtenAddress(page, "#q=token");
  await box(page, "format", "sigma").click();
  assert.equal(await fragment(page), "#q=token&format=sigma");
  await page.fill("#query", "tok&en=#1");
  await writtenAddress(page, "#q=tok%26en%3D%231&format=sigma");
  await page.goBack();
  assert.equal(await page.inputValue("#query"), "token");
  assert.deepEqual(await idsShown(page), ["proc_creation_lsass", "proc_creation_mimikatz"]);
  await page.goBack();
  assert.equal((await idsShown(page)).length, 4);
  assert.equal(await box(page, "format", "sigma").locator("input").isChecked(), false);
  await page.goBack();
  assert.equal(await page.inputValue("#query"), "");
  assert.equal((await idsShown(page)).length, everything);
  await page.goForward();
  await page.goForward();
  assert.equal(await box(page, "format", "sigma").locator("input").isChecked(), true);
  await page.goto(`${origin}index.html#q=value:%22cmd+%2Fc%22&tactic=TA0006&tactic=TA9999&severity=Critical`);
  await page.reload();  // as who was given the link sees it
  await page.waitForSelector("html[data-search=ready]", { state: "attached" });
  assert.equal(await page.inputValue("#query"), 'value:"cmd /c"');
  assert.deepEqual(await idsShown(page), ["proc_creation_lsass"]);
});

onSmall("the keyboard is enough", async (page) => {
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "query");
  await page.keyboard.type("aws/");
  assert.equal(await page.inputValue("#query"), "aws/");
  await page.keyboard.press("Backspace");
  await page.keyboard.press("ArrowDown");
  assert.equal(await focusedLink(page), 0);
  await page.keyboard.press("ArrowDown");
  assert.equal(await focusedLink(page), 1);
  await page.keyboard.press("ArrowDown");
  assert.equal(await focusedLink(page), 1);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  assert.equal(await page.evaluate(() => document.activeElement.id), "query");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => document.activeElement.id), "query");
  assert.equal(await page.inputValue("#query"), "");
  assert.equal((await idsShown(page)).length, everything);
  await box(page, "format", "sigma").click();
  await page.keyboard.press("Escape");
  assert.equal((await idsShown(page)).length, everything);
});

onSmall("an example of the help is typed by a click, and is a query", async (page) => {
  await page.click("details.help > summary");
  for (const example of await page.locator("details.help button").all()) {
    await example.click();
    assert.equal(await page.inputValue("#query"), await example.textContent());
  }
  await page.click("details.help button:has-text('field:action')");
  assert.deepEqual(await idsShown(page), ["Zendesk.NewAPIToken"]);
  await page.goBack();
  assert.equal(await page.inputValue("#query"), await page.locator("details.help button").last().textContent());
});

onSmall("Enter opens the first result, and back finds the search as it was", async (page, origin) => {
  const opened = page.waitForURL(`${origin}rules/proc_creation_lsass.html`);
  await page.route("**/rules/*", (route) => route.fulfill({ contentType: "text/html", body: "<title>rule</title>" }));
  await page.fill("#query", "lsass");
  await page.keyboard.press("Enter");
  await opened;
  await page.goBack();
  assert.equal(await page.inputValue("#query"), "lsass");
  assert.deepEqual(await idsShown(page), ["proc_creation_lsass"]);
});

onSmall("the theme is the system's until one is chosen, which is remembered", async (page, origin) => {
  const theme = () => page.evaluate(() => document.documentElement.dataset.theme ?? null);
  const pressed = () => page.getAttribute("#theme-toggle", "aria-pressed");
  assert.equal(await theme(), null);
  assert.equal(await pressed(), "false");
  await page.emulateMedia({ colorScheme: "dark" });
  await page.waitForSelector("#theme-toggle[aria-pressed=true]");
  await page.click("#theme-toggle");
  assert.deepEqual([await theme(), await pressed()], ["light", "false"]);
  await page.click("#theme-toggle");
  assert.deepEqual([await theme(), await pressed()], ["dark", "true"]);
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(`${origin}index.html`);
  assert.deepEqual([await theme(), await pressed()], ["dark", "true"]);
});

onMany("ten thousand rules: fifty at once, and more", async (page) => {
  assert.equal(await countShown(page), "10,000 of 10,000 rules");
  assert.equal((await idsShown(page)).length, 50);
  await page.click("button.more");
  assert.equal((await idsShown(page)).length, 100);
  assert.equal(await focusedLink(page), 50);
  await page.fill("#query", "nothing at all");
  assert.equal(await countShown(page), "0 of 10,000 rules");
  assert.equal(await page.isVisible("button.more"), false);
});

onMany("of a facet with many values the ten commonest are shown, or all", async (page) => {
  const shown = () => page.locator("fieldset[data-facet=tag] li").count();
  const counts = Object.values(await numbers(page, "tag"));
  assert.equal(await shown(), 10);
  assert.deepEqual(counts, [...counts].sort((a, b) => b - a));
  const all = page.locator("fieldset[data-facet=tag] button.all");
  assert.equal(await all.textContent(), `Show all ${tagsUsed}`);
  await all.click();
  assert.equal(await shown(), tagsUsed);
  assert.equal(await all.getAttribute("aria-expanded"), "true");
  await all.click();
  assert.equal(await shown(), 10);
});

test("a catalog of hostile rules does nothing but be shown", async () => {
  const data = smallCatalog();
  data.rules[0][0] = "javascript:alert(1)//x.html";
  data.rules[1][0] = "rules/../../etc/passwd";
  data.rules[2][0] = "rules/a#b?c%41.html";
  data.rules[3][2] = "<img src=x onerror=alert(1)>".repeat(40000);
  data.tags[0] = "<script>window.pwned=1</script>";
  const site = await writeIndexPage(data);
  const context = await browser.newContext();
  const origin = fileOrigin(site.folder);
  const { page, faults } = await watchedPage(context, origin);
  await page.goto(`${origin}index.html`);
  await page.fill("#query", "a");
  const links = await page.$$eval("#results a", (all) => all.map((link) => link.getAttribute("href")));
  assert.deepEqual(links.filter((link) => !/^rules\/[^/:#?]+$/.test(link ?? "")), [null, null]);
  assert.ok(links.includes("rules/a%23b%3Fc%2541.html"));
  assert.ok(await page.evaluate(() => document.body.textContent.length) < 20000);
  assert.equal(await page.evaluate(() => window.pwned), undefined);
  assert.deepEqual(faults, []);
  await context.close();
  await site.remove();
});
