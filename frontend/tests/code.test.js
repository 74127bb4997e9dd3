import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { find } from "../../static/code.js";

/**
 * @param {string} name of a file in `tests/`, which the server's own tests read, too
 * @returns {{ pasted: string, code?: string, fault?: string }[]} its rows
 */
function rows(name) {
  return JSON.parse(readFileSync(new URL(`../../tests/${name}`, import.meta.url), "utf8"));
}

for (const [name, least] of /** @type {[string, number][]} */ ([["pastes.json", 60], ["pastes-drawn.json", 500]])) {
  test(`every paste of ${name} is read as the server reads it`, () => {
    const told = rows(name);
    assert.ok(told.length >= least);
    for (const row of told) {
      const found = find(row.pasted);
      const read = "code" in found ? { code: found.code } : { fault: found.fault };
      assert.deepEqual({ pasted: row.pasted, ...read }, row);
    }
  });
}

test("what is shorter or longer than a code tells how long it is", () => {
  for (const [pasted, digits] of /** @type {[string, number][]} */ ([
    ["ab5", 3],
    [" AB5 ", 3],
    ["https://acme.example/?IM_DIALOG=networkLinesab51", 4],
    ["0".repeat(40), 40],
  ])) {
    assert.deepEqual(find(pasted), { fault: "wrong_length", digits });
  }
});

test("half of a character outside of the first plane is no letter", () => {
  const code = "ab515f5d85a8b844d484f6ea75a2e494";
  assert.deepEqual(find(`\uD83D${code}`), { code });
});

test("halves of characters are read as the server gets them, though invisible ones between them go", () => {
  assert.deepEqual(find("ab515f5d85a8b844d484f6ea75a2e494\ud835\u200b\udc00"), { code: "ab515f5d85a8b844d484f6ea75a2e494" });
});
