import assert from "node:assert/strict";
import { test } from "node:test";

import { arrive, load, open, settle, wholeLibrary } from "./browser.js";

const CODE = "ab515f5d85a8b844d484f6ea75a2e494";
const BODY = `
  <div class="page"><section id="outcome" tabindex="-1"><h2>News</h2></section>
    <form id="connect" method="post" action="/connect"><input id="code" name="code"><button type="submit">Connect</button></form>
    <p id="code-state" data-recognized="Recognized:" data-not-hex="No code" hidden></p>
    <time datetime="2026-01-31T12:00:00Z" data-label="On %"></time>
    <button type="button" id="theme" role="switch" aria-checked="false" hidden></button></div>
  <p id="announcement"></p>`;

/**
 * @returns {Promise<import("./browser.js").Page>} a page in a frame, with the whole script
 */
async function start() {
  const page = open(BODY, { framed: true, attributes: 'data-js-url="https://platform.example/lib.js"' });
  Object.assign(globalThis, {
    ResizeObserver: class {
      observe() {
        page.window.observed = true;
      }
    },
  });
  await load("page.js");
  return page;
}

test("everything is wired before the portal has answered, and does without it", async () => {
  const page = await start();
  assert.equal(page.document.activeElement?.id, "outcome");
  assert.equal(page.find("#theme").hidden, false);
  assert.match(page.find("time").textContent, /^On January 31, 2026/u);
  page.find("#code").value = "hello";
  page.find("#code").dispatchEvent(new page.window.Event("input"));
  assert.equal(page.find("#code-state").textContent, "No code");
  assert.equal(page.window.observed, undefined);
});

test("once the portal has answered, the frame is fitted and named, and its link's code is filled in", async () => {
  const page = await start();
  const { asked, library } = wholeLibrary();
  library.placement.info = () => ({ options: { code: CODE } });
  await arrive(page, library);
  assert.equal(page.window.observed, true);
  assert.deepEqual(asked, [["setTitle", "App"]]);
  assert.equal(page.find("#code").value, CODE);
  assert.equal(page.document.activeElement?.id, "outcome", "the focus stays where it was");
});

test("a portal that answers late fills nothing into a page that was used meanwhile", async () => {
  const page = await start();
  const text = `<html lang="en"><title>Connected · App</title><div class="page">${page.find(".page").innerHTML}</div>`;
  const headers = new Headers({ "content-type": "text/html" });
  Object.assign(globalThis, { fetch: () => Promise.resolve({ headers, text: () => Promise.resolve(text) }) });
  page.find("#code").value = CODE;
  page.find("#connect button").click();
  await settle();
  const { library } = wholeLibrary();
  library.placement.info = () => ({ options: { code: CODE } });
  await arrive(page, library);
  assert.equal(page.find("#code").value, "", "it is connected already");
});

test("a page for which nobody makes room in time gets its scrollbar back, and no other", async () => {
  const silent = await start();
  silent.pass(4_999);
  assert.ok(silent.document.body.dataset.jsUrl);
  silent.pass(1);
  assert.equal(silent.document.body.dataset.jsUrl, undefined);
  const fitted = await start();
  await arrive(fitted, wholeLibrary().library);
  fitted.pass(10_000);
  assert.ok(fitted.document.body.dataset.jsUrl);
});

test("a new content is wired as the first was, and the frame keeps its name", async () => {
  const page = await start();
  const { asked, library } = wholeLibrary();
  await arrive(page, library);
  const inside = page.find(".page").innerHTML.replace(/ hidden=""/gu, "").replace("id=\"theme\"", "id=\"theme\" hidden");
  for (const title of ["Connect · App", "Open again · App"]) {
    const text = `<html lang="en"><title>${title}</title><div class="page">${inside}</div>`;
    const headers = new Headers({ "content-type": "text/html" });
    Object.assign(globalThis, { fetch: () => Promise.resolve({ headers, text: () => Promise.resolve(text) }) });
    page.find("#connect button").click();
    await settle();
    assert.equal(page.find("#theme").hidden, false);
  }
  page.find("#theme").click();
  assert.equal(page.document.documentElement.dataset.theme, "dark");
  assert.deepEqual(asked, [["setTitle", "App"], ["info"]]);
});
