// Given: a language's code, widths, and a style that breaks the pages on purpose, if any; last whom to tell.
const [code, widths, change, done] = arguments.length === 4 ? arguments : [arguments[0], arguments[1], "", arguments[2]];
const frame = document.querySelector("iframe");
const page = frame.contentDocument;

/** Rounding, and the hairlines of a scaled screen. */
const SLACK = 1.5;

/** Puts a page into the frame. Its scripts do not run; what they show and say later is shown and said at once. */
function put(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const { lang, dir } = parsed.documentElement;
  Object.assign(page.documentElement, { lang, dir });
  page.body.replaceChildren(...parsed.body.childNodes);
  for (const hidden of page.querySelectorAll("[hidden]")) {
    hidden.hidden = false;
  }
  for (const template of page.querySelectorAll("template")) {
    template.replaceWith(template.content.cloneNode(true));
  }
  for (const line of page.querySelectorAll("[data-busy]")) {
    line.textContent = longest([line.dataset.busy, line.dataset.still, line.dataset.long]);
  }
  const state = page.getElementById("code-state");
  if (state) {
    const { recognized, typed, notHex, wrongLength, several } = state.dataset;
    const code = page.createElement("code");
    code.textContent = "5f2c8a1e90b74d36a1e80c5742d9f6b3";
    state.dataset.state = "ok";
    state.replaceChildren(`${recognized} `, code);
    const wrong = state.cloneNode();
    wrong.removeAttribute("id");
    wrong.textContent = longest([typed, notHex, wrongLength, several]);
    state.after(wrong);
  }
}

function longest(sentences) {
  return sentences.reduce((one, other) => ((other ?? "").length > one.length ? other : one), "");
}

/** What is only there for screen readers has no place of its own. */
function isSeen(element) {
  return !element.closest(".unseen, title, defs, svg *") && element.getClientRects().length > 0;
}

function tell(element) {
  const text = element.textContent.trim().replace(/\s+/g, " ").slice(0, 60);
  const name = [element.localName, element.id && `#${element.id}`, ...element.classList].filter(Boolean).join(".");
  return `${name} “${text}”`;
}

function faults(width) {
  const found = [];
  const root = page.documentElement;
  if (root.scrollWidth > width) {
    found.push(`the page is ${root.scrollWidth} wide`);
  }
  for (const element of page.body.querySelectorAll("*")) {
    if (!isSeen(element)) {
      continue;
    }
    const { left, right, top, bottom } = element.getBoundingClientRect();
    if (left < -SLACK || right > width + SLACK) {
      found.push(`${tell(element)} leaves the page: ${left} to ${right}`);
    }
    // A field scrolls, and what is cut off with three dots is cut off on purpose.
    const scrolls = element.localName === "input" || getComputedStyle(element).textOverflow === "ellipsis";
    if (!scrolls && element.clientWidth > 0 && element.scrollWidth > element.clientWidth + SLACK) {
      found.push(`${tell(element)} is ${element.clientWidth} wide, what is in it ${element.scrollWidth}`);
    }
    if (element.matches("button, .button, .portal, .count, .avatar, .badge")) {
      const inside = page.createRange();
      inside.selectNodeContents(element);
      const text = inside.getBoundingClientRect();
      if (text.left < left - SLACK || text.right > right + SLACK || text.top < top - SLACK || text.bottom > bottom + SLACK) {
        found.push(`${tell(element)} is smaller than its text`);
      }
    }
  }
  return found;
}

async function measure() {
  if (!page.querySelector("link")) {
    const first = new DOMParser().parseFromString(await (await fetch("/page/en/connect")).text(), "text/html");
    const style = page.createElement("link");
    style.rel = "stylesheet";
    style.href = first.querySelector("link[rel=stylesheet]").getAttribute("href");
    await new Promise((loaded) => {
      style.onload = loaded;
      page.head.append(style, page.createElement("style"));
    });
  }
  page.querySelector("head style").textContent = change ?? "";
  const broken = [];
  let measured = 0;
  for (const { name, html } of await (await fetch(`/states/${code}`)).json()) {
    put(html);
    for (const width of widths) {
      frame.style.width = `${width}px`;
      measured += 1;
      for (const fault of faults(width).slice(0, 3)) {
        broken.push(`${name} at ${width}: ${fault}`);
      }
    }
  }
  return { measured, broken: broken.slice(0, 20), total: broken.length };
}

measure().then(done, (error) => done({ measured: 0, broken: [String(error)] }));
