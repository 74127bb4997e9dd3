// Bitrix24's own SDK against the emulator, from Node: it joins a channel, and refreshes tokens by itself. What the
// emulator believes of the platform must be what the SDK believes.
//
// tests/it/second_opinion.rs starts an emulator and this, with CONTROL_URL and OAUTH_URL in the environment.

import assert from "node:assert/strict";
import dns from "node:dns";
import { beforeEach, test } from "node:test";

import { B24OAuth } from "@bitrix24/b24jssdk";

const CODE = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
const JOIN = "imopenlines.network.join";
const { CONTROL_URL, OAUTH_URL } = process.env;
assert.ok(CONTROL_URL && OAUTH_URL, "run by cargo test");

// Portals are names below `localhost`, which browsers resolve by themselves and Node does not.
const { lookup } = dns;
const onLoopback = (/** @type {string} */ host) => (host.endsWith(".localhost") ? "127.0.0.1" : host);
dns.lookup = Object.assign(
  (/** @type {[string, ...any]} */ ...[host, ...rest]) => Reflect.apply(lookup, dns, [onLoopback(host), ...rest]),
  lookup,
);

/**
 * Calls the emulator's control API.
 * @param {string} name
 * @param {object} [body] nothing to look only
 * @returns {Promise<any>}
 */
async function control(name, body) {
  const posted = body && { method: "POST", body: JSON.stringify(body) };
  const answer = await fetch(`${CONTROL_URL}/_emulator/${name}`, posted);
  assert.equal(answer.status, 200, name);
  return answer.json();
}

/** @returns {Promise<[string, number][]>} method and status of each call since the last reset */
async function calls() {
  const seen = await control("calls");
  return seen.map((/** @type {any} */ call) => [call.method, call.status]);
}

/**
 * The SDK with what a launch has brought. The authorization server is the SDK's own option: `server_endpoint`.
 * @param {object} [wish]
 * @param {string} [wish.secret] the app's, unless a wrong one is wanted
 * @param {number} [wish.expires] unix seconds, an hour from now unless another end is wanted
 * @returns {Promise<{ oauth: B24OAuth, launched: any }>} the SDK, and the launch's form
 */
async function client({ secret, expires } = {}) {
  const { client: card } = await control("state");
  const { body } = await control("launch", { portal: "acme", user: 2 });
  const portal = (await control("state")).portals[0];
  const oauth = new B24OAuth(
    {
      applicationToken: body.APPLICATION_TOKEN,
      userId: 2,
      memberId: body.member_id,
      accessToken: body.AUTH_ID,
      refreshToken: body.REFRESH_ID,
      expires: expires ?? Math.floor(Date.now() / 1000) + Number(body.AUTH_EXPIRES),
      expiresIn: Number(body.AUTH_EXPIRES),
      scope: body.APPLICATION_SCOPE,
      domain: portal.host,
      clientEndpoint: portal.client_endpoint,
      serverEndpoint: body.SERVER_ENDPOINT,
      status: body.status,
    },
    { clientId: card.client_id, clientSecret: secret ?? card.client_secret },
  );
  assert.equal(body.SERVER_ENDPOINT, `${OAUTH_URL}/rest/`);
  return { oauth, launched: body };
}

/**
 * @param {B24OAuth} oauth
 * @returns {Promise<unknown>} the bot's id
 */
async function join(oauth) {
  const answer = await oauth.actions.v2.call.make({ method: JOIN, params: { CODE } });
  return answer.getData()?.result;
}

beforeEach(() => control("reset", {}));

test("the SDK joins with the tokens of a launch", async () => {
  const { oauth } = await client();
  const botId = await join(oauth);
  assert.equal(await join(oauth), botId, "a joined channel gives its bot again");
  const [joined] = (await control("state")).portals[0].joined;
  assert.deepEqual([joined.code, joined.bot_id, joined.user], [CODE, botId, 2]);
  assert.deepEqual(await calls(), [[JOIN, 200], [JOIN, 200]]);
});

test("an expired token is refreshed at the emulator's token endpoint, and the join repeated", async () => {
  const { oauth, launched } = await client();
  /** @type {any[]} */
  const renewed = [];
  oauth.setCallbackRefreshAuth(async ({ b24OAuthParams }) => {
    renewed.push({ ...b24OAuthParams });
  });
  await control("expire", { portal: "acme" });
  assert.equal(typeof (await join(oauth)), "number");
  assert.deepEqual(await calls(), [[JOIN, 401], ["token", 200], [JOIN, 200]]);
  assert.equal(renewed.length, 1);
  const [pair] = renewed;
  assert.notEqual(pair.accessToken, launched.AUTH_ID);
  const portal = (await control("state")).portals[0];
  assert.deepEqual(
    [pair.clientEndpoint, pair.serverEndpoint, pair.memberId, pair.scope, pair.status, pair.expiresIn],
    [portal.client_endpoint, `${OAUTH_URL}/rest/`, portal.member_id, portal.scope.join(","), "F", 3600],
  );
  const { tokens } = await control("state");
  const fate = (/** @type {string} */ token) => tokens.find((/** @type {any} */ known) => known.token === token)?.status;
  assert.deepEqual([fate(launched.REFRESH_ID), fate(pair.refreshToken)], ["spent", "live"], "it works once");
});

test("a token whose hour is known to be over is refreshed before the call", async () => {
  const { oauth } = await client({ expires: Math.floor(Date.now() / 1000) - 1 });
  assert.equal(typeof (await join(oauth)), "number");
  assert.deepEqual(await calls(), [["token", 200], [JOIN, 200]]);
});

test("a revoked grant and a wrong secret are told by their codes", async () => {
  const revoked = await client();
  await control("revoke", { portal: "acme" });
  await assert.rejects(revoked.oauth.auth.refreshAuth(), { code: "invalid_grant", status: 400 });
  const wrong = await client({ secret: "not-the-secret" });
  await assert.rejects(wrong.oauth.auth.refreshAuth(), { code: "invalid_client", status: 400 });
});

test("a refusal is told by its code", async () => {
  const { oauth } = await client();
  await control("channels", { code: CODE, error: "INACTIVE" });
  await assert.rejects(join(oauth), { code: "INACTIVE", status: 400 });
  assert.deepEqual(await calls(), [[JOIN, 400]]);
});
