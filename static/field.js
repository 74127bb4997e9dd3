// @ts-check
/** The field for a code: what is recognised in it while people type and paste. */

import { CODE_LENGTH, find } from "./code.js";
import { announce, later } from "./tell.js";

/** More characters at once than anybody types. */
const FEW = 3;

/** How long somebody types no more before the state is said aloud, in ms. */
const PAUSE = 700;

/**
 * @typedef {object} State
 * @property {"ok" | "wait" | "wrong"} name how it looks
 * @property {string} said the name of the sentence in the page, as data-…
 * @property {string} [code] what was recognised
 * @property {number} [digits] how much of a code is there
 */

/** @returns {HTMLInputElement | null} the field, where the page has one */
export function codeField() {
  return /** @type {HTMLInputElement | null} */ (document.getElementById("code"));
}

/** Watches the field of a new page. */
export function watchField() {
  const field = codeField();
  const line = document.getElementById("code-state");
  if (!field || !line) {
    return;
  }
  let length = field.value.length;
  const speak = speaker(line);
  const look = () => {
    length = field.value.length;
    // The verdict that came with the page was about another text.
    field.removeAttribute("aria-invalid");
    speak(show(line, field.value));
  };
  field.addEventListener("paste", (event) => {
    const found = find(event.clipboardData?.getData("text/plain") ?? "");
    if ("code" in found) {
      event.preventDefault();
      rewrite(field, found.code);
      look();
    }
  });
  field.addEventListener("input", (event) => {
    const found = find(field.value);
    // What an undo brings back at once was not pasted; it is what the person wants back.
    const undone = "inputType" in event && String(event.inputType).startsWith("history");
    if (!undone && field.value.length > length + FEW && "code" in found && found.code !== field.value) {
      rewrite(field, found.code);
    }
    look();
  });
}

/**
 * Writes what nobody typed just now into the field, if that is there and empty.
 * @param {string} text a code, or what was typed before the page became another one
 */
export function prefill(text) {
  const field = codeField();
  if (field && text && field.value === "") {
    field.value = text;
    show(document.getElementById("code-state"), text);
  }
}

/**
 * Fills in the code that the portal's link brought, if the server has not seen it; what is offered has its card.
 * @param {unknown} info the portal's own words: `{ placement, options: { code } }`, at times as text
 */
export function prefillFrom(info) {
  const found = find(codeOf(info));
  if ("code" in found && !document.getElementById(`offer-${found.code}`)) {
    prefill(found.code);
  }
}

/**
 * @param {unknown} info as above
 * @returns {string} empty when there is none
 */
function codeOf(info) {
  try {
    const { options } = /** @type {{ options: unknown }} */ (info);
    const read = typeof options === "string" ? JSON.parse(options) : options;
    return typeof read.code === "string" ? read.code : "";
  } catch {
    return "";
  }
}

/**
 * In the way of an edit, which can be undone, where the browser still can do that.
 * @param {HTMLInputElement} field the field
 * @param {string} code all that it then holds
 */
function rewrite(field, code) {
  field.select();
  if (document.activeElement !== field || !document.execCommand?.("insertText", false, code)) {
    field.setRangeText(code, 0, field.value.length, "end");
  }
}

/**
 * @param {string} value what stands in the field
 * @returns {State | undefined} nothing while it is empty
 */
function stateOf(value) {
  const found = find(value);
  if ("code" in found) {
    return { name: "ok", said: "recognized", code: found.code };
  }
  const { fault, digits = CODE_LENGTH } = found;
  if (fault === "empty") {
    return undefined;
  }
  if (digits < CODE_LENGTH) {
    return { name: "wait", said: "typed", digits };
  }
  const said = { wrong_length: "wrongLength", not_hex: "notHex", several: "several" }[fault];
  return { name: "wrong", said };
}

/**
 * @param {HTMLElement | null} line under the field
 * @param {string} value what stands in the field
 * @returns {State | undefined} what is shown now
 */
function show(line, value) {
  const state = stateOf(value);
  if (!line) {
    return state;
  }
  line.hidden = state === undefined;
  if (!state) {
    line.removeAttribute("data-state");
    line.replaceChildren();
    return state;
  }
  line.dataset.state = state.name;
  line.textContent = (line.dataset[state.said] ?? "").replace("%", () => String(state.digits));
  if (state.code) {
    const code = document.createElement("code");
    code.dir = "ltr";
    code.textContent = state.code;
    line.append(" ", code);
  }
  return state;
}

/**
 * Says a state aloud when it is another one than before, and the person has stopped typing.
 * @param {HTMLElement} line what says it
 * @returns {(state: State | undefined) => void} to be told every state
 */
function speaker(line) {
  /** @type {string | undefined} */
  let last;
  return (state) => later(() => {
    // The answer, or that it is waited for, is newer than what was typed.
    const late = !line.isConnected || document.querySelector('[aria-busy="true"]') !== null;
    if (state && state.said !== last && !late) {
      announce(line.textContent ?? "");
    }
    last = state?.said;
  }, PAUSE);
}
