import { randomUUID } from 'node:crypto';
import { expect } from '@playwright/test';
import { type Client, etagOf, mergePatch, newRequest } from './api-client';

type Caller = { client: Client; secret: string };

/** Makes a key, does everything to it that the API can, and ends it twice. Each step is one request of the client. */
export async function liveLikeAKey(caller: Caller, owner: string, heir: string): Promise<void> {
  const { client } = caller;
  const header = newRequest();
  const body = { user: owner, name: 'nightly build', scopes: ['reports:read'] };
  const made = await client.POST('/api/v1/keys', { params: { header }, body });
  const again = await client.POST('/api/v1/keys', { params: { header }, body });
  expect(made.response.status).toBe(201);
  expect(again.data).toEqual(made.data);
  const { id = '' } = made.data ?? {};
  const secret = secretIn(made.data);
  const etag = await change(client, id, etagOf(made.response));
  const regenerated = await regenerate(client, id, etag);
  const renewed = secretIn(regenerated);
  expect(renewed).not.toBe(secret);
  await verify(client, id, [secret, renewed]);
  await askByOtherWays(caller, id, renewed);
  await revoke(client, owner);
  await moveAround(client, id, heir);
  await leak(client, id, renewed);
}

/** It is null only if a link hands it over. */
function secretIn(key: { secret: string | null } | undefined): string {
  expect(key?.secret).toBeTruthy();
  return key?.secret ?? '';
}

async function change(client: Client, id: string, made: string): Promise<string> {
  const path = { id };
  const read = await client.GET('/api/v1/keys/{id}', { params: { path } });
  expect(etagOf(read.response)).toBe(made);
  const known = { path, header: { 'If-None-Match': made } };
  expect((await client.GET('/api/v1/keys/{id}', { params: known })).response.status).toBe(304);
  const patch = (etag: string) =>
    client.PATCH('/api/v1/keys/{id}', {
      params: { path, header: { 'If-Match': etag } },
      headers: mergePatch,
      body: { name: 'weekly build', rateLimit: { calls: 100, seconds: 60 } },
    });
  const changed = await patch(made);
  expect(changed.data).toMatchObject({ id, name: 'weekly build', scopes: ['reports:read'] });
  const stale = await patch(made);
  expect([stale.response.status, stale.error?.type]).toEqual([
    412,
    expect.stringMatching(/stale$/),
  ]);
  return etagOf(changed.response);
}

async function regenerate(client: Client, id: string, etag: string) {
  const { data, response } = await client.POST('/api/v1/keys/{id}/regenerate', {
    params: { path: { id }, header: { ...newRequest(), 'If-Match': etag } },
    body: { overlap: '1h' },
  });
  expect(response.status).toBe(200);
  return data ?? { secret: '' };
}

async function verify(client: Client, keyId: string, secrets: string[]) {
  for (const key of secrets) {
    const { data } = await client.POST('/api/v1/verify', { body: { key, ip: '192.0.2.1' } });
    expect(data).toMatchObject({ valid: true, code: 'VALID', keyId });
  }
  const unknown = await client.POST('/api/v1/verify', { body: { key: `kd_${'0'.repeat(49)}` } });
  expect(unknown.data?.valid).toBe(false);
  const used = await client.GET('/api/v1/keys/{id}/usage', { params: { path: { id: keyId } } });
  expect(used.data?.steps).toHaveLength(24);
}

const form = { 'Content-Type': 'application/x-www-form-urlencoded' };

async function askByOtherWays({ client, secret: service }: Caller, jti: string, token: string) {
  const known = await client.POST('/api/v1/introspect', { headers: form, body: { token } });
  expect(known.data).toMatchObject({ active: true, jti, scope: 'reports:read' });
  const asked = { headers: form, body: { token: 'another' } };
  expect((await client.POST('/api/v1/introspect', asked)).data).toEqual({ active: false });
  // The gate is for gateways, which have no `Authorization` of their own.
  const gate = (key: string, scope: string) =>
    client.GET('/api/v1/gate', {
      headers: { authorization: null, 'X-Keydesk-Service': service, 'X-API-Key': key },
      params: { query: { scope: [scope] } },
      parseAs: 'text',
    });
  const statuses = [];
  for (const [key, scope] of [
    [token, 'reports:read'],
    [token, 'reports:write'],
    ['another', ''],
  ] as const) {
    statuses.push((await gate(key, scope)).response.status);
  }
  expect(statuses).toEqual([200, 403, 401]);
}

