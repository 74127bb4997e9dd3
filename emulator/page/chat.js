// The mock messenger: a panel beside the page, or the page itself.
'use strict';

// What the portal's paths begin with: nothing, or where an on-premise portal stands.
const portalBase = document.body.dataset.base;

const portalChat = (() => {
  const find = (id) => document.getElementById(id);
  let dialog = null;

  function bubble(from, text, kind) {
    const message = document.createElement('div');
    message.className = `message ${kind}`.trim();
    if (from) {
      const name = document.createElement('b');
      name.textContent = from;
      message.append(name);
    }
    message.append(text);
    find('chat-messages').append(message);
    message.scrollIntoView({ block: 'nearest' });
  }

  // Opens a dialog; a channel's greeting is shown as soon as it is open.
  async function open(id, holder) {
    dialog = String(id ?? '');
    const chat = find('chat');
    const shown = await ask('chat', { dialog });
    find('chat-title').textContent = shown.title;
    find('chat-subtitle').textContent = shown.subtitle;
    chat.querySelector('.face').textContent = initials(shown.title);
    find('chat-messages').replaceChildren();
    for (const message of shown.messages) bubble(message.from, message.text, '');
    if (!shown.known) bubble('', 'No messages yet', 'note');
    chat.dataset.dialog = dialog;
    chat.dataset.known = String(shown.known);
    chat.classList.toggle('page', Boolean(holder));
    if (holder) holder.append(chat);
    chat.hidden = false;
  }

  async function say(event) {
    event.preventDefault();
    const text = find('chat-input').value.trim();
    if (!text) return;
    find('chat-input').value = '';
    bubble('', text, 'mine');
    const said = await ask('say', { dialog, text });
    if (said.unregistered) bubble('', 'The open channel has been disconnected', 'note');
  }

  document.addEventListener('DOMContentLoaded', () => {
    find('chat-close').addEventListener('click', () => { find('chat').hidden = true; });
    find('chat-form').addEventListener('submit', say);
  });

  return { open };
})();

// Asks the portal's server something.
async function ask(name, body) {
  const answer = await fetch(`${portalBase}/_portal/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return answer.json();
}

function initials(name) {
  return name.split(' ').map((word) => word[0] ?? '').slice(0, 2).join('').toUpperCase();
}
