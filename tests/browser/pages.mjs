// node pages.mjs BASE_URL PUBLIC_DIR SHOTS_DIR RECORDS DATABASE [PASSED_OVER]: what a visitor's browser makes of the pages.
//
// One page of each kind in each language is opened in both themes, on a phone and on a desktop,
// without scripts and with the scripts of the tests alone. Each must be free of what axe calls a
// violation, fit 320 pixels, ask no other host for anything and leave the console silent.
// A picture of each goes to SHOTS_DIR, and each document's paper form. Then a visitor of each
// language answers a question without scripts, has their data provided to an authority (by the program
// RECORDS in the DATABASE; not where that is empty), takes the answer back, tries a code that is none and erases
// everything; each page that they meet on the way is looked at too.

import { execFileSync } from "node:child_process";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import axe from "axe-core";
import { chromium } from "playwright-core";
import { finish, test } from "./tap.mjs";

const [baseUrl, publicDir, shotsDir, records, database, passedOver] = process.argv.slice(2);
if (!records) {
  console.error("usage: node pages.mjs BASE_URL PUBLIC_DIR SHOTS_DIR RECORDS DATABASE [PASSED_OVER]");
  process.exit(64);
}

const base = new URL(baseUrl);
const schemes = ["light", "dark"];
const views = [
  { name: "phone", width: 375, height: 812 },
  { name: "desktop", width: 1280, height: 900 },
];
const widths = [320, 480, 640, 900, 1920]; // from the narrowest that WCAG 1.4.10 (Reflow) asks for
const axeOptions = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  rules: { "color-contrast-enhanced": { enabled: true } }, // 7:1, as style.css promises
  resultTypes: ["violations"],
};

// The pages

// One file per kind and language: files that differ only in dates are of one kind, and the newest
// stands for them. A document's kind carries its name, so that each document is seen.
// PASSED_OVER is a pattern of those that another run looks at.
async function findPages() {
  const leftOut = new RegExp(passedOver || "(?!)");
  const files = (await readdir(publicDir, { recursive: true }))
    .filter((name) => name.endsWith(".html") && !leftOut.test(name.replace(/index\.html$/, "")))
    .sort();
  const kinds = new Map();
  for (const file of files) kinds.set(file.replace(/\b\d{4}-\d{2}-\d{2}(\.\d+)?/g, "DATE"), file);
  return Promise.all([...kinds.values()].map(readPage));
}

async function readPage(file) {
  const path = "/" + file.replace(/(^|\/)index\.html$/, "$1");
  const language = path === "/" ? "" : path.split("/")[1];
  return {
    file: join(publicDir, file),
    path,
    language,
    html: await readFile(join(publicDir, file), "utf8"),
    name: path.replace(/^\/|\/$|\.html$/g, "").replaceAll("/", "-") || "language-choice",
    // The server shows these in answer to other addresses; they have none of their own.
    hidden: path === "/" || /^\/[^/]+\/errors\//.test(path),
  };
}

// A visitor goes from page to page in one tab; `visit` answers with the list in which what goes
// wrong meanwhile is written down.
async function newVisitor(browser, options) {
  const tab = await (await browser.newContext(options)).newPage();
  tab.setDefaultTimeout(10_000);
  let faults = [];
  tab.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  tab.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  tab.on("request", (request) => {
    if (new URL(request.url()).origin !== base.origin) faults.push(`asked another host: ${request.url()}`);
  });
  tab.on("response", (response) => {
    if (response.status() >= 400) faults.push(`${response.status()}: ${response.url()}`);
  });
  const visit = async (page) => {
    faults = [];
    const address = new URL(page.path, base).href;
    const fulfill = (route) => route.fulfill({ path: page.file, contentType: "text/html; charset=utf-8" });
    if (page.hidden) await tab.route(address, fulfill);
    await tab.goto(address);
    await tab.unroute(address);
    return faults;
  };
  return { tab, visit };
}

// What is looked at. Each check answers with its faults, one line each.

async function violations(tab) {
  if (!(await tab.evaluate(() => "axe" in window))) await tab.evaluate(axe.source);
  const found = await tab.evaluate((options) => window.axe.run(document, options), axeOptions);
  return found.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `axe ${id}: ${help}: ${target.join(" ")}: ${failureSummary.replace(/\s+/g, " ")}`),
  );
}

async function overflow(tab) {
  return tab.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const wide = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > width + 0.5);
    return [`wider than ${width} pixels: ${wide.map((e) => e.tagName.toLowerCase() + "." + e.className).join(", ")}`];
  });
}