async function revoke(client: Client, user: string) {
  const params = { header: newRequest() };
  const { data } = await client.POST('/api/v1/keys', { params, body: { user } });
  const { id = '' } = data ?? {};
  const token = secretIn(data);
  const revoked = await client.POST('/api/v1/revoke', { headers: form, body: { token } });
  expect(revoked.response.status).toBe(200);
  const read = await client.GET('/api/v1/keys/{id}', { params: { path: { id } } });
  expect(read.data?.status).toBe('inactive');
}

async function moveAround(client: Client, id: string, heir: string) {
  const params = { path: { id } };
  const off = await client.POST('/api/v1/keys/{id}/deactivate', { params });
  const on = await client.POST('/api/v1/keys/{id}/activate', { params });
  expect([off.data?.status, on.data?.status]).toEqual(['inactive', 'active']);
  const moved = await client.POST('/api/v1/keys/{id}/transfer', { params, body: { user: heir } });
  expect(moved.data?.user.username).toBe(heir);
  const ended = await client.DELETE('/api/v1/keys/{id}', { params });
  expect(ended.response.status).toBe(204);
  expect((await client.GET('/api/v1/keys/{id}', { params })).response.status).toBe(410);
  expect((await client.DELETE('/api/v1/keys/{id}', { params })).response.status).toBe(404);
  const restored = await client.POST('/api/v1/keys/{id}/restore', { params });
  expect(restored.data).toMatchObject({ id, status: 'inactive' });
  await client.POST('/api/v1/keys/{id}/activate', { params });
  const never = { path: { id: randomUUID() } };
  expect((await client.GET('/api/v1/keys/{id}', { params: never })).response.status).toBe(404);
}

/** Whatever happened to it is in the audit, and the secret is not. */
async function leak(client: Client, id: string, secret: string) {
  const reported = await client.POST('/api/v1/leaks', {
    body: { secrets: [secret, 'a secret of nobody at all'], source: 'a log' },
  });
  expect(reported.data).toEqual({ known: 1, unknown: 1 });
  const read = await client.GET('/api/v1/keys/{id}', { params: { path: { id } } });
  expect(read.data?.active).toBe(false);
  const { data, error } = await client.GET('/api/v1/audit', {
    params: { query: { limit: 1000 } },
    parseAs: 'text',
  });
  expect(error).toBeUndefined();
  const events = String(data).split('\n').filter(Boolean);
  const own = events.map((line) => JSON.parse(line)).filter(({ target }) => target.id === id);
  const actions = ['create', 'regenerate', 'transfer', 'restore', 'report-leak'];
  expect(own.map(({ action }) => action)).toEqual(
    expect.arrayContaining(actions.map((name) => `key.${name}`)),
  );
  expect(String(data)).not.toContain(secret);
}

/** Makes some keys and reads them page by page, once by cursor and once by the header `Link`. */
export async function readByPages(client: Client, user: string, count: number): Promise<void> {
  const made: string[] = [];
  for (let at = 0; at < count; at++) {
    const params = { header: newRequest() };
    const { data } = await client.POST('/api/v1/keys', { params, body: { user } });
    made.unshift(data?.id ?? '');
  }
  const byCursor: string[] = [];
  const links: (string | null)[] = [];
  let cursor = '';
  for (;;) {
    const query = { username: user, limit: 2, cursor, count: 'true' as const };
    const { data, response } = await client.GET('/api/v1/keys', { params: { query } });
    expect(data?.total).toBe(count);
    byCursor.push(...(data?.items ?? []).map(({ id }) => id));
    links.push(response.headers.get('link'));
    if (!data?.nextCursor) break;
    cursor = data.nextCursor;
  }
  expect(byCursor).toEqual(made);
  expect(links.at(-1)).toBeNull();
  for (const link of links.slice(0, -1)) expect(link).toMatch(/^<http.*cursor=.*>; rel="next"$/);
}
