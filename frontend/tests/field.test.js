import assert from "node:assert/strict";
import { test } from "node:test";

import { prefill, prefillFrom, watchField } from "../../static/field.js";
import { open } from "./browser.js";

const CODE = "ab515f5d85a8b844d484f6ea75a2e494";
const OTHER = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
const LINK = `https://www.bitrix24.net/oauth/select/?preset=im&IM_DIALOG=networkLines${CODE}`;

/** What the page says, with what it is called. */
const FIELD = `
  <p id="announcement"></p>
  <input id="code" aria-describedby="code-state">
  <p id="code-state" data-recognized="Recognized:" data-typed="% of 32" data-not-hex="No code" data-wrong-length="Wrong length"
    data-several="Several" hidden></p>`;

/**
 * @param {string} [body] the page
 * @returns {any} the page, and what people do to the field and see of it
 */
function start(body = FIELD) {
  const page = open(body);
  watchField();
  const field = page.find("#code");
  field.focus();
  const line = page.find("#code-state");
  return {
    ...page,
    field,
    line,
    type(/** @type {string} */ text) {
      for (const letter of text) {
        field.value += letter;
        field.dispatchEvent(new page.window.Event("input"));
      }
    },
    put(/** @type {string} */ text) {
      field.value = text;
      field.dispatchEvent(new page.window.Event("input"));
    },
    paste(/** @type {string} */ text) {
      const event = new page.window.Event("paste", { cancelable: true });
      event.clipboardData = { getData: (/** @type {string} */ kind) => (kind === "text/plain" ? text : "") };
      if (field.dispatchEvent(event)) {
        // A field has one line.
        this.put(field.value + text.replaceAll("\n", ""));
      }
    },
    look: () => [line.hidden, line.dataset.state, line.textContent],
    said: () => page.find("#announcement").textContent,
  };
}

test("an empty field says nothing", () => {
  const page = start();
  assert.deepEqual(page.look(), [true, undefined, ""]);
  page.type("a");
  page.put("");
  assert.deepEqual(page.look(), [true, undefined, ""]);
});

test("typing counts up to a code, and past it", () => {
  const page = start();
  page.type("AB5");
  assert.deepEqual(page.look(), [false, "wait", "3 of 32"]);
  page.type(CODE.slice(3));
  assert.deepEqual(page.look(), [false, "ok", `Recognized: ${CODE}`]);
  assert.equal(page.field.value, `AB5${CODE.slice(3)}`, "what was typed stays as it was typed");
  assert.equal(page.find("#code-state code").dir, "ltr");
  page.type("0");
  assert.deepEqual(page.look(), [false, "wrong", "Wrong length"]);
});

test("what is wrong is said with its own sentence", () => {
  const page = start();
  for (const [text, state, said] of [
    ["networkLinesab51", "wait", "4 of 32"],
    ["hello", "wrong", "No code"],
    [`${CODE} ${OTHER}`, "wrong", "Several"],
    ["0".repeat(5000), "wrong", "Wrong length"],
  ]) {
    page.put(text);
    assert.deepEqual(page.look(), [false, state, said]);
  }
});

test("of a pasted text the code alone is kept", () => {
  for (const text of [LINK, `Code:\n${CODE}\nBye`, CODE.toUpperCase()]) {
    const page = start();
    page.type("old text ");
    page.paste(text);
    assert.equal(page.field.value, CODE);
    assert.deepEqual(page.look(), [false, "ok", `Recognized: ${CODE}`]);
  }
});

test("a pasted text without one code stays as it is", () => {
  const page = start();
  page.paste("hello there");
  assert.equal(page.field.value, "hello there");
  assert.deepEqual(page.look(), [false, "wrong", "No code"]);
  page.put("");
  page.paste(`${CODE} ${OTHER}`);
  assert.equal(page.field.value, `${CODE} ${OTHER}`);
  assert.deepEqual(page.look(), [false, "wrong", "Several"]);
});

test("two pasted halves become a code", () => {
  const page = start();
  page.paste(CODE.slice(0, 16));
  assert.deepEqual(page.look(), [false, "wait", "16 of 32"]);
  page.paste(CODE.slice(16));
  assert.deepEqual(page.look(), [false, "ok", `Recognized: ${CODE}`]);
});

