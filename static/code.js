// @ts-check
/**
 * From what people paste to an open channel's code, exactly as the server reads it: one table of pastes,
 * tests/pastes.json, holds both. The server's answer is what counts; this one is there while people type.
 */

/**
 * Why a text yields no code.
 * @typedef {"empty" | "wrong_length" | "not_hex" | "several"} Fault
 */

/**
 * The one code in a text, or why there is none; `digits` says how many a code of the wrong length has.
 * @typedef {{ code: string } | { fault: Fault, digits?: number }} Finding
 */

/** A code is 32 hex digits. */
export const CODE_LENGTH = 32;

/** Longer pastes hold no single code, in bytes. */
const LONGEST_PASTE = 4096;

/** What a link or a chat name puts in front of the code. */
const LINK_WORD = "networklines";

/** Links get escaped again by mail programs and messengers; three layers have been seen. */
const ESCAPE_LAYERS = 3;

const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]/gu;
const SEPARATORS = /[^\p{Alphabetic}\p{Number}]+/u;
const HEX = /^[0-9a-f]+$/u;

/** White space as Unicode has it, which is one character more than the language has. */
const AROUND = /^[\s\u0085]+|[\s\u0085]+$/gu;

const BYTES = new TextEncoder();
const TEXT = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Finds the one code in a bare code, `networkLines<CODE>`, or a link that carries it, however escaped, quoted,
 * spaced or capitalised.
 * @param {string} pasted what stands in the field
 * @returns {Finding} the code in lower case, or what is wrong
 */
export function find(pasted) {
  const sent = BYTES.encode(pasted);
  if (sent.length > LONGEST_PASTE) {
    return { fault: "wrong_length" };
  }
  // As it arrives there: without halves of characters, which would be whole ones once nothing stands between them.
  const text = plain(TEXT.decode(sent));
  if (trim(text) === "") {
    return { fault: "empty" };
  }
  const runs = linkedRuns(text);
  const linked = only(runs);
  if (linked) {
    return linked;
  }
  const mangled = runs.find((run) => run !== "");
  // A mangled link: whatever else in it looks like a code is something else.
  return mangled === undefined ? only(text.split(SEPARATORS)) ?? nearMiss(text) : nearMiss(mangled);
}

/**
 * Lower-case, without invisible characters and escapes.
 * @param {string} pasted any text
 * @returns {string} what is read of it
 */
function plain(pasted) {
  let text = lower(pasted.replace(INVISIBLE, ""));
  for (let layer = 0; layer < ESCAPE_LAYERS; layer += 1) {
    const unescaped = lower(unescape(text));
    if (unescaped === text) {
      break;
    }
    text = unescaped;
  }
  return text.replace(INVISIBLE, "");
}

/**
 * Foreign letters stay as they are: some have a Latin one as their small letter.
 * @param {string} text any text
 * @returns {string} with small Latin letters
 */
function lower(text) {
  return text.replace(/[A-Z]+/gu, (letters) => letters.toLowerCase());
}

/**
 * @param {string} text in lower case
 * @returns {string} with one layer of escapes less
 */
function unescape(text) {
  const unescaped = text.replace(/(?:%[0-9a-f]{2})+/gu, (run) => {
    const bytes = run.slice(1).split("%").map((digits) => Number.parseInt(digits, 16));
    return TEXT.decode(Uint8Array.from(bytes));
  });
  return unescaped.replaceAll("&amp;", "&");
}

/**
 * What directly follows each link word, up to the next separator.
 * @param {string} text plain text
 * @returns {string[]} one run for each word, empty where nothing follows
 */
function linkedRuns(text) {
  /** @type {string[]} */
  const runs = [];
  for (let at = text.indexOf(LINK_WORD); at >= 0; at = text.indexOf(LINK_WORD, at + LINK_WORD.length)) {
    runs.push(text.slice(at + LINK_WORD.length).split(SEPARATORS, 1)[0] ?? "");
  }
  return runs;
}

/**
 * @param {string[]} runs what stands between separators
 * @returns {Finding | undefined} the one code among them; nothing when there is none
 */
function only(runs) {
  const codes = new Set(runs.filter((run) => run.length === CODE_LENGTH && HEX.test(run)));
  if (codes.size > 1) {
    return { fault: "several" };
  }
  const [code] = codes;
  return code === undefined ? undefined : { code };
}

/**
 * Tells a shortened or overlong code from something else.
 * @param {string} text plain text without a code
 * @returns {Finding} what is wrong with it
 */
function nearMiss(text) {
  const trimmed = trim(text);
  const at = trimmed.lastIndexOf(LINK_WORD);
  const candidate = at < 0 ? trimmed : trimmed.slice(at + LINK_WORD.length);
  return HEX.test(candidate) ? { fault: "wrong_length", digits: candidate.length } : { fault: "not_hex" };
}

/**
 * @param {string} text any text
 * @returns {string} without white space around it
 */
function trim(text) {
  return text.replace(AROUND, "");
}
