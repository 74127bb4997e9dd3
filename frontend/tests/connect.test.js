import assert from "node:assert/strict";
import { test } from "node:test";

import { load, open, settle } from "./browser.js";

const CODE = "ab515f5d85a8b844d484f6ea75a2e494";
const BUSY = '<p class="busy" data-busy="Connecting" data-still="Still working" data-long="Takes long"></p>';

/**
 * @param {{ outcome?: string, field?: string, range?: string }} [parts] what differs
 * @returns {string} the content of a connect page
 */
function content({ outcome = "", field = "", range = "" } = {}) {
  return `
    <div class="first">${outcome}
      <template id="offline"><section class="alert" tabindex="-1"><h2>Not connected</h2><p>No answer.</p>
        <p class="actions"><button type="button" data-retry>Try again</button></p></section></template>
      <form id="offer-1" method="post" action="/connect"><input type="hidden" name="session" value="s1">
        <input type="hidden" name="code" value="1"><button type="submit" id="card">Connect</button>${BUSY}</form>
      <form id="connect" method="post" action="/connect"><input type="hidden" name="session" value="s1">
        <input id="code" name="code" ${field}><button type="submit" id="press">Connect</button>${BUSY}</form>
    </div>
    <section id="list" tabindex="-1"><form method="post" action="/connections"><input type="hidden" name="session" value="s1">
      <button type="submit" name="page" value="2" id="older">Older</button><span class="range">${range}</span></form></section>`;
}

const CONNECTED = '<section id="outcome" tabindex="-1"><h2>Connected</h2><p>For all.</p><p class="actions">Open chat</p></section>';
const REFUSED = '<section id="outcome" tabindex="-1"><h2>Not connected</h2><p>No code.</p></section>';

/**
 * @param {string} inside of the page
 * @param {{ status?: number, type?: string, title?: string, html?: string }} [how] the answer
 * @returns {any} what `fetch` gives
 */
function answer(inside, { status = 200, type = "text/html; charset=utf-8", title = "Connected · App", html = 'lang="en"' } = {}) {
  const text = `<!DOCTYPE html><html ${html}><title>${title}</title><body><div class="page">${inside}</div></body></html>`;
  return { status, headers: new Headers({ "content-type": type }), text: () => Promise.resolve(text) };
}

/**
 * @param {string} [inside] of the page
 * @returns {Promise<any>} the page, what it sends, and how that is answered
 */
async function start(inside = content()) {
  const page = open(`<div class="page">${inside}</div><p id="announcement"></p>`);
  const sent = /** @type {any[]} */ ([]);
  let renewed = 0;
  Object.assign(globalThis, {
    fetch: (/** @type {string} */ url, /** @type {any} */ how) => new Promise((resolve, reject) => {
      how.signal.addEventListener("abort", () => reject(new Error("aborted")));
      sent.push({ url, how, resolve, reject, fields: String(how.body) });
    }),
  });
  const connect = await load("connect.js");
  connect.watchForms(() => {
    renewed += 1;
  });
  return {
    ...page,
    sent,
    connect,
    renewed: () => renewed,
    said: () => page.find("#announcement").textContent,
    async press(/** @type {string} */ selector) {
      page.find(selector).focus();
      page.find(selector).click();
      await settle();
    },
    async answered(/** @type {any} */ given) {
      sent.at(-1).resolve(given);
      await settle();
    },
    busy: () => page.document.querySelectorAll('[aria-disabled="true"]').length,
    focused: () => page.document.activeElement?.id,
  };
}

test("a press sends what a plain post would, and nothing of the reader besides", async () => {
  const page = await start();
  page.find("#code").value = `networkLines${CODE} &`;
  await page.press("#press");
  assert.equal(page.sent.length, 1);
  const { url, how, fields } = page.sent[0];
  assert.equal(url, "/connect");
  assert.equal(fields, `session=s1&code=networkLines${CODE}+%26`);
  const { body, signal, ...rest } = how;
  assert.ok(body instanceof URLSearchParams && !signal.aborted);
  assert.deepEqual(rest, {
    method: "POST",
    headers: { accept: "text/html" },
    credentials: "omit",
    redirect: "error",
    referrerPolicy: "no-referrer",
  });
});

test("the pressed button's own field goes along", async () => {
  const page = await start();
  await page.press("#older");
  assert.equal(page.sent[0].url, "/connections");
  assert.equal(page.sent[0].fields, "session=s1&page=2");
});

