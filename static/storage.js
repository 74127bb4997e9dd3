// @ts-check
/** What the browser keeps for us. In a frame of another site it may refuse; then nothing is kept, and nobody minds. */

/**
 * @typedef {"localStorage" | "sessionStorage"} Shelf
 */

/**
 * @param {Shelf} shelf for good, or for this tab
 * @param {string} key what was kept
 * @returns {string | null} its value, if there is one
 */
export function recall(shelf, key) {
  try {
    return window[shelf].getItem(key);
  } catch {
    return null;
  }
}

/**
 * @param {Shelf} shelf for good, or for this tab
 * @param {string} key what is kept
 * @param {string | null} value nothing to forget it
 */
export function keep(shelf, key, value) {
  try {
    if (value === null) {
      window[shelf].removeItem(key);
    } else {
      window[shelf].setItem(key, value);
    }
  } catch {
    // Refused, or full.
  }
}
