// @ts-check
/** Light, or dark where a person asks for it with the switch at the foot of the page. */

import { keep, recall } from "./storage.js";

const KEY = "channel-connect.theme";

/** Makes the page as it was chosen to be, once. */
export function recallTheme() {
  if (recall("localStorage", KEY) === "dark") {
    document.documentElement.dataset.theme = "dark";
  }
}

/** Shows the switch of a new page. */
export function offerTheme() {
  const button = document.getElementById("theme");
  if (!button) {
    return;
  }
  const look = document.documentElement.dataset;
  const show = () => button.setAttribute("aria-checked", String(look.theme === "dark"));
  button.addEventListener("click", () => {
    if (look.theme === "dark") {
      delete look.theme;
    } else {
      look.theme = "dark";
    }
    keep("localStorage", KEY, look.theme ?? null);
    show();
  });
  show();
  button.hidden = false;
}