test("a dropped link is cut down as well, a typed one is not", () => {
  const page = start();
  page.put(LINK);
  assert.equal(page.field.value, CODE);
  page.put("");
  page.type(LINK);
  assert.equal(page.field.value, LINK);
  assert.deepEqual(page.look(), [false, "ok", `Recognized: ${CODE}`]);
});

test("the field is edited in the browser's own way where it has one", () => {
  const page = start();
  /** @type {unknown[][]} */
  const edits = [];
  page.document.execCommand = (/** @type {unknown[]} */ ...edit) => {
    edits.push([page.field.selectionStart, page.field.selectionEnd, ...edit]);
    page.put(edit[2]);
    return true;
  };
  page.type("12");
  page.paste(LINK);
  assert.deepEqual(edits, [[0, 2, "insertText", false, CODE]]);
  assert.equal(page.field.value, CODE);
});

test("a new state is said aloud after a pause, not every key", () => {
  const page = start();
  page.type("ab");
  assert.equal(page.said(), "");
  page.pass(699);
  page.type("5");
  page.pass(699);
  assert.equal(page.said(), "");
  page.pass(1);
  assert.equal(page.said(), "3 of 32");
  page.type("1");
  page.pass(700);
  assert.equal(page.said(), "3 of 32", "still the same state");
  page.paste(LINK);
  page.pass(700);
  assert.equal(page.said(), `Recognized: ${CODE}`);
  page.type("zz");
  page.pass(700);
  assert.equal(page.said(), "No code");
});

test("what was recognized is not said behind the answer, nor over a press that runs", () => {
  const page = start(FIELD.replace(/<input[^>]*>/u, '<form aria-busy="false">$&</form>'));
  page.type("ab");
  page.find("form").setAttribute("aria-busy", "true");
  page.pass(700);
  assert.equal(page.said(), "", "Bitrix24 is working, and that was said");
  page.find("form").removeAttribute("aria-busy");
  page.type("!");
  page.line.remove();
  page.pass(700);
  assert.equal(page.said(), "", "the page is another one");
});

test("what was taken for a paste can be undone", () => {
  const page = start();
  page.put(LINK);
  assert.equal(page.field.value, CODE);
  page.field.value = LINK;
  page.field.dispatchEvent(new page.window.InputEvent("input", { inputType: "historyUndo" }));
  page.type(" ");
  assert.equal(page.field.value, `${LINK} `);
});

test("what the server said of another text goes with the first key", () => {
  const page = start(FIELD.replace("<input", '<input aria-invalid="true" value="nonsense"'));
  assert.equal(page.field.getAttribute("aria-invalid"), "true");
  page.type("!");
  assert.equal(page.field.hasAttribute("aria-invalid"), false);
});

test("a code that the portal's link brought is filled in, and stands for itself", () => {
  for (const [info, value] of [
    [{ placement: "DEFAULT", options: { code: LINK } }, CODE],
    [{ options: JSON.stringify({ code: CODE }) }, CODE],
    [{ options: { code: "hello" } }, ""],
    [{ options: { code: 7 } }, ""],
    [{ options: "not json" }, ""],
    [{ options: null }, ""],
    [{ options: [] }, ""],
    [undefined, ""],
    ["text", ""],
  ]) {
    const page = start();
    prefillFrom(info);
    assert.equal(page.field.value, value, JSON.stringify(info));
    assert.equal(page.look()[0], value === "");
  }
});

test("what stands in the field, or is offered as a card, is not filled in", () => {
  let page = start();
  page.type("mine");
  prefillFrom({ options: { code: CODE } });
  assert.equal(page.field.value, "mine");
  page = start(`${FIELD}<form id="offer-${CODE}"></form>`);
  prefillFrom({ options: { code: CODE } });
  assert.equal(page.field.value, "");
});

test("a page without the field is no trouble", () => {
  open("");
  watchField();
  prefill(CODE);
  prefillFrom({ options: { code: CODE } });
});
