import 'server-only';
import { z } from 'zod';
import { rights } from '@/lib/access/rights';
import { findKey } from '@/lib/keys/find-key';
import { keySorts, statusFilters } from '@/lib/keys/key-input';
import { keyTag } from '@/lib/keys/key-tag';
import { listKeys } from '@/lib/keys/list-keys';
import { callSpans } from '@/lib/overview/call-chart';
import { countCalls } from '@/lib/overview/count-calls';
import { answerWithPage } from './answer-with-page';
import { jsonAnswer } from './answers';
import { defineEndpoint } from './endpoint';
import { keyDocument, keyDocumentOf } from './key-document';
import { missingKey } from './key-refusals';
import { countParam, cursorParam, limitParam, listDocument, searchText } from './list-query';
import { moment, momentText } from './moment';
import { isKnown, quoted } from './preconditions';

const scope = rights.readKeys.scope;

const keyListQuery = z.strictObject({
  username: searchText.default('').describe('A part of the username of the owner.'),
  owner: z.uuid('Send the id of a user.').optional().describe('The id of the owner.'),
  status: z.enum(statusFilters).optional(),
  q: searchText
    .default('')
    .describe('A part of the name, the visible ends of the secret, or the id.'),
  expiresBefore: moment.optional().describe('Keys that expire, or expired, before this time.'),
  unusedSince: moment.optional().describe('Keys made before this time and not used since.'),
  sort: z.enum(keySorts).default('-created'),
  limit: limitParam,
  cursor: cursorParam,
  count: countParam,
});

export const listKeysEndpoint = defineEndpoint({
  method: 'GET',
  path: '/keys',
  operation: 'listKeys',
  summary: 'List keys',
  scope,
  query: keyListQuery,
  success: {
    status: 200,
    description: 'One page of keys.',
    schema: listDocument(keyDocument).meta({ id: 'KeyList' }),
    headers: { Link: 'The next page, if there is one.' },
  },
  problems: ['invalid'],
  async run({ service, query, url }) {
    const page = await listKeys(service, query);
    return answerWithPage(page, { item: keyDocumentOf, url, count: query.count });
  },
});

export const getKeyEndpoint = defineEndpoint({
  method: 'GET',
  path: '/keys/{id}',
  operation: 'getKey',
  summary: 'Read a key',
  scope,
  headers: { 'If-None-Match': 'The `ETag` that you have. If it is current, the answer is 304.' },
  success: {
    status: 200,
    description: 'The key.',
    schema: keyDocument,
    headers: { ETag: 'For `If-Match`. It changes with the key, and not with its use.' },
  },
  problems: ['not-found', 'gone'],
  async run({ service, id, headers }) {
    const key = await findKey(service, id);
    if (!key) throw await missingKey(id);
    const tag = keyTag(key);
    const etag = { ETag: quoted(tag) };
    if (isKnown(headers, tag)) return { status: 304, headers: etag, body: '' };
    return jsonAnswer(200, keyDocumentOf(key), etag);
  },
});

const usageDocument = z
  .object({
    span: z.enum(callSpans),
    steps: z.array(
      z.object({
        from: momentText.describe('When the step begins.'),
        calls: z.record(z.string(), z.int()).describe('Calls by outcome, such as `VALID`.'),
      }),
    ),
  })
  .meta({ id: 'Usage' });

export const keyUsageEndpoint = defineEndpoint({
  method: 'GET',
  path: '/keys/{id}/usage',
  operation: 'getKeyUsage',
  summary: 'Read how a key was used',
  scope,
  query: z.strictObject({
    span: z
      .enum(callSpans)
      .default('24h')
      .describe('24 steps of an hour, 28 of six hours, or 30 of a day of UTC.'),
  }),
  success: { status: 200, description: 'Calls by step and outcome.', schema: usageDocument },
  problems: ['not-found', 'gone', 'invalid'],
  async run({ service, id, query: { span } }) {
    if (!(await findKey(service, id))) throw await missingKey(id);
    const { steps } = await countCalls(service, span, id);
    const shown = steps.map(({ at, codes }) => ({ from: at.toISOString(), calls: codes }));
    return jsonAnswer(200, { span, steps: shown });
  },
});
