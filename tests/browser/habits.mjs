// node habits.mjs BROWSER BASE_URL RECORDS DATABASE: what people do to forms, in BROWSER (chrome or
// firefox).
//
// They click twice, hold Enter, answer in two tabs, go back, reload, and block cookies; the browser
// keeps pages for Back as it does for everybody, and the network is slow where that matters.  No
// script of ours is on the pages; those here look at what the browser shows.  The program RECORDS
// counts in the DATABASE what was recorded; where that is empty (a copy is served) it is not counted.
// The languages take turns.  TAP.

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer from "puppeteer-core";
import { finish, skipAll, test } from "./tap.mjs";

const [browser, baseUrl, records, database] = process.argv.slice(2);
if (!records) {
  console.error("usage: node habits.mjs BROWSER BASE_URL RECORDS DATABASE");
  process.exit(64);
}

const languages = ["en", "et", "ja"];
const delay = 120; // milliseconds that the slow network takes, each way
const executables = {
  chrome: process.env.CHROMIUM || "/usr/bin/chromium",
  firefox: process.env.FIREFOX || "/usr/bin/firefox-esr",
};
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// The network

// A way to the same server on which every byte takes a while.
async function slowNetwork(target) {
  const { hostname, port } = new URL(target);
  const server = net.createServer((near) => {
    const far = net.connect(Number(port), hostname);
    for (const [from, to] of [[near, far], [far, near]]) {
      from.on("data", (bytes) => setTimeout(() => to.writable && to.write(bytes), delay));
      from.on("end", () => setTimeout(() => to.end(), delay));
      from.on("error", () => to.destroy());
      from.on("close", () => setTimeout(() => to.destroy(), delay));
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, url: `http://127.0.0.1:${server.address().port}` };
}

// Another program on the same host, which sets a cookie with bytes that are no UTF-8.
async function otherProgram() {
  const server = http.createServer((request, response) => {
    response.writeHead(200, { "Set-Cookie": "shop=K\xe4sit\xf6\xf6; Path=/", "Content-Type": "text/html" });
    response.end("<p>a shop");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, url: `http://127.0.0.1:${server.address().port}` };
}

// The browsers

// Puppeteer turns off what Chromium keeps for Back; nobody else does.
function launch(browser, { blocked = false } = {}) {
  const profile = mkdtempSync(join(tmpdir(), "teade-habits-"));
  if (browser === "chrome" && blocked) {
    mkdirSync(join(profile, "Default"));
    const settings = { profile: { default_content_setting_values: { cookies: 2 } } };
    writeFileSync(join(profile, "Default/Preferences"), JSON.stringify(settings));
  }
  const options = {
    browser,
    executablePath: executables[browser],
    headless: true,
    userDataDir: profile,
    ignoreDefaultArgs: browser === "chrome" ? ["--disable-back-forward-cache"] : [],
    args: browser === "chrome" ? ["--disable-gpu", "--no-first-run", ...(process.getuid() === 0 ? ["--no-sandbox"] : [])] : [],
    extraPrefsFirefox: blocked ? { "network.cookie.cookieBehavior": 2 } : {},
  };
  return puppeteer.launch(options).then((started) => ({
    started,
    stop: () => started.close().finally(() => rmSync(profile, { recursive: true, force: true })),
  }));
}

// A tab of a visitor who has never been here.
async function newVisitor(started) {
  const context = await started.createBrowserContext();
  const tab = await context.newPage();
  tab.setDefaultTimeout(15_000);
  return { context, tab };
}

async function arrive(tab, part) {
  for (let tries = 100; tries && !tab.url().includes(part); tries--) await sleep(100);
  await sleep(400);
  return tab.url().includes(part) ? [] : [`arrived at ${tab.url()}, not at …${part}`];
}

async function back(tab) {
  const before = tab.url();
  await tab.evaluate(() => history.back());
  for (let tries = 50; tries && tab.url() === before; tries--) await sleep(100);
  await sleep(700);
}

const told = (tab) => tab.evaluate(() => document.querySelector("main > .done:first-child")?.textContent ?? "");
const heading = (tab) => tab.evaluate(() => document.querySelector("h1")?.textContent ?? "");
const shown = (tab, selector) => tab.evaluate((s) => document.querySelector(s)?.checkVisibility() ?? false, selector);
const marked = (tab) => tab.evaluate(() => [...document.querySelectorAll("input:checked")].map((e) => `${e.name}=${e.value}`));
const listed = (tab) => tab.evaluate(() => document.querySelectorAll(".records > li").length);
const count = () =>
  database ? execFileSync(records, ["list", "--json", "--database", database], { encoding: "utf8" }).split("\n").filter(Boolean).length : NaN;

// How many records were made meanwhile, and how many the visitor sees.
function made(before, wanted) {
  const now = count() - before;
  return Number.isNaN(now) || now === wanted ? [] : [`${now} records were made, not ${wanted}`];
}

async function sees(tab, wanted) {
  const own = await listed(tab);
  return own === wanted ? [] : [`the visitor sees ${own} records, not ${wanted}`];
}

const yesToAll = "button[name=all][value=given]";
const seen = "aside.notice button:not([formaction])";
const hide = "aside.notice button[formaction]";

// The habits: each answers with its faults, one line each.

async function twice(started, base, language, selector) {
  const { context, tab } = await newVisitor(started);
  await tab.goto(`${base.slow}/${language}/choices/`);
  const before = count();
  await tab.click(selector, { count: 2, delay: 10 });
  const faults = [...(await arrive(tab, "?done=")), ...made(before, 1), ...(await sees(tab, 1))];
  if (!(await told(tab))) faults.push("nothing is confirmed");
  await context.close();
  return faults;
}

async function heldEnter(started, base, language) {
  const { context, tab } = await newVisitor(started);
  await tab.goto(`${base.slow}/${language}/choices/`);
  const before = count();
  await tab.click("input[type=radio][value=given]");
  for (let i = 0; i < 5; i++) {
    tab.keyboard.press("Enter").catch(() => {});
    await sleep(40);
  }
  const faults = [...(await arrive(tab, "?done=saved")), ...made(before, 1), ...(await sees(tab, 1))];
  await context.close();
  return faults;
}

async function twoTabs(started, base, language) {
  const { context, tab } = await newVisitor(started);
  const other = await context.newPage();
  for (const each of [tab, other]) await each.goto(`${base.slow}/${language}/choices/`);
  const before = count();
  await Promise.all([tab, other].map((each) => each.evaluate((s) => document.querySelector(s).click(), yesToAll)));
  const faults = [...(await arrive(tab, "?done=")), ...(await arrive(other, "?done=")), ...made(before, 1)];
  await tab.reload();
  faults.push(...(await sees(tab, 1)));
  await context.close();
  return faults;
}

async function backToNotice(started, base, language, selector) {
  const { context, tab } = await newVisitor(started);
  await tab.goto(`${base.fast}/${language}/`);
  await tab.goto(`${base.fast}/${language}/choices/`);
  await tab.goto(await tab.evaluate(() => document.querySelector("nav.pages a").href));
  const faults = (await shown(tab, "aside.notice")) ? [] : ["the notice is not shown at first"];
  await tab.click(selector);
  faults.push(...(await arrive(tab, "?done=")));
  if (!(await told(tab))) faults.push("nothing is confirmed");
  for (let page = 0; page < 4; page++) {
    if (await shown(tab, "aside.notice")) faults.push(`the notice is shown again at ${tab.url()}`);
    if (page < 3) await back(tab);
  }
  await context.close();
  return faults;
}

// What the visitor did not mark just now is not marked, whatever browsers put back.
async function marksStayAway(started, base, language) {
  const { context, tab } = await newVisitor(started);
  const faults = [];
  await tab.goto(`${base.fast}/${language}/choices/`);
  const mark = () => tab.click("input[type=radio][value=given]");
  const unmarked = async (when) => {
    for (const each of await marked(tab)) faults.push(`${when}: ${each}`);
  };
  const names = await tab.evaluate(() => [...document.querySelectorAll("input[type=radio]")].map((e) => `${e.name} ${e.form.digest.value}`));
  for (const each of names) {
    const [name, digest] = each.split(" ");
    if (!digest.startsWith(name.split("@")[1] ?? "none")) faults.push(`the name does not tell its text: ${name}`);
  }
  await mark();
  await tab.reload();
  await unmarked("after a reload");
  await mark();
  await tab.click("form:has(input[type=radio]) button:not([name])");
  faults.push(...(await arrive(tab, "?done=saved")));
  await unmarked("saved");
  await back(tab);
  await unmarked("back at the form");
  await context.close();
  return faults;
}

// What is confirmed is so, also when the page is looked at again.
async function confirmedAgain(started, base, language) {
  const { context, tab } = await newVisitor(started);
  const before = count();
  await tab.goto(`${base.fast}/${language}/choices/`);
  await tab.click(yesToAll);
  const faults = await arrive(tab, "?done=saved");
  const saved = await told(tab);
  await tab.reload();
  if (!saved || (await told(tab)) !== saved) faults.push("a reload says something else");
  await tab.click("button[form^=withdraw-][name=purpose]");
  faults.push(...(await arrive(tab, "?done=withdrawn")));
  const withdrawn = await told(tab);
  if (!withdrawn || withdrawn === saved) faults.push("the withdrawal is not confirmed");
  await back(tab);
  if ((await told(tab)) === saved) faults.push("Back says that it is saved");
  faults.push(...made(before, 2));
  await context.close();
  return faults;
}

// Erasing, and back through all of it: no page is the browser's own.
async function backFromErasing(started, base, language) {
  const { context, tab } = await newVisitor(started);
  await tab.goto(`${base.fast}/${language}/choices/`);
  await tab.click(seen);
  const faults = await arrive(tab, "?done=acknowledged");
  await tab.click(yesToAll);
  faults.push(...(await arrive(tab, "?done=saved")));
  const kept = (await context.cookies()).map(({ name }) => name.replace(/^__Host-|(?<=_seen)_.*/g, ""));
  if (kept.sort().join() !== "teade,teade_seen") faults.push(`the cookies are ${kept}`);
  await tab.click(`form[action="/${language}/choices/erase"] button`);
  faults.push(...(await arrive(tab, "/choices/erase")));
  await tab.click("button[name=confirm]");
  faults.push(...(await arrive(tab, "?done=erased")));
  for (const { name } of await context.cookies()) faults.push(`the cookie ${name} is left`);
  for (let page = 0; page < 3; page++) {
    await back(tab);
    if (!(await heading(tab))) faults.push(`there is no page of ours: ${tab.url()}`);
    if (await listed(tab)) faults.push(`records are shown at ${tab.url()}`);
  }
  await context.close();
  return faults;
}

async function withForeignCookie(started, base, language) {
  const { context, tab } = await newVisitor(started);
  const other = await otherProgram();
  await tab.goto(other.url);
  other.server.close();
  await tab.goto(`${base.fast}/${language}/choices/`);
  const before = count();
  const status = await tab.evaluate(() => performance.getEntriesByType("navigation")[0].responseStatus);
  const faults = status === 200 ? [] : [`the page is a ${status}`];
  await tab.click(yesToAll);
  faults.push(...(await arrive(tab, "?done=saved")), ...made(before, 1));
  await context.close();
  return faults;
}

// Nothing is kept of whoever keeps no cookie, and they are told.
async function withoutCookies(started, base, language) {
  const tab = await started.newPage();
  const before = count();
  const faults = [];
  for (const selector of [yesToAll, seen]) {
    await tab.goto(`${base.fast}/${language}/choices/`);
    const title = await heading(tab);
    await tab.click(selector);
    faults.push(...(await arrive(tab, "?cookie=sent")));
    if ([title, ""].includes(await heading(tab))) faults.push("it is not said that there is no cookie");
  }
  await tab.goto(`${base.fast}/${language}/choices/`);
  await tab.click(hide);
  faults.push(...(await arrive(tab, "?done=hidden")));
  if (!(await told(tab)) || !(await shown(tab, "aside.notice"))) faults.push("it is not said that the notice is not hidden");
  return [...faults, ...made(before, 0)];
}

const habits = [
  ["a double click on an answer", (...all) => twice(...all, yesToAll)],
  ["a double click on an objection", (...all) => twice(...all, "button[value=objected]")],
  ["a double click on a notice", (...all) => twice(...all, seen)],
  ["a held Enter", heldEnter],
  ["two tabs at once", twoTabs],
  ["Back after a notice was hidden", (...all) => backToNotice(...all, hide)],
  ["Back after a notice was seen", (...all) => backToNotice(...all, seen)],
  ["marks after a reload and Back", marksStayAway],
  ["the confirmation, reloaded and gone back to", confirmedAgain],
  ["Back after erasing", backFromErasing],
  ["another program's cookie", withForeignCookie],
];

// The order of work

if (!existsSync(executables[browser])) skipAll(`there is no ${executables[browser]}`);
const slow = await slowNetwork(baseUrl);
const base = { fast: baseUrl.replace(/\/$/, ""), slow: slow.url };
let turn = Object.keys(executables).indexOf(browser) * habits.length;
const open = await launch(browser);
for (const [name, habit] of habits) {
  const language = languages[turn++ % languages.length];
  await test(`${browser}, ${language}: ${name}`, () => habit(open.started, base, language));
}
await open.stop();
const blocked = await launch(browser, { blocked: true });
for (const language of languages) await test(`${browser}, ${language}: cookies are blocked`, () => withoutCookies(blocked.started, base, language));
await blocked.stop();
slow.server.close();
finish();
