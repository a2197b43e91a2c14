import { randomUUID } from 'node:crypto';
import createClient, { type Client as FetchClient } from 'openapi-fetch';
import type { paths } from './api-types';

export type Client = FetchClient<paths>;

/** A client that others would make from the description: `openapi-fetch` with generated types. */
export const clientFor = (baseUrl: string, secret: string): Client =>
  createClient<paths>({ baseUrl, headers: { authorization: `Bearer ${secret}` } });

export const newRequest = () => ({ 'Idempotency-Key': `"${randomUUID()}"` });

export const etagOf = ({ headers }: Response) => headers.get('etag') ?? '';

/** A PATCH has a media type of its own, which the client does not take from the description. */
export const mergePatch = { 'Content-Type': 'application/merge-patch+json' };
