// @ts-check
/**
 * The forms: one press, one request, whichever form it is made with. Those of the connect page are sent without
 * leaving it, and the answer's content takes the place of ours; without script they are plain posts.
 */

import { codeField, prefill } from "./field.js";
import { rememberSent } from "./links.js";
import { announce } from "./tell.js";

/** Whose answers are pages like ours. */
const IN_PLACE = ["/connect", "/connections"];

/** When to say that Bitrix24 is still working, in ms. */
const STILL = 3_000;
const LONG = 10_000;

/** Longer than the server ever takes, in ms. */
const GIVE_UP = 120_000;

/** When a form that leads elsewhere may be sent again: by then the page is gone, or it was stopped, in ms. */
const GONE = 10_000;

const BUTTONS = "button[type=submit], [data-retry]";

/**
 * A form that was sent and not answered yet.
 * @typedef {object} Press
 * @property {HTMLFormElement} form
 * @property {HTMLElement | null} submitter
 * @property {AbortController} request
 * @property {number[]} timers
 */

/** @type {Press | undefined} The one that runs. */
let running;
/** @type {Press | undefined} The one that is tried again. */
let last;

/**
 * Listens for forms that are sent, on this page and on those that take its place.
 * @param {() => void} renewed called when the content is another one
 */
export function watchForms(renewed) {
  document.addEventListener("submit", (event) => {
    if (running) {
      event.preventDefault();
      return;
    }
    const form = /** @type {HTMLFormElement} */ (event.target);
    const press = begin(form, event.submitter);
    if (IN_PLACE.includes(form.getAttribute("action") ?? "")) {
      event.preventDefault();
      void send(press, renewed);
    } else {
      press.timers.push(window.setTimeout(() => end(press), GONE));
    }
  });
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-retry]") && last) {
      const { form, submitter } = last;
      form.requestSubmit(submitter?.isConnected ? submitter : undefined);
    }
  });
  // Coming back by the browser's history shows the page as it was left.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && running) {
      running.request.abort();
      end(running);
    }
  });
}

/**
 * Puts the focus where the page's news are: on its outcome, or into the field whose text was refused.
 * @returns {boolean} whether there are any
 */
export function focusOutcome() {
  const field = codeField();
  const outcome = document.getElementById("outcome");
  if (field?.getAttribute("aria-invalid") === "true") {
    field.focus();
    field.select();
  } else {
    outcome?.focus();
  }
  return outcome !== null;
}

/**
 * @param {HTMLFormElement} form the form that is sent
 * @param {HTMLElement | null} submitter the button that was pressed
 * @returns {Press} what runs now
 */
function begin(form, submitter) {
  const request = new AbortController();
  const later = (/** @type {number} */ ms, /** @type {() => void} */ deed) => window.setTimeout(deed, ms);
  const timers = [
    later(STILL, () => say(form, "still")),
    later(LONG, () => say(form, "long")),
    later(GIVE_UP, () => request.abort()),
  ];
  running = { form, submitter, request, timers };
  last = running;
  // Not disabled: that would take the focus away from under the keyboard.
  for (const button of document.querySelectorAll(BUTTONS)) {
    button.setAttribute("aria-disabled", "true");
  }
  form.setAttribute("aria-busy", "true");
  say(form, "busy");
  return running;
}

/**
 * @param {Press} press what runs no more
 */
function end({ form, timers }) {
  running = undefined;
  timers.forEach((timer) => window.clearTimeout(timer));
  for (const button of document.querySelectorAll(BUTTONS)) {
    button.removeAttribute("aria-disabled");
  }
  form.removeAttribute("aria-busy");
  const line = form.querySelector("[data-busy]");
  line?.replaceChildren();
}

/**
 * @param {HTMLFormElement} form that runs
 * @param {"busy" | "still" | "long"} what which of its sentences
 */
function say(form, what) {
  const line = form.querySelector("[data-busy]");
  if (line instanceof HTMLElement) {
    line.textContent = line.dataset[what] ?? "";
    announce(line.textContent);
  }
}

/**
 * @param {Press} press what was begun
 * @param {() => void} renewed called when the content is another one
 */
async function send(press, renewed) {
  const fields = fieldsOf(press);
  rememberSent(codeField()?.value);
  const page = await ask(press, fields).catch(() => undefined);
  if (running !== press) {
    return;
  }
  end(press);
  if (page) {
    show(page, press.form, renewed);
  } else {
    showOffline();
  }
}

/**
 * @param {Document} page the answer
 * @param {HTMLFormElement} form what it answers
 * @param {() => void} renewed called when the content is another one
 */
function show(page, form, renewed) {
  // What is being typed outlives a press on something else.
  const typed = form.id === "connect" ? "" : codeField()?.value;
  adopt(page);
  prefill(typed ?? "");
  renewed();
  if (!focusOutcome()) {
    document.getElementById("list")?.focus();
  }
  announce(news());
}

/**
 * @param {Press} press what was begun
 * @returns {URLSearchParams} what a plain post would send
 */
function fieldsOf({ form, submitter }) {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    fields.append(name, String(value));
  }
  if (submitter instanceof HTMLButtonElement && submitter.name) {
    fields.append(submitter.name, submitter.value);
  }
  return fields;
}

/**
 * @param {Press} press what was begun
 * @param {URLSearchParams} body its fields
 * @returns {Promise<Document | undefined>} the answer; nothing when it is no page of ours
 */
async function ask({ form, request }, body) {
  const answer = await fetch(form.getAttribute("action") ?? "", {
    method: "POST",
    body,
    headers: { accept: "text/html" },
    credentials: "omit",
    redirect: "error",
    referrerPolicy: "no-referrer",
    signal: request.signal,
  });
  if (!answer.headers.get("content-type")?.startsWith("text/html")) {
    return undefined;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector(".page") ? page : undefined;
}

/**
 * @param {Document} page whose content takes the place of ours
 */
function adopt(page) {
  const { lang, dir } = page.documentElement;
  Object.assign(document.documentElement, { lang, dir });
  document.title = page.title;
  document.querySelector(".page")?.replaceChildren(...(page.querySelector(".page")?.childNodes ?? []));
}

/** Says that the server could not be reached, where the outcome would stand. */
function showOffline() {
  const offline = document.getElementById("offline");
  const place = document.querySelector(".first") ?? document.querySelector(".page");
  if (!(offline instanceof HTMLTemplateElement) || !place) {
    return;
  }
  document.getElementById("outcome")?.remove();
  place.prepend(offline.content.cloneNode(true));
  const outcome = /** @type {HTMLElement} */ (place.firstElementChild);
  outcome.id = "outcome";
  outcome.focus();
  announce(news());
}

/** @returns {string} the outcome's sentences, without what can be pressed in it; else which page of the list it is */
function news() {
  const outcome = document.querySelectorAll("#outcome :is(h1, h2, p:not(.actions))");
  const said = outcome.length > 0 ? outcome : document.querySelectorAll("#list .range");
  return [...said].map((part) => part.textContent?.trim()).join(" ");
}
