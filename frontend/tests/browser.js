/**
 * A page for one test: a document, a clock that stands still until it is told, and a library of the platform that is
 * as good or bad as a test wants.
 */

import { JSDOM } from "jsdom";

/** What the modules name without saying whose it is. */
const NAMES = [
  "Element", "HTMLButtonElement", "HTMLElement", "HTMLFormElement", "HTMLTemplateElement", "DOMParser", "FormData",
];

let loads = 0;

/**
 * A window's timers, which go off when a test says that time has passed.
 * @param {Window} window gets them
 * @returns {(ms: number) => void} lets time pass
 */
function standStill(window) {
  let now = 0;
  let last = 0;
  /** @type {Map<number, { at: number, deed: () => void }>} */
  const timers = new Map();
  const fakes = {
    setTimeout(/** @type {() => void} */ deed, ms = 0) {
      last += 1;
      timers.set(last, { at: now + ms, deed });
      return last;
    },
    clearTimeout: (/** @type {number} */ id) => timers.delete(id),
  };
  Object.assign(window, fakes);
  return (ms) => {
    now += ms;
    const due = [...timers].filter(([, { at }]) => at <= now).sort(([, one], [, other]) => one.at - other.at);
    for (const [id, { deed }] of due) {
      timers.delete(id);
      deed();
    }
  };
}

/**
 * @typedef {object} Page
 * @property {any} window with whatever a test hangs on it
 * @property {Document} document
 * @property {(ms: number) => void} pass lets time pass
 * @property {(selector: string) => any} find exactly one element
 */

/**
 * Opens a page, and makes it the one that the modules see.
 * @param {string} body its content
 * @param {{ url?: string, framed?: boolean, attributes?: string }} [how] where it is shown
 * @returns {Page} the page
 */
export function open(body, { url = "https://app.example/app", framed = false, attributes = "" } = {}) {
  const html = `<!DOCTYPE html><html lang="en"><title>Connect · App</title><body ${attributes}>${body}</body></html>`;
  const { window } = new JSDOM(html, { url, pretendToBeVisual: true });
  const pass = standStill(/** @type {any} */ (window));
  if (framed) {
    Object.defineProperty(window, "parent", { value: {}, configurable: true });
  }
  const { document } = window;
  Object.assign(globalThis, { window, document });
  for (const name of NAMES) {
    Object.assign(globalThis, { [name]: window[name] });
  }
  const find = (/** @type {string} */ selector) => {
    const found = document.querySelectorAll(selector);
    if (found.length !== 1) {
      throw new Error(`${found.length} of ${selector}`);
    }
    return found[0];
  };
  return { window, document, pass, find };
}

/**
 * @param {string} name of a module in `static/`
 * @returns {Promise<any>} the module, as a page that has just been opened gets it
 */
export function load(name) {
  loads += 1;
  return import(`../../static/${name}?${loads}`);
}

/** Lets everything happen that needs no time: answers that are there, and what follows from them. */
export async function settle() {
  for (let turn = 0; turn < 20; turn += 1) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

/**
 * Has the script run that a page asked for last.
 * @param {Page} page whose script
 * @param {unknown} library what it leaves behind
 */
export async function arrive({ window, document }, library) {
  window.BX24 = library;
  document.head.querySelector("script")?.dispatchEvent(new window.Event("load"));
  await settle();
}

/**
 * A library of the platform that writes down what it is asked.
 * @returns {{ asked: unknown[][], library: any }} the notes, and the library
 */
export function wholeLibrary() {
  /** @type {unknown[][]} */
  const asked = [];
  /** @type {(name: string, owner: () => unknown, answer?: unknown) => (this: unknown, ...args: unknown[]) => unknown} */
  const noted = (name, owner, answer) => function noting(...args) {
    // As the official one, it needs the object that it is called on.
    asked.push(this === owner() ? [name, ...args] : [name, "lost its object"]);
    return answer;
  };
  /** @type {any} */
  const library = { init: (/** @type {() => void} */ ready) => ready() };
  for (const name of ["installFinish", "fitWindow", "setTitle", "reloadWindow"]) {
    library[name] = noted(name, () => library);
  }
  library.im = { openMessenger: noted("openMessenger", () => library.im) };
  library.placement = { info: noted("info", () => library.placement, { placement: "DEFAULT", options: {} }) };
  return { asked, library };
}
