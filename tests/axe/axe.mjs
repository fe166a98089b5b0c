// Usage: node axe.mjs CHROMIUM PAGE...   Prints the violations that axe-core finds, as JSON, and takes no network.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const [chromium, ...pages] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox"] });
const found = {};
for (const page of pages) {
  const tab = await browser.newPage();
  await tab.goto(pathToFileURL(page).href);
  await tab.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  await tab.evaluate(axe);
  const result = await tab.evaluate(() => window.axe.run());
  found[page] = result.violations.map((violation) => ({
    id: violation.id,
    help: violation.help,
    where: violation.nodes.slice(0, 3).map((node) => node.html),
  }));
  await tab.close();
}
await browser.close();
console.log(JSON.stringify(found, null, 1));
