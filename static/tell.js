// @ts-check
/** What is said to people: aloud, and in their own time zone. */

let pending = 0;

/**
 * Has a screen reader say something, when it has said what it is saying.
 * @param {string} text one or two sentences
 */
export function announce(text) {
  window.clearTimeout(pending);
  const place = document.getElementById("announcement");
  if (place) {
    place.textContent = text;
  }
}

/**
 * Says something after a pause, unless anything else is said before: that is the news then.
 * @param {() => void} say what calls `announce`, or does not
 * @param {number} pause in ms
 */
export function later(say, pause) {
  window.clearTimeout(pending);
  pending = window.setTimeout(say, pause);
}

/** Writes the times of a new page in the reader's own time zone; the server knows only its own. */
export function localTimes() {
  for (const time of document.querySelectorAll("time")) {
    const { label } = time.dataset;
    const then = new Date(time.dateTime);
    const local = Number.isNaN(then.getTime()) ? undefined : formatted(then);
    if (label && local) {
      time.textContent = label.replace("%", () => local);
    }
  }
}

/**
 * @param {Date} then a time
 * @returns {string | undefined} as the page's language writes it; nothing where the browser has no names for its months
 * (Chromium says that it knows Kazakh, and writes `M11`)
 */
function formatted(then) {
  const { lang } = document.documentElement;
  const format = new Intl.DateTimeFormat(lang, { dateStyle: "long", timeStyle: "short" });
  const nameless = format.formatToParts(then).some(({ type, value }) => type === "month" && /^M\d+$/u.test(value));
  return nameless ? undefined : format.format(then);
}
