import assert from "node:assert/strict";
import { test } from "node:test";

import { load, open } from "./browser.js";

const KEY = "channel-connect.code";
const PAGE = `
  <input id="code" value="half a co">
  <p id="code-state" data-not-hex="No code" hidden></p>
  <a id="chat" href="https://acme.example/online/" data-dialog-id="603"><svg></svg> Open chat</a>
  <button type="button" id="again" hidden>Try again</button>
  <a id="reopen" href="https://acme.example/marketplace/app/7/" target="_top" data-reopen>Open again</a>
  <a id="plain" href="https://acme.example/">Elsewhere</a>`;

/**
 * @param {string} [body] the page
 * @param {{ able?: boolean, url?: string }} [how] whether the portal does what it is asked, and where this is
 * @returns {Promise<any>} the page, and what came of it
 */
async function start(body = PAGE, { able = true, url = "https://app.example/app" } = {}) {
  const page = open(body, { url });
  /** @type {unknown[]} */
  const asked = [];
  const frame = {
    openMessenger: (/** @type {string} */ dialog) => able && asked.push(dialog) > 0,
    reloadWindow: () => able && asked.push("reload") > 0,
  };
  const links = await load("links.js");
  links.followLinks(frame);
  links.offerReopening();
  return {
    ...page,
    asked,
    links,
    /**
     * @param {string} selector what is pressed
     * @param {object} [keys] held down meanwhile
     * @returns {boolean} whether the browser goes its own way
     */
    press(selector, keys = {}) {
      const event = new page.window.MouseEvent("click", { bubbles: true, cancelable: true, ...keys });
      let followed = false;
      // Links of the test lead nowhere.
      page.window.addEventListener("click", (/** @type {Event} */ last) => {
        followed = !last.defaultPrevented;
        last.preventDefault();
      }, { once: true });
      page.find(selector).dispatchEvent(event);
      return followed;
    },
    kept: () => page.window.sessionStorage.getItem(KEY),
  };
}

test("chats open in the portal's messenger, else as links", async () => {
  const page = await start();
  assert.equal(page.press("#chat svg"), false);
  assert.deepEqual(page.asked, ["603"]);
  assert.equal((await start(PAGE, { able: false })).press("#chat"), true);
});

test("a link that is to open in a window of its own does", async () => {
  for (const keys of [{ ctrlKey: true }, { metaKey: true }, { shiftKey: true }]) {
    const page = await start();
    assert.equal(page.press("#chat", keys), true);
    assert.deepEqual(page.asked, []);
  }
});

test("other links are nobody's business", async () => {
  const page = await start();
  assert.equal(page.press("#plain"), true);
  assert.deepEqual(page.asked, []);
});

test("opening anew reloads the portal's page and loses nothing", async () => {
  for (const selector of ["#again", "#reopen"]) {
    const page = await start();
    assert.equal(page.find("#again").hidden, false);
    assert.equal(page.press(selector), false);
    assert.deepEqual(page.asked, ["reload"]);
    assert.equal(page.kept(), "half a co");
  }
});

test("without the portal the link leads there itself", async () => {
  const page = await start(PAGE, { able: false });
  assert.equal(page.press("#reopen"), true);
  assert.equal(page.kept(), "half a co");
});

test("a page without a field keeps what was sent last", async () => {
  const page = await start("<button data-reopen hidden></button>");
  page.links.rememberSent("ab5");
  page.links.rememberSent(undefined);
  page.press("button");
  assert.equal(page.kept(), "ab5");
});

test("with nothing to keep, nothing is kept", async () => {
  const page = await start("<button data-reopen hidden></button>");
  page.window.sessionStorage.setItem(KEY, "old");
  page.press("button");
  assert.equal(page.kept(), null);
});

test("the next page puts it back into an empty field, and keeps it no longer", async () => {
  const page = await start(PAGE.replace("half a co", ""));
  page.window.sessionStorage.setItem(KEY, "half a co");
  page.links.putBack();
  assert.equal(page.find("#code").value, "half a co");
  assert.equal(page.find("#code-state").textContent, "No code");
  assert.equal(page.kept(), null);
});

test("what stands in the field already is left alone", async () => {
  const page = await start();
  page.window.sessionStorage.setItem(KEY, "other");
  page.links.putBack();
  assert.equal(page.find("#code").value, "half a co");
  assert.equal(page.kept(), null);
});

test("a page in between, which has no field, passes it on", async () => {
  const page = await start("");
  page.window.sessionStorage.setItem(KEY, "half a co");
  page.links.putBack();
  assert.equal(page.kept(), "half a co");
});

test("where the browser keeps nothing, opening anew still works", async () => {
  const page = await start();
  Object.defineProperty(page.window, "sessionStorage", { get() { throw new Error("SecurityError"); } });
  page.links.putBack();
  assert.equal(page.press("#reopen"), false);
  assert.deepEqual(page.asked, ["reload"]);
});

test("what a sign-in brought leaves the address bar, and nothing else does", async () => {
  for (const [url, left] of /** @type {[string, string][]} */ ([
    ["https://app.example/oauth/callback?code=c&state=s&domain=d", "https://app.example/"],
    ["https://app.example/?code=c", "https://app.example/?code=c"],
  ])) {
    const page = await start(PAGE, { url });
    page.links.forgetSignIn();
    assert.equal(page.window.location.href, left);
    assert.equal(page.window.history.length, 1);
  }
});
