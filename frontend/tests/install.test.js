import assert from "node:assert/strict";
import { test } from "node:test";

import { finishInstallation } from "../../static/install.js";
import { open, settle } from "./browser.js";

const INSTALLER = `
  <section data-install>
    <ol><li class="done">Verified <span class="unseen">(done)</span></li>
    <li class="running">Bound <span class="unseen">(running)</span></li></ol>
    <p id="install-wait" data-done="Installed." data-step-done="(done)" data-step-waiting="(waiting)">Wait.</p>
    <div id="install-stuck" class="late"></div>
  </section>`;

/**
 * @param {Promise<void>} ready when the portal answers
 * @param {boolean} [usable] whether it can be told
 * @returns {{ frame: any, told: () => number }} a portal
 */
function portal(ready, usable = true) {
  let told = 0;
  const installFinish = () => {
    told += 1;
    return usable;
  };
  return { frame: { ready, installFinish }, told: () => told };
}

/**
 * @param {import("./browser.js").Page} page an installer
 * @returns {unknown[]} its steps, what it says, and whether it says that it is stuck
 */
function look({ document, find }) {
  const steps = [...document.querySelectorAll("li")].map((step) => `${step.className}${step.lastElementChild?.textContent}`);
  const wait = find("#install-wait");
  return [steps, wait.hidden ? "" : wait.textContent, !find("#install-stuck").hidden];
}

test("the portal is told once, and all steps are done", async () => {
  const page = open(INSTALLER);
  const { frame, told } = portal(Promise.resolve());
  finishInstallation(frame);
  assert.deepEqual(look(page), [["done(done)", "running(running)"], "Wait.", false]);
  await settle();
  assert.equal(told(), 1);
  assert.deepEqual(look(page), [["done(done)", "done(done)"], "Installed.", false]);
});

test("a portal that was told and does not go on is noticed after ten seconds", async () => {
  const page = open(INSTALLER);
  finishInstallation(portal(Promise.resolve()).frame);
  await settle();
  page.pass(9_999);
  assert.equal(look(page)[2], false);
  page.pass(1);
  assert.deepEqual(look(page), [["done(done)", "done(done)"], "", true]);
});

test("a silent portal is noticed after ten seconds", async () => {
  const page = open(INSTALLER);
  const { frame, told } = portal(new Promise(() => {}));
  finishInstallation(frame);
  await settle();
  assert.equal(look(page)[2], false);
  page.pass(10_000);
  assert.deepEqual(look(page), [["done(done)", "waiting(waiting)"], "", true]);
  assert.equal(told(), 0);
});

for (const [what, ready, usable] of /** @type {[string, Promise<void>, boolean][]} */ ([
  ["no portal", Promise.reject(new Error("not inside Bitrix24")), true],
  ["a portal that cannot be told", Promise.resolve(), false],
])) {
  ready.catch(() => {});
  test(`${what} is said at once`, async () => {
    const page = open(INSTALLER);
    finishInstallation(portal(ready, usable).frame);
    await settle();
    assert.deepEqual(look(page), [["done(done)", "waiting(waiting)"], "", true]);
  });
}

test("on every other page, and where a step has failed, nobody says that the app is installed", async () => {
  for (const body of ["<p>Connect</p>", INSTALLER.replace(" data-install", "")]) {
    open(body);
    const { frame, told } = portal(Promise.resolve());
    finishInstallation(frame);
    await settle();
    assert.equal(told(), 0);
  }
});
