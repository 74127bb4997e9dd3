// The app's iframes: filled by a posted form, as the platform does it, and spoken with by postMessage.
'use strict';

const portalFrames = (() => {
  const open = [];

  // Makes an empty, named iframe and posts the launch into it.
  function mount(holder, content, id) {
    const frame = document.createElement('iframe');
    frame.id = id;
    frame.className = 'app-frame';
    frame.name = content.name;
    frame.title = 'Application';
    frame.dataset.appSid = content.app_sid;
    frame.dataset.install = String(content.install);
    holder.append(frame);
    const record = { frame, content, queue: Promise.resolve(), actions: actionsOf(frame) };
    open.push(record);
    post(content);
    return record;
  }

  function post(content) {
    const form = document.createElement('form');
    form.method = 'post';
    form.action = content.url;
    form.target = content.name;
    form.hidden = true;
    for (const [name, value] of content.fields) {
      const field = document.createElement('input');
      field.type = 'hidden';
      field.name = name;
      field.value = value;
      form.append(field);
    }
    document.body.append(form);
    form.submit();
    form.remove();
  }

  function unmount(record) {
    open.splice(open.indexOf(record), 1);
    record.frame.remove();
  }

  function reply(record, text) {
    record.frame.contentWindow?.postMessage(text, record.content.origin);
  }

  // The frame must still be where the app is registered: anything else is not heard.
  function hear(event) {
    const record = open.find(({ frame }) => frame.contentWindow === event.source);
    if (!record || event.origin !== record.content.origin || typeof event.data !== 'string') return;
    record.queue = record.queue.then(() => pass(record, event.data)).catch(() => {});
  }

  async function pass(record, data) {
    const said = await ask('message', { app_sid: record.content.app_sid, data });
    if (said.reply) reply(record, said.reply);
    if (said.act) record.actions[said.act.kind]?.(said.act, record);
  }

  function actionsOf(frame) {
    return {
      // A width that is no number is 100 pixels; a height that is none changes nothing. What came of it is answered.
      resize({ width, height, callback }, record) {
        frame.style.width = width === '100%' ? width : `${Number.parseInt(width, 10) || 100}px`;
        const high = Number.parseInt(height, 10);
        if (high) frame.style.height = `${high}px`;
        const { width: wide, height: tall } = frame.getBoundingClientRect();
        if (callback) reply(record, `${callback}:${JSON.stringify({ width: wide, height: tall })}`);
      },
      title({ title }) {
        const head = document.getElementById('page-title');
        if (head) head.textContent = title;
      },
      scroll: ({ scroll }) => window.scrollTo({ top: Number(scroll) || 0 }),
      reload: () => window.location.reload(),
      messenger: ({ dialog }) => portalChat.open(dialog),
      open_path: ({ path, callback }, record) => portalSlider.openPath(path, () => closed(record, callback, { result: 'close' })),
      open_app: ({ params, callback }, record) => portalSlider.openApp(params, () => closed(record, callback)),
      close: () => portalSlider.close(),
    };
  }

  // An app that was opened says nothing when it is closed, but it is answered.
  function closed(record, callback, answer) {
    if (callback) reply(record, `${callback}:${answer ? JSON.stringify(answer) : ''}`);
  }

  window.addEventListener('message', hear);
  return { mount, unmount };
})();

// What opens above the page.
const portalSlider = (() => {
  const find = (id) => document.getElementById(id);
  let record = null;
  let whenClosed = null;

  function show(then) {
    close();
    whenClosed = then;
    find('slider').hidden = false;
    return find('slider-content');
  }

  function openPath(path, then) {
    const card = document.createElement('div');
    card.className = 'card text';
    const title = document.createElement('h2');
    title.textContent = path;
    card.append(title);
    show(then).replaceChildren(card);
    find('slider').dataset.path = path;
  }

  async function openApp(params, then) {
    const { content } = await ask('open', { path: '/', params: params ?? {} });
    if (content.kind !== 'app') return;
    const card = document.createElement('div');
    card.className = 'card';
    show(then).replaceChildren(card);
    record = portalFrames.mount(card, content, 'slider-frame');
  }

  function close() {
    if (record) portalFrames.unmount(record);
    record = null;
    find('slider').hidden = true;
    delete find('slider').dataset.path;
    find('slider-content').replaceChildren();
    const then = whenClosed;
    whenClosed = null;
    then?.();
  }

  // A placement's page, above the contact center.
  async function openPlacement(path) {
    const { content } = await ask('open', { path });
    if (content.kind !== 'app') return;
    const card = document.createElement('div');
    card.className = 'card';
    show(null).replaceChildren(card);
    record = portalFrames.mount(card, content, 'slider-frame');
  }

  document.addEventListener('DOMContentLoaded', () => find('slider-close').addEventListener('click', close));
  return { openPath, openApp, openPlacement, close };
})();
