// An index page of the tests' own: what search.js expects to find, around a catalog that a test has made.
import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const assets = path.join(path.dirname(fileURLToPath(import.meta.url)), "../../engine/site/assets");
export const searchScripts = ["search-query.js", "search-columns.js", "search-index.js", "search-facets.js", "search-results.js",
  "search-help.js", "search.js"];

const policy = "default-src 'none'; style-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self'";

function page() {
  const deferred = ["search-data.js", ...searchScripts].map((name) => `<script src="assets/${name}" defer></script>`);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Rules</title>
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="icon" href="assets/icon.svg"><script src="assets/site.js"></script>${deferred.join("")}</head>
<body><header><button id="theme-toggle" type="button">Theme</button></header><main><h1>Rules</h1>
<form id="search" role="search"><input type="search" id="query" aria-label="Search rules" autocomplete="off"></form>
<div id="facets"></div><p id="count" role="status"></p><ol id="results" class="rules"></ol></main></body></html>`;
}

// Writes the site into a new folder: {folder, remove}.
export async function writeIndexPage(data) {
  const folder = await mkdtemp(path.join(tmpdir(), "picket-site-"));
  await mkdir(path.join(folder, "assets"));
  for (const name of await readdir(assets)) await copyFile(path.join(assets, name), path.join(folder, "assets", name));
  await writeFile(path.join(folder, "assets/search-data.js"), `picketCatalog=${JSON.stringify(data)}`);
  await writeFile(path.join(folder, "assets/icon.svg"), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(path.join(folder, "index.html"), page());
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