// No answer is preset, and none of a form's answers or buttons outweighs another.
async function fairness(tab) {
  return tab.evaluate(() => {
    const looks = ["color", "backgroundColor", "borderTopColor", "borderTopWidth", "fontSize", "fontWeight", "opacity"];
    const weight = (e) => {
      const { width, height } = e.getBoundingClientRect();
      const style = getComputedStyle(e);
      return [Math.round(width), Math.round(height), ...looks.map((look) => style[look])].join(" ");
    };
    const faults = [];
    for (const group of document.querySelectorAll(".answers, .buttons")) {
      const members = [...group.querySelectorAll("label, button")];
      if (new Set(members.map(weight)).size > 1) faults.push(`unequal: ${members.map((e) => `${e.innerText} (${weight(e)})`).join("; ")}`);
      for (const e of members) {
        if (e.getBoundingClientRect().height < 44) faults.push(`less than 44 pixels high: ${e.innerText}`);
      }
    }
    for (const e of document.querySelectorAll("input:checked")) faults.push(`preset: ${e.name}=${e.value}`);
    return faults;
  });
}

// The words and the controls are there for a visitor whose browser runs no script.
async function presence(tab, page) {
  const faults = [];
  const lang = await tab.locator("html").getAttribute("lang");
  if (page.language && lang !== page.language) faults.push(`lang is ${lang}`);
  for (const selector of ["h1", "main"]) {
    if (!(await tab.locator(selector).innerText()).trim()) faults.push(`${selector} is empty`);
  }
  const controls = tab.locator("button, input:not([type=hidden])");
  const expected = page.html.match(/<button\b|<input (?![^>]*hidden)/g)?.length ?? 0;
  const visible = (await Promise.all((await controls.all()).map((control) => control.isVisible()))).filter(Boolean).length;
  if (visible !== expected) faults.push(`${visible} of ${expected} controls are visible`);
  for (const scripted of page.html.match(/<script\b|<style\b|\s(style|on[a-z]+)="/g) ?? []) faults.push(`found ${scripted.trim()}`);
  return faults;
}

// The order of work

async function look(tab, page, colorScheme, view) {
  await tab.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  await tab.setViewportSize(view);
  await tab.screenshot({ path: join(shotsDir, `${page.name}-${colorScheme}-${view.name}.png`), fullPage: true });
  return [...(await violations(tab)), ...(await overflow(tab)), ...(await fairness(tab))];
}

async function stretch(tab) {
  const faults = [];
  for (const width of widths) {
    await tab.setViewportSize({ width, height: 640 });
    faults.push(...(await overflow(tab)), ...(await fairness(tab)));
  }
  return faults;
}

async function print(tab, page) {
  await tab.emulateMedia({ colorScheme: "dark" }); // paper is white all the same
  const paper = await tab.pdf({ path: join(shotsDir, `${page.name}.pdf`), preferCSSPageSize: true });
  return paper.subarray(0, 5).toString() === "%PDF-" ? [] : ["no PDF"];
}

async function examine(page, { reader, scriptless }) {
  const faults = [await scriptless.visit(page), await reader.visit(page)];
  await test(`${page.path} without scripts`, () => presence(scriptless.tab, page));
  await test(`${page.path} ${widths[0]} to ${widths.at(-1)} pixels wide`, () => stretch(reader.tab));
  for (const scheme of schemes) {
    for (const view of views) await test(`${page.path} ${scheme} ${view.name}`, () => look(reader.tab, page, scheme, view));
  }
  if (/<article\b/.test(page.html)) await test(`${page.path} on paper`, () => print(reader.tab, page));
  await test(`${page.path} silent`, async () => faults.flat());
}

// A page that answers a form is looked at as it is in the visitor's tab: it has no address of its own.
async function examineAnswer(tab, language, name, visitors) {
  const page = {
    file: join(shotsDir, `${language}-${name}.html`),
    path: new URL(tab.url()).pathname,
    language,
    html: await tab.content(),
    name: `${language}-${name}`,
    hidden: true,
  };
  await writeFile(page.file, page.html);
  await examine(page, visitors);
}

// An authority got the visitor's data: in words long enough to show how they break.
function provide(handle) {
  const words = {
    name: "Maksu- ja Tolliamet",
    address: "Lõõtsa 8a, 15176 Tallinn, Estonia",
    data: "name, address, and the invoices of the last seven years with the amounts and days of payment",
  };
  const options = Object.entries(words).flatMap(([option, value]) => [`--${option}`, value]);
  execFileSync(records, ["provision", handle, "--database", database, "--ground", "law", ...options], { stdio: "pipe" });
}

// A visitor whose browser runs no script answers, sees the answer and its receipt, takes it back, and is forgotten.
async function choose(browser, language, policy) {
  const scriptless = await newVisitor(browser, { javaScriptEnabled: false });
  const { tab } = scriptless;
  // A click does not wait for the page that it leads to.
  const follow = (locator) => Promise.all([tab.waitForEvent("load"), locator.click()]);
  const done = async (what) => {
    const address = new URL(tab.url());
    const faults = [];
    if (!`${address.pathname}${address.search}&`.startsWith(`/${language}/choices/?done=${what}&`)) faults.push(`arrived at ${address}`);
    if ((await tab.locator(".done").count()) !== 1) faults.push("the page does not say that it was done");
    return faults;
  };
  await test(`${policy.path} is answered`, async () => {
    await scriptless.visit(policy);
    await tab.locator("input[value=given]").first().check();
    await follow(tab.locator("form:has(input[type=radio]) button:not([name])").first());
    return done("saved");
  });
  const provided = async (section) => {
    const there = await tab.locator(`section[aria-labelledby=${section}] .purposes > li`).count();
    return there === (database ? 1 : 0) ? [] : [`${there} provisions are shown`];
  };
  await test(`/${language}/choices/ says who asks, and who was provided with what`, async () => {
    if (database) {
      const status = await tab.goto(new URL("/choices/status.json", base).href);
      provide((await status.json()).handle);
      await tab.goBack();
    }
    const asking = await tab.locator("#asking ~ .controllers > li").count();
    return [...(await provided("disclosures")), ...(asking ? [] : ["nobody asks"])];
  });
  const reader = await newVisitor(browser, {
    storageState: await tab.context().storageState(),
    extraHTTPHeaders: { "Sec-GPC": "1" }, // it has a sentence of its own
  });
  await examine(
    { path: `/${language}/choices/`, language, name: `${language}-choices`, html: await tab.content(), hidden: false },
    { reader, scriptless },
  );
  await test(`/${language}/choices/ leads to the receipt`, async () => {
    await follow(tab.locator(".receipt a").first());
    return (await tab.locator(".qr svg path").count()) === 1 ? [] : ["there is no code for machines"];
  });
  await examine(
    { path: new URL(tab.url()).pathname, language, name: `${language}-receipt`, html: await tab.content(), hidden: false },
    { reader, scriptless },
  );
  await tab.goBack();
  await test(`/${language}/choices/ takes the answer back`, async () => {
    await follow(tab.locator("button[form^=withdraw-]").first());
    return done("withdrawn");
  });
  const visitors = { reader: await newVisitor(browser, {}), scriptless: await newVisitor(browser, { javaScriptEnabled: false }) };
  await test(`/${language}/choices/ takes no code that is none`, async () => {
    await tab.locator("#code").fill("0000O-llllI 00000 00000");
    await follow(tab.locator("form:has(#code) button"));
    return (await tab.locator("h1").count()) === 1 && (await tab.locator(".done").count()) === 0 ? [] : ["the code was taken"];
  });
  await examineAnswer(tab, language, "code", visitors);
  const eraseForm = tab.locator(`form[action="/${language}/choices/erase"]`);
  await test(`/${language}/choices/ asks before it erases`, async () => {
    await tab.goto(new URL(`/${language}/choices/`, base).href);
    await follow(eraseForm.locator("button"));
    const ways = await eraseForm.locator("button").count();
    return [...(await provided("stays")), ...(ways === 2 ? [] : ["there are not two ways"])];
  });
  await examineAnswer(tab, language, "erase", visitors);
  await test(`/${language}/choices/erase leads back`, async () => {
    await follow(eraseForm.locator("button:not([name])"));
    return new URL(tab.url()).pathname === `/${language}/choices/` ? [] : [`arrived at ${tab.url()}`];
  });
  await test(`/${language}/choices/ erases`, async () => {
    await follow(eraseForm.locator("button"));
    await follow(eraseForm.locator("button[name=confirm]"));
    return done("erased");
  });
}

await rm(shotsDir, { recursive: true, force: true });
await mkdir(shotsDir, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: [
    ...(process.getuid() === 0 ? ["--no-sandbox"] : []),
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
const pages = await findPages();
await test(`pages in ${publicDir}`, async () => (pages.length ? [] : ["none"]));
const queue = [...pages];
const worker = async () => {
  const visitors = {
    reader: await newVisitor(browser, {}),
    scriptless: await newVisitor(browser, { javaScriptEnabled: false }),
  };
  for (let page = queue.shift(); page; page = queue.shift()) await examine(page, visitors);
};
await Promise.all([worker(), worker()]);
for (const page of pages) {
  if (page.path === `/${page.language}/` || !/name="choice\./.test(page.html) || /\d{4}-\d{2}/.test(page.path)) continue;
  await choose(browser, page.language, page);
}
await browser.close();

finish();