test("success takes the page's place, is focused and said", async () => {
  const page = await start();
  await page.press("#press");
  await page.answered(answer(content({ outcome: CONNECTED }), { html: 'lang="ar" dir="rtl"' }));
  assert.equal(page.renewed(), 1);
  assert.equal(page.document.title, "Connected · App");
  assert.deepEqual([page.document.documentElement.lang, page.document.documentElement.dir], ["ar", "rtl"]);
  assert.equal(page.focused(), "outcome");
  assert.equal(page.said(), "Connected For all.");
  assert.equal(page.busy(), 0);
  assert.equal(page.window.history.length, 1);
});

test("a refused code is put under the cursor, selected", async () => {
  const page = await start();
  await page.press("#press");
  const refused = content({ outcome: REFUSED, field: 'value="nonsense" aria-invalid="true"' });
  await page.answered(answer(refused, { status: 422 }));
  assert.equal(page.focused(), "code");
  const field = page.find("#code");
  assert.equal(field.value.slice(field.selectionStart, field.selectionEnd), "nonsense");
  assert.equal(page.said(), "Not connected No code.");
});

test("another refusal is focused itself", async () => {
  const page = await start();
  await page.press("#press");
  await page.answered(answer(content({ outcome: REFUSED, field: `value="${CODE}"` }), { status: 503 }));
  assert.equal(page.focused(), "outcome");
});

test("a page of the list is focused where it begins, and its range is said", async () => {
  const page = await start();
  page.find("#code").value = "half a co";
  await page.press("#older");
  await page.answered(answer(content({ range: "21–40 of 60" })));
  assert.equal(page.focused(), "list");
  assert.equal(page.said(), "21–40 of 60");
  assert.equal(page.find("#code").value, "half a co", "what was being typed is still there");
});

test("what was sent from the field does not come back by itself", async () => {
  const page = await start();
  page.find("#code").value = CODE;
  await page.press("#press");
  await page.answered(answer(content({ outcome: CONNECTED })));
  assert.equal(page.find("#code").value, "");
});

test("a notice of ours may take the whole page's place", async () => {
  const page = await start();
  await page.press("#press");
  await page.answered(answer('<main><section id="outcome" tabindex="-1"><h1>Open again</h1><p>Too old.</p></section></main>'));
  assert.equal(page.focused(), "outcome");
  assert.equal(page.said(), "Open again Too old.");
});

test("two presses, on whatever forms, are one request, and the first button keeps the focus", async () => {
  const page = await start();
  page.find("#card").focus();
  page.find("#card").click();
  page.find("#card").click();
  page.find("#press").click();
  page.find("#older").click();
  page.find("#connect").requestSubmit();
  await settle();
  assert.equal(page.sent.length, 1);
  assert.equal(page.focused(), "card");
  assert.equal(page.busy(), 3);
  assert.equal(page.find("#card").disabled, false);
  await page.answered(answer(content({ outcome: CONNECTED })));
  await page.press("#press");
  assert.equal(page.sent.length, 2);
});

test("a slow answer is explained after three and ten seconds, in the form and aloud", async () => {
  const page = await start();
  await page.press("#card");
  const line = page.find("#offer-1 .busy");
  for (const [ms, said] of /** @type {[number, string][]} */ ([
    [2_999, "Connecting"],
    [1, "Still working"],
    [6_999, "Still working"],
    [1, "Takes long"],
    [100_000, "Takes long"],
  ])) {
    page.pass(ms);
    assert.deepEqual([line.textContent, page.said()], [said, said]);
  }
  assert.equal(page.find("#connect .busy").textContent, "");
  await page.answered(answer(content({ outcome: CONNECTED })));
  assert.equal(page.find("#offer-1 .busy").textContent, "");
});

test("a quick answer is the last that is said", async () => {
  const page = await start();
  await page.press("#press");
  await page.answered(answer(content({ outcome: CONNECTED })));
  page.pass(120_000);
  assert.equal(page.said(), "Connected For all.");
});

