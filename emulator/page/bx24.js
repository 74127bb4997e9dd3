// A small frame library with the names of the platform's own: the child's side of the frame protocol.
// Written for the emulator; it throws outside of a portal's frame, as the official one does.
(function () {
  'use strict';

  const [host, protocol, appSid] = String(window.name || '').split('|');
  if (window.parent === window || !host || !appSid) {
    throw new Error('Unable to initialize the Bitrix24 JavaScript library: this is no frame of a portal');
  }
  const domain = host.replace(/:(80|443)$/, '');
  const origin = `${protocol === '1' ? 'https' : 'http'}://${domain}`;

  const callbacks = new Map();
  const installers = [];
  let serial = 0;
  let data = null;
  let starting = null;

  // Empty segments stay: `method:JSON:callback:APP_SID`.
  function send(method, params, callback) {
    let key = '';
    if (typeof callback === 'function') {
      serial += 1;
      key = `bx24_${serial}_${Math.random().toString(36).slice(2)}`;
      callbacks.set(key, callback);
    }
    const json = params === undefined || params === null ? '' : JSON.stringify(params);
    window.parent.postMessage(`${method}:${json}:${key}:${appSid}`, origin);
  }

  window.addEventListener('message', (event) => {
    if (event.origin !== origin || event.source !== window.parent || typeof event.data !== 'string') return;
    const at = event.data.indexOf(':');
    const key = at < 0 ? event.data : event.data.slice(0, at);
    const callback = callbacks.get(key);
    if (!callback) return;
    callbacks.delete(key);
    const text = at < 0 ? '' : event.data.slice(at + 1);
    callback(text ? JSON.parse(text) : undefined);
  });

  function ready(callback) {
    if (document.readyState === 'loading') {
      document.addEventListener('DOMContentLoaded', () => callback(), { once: true });
    } else {
      window.setTimeout(callback, 0);
    }
  }

  // All callers share one handshake.
  function handshake() {
    starting ??= new Promise((resolve) => {
      ready(() => send('getInitData', {}, (answer) => {
        data = answer;
        data.expires = Date.now() + Number(data.AUTH_EXPIRES) * 1000;
        if (data.FIRST_RUN) {
          send('setInstall', { install: true }, () => installers.forEach((callback) => callback()));
        }
        resolve();
      }));
    });
    return starting;
  }

  function need() {
    if (!data) throw new Error('Call BX24.init first');
    return data;
  }

  function getAuth() {
    if (!data || data.expires <= Date.now()) return false;
    return {
      access_token: data.AUTH_ID, refresh_token: data.REFRESH_ID, expires_in: Number(data.AUTH_EXPIRES),
      domain, member_id: data.MEMBER_ID,
    };
  }

  function refreshAuth(callback) {
    send('refreshAuth', {}, (answer) => {
      Object.assign(data ??= {}, answer, { expires: Date.now() + Number(answer.AUTH_EXPIRES) * 1000 });
      callback?.(getAuth());
    });
  }

  function scrollSize() {
    // As the official library measures: never less than the viewport, so a frame grows and does not shrink.
    const root = document.documentElement;
    return {
      scrollWidth: Math.max(root.scrollWidth, root.offsetWidth),
      scrollHeight: Math.max(root.scrollHeight, root.offsetHeight),
    };
  }

  async function call(method, params, callback) {
    const answer = await fetch(`${origin}${need().PATH}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...params, auth: need().AUTH_ID }),
    });
    const body = await answer.json();
    callback?.({
      status: answer.status,
      answer: body,
      data: () => body.result,
      error: () => (body.error === undefined ? undefined : body),
      time: () => body.time,
      more: () => body.next !== undefined,
      total: () => body.total,
    });
  }

  const option = (command, list) => ({
    get: (name) => need()[list]?.[name],
    set(name, value, callback) {
      send(command, { name, value }, (answer) => {
        need()[list] = { ...need()[list], [name]: value };
        callback?.(answer);
      });
    },
  });

  window.BX24 = {
    init: (callback) => { handshake().then(() => callback?.()); },
    ready,
    isReady: () => document.readyState !== 'loading',
    install: (callback) => { installers.push(callback); },
    installFinish: () => { handshake().then(() => { if (data.INSTALL) send('setInstallFinish', {}); }); },
    getAuth,
    refreshAuth,
    isAdmin: () => Boolean(need().IS_ADMIN),
    getLang: () => need().LANG,
    getDomain: () => need().DOMAIN,
    fitWindow: (callback) => send('resizeWindow', { width: '100%', height: scrollSize().scrollHeight }, callback),
    resizeWindow: (width, height, callback) => send('resizeWindow', { width, height }, callback),
    reloadWindow: (callback) => send('reloadWindow', {}, callback),
    getScrollSize: scrollSize,
    scrollParentWindow: (scroll, callback) => send('setScroll', { scroll }, callback),
    setTitle: (title, callback) => send('setTitle', { title: String(title) }, callback),
    openApplication: (params, callback) => send('openApplication', params ?? {}, callback),
    closeApplication: (callback) => send('closeApplication', {}, callback),
    openPath: (path, callback) => send('openPath', { path }, callback),
    callMethod: (method, params, callback) => { call(method, params, callback); },
    im: {
      openMessenger: (dialogId) => send('imOpenMessenger', { dialogId }),
    },
    placement: {
      info: () => ({ placement: need().PLACEMENT, options: need().PLACEMENT_OPTIONS }),
    },
    appOption: option('setAppOption', 'APP_OPTIONS'),
    userOption: option('setUserOption', 'USER_OPTIONS'),
  };
})();
