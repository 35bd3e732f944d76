// A headless Chromium for tests, and what it must tell of the pages that it opens: requests to elsewhere, messages of
// errors, dialogs, violations of the page's policy. Where node packages or Chromium are missing, a test ends as skipped.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import http from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";

const skipped = 77;
// The headless shell first: it draws no window, and takes half the time.
const places = [process.env.PICKET_CHROMIUM, "/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const kinds = { ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css", ".svg": "image/svg+xml",
  ".json": "application/json" };

export function skip(reason) {
  console.log(`SKIPPED: ${reason}`);
  process.exit(skipped);
}

export async function packageOrSkip(name) {
  try {
    return await import(name);
  } catch {
    return skip(`the npm package ${name} is not installed (npm ci in tests/site)`);
  }
}

export async function startBrowser() {
  const { chromium } = await packageOrSkip("playwright-core");
  const executablePath = places.find((place) => place && existsSync(place));
  if (!executablePath) skip("no Chromium is installed");
  // Chromium has no sandbox for root, as whom tests run in containers.
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
}

// A page that records in `faults` whatever no page of a site may do. `origin`: what its requests must begin with.
export async function watchedPage(context, origin) {
  const page = await context.newPage();
  const faults = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(origin)) faults.push(`request to ${request.url().slice(0, 200)}`);
  });
  page.on("requestfailed", (request) => {
    const { errorText } = request.failure();
    // Whoever goes on to another page wants no more of this one.
    if (errorText !== "net::ERR_ABORTED") faults.push(`failed: ${request.url().slice(0, 200)} ${errorText}`);
  });
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") faults.push(`console: ${message.text()}`);
  });
  page.on("dialog", async (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on("popup", (popup) => faults.push(`popup: ${popup.url()}`));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) =>
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
  });
  return { page, faults };
}

// Serves a folder; `origin` ends in a folder of its own, because a site may be put anywhere.
export async function serve(folder) {
  const prefix = "/some/where/";
  const server = http.createServer(async (request, response) => {
    const asked = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const file = path.join(folder, asked.slice(prefix.length - 1));
    if (asked === "/favicon.ico") return response.writeHead(204).end();
    if (!asked.startsWith(prefix) || !file.startsWith(path.resolve(folder))) return response.writeHead(404).end();
    try {
      const body = await readFile(file);
      return response.writeHead(200, { "content-type": kinds[path.extname(file)] ?? "application/octet-stream" }).end(body);
    } catch {
      return response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => { server.listen(0, "127.0.0.1", resolve); });
  return { origin: `http://127.0.0.1:${server.address().port}${prefix}`, close: () => server.close() };
}

export function fileOrigin(folder) {
  return `${pathToFileURL(path.resolve(folder)).href}/`;
}
