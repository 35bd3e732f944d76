// The files of a site that was generated into a folder, given as the first argument of a test.
import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";

export function givenFolder() {
  const folder = process.argv[2];
  if (folder && existsSync(path.join(folder, "index.html"))) return path.resolve(folder);
  console.error(folder ? `${folder} holds no site` : `usage: node ${path.basename(process.argv[1])} FOLDER`);
  return process.exit(2);
}

// Paths within the folder, with `/`, in their order.
export function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)).split(path.sep).join("/")).sort();
}

export function pagesOf(folder) {
  return filesOf(folder).filter((file) => file.endsWith(".html"));
}

// The rule page that says most.
export function longestRulePage(folder) {
  const size = (page) => statSync(path.join(folder, page)).size;
  return pagesOf(folder).filter((page) => page.startsWith("rules/")).reduce((one, other) => (size(other) > size(one) ? other : one));
}
