// @ts-check
/**
 * The one module that speaks with the portal around the page. Its library is foreign code: it is loaded only inside
 * a frame, may be missing, throw, keep silent or lack half of its functions, and none of that stops the page.
 */

/**
 * What we use of the platform's library.
 * @typedef {object} Library
 * @property {(ready: () => void) => void} init
 * @property {() => void} [installFinish]
 * @property {() => void} [fitWindow]
 * @property {(title: string) => void} [setTitle]
 * @property {() => void} [reloadWindow]
 * @property {{ openMessenger?: (dialogId: string) => void }} [im]
 * @property {{ info?: () => unknown }} [placement]
 */

/**
 * What the page can ask of the portal. Each deed says whether it could be asked; the portal itself says nothing.
 * @typedef {object} Frame
 * @property {Promise<void>} ready once the portal has answered; refused where there is none, unsettled while it is silent
 * @property {() => boolean} installFinish tells that the app is installed; the portal then opens it anew
 * @property {() => void} fitWindow keeps the frame as high as the page from now on
 * @property {(title: string) => boolean} setTitle writes the title above the frame
 * @property {(dialogId: string) => boolean} openMessenger opens a chat in the portal's messenger; not in the mobile app
 * @property {() => unknown} placementInfo what the portal opened the app with, however it looks
 * @property {() => boolean} reloadWindow reloads the portal's page, which launches the app afresh; not in a placement
 */

/** Waits for layout to settle before the frame is resized, in ms. */
const SETTLE = 80;

/**
 * @param {string | undefined} url where the platform's library is; none for a page of no frame
 * @returns {Frame} usable at once, but deaf until it is ready
 */
export function openFrame(url) {
  /** @type {Library | undefined} */
  let library;
  const ask = (/** @type {(of: Library) => unknown} */ deed) => library !== undefined && attempt(deed, library);
  const ready = load(url).then((loaded) => {
    library = loaded;
  });
  // Nobody has to care that there is no portal.
  ready.catch(() => {});
  return {
    ready,
    installFinish: () => ask((of) => need(of.installFinish).call(of)),
    fitWindow: () => keepFitting(() => ask((of) => need(of.fitWindow).call(of))),
    setTitle: (title) => ask((of) => need(of.setTitle).call(of, title)),
    openMessenger: (dialogId) => !inMobileApp() && ask((of) => need(of.im?.openMessenger).call(of.im, dialogId)),
    placementInfo() {
      /** @type {unknown} */
      let info;
      ask((of) => {
        info = need(of.placement?.info).call(of.placement);
      });
      return info;
    },
    reloadWindow: () => ask((of) => need(isWholePage(of) ? of.reloadWindow : undefined).call(of)),
  };
}

/**
 * The mobile app shows the portal's page of an app alone, in a WebView with the same frame in it: the library works, but
 * there is no messenger that it could open, and nobody says so.
 * @returns {boolean} whether this is such a WebView
 */
function inMobileApp() {
  return window.navigator.userAgent.includes("BitrixMobile");
}

/**
 * The portal does not listen to a placement's frame that wants to reload the page around it, and does not say so.
 * @param {Library} library
 * @returns {boolean} whether the frame is the app's own page
 */
function isWholePage(library) {
  const info = library.placement?.info?.();
  const placement = info instanceof Object && "placement" in info ? info.placement : undefined;
  return placement === undefined || placement === "DEFAULT";
}

/**
 * @param {string | undefined} url where the library is
 * @returns {Promise<Library>} once the portal has answered it
 */
async function load(url) {
  if (!url || window.parent === window) {
    throw new Error("not inside Bitrix24");
  }
  await run(url);
  const { BX24 } = /** @type {{ BX24?: Library }} */ (/** @type {unknown} */ (window));
  await new Promise((resolve) => {
    need(BX24).init(() => resolve(undefined));
  });
  return need(BX24);
}

/**
 * @param {string} url a script's address
 * @returns {Promise<void>} once it has run, well or not
 */
function run(url) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    // Its own failures are nothing the person can mend: keep them out of the console.
    const quiet = (/** @type {Event} */ event) => event.preventDefault();
    window.addEventListener("error", quiet);
    const over = (/** @type {() => void} */ next) => () => {
      window.removeEventListener("error", quiet);
      next();
    };
    script.addEventListener("error", over(() => reject(new Error("not loaded"))));
    script.addEventListener("load", over(resolve));
    script.src = url;
    document.head.append(script);
  });
}

/**
 * Keeps asking for as much room as the content takes. Only a changed height of the content counts, never the
 * frame's own: what the frame is resized to cannot lead to another resize.
 * @param {() => void} fit asks once
 */
function keepFitting(fit) {
  let last = 0;
  let timer = 0;
  const settle = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (height !== last) {
      last = height;
      fit();
    }
  };
  new ResizeObserver(() => {
    window.clearTimeout(timer);
    timer = window.setTimeout(settle, SETTLE);
  }).observe(document.body);
}

/**
 * Calls the library; what it throws must not stop the page.
 * @param {(of: Library) => unknown} deed
 * @param {Library} library
 * @returns {boolean} whether it went well
 */
function attempt(deed, library) {
  try {
    deed(library);
    return true;
  } catch {
    return false;
  }
}

/**
 * @template T
 * @param {T | undefined} part of the library
 * @returns {T} the same, if the library has it
 */
function need(part) {
  if (part === undefined) {
    throw new TypeError("not in the library");
  }
  return part;
}
