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
  frame.ready.then(() => (frame.installFinish() ? done() : stuck()), stuck);
}

/** The portal opens the app next. */
function done() {
  const wait = document.getElementById("install-wait");
  end("done", wait?.dataset.stepDone);
  wait?.replaceChildren(wait.dataset.done ?? "");
}

/**
 * Nothing is running any more.
 * @param {"done" | "waiting"} state what became of the step that was
 * @param {string | undefined} said the same for a screen reader
 */
function end(state, said) {
  for (const step of document.querySelectorAll("[data-install] li.running")) {
    step.classList.replace("running", state);
    step.querySelector(".unseen")?.replaceChildren(said ?? "");
  }
}

/** The portal has not gone on: says what can be done. */
function stuck() {
  const wait = document.getElementById("install-wait");
  end("waiting", wait?.dataset.stepWaiting);
  document.getElementById("install-stuck")?.removeAttribute("hidden");
  wait?.setAttribute("hidden", "");
}
