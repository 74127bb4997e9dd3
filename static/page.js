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

const frame = openFrame(document.body.dataset.jsUrl);
let title = "";

/** What every new content needs. */
function wire() {
  offerTheme();
  offerReopening();
  watchField();
  localTimes();
}

/** The portal's title is the page's own, without the app's name. */
function nameFrame() {
  const [now = ""] = document.title.split(" · ");
  if (now !== title && frame.setTitle(now)) {
    title = now;
  }
}

recallTheme();
forgetSignIn();
followLinks(frame);
watchForms(() => {
  wire();
  nameFrame();
});
wire();
putBack();
focusOutcome();
finishInstallation(frame);
frame.ready.then(() => {
  frame.fitWindow();
  nameFrame();
  prefillFrom(frame.placementInfo());
}, () => {
  // No frame, or none that answers: the page stands for itself.
});
