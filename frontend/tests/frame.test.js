import assert from "node:assert/strict";
import { test } from "node:test";

import { openFrame } from "../../static/frame.js";
import { arrive, open, settle, wholeLibrary } from "./browser.js";

const URL = "https://platform.example/lib.js";

/** @typedef {import("../../static/frame.js").Frame} Frame */

/**
 * @param {Promise<void>} ready of a frame
 * @returns {Promise<string>} what has become of it
 */
function fate(ready) {
  return Promise.race([ready.then(() => "ready", () => "refused"), settle().then(() => "silent")]);
}

/**
 * @param {Frame} frame to ask for everything
 * @returns {unknown[]} what each said
 */
function everything(frame) {
  return [
    frame.installFinish(), frame.setTitle("t"), frame.openMessenger("7"), frame.reloadWindow(), frame.placementInfo(),
  ];
}

const DEAF = [false, false, false, false, undefined];

test("outside of a frame the library is not even asked for", async () => {
  const page = open("");
  const frame = openFrame(URL);
  assert.equal(await fate(frame.ready), "refused");
  assert.equal(page.document.querySelector("script"), null);
  assert.deepEqual(everything(frame), DEAF);
});

test("a page without the library's address stands for itself", async () => {
  const page = open("", { framed: true });
  assert.equal(await fate(openFrame(undefined).ready), "refused");
  assert.equal(page.document.querySelector("script"), null);
});

test("a library that cannot be loaded is done without", async () => {
  const page = open("", { framed: true });
  const frame = openFrame(URL);
  page.find("head script").dispatchEvent(new page.window.Event("error"));
  assert.equal(await fate(frame.ready), "refused");
  assert.deepEqual(everything(frame), DEAF);
});

for (const [what, library] of /** @type {[string, unknown][]} */ ([
  ["is not there after it was loaded", undefined],
  ["cannot be started", {}],
  ["throws when it is started", { init() { throw new Error("bad"); } }],
])) {
  test(`a library that ${what} is done without`, async () => {
    const page = open("", { framed: true });
    const frame = openFrame(URL);
    await arrive(page, library);
    assert.equal(await fate(frame.ready), "refused");
    assert.deepEqual(everything(frame), DEAF);
  });
}

test("a portal that never answers leaves the page as it is", async () => {
  const page = open("", { framed: true });
  const frame = openFrame(URL);
  assert.deepEqual(everything(frame), DEAF);
  const { asked, library } = wholeLibrary();
  await arrive(page, { ...library, init() {} });
  assert.equal(await fate(frame.ready), "silent");
  assert.deepEqual(everything(frame), DEAF);
  assert.deepEqual(asked, []);
});

test("what a library lacks or throws is as if it had not been asked", async () => {
  const throws = () => {
    throw new Error("bad");
  };
  const init = (/** @type {() => void} */ ready) => ready();
  for (const library of [
    { init },
    { init, im: {}, placement: {} },
    { init, im: { openMessenger: throws }, placement: { info: throws }, installFinish: throws, setTitle: throws, reloadWindow: throws },
  ]) {
    const page = open("", { framed: true });
    const frame = openFrame(URL);
    await arrive(page, library);
    assert.equal(await fate(frame.ready), "ready");
    assert.deepEqual(everything(frame), DEAF);
  }
});

test("a whole library is asked with its own objects", async () => {
  const page = open("", { framed: true });
  const frame = openFrame(URL);
  const { asked, library } = wholeLibrary();
  await arrive(page, library);
  assert.deepEqual(everything(frame), [true, true, true, true, { placement: "DEFAULT", options: {} }]);
  assert.deepEqual(asked, [["installFinish"], ["setTitle", "t"], ["openMessenger", "7"], ["info"], ["reloadWindow"], ["info"]]);
  assert.equal(page.find("head script").src, URL);
});

test("a placement's frame does not ask for a reload that nobody would hear of", async () => {
  for (const [info, heard] of [
    [{ placement: "DEFAULT" }, true], [{ placement: "REST_APP_URI" }, false], [{}, true], [undefined, true],
  ]) {
    const page = open("", { framed: true });
    const frame = openFrame(URL);
    const { asked, library } = wholeLibrary();
    library.placement = { info: () => info };
    await arrive(page, library);
    assert.equal(frame.reloadWindow(), heard);
    assert.deepEqual(asked, heard ? [["reloadWindow"]] : []);
  }
});

test("in the mobile app there is a frame to fit, and no messenger to open", async () => {
  const page = open("", { framed: true });
  const frame = openFrame(URL);
  const { asked, library } = wholeLibrary();
  await arrive(page, library);
  Object.defineProperty(page.window.navigator, "userAgent", { value: "Mozilla/5.0 (iPhone) BitrixMobile/Version=54" });
  assert.equal(frame.openMessenger("7"), false);
  assert.equal(frame.setTitle("t"), true);
  assert.deepEqual(asked, [["setTitle", "t"]]);
});

test("what the library breaks while it loads stays out of the console, what breaks later does not", async () => {
  const page = open("", { framed: true });
  const frame = openFrame(URL);
  const broken = () => {
    const event = new page.window.ErrorEvent("error", { cancelable: true });
    page.window.dispatchEvent(event);
    return event.defaultPrevented;
  };
  assert.equal(broken(), true);
  await arrive(page, undefined);
  assert.equal(broken(), false);
  assert.equal(await fate(frame.ready), "refused");
});

test("a library that could not be loaded keeps nothing else out of the console", async () => {
  const page = open("", { framed: true });
  const frame = openFrame(URL);
  page.find("head script").dispatchEvent(new page.window.Event("error"));
  assert.equal(await fate(frame.ready), "refused");
  const event = new page.window.ErrorEvent("error", { cancelable: true });
  page.window.dispatchEvent(event);
  assert.equal(event.defaultPrevented, false);
});

/**
 * A frame of a page whose height a test sets.
 * @returns {Promise<{ asked: unknown[][], grow: (height: number) => void, pass: (ms: number) => void }>} its strings
 */
async function measured() {
  const page = open("", { framed: true });
  let height = 0;
  /** @type {() => void} */
  let changed = () => {};
  Object.assign(globalThis, {
    ResizeObserver: class {
      constructor(/** @type {() => void} */ deed) {
        changed = deed;
      }

      observe(/** @type {Element} */ element) {
        assert.equal(element, page.document.body);
      }
    },
  });
  page.document.body.getBoundingClientRect = () => /** @type {any} */ ({ height });
  const frame = openFrame(URL);
  const { asked, library } = wholeLibrary();
  await arrive(page, library);
  frame.fitWindow();
  const grow = (/** @type {number} */ now) => {
    height = now;
    changed();
  };
  return { asked, grow, pass: page.pass };
}

test("the frame is fitted once the page has settled", async () => {
  const { asked, grow, pass } = await measured();
  grow(100);
  pass(50);
  grow(300);
  pass(50);
  assert.deepEqual(asked, []);
  pass(50);
  assert.deepEqual(asked, [["fitWindow"]]);
});

test("a frame that was resized is no reason to resize it", async () => {
  const { asked, grow, pass } = await measured();
  grow(300);
  pass(100);
  for (let round = 0; round < 5; round += 1) {
    // The observer tells of the frame's new size; the content is as high as it was, but for a hair.
    grow(299.6);
    pass(100);
  }
  assert.deepEqual(asked, [["fitWindow"]]);
  grow(301);
  pass(100);
  assert.equal(asked.length, 2);
});
