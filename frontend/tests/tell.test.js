import assert from "node:assert/strict";
import { test } from "node:test";

import { announce, localTimes } from "../../static/tell.js";
import { open } from "./browser.js";

process.env.TZ = "Europe/Berlin";

const TIME = '<time datetime="2026-01-31T23:30:00Z" data-label="Connected on %">Connected on January 31, 2026</time>';

test("times are the reader's, in the page's language", () => {
  const page = open(TIME);
  localTimes();
  assert.match(page.find("time").textContent, /^Connected on February 1, 2026.* 12:30\sAM$/u);
  page.document.body.innerHTML = TIME.replace("Connected on %", "Verbunden am %");
  page.document.documentElement.lang = "de";
  localTimes();
  assert.match(page.find("time").textContent, /^Verbunden am 1\. Februar 2026.* 00:30$/u);
});

test("a time that cannot be read, or without a sentence, stays as the server wrote it", () => {
  for (const [html, text] of /** @type {[string, string][]} */ ([
    ['<time datetime="someday" data-label="Connected on %">then</time>', "then"],
    ['<time datetime="2026-01-31T23:30:00Z">then</time>', "then"],
  ])) {
    const page = open(html);
    localTimes();
    assert.equal(page.find("time").textContent, text);
  }
});

test("a browser that has no names of months leaves the date as the server wrote it", (t) => {
  const parts = [{ type: "year", value: "2025" }, { type: "literal", value: " " }, { type: "month", value: "M11" }];
  t.mock.method(Intl.DateTimeFormat.prototype, "formatToParts", () => parts);
  const page = open(TIME);
  localTimes();
  assert.equal(page.find("time").textContent, "Connected on January 31, 2026");
});

test("what is said stands where screen readers listen", () => {
  const page = open('<p id="announcement" role="status"></p>');
  announce("<b>Connected</b>");
  assert.equal(page.find("#announcement").textContent, "<b>Connected</b>");
  open("");
  announce("nobody listens");
});
