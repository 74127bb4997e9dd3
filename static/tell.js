// @ts-check
/** What is said to people: aloud, and in their own time zone. */

/**
 * Has a screen reader say something, when it has said what it is saying.
 * @param {string} text one or two sentences
 */
export function announce(text) {
  const place = document.getElementById("announcement");
  if (place) {
    place.textContent = text;
  }
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
