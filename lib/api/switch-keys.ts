import 'server-only';
import { rights } from '@/lib/access/rights';
import { deleteKey, switchKey } from '@/lib/keys/change-key';
import { restoreKey } from '@/lib/keys/restore-key';
import { transferKey } from '@/lib/keys/transfer-key';
import { jsonAnswer, noContent } from './answers';
import { ProblemError } from './api-problem';
import { type Call, defineEndpoint, type Endpoint } from './endpoint';
import { usernameOf } from './find-username';
import { transferBody } from './key-body';
import { keyDocument, keyDocumentOf } from './key-document';
import { keyRefusal, missingKey } from './key-refusals';
import { readIfMatch } from './preconditions';
import { ifMatch, readChanged } from './write-keys';

const headers = { 'If-Match': ifMatch };
const changed = {
  status: 200,
  description: 'The key as it is now.',
  schema: keyDocument,
  headers: { ETag: 'For `If-Match`.' },
} as const;
const problems: Endpoint['problems'] = ['forbidden', 'not-found', 'gone', 'stale'];

async function answerWith(id: string) {
  const { key, etag } = await readChanged(id);
  return jsonAnswer(200, keyDocumentOf(key), etag);
}

async function switchTo(active: boolean, { service, id, headers: sent }: Call) {
  const result = await switchKey(service, { id, active, match: readIfMatch(sent) });
  if (result.outcome === 'gone') throw await missingKey(id);
  if (result.outcome !== 'changed') throw keyRefusal(result);
  return answerWith(id);
}

export const activateKeyEndpoint = defineEndpoint({
  method: 'POST',
  path: '/keys/{id}/activate',
  operation: 'activateKey',
  summary: 'Switch a key on',
  scope: rights.widenKeys.scope,
  headers,
  success: changed,
  problems: [...problems, 'conflict'],
  run: (call) => switchTo(true, call),
});

export const deactivateKeyEndpoint = defineEndpoint({
  method: 'POST',
  path: '/keys/{id}/deactivate',
  operation: 'deactivateKey',
  summary: 'Switch a key off',
  scope: rights.writeKeys.scope,
  headers,
  success: changed,
  problems,
  run: (call) => switchTo(false, call),
});

export const deleteKeyEndpoint = defineEndpoint({
  method: 'DELETE',
  path: '/keys/{id}',
  operation: 'deleteKey',
  summary: 'Delete a key',
  scope: rights.writeKeys.scope,
  headers,
  success: { status: 204, description: 'The key is deleted.' },
  problems: ['forbidden', 'not-found', 'stale'],
  async run({ service, id, headers: sent }) {
    const result = await deleteKey(service, id, '', readIfMatch(sent));
    if (result.outcome === 'gone') throw new ProblemError('not-found', 'There is no such key.');
    if (result.outcome !== 'changed') throw keyRefusal(result);
    return noContent;
  },
});

export const restoreKeyEndpoint = defineEndpoint({
  method: 'POST',
  path: '/keys/{id}/restore',
  operation: 'restoreKey',
  summary: 'Restore a deleted key, switched off',
  scope: rights.widenKeys.scope,
  success: changed,
  problems: ['forbidden', 'not-found', 'conflict'],
  async run({ service, id }) {
    const result = await restoreKey(service, id);
    if (result.outcome !== 'restored') {
      const missing = result.outcome === 'not-deleted' ? await missingKey(id) : null;
      throw missing?.answer.status === 404 ? missing : keyRefusal(result);
    }
    return answerWith(id);
  },
});

export const transferKeyEndpoint = defineEndpoint({
  method: 'POST',
  path: '/keys/{id}/transfer',
  operation: 'transferKey',
  summary: 'Transfer a key to another user',
  scope: rights.widenKeys.scope,
  body: transferBody,
  headers,
  success: changed,
  problems: [...problems, 'invalid'],
  async run({ service, id, body, headers: sent }) {
    const to = await usernameOf(body.user);
    const result = await transferKey(service, { id, to, match: readIfMatch(sent) });
    if (result.outcome === 'gone') throw await missingKey(id);
    if (result.outcome !== 'transferred' && result.outcome !== 'same-user') {
      throw keyRefusal(result);
    }
    return answerWith(id);
  },
});
