import { randomUUID } from 'node:crypto';
import { expect } from '@playwright/test';
import { type Client, etagOf, mergePatch, newRequest } from './api-client';

/** Adds a user, changes them, disables and enables them, and deletes them with their key. */
export async function liveLikeAUser(client: Client): Promise<void> {
  const username = `user-${randomUUID().slice(0, 8)}`;
  const body = { username, displayName: 'Some One', email: 'some@one.example' };
  const made = await client.POST('/api/v1/users', { params: { header: newRequest() }, body });
  expect([made.response.status, made.data?.username]).toEqual([201, username]);
  const id = made.data?.id ?? '';
  const twice = await client.POST('/api/v1/users', { params: {}, body });
  expect(twice.error?.errors).toMatchObject([{ pointer: '/username' }]);
  const path = { id };
  const read = await client.GET('/api/v1/users/{id}', { params: { path } });
  expect(read.data).toEqual(made.data);
  const changed = await client.PATCH('/api/v1/users/{id}', {
    params: { path, header: { 'If-Match': etagOf(read.response) } },
    headers: mergePatch,
    body: { displayName: null, email: 'one@one.example' },
  });
  expect(changed.data).toMatchObject({ displayName: '', email: 'one@one.example' });
  const query = { username, sort: 'username' as const, limit: 1 };
  const list = await client.GET('/api/v1/users', { params: { query } });
  expect(list.data).toMatchObject({ items: [{ id }], nextCursor: null });
  await leave(client, id, username);
}

async function leave(client: Client, id: string, user: string): Promise<void> {
  const params = { path: { id } };
  await client.POST('/api/v1/keys', { params: { header: newRequest() }, body: { user } });
  const off = await client.POST('/api/v1/users/{id}/disable', {
    params,
    body: { keys: 'switch-off' },
  });
  expect(off.data).toMatchObject({ active: false, keys: 1 });
  const on = await client.POST('/api/v1/users/{id}/enable', { params });
  expect(on.data?.active).toBe(true);
  const kept = await client.DELETE('/api/v1/users/{id}', { params });
  expect([kept.response.status, kept.error?.keys]).toEqual([409, 1]);
  const gone = await client.DELETE('/api/v1/users/{id}', {
    params: { ...params, query: { keys: 1 } },
  });
  expect(gone.response.status).toBe(204);
  expect((await client.GET('/api/v1/users/{id}', { params })).response.status).toBe(404);
}
