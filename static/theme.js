// @ts-check
/** Light, or dark where a person asks for it with the switch at the foot of the page. */

import { keep, recall } from "./storage.js";

const KEY = "channel-connect.theme";
const root = document.documentElement;

/** Makes the page as it was chosen to be, once. */
export function recallTheme() {
  if (recall("localStorage", KEY) === "dark") {
    root.dataset.theme = "dark";
  }
}

/** Shows the switch of a new page. */
export function offerTheme() {
  const button = document.getElementById("theme");
  if (!button) {
    return;
  }
  const show = () => button.setAttribute("aria-checked", String(root.dataset.theme === "dark"));
  button.addEventListener("click", () => {
    if (root.dataset.theme === "dark") {
      delete root.dataset.theme;
    } else {
      root.dataset.theme = "dark";
    }
    keep("localStorage", KEY, root.dataset.theme ?? null);
    show();
  });
  show();
  button.hidden = false;
}
