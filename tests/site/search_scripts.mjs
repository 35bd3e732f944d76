// The search without its page: the scripts that do not touch a document, as a browser would run them.
import { readFileSync } from "node:fs";
import path from "node:path";
import vm from "node:vm";
import { assets } from "./index_page.mjs";

for (const name of ["search-query.js", "search-columns.js", "search-index.js"]) {
  vm.runInThisContext(readFileSync(path.join(assets, name), "utf8"), { filename: name });
}

export const { columnsOf, SearchIndex, parseQuery } = globalThis.picketSearch;
