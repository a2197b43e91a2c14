import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Queryable } from '@/db/client';
import { rights } from '@/lib/access/rights';
import { changeKey } from '@/lib/keys/change-key';
import { createKey } from '@/lib/keys/create-key';
import { readDetails } from '@/lib/keys/find-key';
import { keyTag } from '@/lib/keys/key-tag';
import { regenerateKey } from '@/lib/keys/regenerate-key';
import { jsonAnswer } from './answers';
import { ProblemError } from './api-problem';
import { defineEndpoint } from './endpoint';
import { usernameOf } from './find-username';
import { once } from './idempotency';
import { issuedAnswer } from './issued-answer';
import {
  changeableKey,
  createKeyBody,
  emptied,
  patchKeyBody,
  regenerateBody,
  wishOfBody,
} from './key-body';
import { issuedKeyDocument, keyDocument, keyDocumentOf } from './key-document';
import { keyRefusal, missingKey } from './key-refusals';
import { mergePatch } from './merge-patch';
import { quoted, readIfMatch } from './preconditions';
import { readChecked } from './read-checked';

const scope = rights.writeKeys.scope;
const requestKey = {
  'Idempotency-Key!':
    'A new random text for each new request, and the same one when you repeat it.',
};
export const ifMatch = 'The `ETag` of the key as you read it.';

/** The key as it is now, in the transaction that changed it. */
export async function readChanged(id: string, tx?: Queryable) {
  const [key] = await readDetails([id], tx);
  if (!key) throw await missingKey(id, tx);
  return { key, etag: { ETag: quoted(keyTag(key)) } };
}

export const createKeyEndpoint = defineEndpoint({
  method: 'POST',
  path: '/keys',
  operation: 'createKey',
  summary: 'Create a key',
  scope,
  body: createKeyBody,
  headers: requestKey,
  success: {
    status: 201,
    description: 'The key with its secret, this once.',
    schema: issuedKeyDocument,
    headers: { Location: 'The key.', ETag: 'For `If-Match`.' },
  },
  problems: [
    'forbidden',
    'invalid',
    'idempotency-key-missing',
    'idempotency-key-reused',
    'answered-before',
    'in-progress',
  ],
  run: (call) =>
    once(call, async (tx) => {
      const { expiresAt: expires, rateLimit, handOver, ...fields } = call.body;
      const input = {
        ...fields,
        user: await usernameOf(fields.user, tx),
        expires,
        lifetime: undefined,
        rateLimit: rateLimit?.calls ?? null,
        rateWindow: rateLimit?.seconds ?? 60,
        revealable: false,
        handOver: wishOfBody(handOver),
        requestId: uuidv7(),
      };
      const result = await createKey(call.service, input, tx);
      if (result.outcome !== 'created') throw keyRefusal(result);
      const { key, etag } = await readChanged(result.id, tx);
      const headers = { Location: `/api/v1/keys/${result.id}`, ...etag };
      const answer = issuedAnswer(result, { status: 201, key, headers });
      return { ...answer, recordId: result.id };
    }),
});

export const regenerateKeyEndpoint = defineEndpoint({
  method: 'POST',
  path: '/keys/{id}/regenerate',
  operation: 'regenerateKey',
  summary: 'Give a key a new secret',
  scope,
  body: regenerateBody,
  bodyOptional: true,
  headers: { ...requestKey, 'If-Match!': ifMatch },
  success: {
    status: 200,
    description: 'The key with its new secret, this once.',
    schema: issuedKeyDocument,
    headers: { ETag: 'For `If-Match`.' },
  },
  problems: [
    'forbidden',
    'not-found',
    'gone',
    'invalid',
    'precondition-required',
    'stale',
    'idempotency-key-missing',
    'idempotency-key-reused',
    'answered-before',
    'in-progress',
  ],
  run(call) {
    const { service, id, body } = call;
    let match = readIfMatch(call.headers, { required: true });
    return once(call, async (tx) => {
      if (body.expiresAt !== undefined) {
        const { key } = await readChanged(id, tx);
        const input = { id, match, name: key.name, expires: body.expiresAt, exact: true };
        const changed = await changeKey(service, input, tx);
        if (changed.outcome !== 'changed') throw keyRefusal(changed);
        // The tag is another one from here on, within the same transaction.
        match = undefined;
      }
      const wanted = { id, match, stops: body.overlap, handOver: wishOfBody(body.handOver) };
      const result = await regenerateKey(service, wanted, tx);
      if (result.outcome === 'gone') throw await missingKey(id, tx);
      const isDone = result.outcome === 'regenerated' || result.outcome === 'handed-over';
      if (!isDone) throw keyRefusal(result);
      const { key, etag } = await readChanged(id, tx);
      const answer = issuedAnswer({ secret: '', ...result }, { status: 200, key, headers: etag });
      return { ...answer, recordId: id };
    });
  },
});

export const patchKeyEndpoint = defineEndpoint({
  method: 'PATCH',
  path: '/keys/{id}',
  operation: 'changeKey',
  summary: 'Change a key',
  scope,
  body: patchKeyBody,
  mediaType: 'application/merge-patch+json',
  headers: { 'If-Match!': ifMatch },
  success: {
    status: 200,
    description: 'The key as it is now.',
    schema: keyDocument,
    headers: { ETag: 'For `If-Match`.' },
  },
  problems: [
    'forbidden',
    'not-found',
    'gone',
    'invalid',
    'precondition-required',
    'stale',
    'conflict',
  ],
  async run({ service, id, body, headers }) {
    const match = readIfMatch(headers, { required: true });
    const before = await readChanged(id);
    const tag = keyTag(before.key);
    if (match && !match(tag)) throw new ProblemError('stale', undefined, { headers: before.etag });
    const { name, active, scopes, expiresAt, allowedAddresses, rateLimit, metadata } =
      keyDocumentOf(before.key);
    const current = { name, active, scopes, expiresAt, allowedAddresses, rateLimit, metadata };
    const removed = { ...emptied, expiresAt: null, rateLimit: null, metadata: null };
    const wanted = readChecked(changeableKey, {
      ...removed,
      ...(mergePatch(current, body) as object),
    });
    const changed = await changeKey(service, {
      id,
      // What the patch was applied to, whatever `If-Match` says.
      match: (found) => found === tag,
      ...{ name: wanted.name, active: wanted.active, scopes: wanted.scopes },
      ...{ allowedAddresses: wanted.allowedAddresses, metadata: wanted.metadata },
      ...('expiresAt' in body ? { expires: wanted.expiresAt, exact: true } : {}),
      rateLimit: wanted.rateLimit?.calls ?? null,
      rateWindow: wanted.rateLimit?.seconds,
    });
    if (changed.outcome === 'gone') throw await missingKey(id);
    if (changed.outcome !== 'changed') throw keyRefusal(changed);
    const { key, etag } = await readChanged(id);
    return jsonAnswer(200, keyDocumentOf(key), etag);
  },
});
