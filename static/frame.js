// @ts-check
/**
 * The page's only script. Without it everything still works as a plain form; with it the page fits its frame,
 * says that Bitrix24 is still working, opens chats inside Bitrix24 and finishes the installation.
 */

/**
 * What we use of the platform's own library.
 * @typedef {object} Platform
 * @property {(ready: () => void) => void} init
 * @property {() => void} [fitWindow]
 * @property {() => void} [installFinish]
 * @property {() => void} [reloadWindow]
 * @property {{ openMessenger?: (dialogId: string) => void }} [im]
 */

/** Waits for layout to settle before the frame is resized, in ms. */
const SETTLE = 80;
/** When to tell that Bitrix24 is still working, in ms. */
const STILL = 3_000;
const LONG = 10_000;
/** How long the portal may take to close the installer, in ms. */
const STUCK = 10_000;

/** @type {Platform | undefined} Set once the library has answered. */
let platform;

/**
 * Loads the platform's library, which throws outside a frame: so only inside one. Never resolves when the
 * portal does not answer.
 * @param {string | undefined} url
 * @returns {Promise<Platform>}
 */
function load(url) {
  return new Promise((resolve, reject) => {
    if (!url || window.parent === window) {
      reject(new Error("not inside Bitrix24"));
      return;
    }
    const script = document.createElement("script");
    // Its own failures are nothing the person can mend: keep them out of the console.
    const quiet = (/** @type {Event} */ event) => event.preventDefault();
    window.addEventListener("error", quiet);
    script.onerror = () => reject(new Error("not loaded"));
    script.onload = () => {
      window.removeEventListener("error", quiet);
      const library = /** @type {{ BX24?: Platform }} */ (/** @type {unknown} */ (window)).BX24;
      if (!library) {
        reject(new Error("not usable"));
        return;
      }
      attempt(() => library.init(() => resolve(library)));
    };
    script.src = url;
    document.head.append(script);
  });
}

/**
 * Calls the library; what it throws must not stop the page.
 * @param {() => void} call
 * @returns {boolean} whether it went well
 */
function attempt(call) {
  try {
    call();
    return true;
  } catch {
    return false;
  }
}

/**
 * Keeps the frame as high as the page. Only a changed height of the content counts, never the frame's own.
 * @param {Platform} library
 */
function fit(library) {
  let last = 0;
  let timer = 0;
  const settle = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (height !== last) {
      last = height;
      attempt(() => library.fitWindow?.());
    }
  };
  new ResizeObserver(() => {
    window.clearTimeout(timer);
    timer = window.setTimeout(settle, SETTLE);
  }).observe(document.body);
}

/**
 * One press, one request, whichever form it is made with; meanwhile the person is told what is going on.
 * @param {HTMLFormElement[]} forms
 */
function guard(forms) {
  const buttons = forms.flatMap((form) =>
    [...form.elements].filter((element) => element instanceof HTMLButtonElement));
  let busy = false;
  /** @type {number[]} */
  let timers = [];
  const status = (/** @type {HTMLFormElement} */ form) =>
    /** @type {HTMLElement | null} */ (form.querySelector("[data-busy]"));
  const say = (/** @type {HTMLFormElement} */ form, /** @type {"busy" | "still" | "long" | undefined} */ what) => {
    const line = status(form);
    if (line) {
      line.textContent = (what && line.dataset[what]) ?? "";
    }
  };
  const set = (/** @type {boolean} */ now) => {
    busy = now;
    for (const button of buttons) {
      button.disabled = now;
    }
    timers.forEach((timer) => window.clearTimeout(timer));
    timers = [];
  };
  for (const form of forms) {
    form.addEventListener("submit", (event) => {
      if (busy) {
        event.preventDefault();
        return;
      }
      set(true);
      say(form, "busy");
      timers = [
        window.setTimeout(() => say(form, "still"), STILL),
        window.setTimeout(() => say(form, "long"), LONG),
      ];
    });
  }
  // Coming back by the browser's history shows the page as it was left.
  window.addEventListener("pageshow", () => {
    set(false);
    forms.forEach((form) => say(form, undefined));
  });
}

/** Chats open inside Bitrix24 where it can; otherwise the link does what links do. */
document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const link = /** @type {HTMLElement | null} */ (target?.closest("[data-dialog-id]") ?? null);
  const dialog = link?.dataset.dialogId;
  const open = platform?.im?.openMessenger;
  if (dialog && open && attempt(() => open.call(platform?.im, dialog))) {
    event.preventDefault();
  }
});

// What a sign-in brought along is spent, and must not stay in the address bar; reloading then starts anew.
const brought = new URLSearchParams(window.location.search);
if (window.parent === window && brought.has("code") && brought.has("state")) {
  window.history.replaceState(null, "", "/");
}

guard([...document.forms]);

document.getElementById("outcome")?.focus();

const again = document.getElementById("again");
if (again) {
  again.hidden = false;
  again.addEventListener("click", () => {
    // Reloading the portal's page brings a fresh launch; reloading ours repeats the old one.
    const reload = platform?.reloadWindow;
    if (!reload || !attempt(() => reload.call(platform))) {
      window.location.reload();
    }
  });
}

const installing = document.querySelector("[data-install]");
const stuck = () => {
  document.getElementById("install-stuck")?.removeAttribute("hidden");
  document.getElementById("install-wait")?.setAttribute("hidden", "");
};
if (installing) {
  window.setTimeout(stuck, STUCK);
}

load(document.body.dataset.jsUrl)
  .then((library) => {
    platform = library;
    fit(library);
    if (installing) {
      library.installFinish?.();
    }
  })
  .catch(() => {
    if (installing) {
      stuck();
    }
  });
