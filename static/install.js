// @ts-check
/** The installer: tells the portal that the app is installed, and the person when the portal does not go on. */

/** How long the portal may take to close the installer, in ms. */
const STUCK = 10_000;

/**
 * Finishes the installation where the page is the installer and nothing has failed.
 * @param {import("./frame.js").Frame} frame the portal
 */
export function finishInstallation(frame) {
  const installing = document.querySelector("[data-install]");
  if (!installing) {
    return;
  }
  // Without this script the stylesheet shows it after a while.
  const notice = document.getElementById("install-stuck");
  notice?.setAttribute("hidden", "");
  notice?.classList.remove("late");
  window.setTimeout(stuck, STUCK);
  frame.ready.then(() => (frame.installFinish() ? done(installing) : stuck()), stuck);
}

/**
 * Nothing is running any more; the portal opens the app next.
 * @param {Element} installing the installer
 */
function done(installing) {
  const wait = document.getElementById("install-wait");
  for (const step of installing.querySelectorAll("li.running")) {
    step.classList.replace("running", "done");
    step.querySelector(".unseen")?.replaceChildren(wait?.dataset.stepDone ?? "");
  }
  wait?.replaceChildren(wait.dataset.done ?? "");
}

/** The portal has not gone on: says what can be done. */
function stuck() {
  document.getElementById("install-stuck")?.removeAttribute("hidden");
  document.getElementById("install-wait")?.setAttribute("hidden", "");
}
