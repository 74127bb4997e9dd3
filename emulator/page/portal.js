// The page around the app: who is looking, in what language, and what stands in the middle.
'use strict';

(() => {
  const find = (id) => document.getElementById(id);
  const element = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  };

  // The page's path below the portal's own.
  const ownPath = () => location.pathname.slice(portalBase.length) || '/';

  function options(select, entries, current) {
    select.replaceChildren(...entries.map(([value, label]) => {
      const option = new Option(label, value);
      option.selected = String(value) === String(current);
      return option;
    }));
  }

  function chrome(view) {
    options(find('portal-switch'), view.portals.map((portal) => [portal.url, portal.name]),
      view.portals.find((portal) => portal.name === view.portal)?.url);
    options(find('user-switch'), view.users.map((user) => [user.id, user.name]), view.user.id);
    options(find('lang-switch'), view.languages, view.user.language);
    find('role-switch').checked = view.user.admin;
    find('avatar').textContent = initials(view.user.name);
    document.body.dataset.installed = String(view.installed);
    document.body.dataset.user = String(view.user.id);
    for (const item of document.querySelectorAll('#menu .item')) {
      const path = item.dataset.path;
      const here = path === '/' ? ['/', ''].includes(ownPath()) || ownPath().startsWith('/marketplace')
        : ownPath().startsWith(path);
      item.toggleAttribute('aria-current', here);
    }
  }

  function head(title) {
    const made = element('div', 'head');
    const h1 = element('h1', '', title);
    h1.id = 'page-title';
    made.append(h1);
    return made;
  }

  function card(id, title, text) {
    const made = element('div', 'card text');
    made.id = id;
    made.append(element('h2', '', title), element('p', '', text));
    return made;
  }

  const inMobileApp = document.body.dataset.view === 'mobile';

  const show = {
    app(view) {
      const { content } = view;
      const top = head(content.install ? 'Installation of the application' : 'The application');
      if (content.install) top.append(element('span', 'tag', 'Install wizard'));
      const holder = element('div', 'card');
      holder.id = 'app-holder';
      find('content').replaceChildren(top, holder);
      if (view.user.admin && !content.install && !inMobileApp) top.after(uninstallPanel(top));
      portalFrames.mount(holder, content, 'app-frame');
    },
    not_installed() {
      const text = 'Ask an administrator of this portal to install it.';
      find('content').replaceChildren(head('The application'), card('not-installed', 'The application is not installed', text));
    },
    payment() {
      const text = 'The paid or trial period of this application is over.';
      find('content').replaceChildren(head('The application'), card('payment', 'The period is over', text));
    },
    chat(view) {
      const holder = element('div', 'card');
      find('content').replaceChildren(head('Messenger'), holder);
      if (view.content.dialog) portalChat.open(view.content.dialog, holder);
      else holder.append(card('no-chat', 'Select a chat', 'Nobody has written yet.'));
    },
    contact_center(view) {
      const tiles = element('div', 'tiles');
      tiles.id = 'tiles';
      for (const tile of view.content.tiles) {
        const button = element('button', 'tile', tile.title || 'The application');
        button.type = 'button';
        button.addEventListener('click', () => portalSlider.openPlacement(tile.path));
        tiles.append(button);
      }
      const text = 'Applications that are bound to the contact center appear here.';
      find('content').replaceChildren(head('Contact center'), view.content.tiles.length ? tiles : card('no-tiles', 'Nothing here yet', text));
    },
    plain(view) {
      find('content').replaceChildren(head(view.content.title), card('plain', 'Nothing to see here', 'This part of the portal is not emulated.'));
    },
  };

  function uninstallPanel(top) {
    const tools = element('div', 'tools');
    const toggle = element('button', 'button light', 'Uninstall…');
    toggle.type = 'button';
    toggle.id = 'uninstall-open';
    tools.append(toggle);
    top.append(tools);
    const panel = element('div');
    panel.id = 'uninstall-panel';
    panel.hidden = true;
    const label = element('label');
    const clean = element('input');
    clean.type = 'checkbox';
    clean.id = 'uninstall-clean';
    label.append(clean, ' Delete the data of the application, too');
    const confirm = element('button', 'button danger', 'Uninstall');
    confirm.type = 'button';
    confirm.id = 'uninstall';
    confirm.addEventListener('click', () => uninstall(clean.checked));
    panel.append(label, confirm);
    toggle.addEventListener('click', () => { panel.hidden = !panel.hidden; });
    return panel;
  }

  async function uninstall(clean) {
    await ask('uninstall', { clean });
    document.body.dataset.installed = 'false';
    const done = card('uninstalled', 'The application has been removed', 'It can be installed again at any time.');
    const again = element('button', 'button', 'Install again');
    again.type = 'button';
    again.id = 'install';
    again.addEventListener('click', () => location.assign(`${portalBase}/`));
    done.append(again);
    find('content').replaceChildren(head('The application'), done);
  }

  async function start() {
    const view = await ask('open', { path: ownPath(), query: location.search.slice(1) });
    chrome(view);
    document.body.dataset.kind = view.content.kind;
    (show[view.content.kind] ?? show.plain)(view);
  }

  async function change(body) {
    await ask('switch', body);
    location.reload();
  }

  find('portal-switch').addEventListener('change', (event) => location.assign(event.target.value));
  find('user-switch').addEventListener('change', (event) => change({ user: Number(event.target.value) }));
  find('lang-switch').addEventListener('change', (event) => change({ language: event.target.value }));
  find('role-switch').addEventListener('change', (event) => change({ admin: event.target.checked }));
  start();
})();
