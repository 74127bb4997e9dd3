// @ts-check
/**
 * The page's script begins here. Without it everything still works as plain forms and links; with it the page fits its
 * frame, recognises codes, connects without leaving, and says what is going on.
 */

import { focusOutcome, watchForms } from "./connect.js";
import { prefillFrom, watchField } from "./field.js";
import { openFrame } from "./frame.js";
import { finishInstallation } from "./install.js";
import { followLinks, forgetSignIn, offerReopening, putBack } from "./links.js";
import { localTimes } from "./tell.js";
import { offerTheme, recallTheme } from "./theme.js";

/** How long a portal may take to answer, in ms. */
const SILENCE = 5_000;

const frame = openFrame(document.body.dataset.jsUrl);
/** Whether this is the page as the portal has opened it. */
let asOpened = true;
let fitted = false;

/** What every new content needs. */
function wire() {
  offerTheme();
  offerReopening();
  watchField();
  localTimes();
}

/** A page that nobody makes room for needs its scrollbar, which the stylesheet takes from one in a frame. */
function scrollByItself() {
  if (!fitted) {
    delete document.body.dataset.jsUrl;
  }
}

/** Above the frame stands the app's name, with which every title ends: what the page is about stands in it already. */
function nameFrame() {
  frame.setTitle(document.title.split(" · ").at(-1) ?? "");
}

recallTheme();
forgetSignIn();
followLinks(frame);
watchForms(() => {
  asOpened = false;
  wire();
});
wire();
putBack();
focusOutcome();
finishInstallation(frame);
frame.ready.then(() => {
  fitted = true;
  frame.fitWindow();
  nameFrame();
  if (asOpened) {
    prefillFrom(frame.placementInfo());
  }
}, () => {
  // No frame: the page stands for itself.
  scrollByItself();
});
// A portal that has kept silent for so long makes no room any more.
window.setTimeout(scrollByItself, SILENCE);
