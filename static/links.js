// @ts-check
/** Presses that lead elsewhere: into a chat of the portal, and back to the app by opening it anew. */

import { codeField, prefill } from "./field.js";
import { keep, recall } from "./storage.js";

/** @typedef {import("./frame.js").Frame} Frame */

const KEY = "channel-connect.code";
const REOPEN = "#again, [data-reopen]";

/** What stood in the field when something was sent last: a page that only says to open the app anew has no field. */
let sent = "";

/**
 * @param {string | undefined} text what stands in the field; nothing where there is none
 */
export function rememberSent(text) {
  sent = text ?? sent;
}

/**
 * Listens for presses, on this page and on those that take its place.
 * @param {Frame} frame the portal
 */
export function followLinks(frame) {
  document.addEventListener("click", (event) => {
    // With a key held down a link is the browser's own matter.
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (plain && event.target instanceof Element && follow(event.target, frame)) {
      event.preventDefault();
    }
  });
}

/**
 * @param {Element} pressed something on the page
 * @param {Frame} frame the portal
 * @returns {boolean} whether nothing is left to do
 */
function follow(pressed, frame) {
  const chat = pressed.closest("[data-dialog-id]");
  if (chat instanceof HTMLElement) {
    return frame.openMessenger(chat.dataset.dialogId ?? "");
  }
  const reopen = pressed.closest(REOPEN);
  return reopen !== null && openAnew(reopen, frame);
}

/** Shows the buttons of a new page that need the script. */
export function offerReopening() {
  for (const button of document.querySelectorAll(REOPEN)) {
    button.removeAttribute("hidden");
  }
}

/** Puts back what was kept when the app was opened anew; it is kept no longer. */
export function putBack() {
  const kept = recall("sessionStorage", KEY);
  if (kept && codeField()) {
    keep("sessionStorage", KEY, null);
    prefill(kept);
  }
}

/** What a sign-in brought along is spent, and must not stay in the address bar; reloading then starts anew. */
export function forgetSignIn() {
  const brought = new URLSearchParams(window.location.search);
  if (window.parent === window && brought.has("code") && brought.has("state")) {
    window.history.replaceState(null, "", "/");
  }
}

/**
 * Reloading the portal's page brings a fresh launch; reloading ours repeats the old one.
 * @param {Element} pressed a button, or a link that leads to the app
 * @param {Frame} frame the portal
 * @returns {boolean} whether nothing is left to do
 */
function openAnew(pressed, frame) {
  const text = codeField()?.value || sent;
  keep("sessionStorage", KEY, text || null);
  if (frame.reloadWindow()) {
    return true;
  }
  if (pressed.hasAttribute("href")) {
    return false;
  }
  window.location.reload();
  return true;
}