for (const [what, happens] of /** @type {[string, (page: any) => unknown][]} */ ([
  ["a network that fails", (page) => page.sent[0].reject(new TypeError("Failed to fetch"))],
  ["an answer that breaks off", (page) => page.answered({ ...answer(""), text: () => Promise.reject(new TypeError()) })],
  ["two minutes of silence", (page) => page.pass(120_000)],
  ["somebody else's page", (page) => page.answered({ ...answer(""), text: () => Promise.resolve("<h1>Sign in to the Wi-Fi</h1>") })],
  ["no page at all", (page) => page.answered(answer(content({ outcome: CONNECTED }), { type: "text/plain" }))],
  ["an answer of no type", (page) => page.answered({ ...answer(""), headers: new Headers() })],
])) {
  test(`${what} is told where the outcome stands, and can be tried again`, async () => {
    const page = await start(content({ outcome: REFUSED }));
    page.find("#code").value = CODE;
    await page.press("#press");
    await happens(page);
    await settle();
    assert.equal(page.find(".first").firstElementChild, page.find("#outcome"));
    assert.equal(page.find("#outcome h2").textContent, "Not connected");
    assert.equal(page.find("#outcome p:not(.actions)").textContent, "No answer.");
    assert.deepEqual([page.focused(), page.said(), page.busy()], ["outcome", "Not connected No answer.", 0]);
    assert.equal(page.find("#code").value, CODE);
    await page.press("#outcome [data-retry]");
    assert.deepEqual(page.sent.map((/** @type {any} */ one) => one.fields), Array(2).fill(`session=s1&code=${CODE}`));
    await page.answered(answer(content({ outcome: CONNECTED })));
    assert.equal(page.said(), "Connected For all.");
  });
}

test("a retry whose button went with the old outcome still goes to its form", async () => {
  const retry = '<section id="outcome" tabindex="-1"><button type="submit" form="offer-1" id="retry">Again</button></section>';
  const page = await start(content({ outcome: retry }));
  await page.press("#retry");
  page.sent[0].reject(new TypeError("Failed to fetch"));
  await settle();
  await page.press("#outcome [data-retry]");
  assert.equal(page.sent[1].fields, "session=s1&code=1");
});

test("other forms go their own way, once", async () => {
  const page = await start('<form action="/oauth/start"><input name="portal"><button type="submit">Sign in</button></form>');
  const went = /** @type {boolean[]} */ ([]);
  page.window.addEventListener("submit", (/** @type {Event} */ event) => {
    went.push(!event.defaultPrevented);
    event.preventDefault();
  });
  await page.press("button");
  await page.press("button");
  assert.deepEqual(went, [true, false]);
  assert.equal(page.sent.length, 0);
});

test("a form that was sent and did not leave the page can be sent again after a while", async () => {
  const page = await start('<form action="/oauth/start"><input name="portal"><button type="submit">Sign in</button></form>');
  let went = 0;
  // The browser's own button has stopped it, or the page it led to was refused.
  page.window.addEventListener("submit", (/** @type {Event} */ event) => {
    went += event.defaultPrevented ? 0 : 1;
    event.preventDefault();
  });
  await page.press("button");
  page.pass(10_000);
  assert.equal(page.busy(), 0);
  await page.press("button");
  assert.equal(went, 2);
});

test("what stood in the field is kept for opening anew, not the code of a card, nor what was connected since", async () => {
  const expired = '<section id="outcome" tabindex="-1"><button type="button" data-reopen>Open again</button></section>';
  for (const [typed, pressed, kept] of [["half a co", "#older", "half a co"], ["", "#card", null], [CODE, "#press", CODE]]) {
    const page = await start();
    const links = await import("../../static/links.js");
    links.followLinks(/** @type {any} */ ({ reloadWindow: () => true }));
    page.find("#code").value = CODE;
    await page.press("#press");
    await page.answered(answer(content({ outcome: CONNECTED })));
    page.find("#code").value = typed;
    await page.press(pressed);
    await page.answered(answer(expired));
    page.find("[data-reopen]").click();
    assert.equal(page.window.sessionStorage.getItem("channel-connect.code"), kept, pressed ?? "");
  }
});

test("a page that the browser's history brings back is not busy any more", async () => {
  const page = await start();
  await page.press("#press");
  const back = new page.window.Event("pageshow");
  page.window.dispatchEvent(back);
  assert.equal(page.busy(), 3, "its first showing changes nothing");
  Object.defineProperty(back, "persisted", { value: true });
  page.window.dispatchEvent(back);
  await settle();
  assert.equal(page.busy(), 0);
  assert.equal(page.document.getElementById("outcome"), null, "and nobody says that the network had failed");
  await page.press("#press");
  assert.equal(page.sent.length, 2);
});
