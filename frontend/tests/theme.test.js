import assert from "node:assert/strict";
import { test } from "node:test";

import { load, open } from "./browser.js";

const SWITCH = '<button type="button" role="switch" aria-checked="false" id="theme" hidden></button>';
const KEY = "channel-connect.theme";

/**
 * @param {(page: import("./browser.js").Page) => void} [before] what is so before the script runs
 * @returns {Promise<{ page: import("./browser.js").Page, theme: any }>} a page with a switch
 */
async function start(before) {
  const page = open(SWITCH);
  before?.(page);
  const theme = await load("theme.js");
  theme.recallTheme();
  theme.offerTheme();
  return { page, theme };
}

/**
 * @param {import("./browser.js").Page} page whose look
 * @returns {unknown[]} the theme, and what the switch says
 */
function look({ document, find }) {
  return [document.documentElement.dataset.theme, find("#theme").getAttribute("aria-checked"), find("#theme").hidden];
}

test("a page is light until somebody asks for dark, which is remembered", async () => {
  const { page } = await start();
  assert.deepEqual(look(page), [undefined, "false", false]);
  page.find("#theme").click();
  assert.deepEqual(look(page), ["dark", "true", false]);
  assert.equal(page.window.localStorage.getItem(KEY), "dark");
  page.find("#theme").click();
  assert.deepEqual(look(page), [undefined, "false", false]);
  assert.equal(page.window.localStorage.getItem(KEY), null);
});

test("the next page is as dark as it was left", async () => {
  const { page, theme } = await start(({ window }) => window.localStorage.setItem(KEY, "dark"));
  assert.deepEqual(look(page), ["dark", "true", false]);
  page.document.body.innerHTML = SWITCH;
  theme.offerTheme();
  assert.deepEqual(look(page), ["dark", "true", false]);
});

test("what somebody else has kept there changes nothing", async () => {
  const { page } = await start(({ window }) => window.localStorage.setItem(KEY, "hotdog"));
  assert.deepEqual(look(page), [undefined, "false", false]);
});

for (const kind of ["the place to keep it", "keeping it"]) {
  test(`where the browser refuses ${kind} the switch works for this page`, async () => {
    const refuse = () => {
      throw new Error("SecurityError");
    };
    const { page } = await start(({ window }) => {
      const refused = { getItem: refuse, setItem: refuse, removeItem: refuse };
      const get = kind === "keeping it" ? () => refused : refuse;
      Object.defineProperty(window, "localStorage", { get });
    });
    page.find("#theme").click();
    assert.deepEqual(look(page), ["dark", "true", false]);
    page.find("#theme").click();
    assert.deepEqual(look(page), [undefined, "false", false]);
  });
}

test("a page without a switch is no trouble", async () => {
  open("");
  const theme = await load("theme.js");
  theme.recallTheme();
  theme.offerTheme();
});
