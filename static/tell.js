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
    if (label && !Number.isNaN(then.getTime())) {
      time.textContent = label.replace("%", () => formatted(then));
    }
  }
}

/**
 * @param {Date} then a time
 * @returns {string} as the page's language writes it
 */
function formatted(then) {
  return new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" }).format(then);
}
