import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { database, type Queryable } from '@/db/client';
import { rights } from '@/lib/access/rights';
import { changeUser } from '@/lib/users/change-user';
import { createUser } from '@/lib/users/create-user';
import { deleteUser } from '@/lib/users/delete-user';
import { disableUser } from '@/lib/users/disable-user';
import type { UserSummary } from '@/lib/users/find-user';
import { readUsers } from '@/lib/users/user-search';
import { userTag } from '@/lib/users/user-tag';
import { jsonAnswer, noContent } from './answers';
import { ProblemError } from './api-problem';
import { type Call, defineEndpoint, type Endpoint } from './endpoint';
import { usernameOf } from './find-username';
import { once } from './idempotency';
import { mergePatch } from './merge-patch';
import { quoted, readIfMatch } from './preconditions';
import { readChecked } from './read-checked';
import {
  changeableUser,
  createUserBody,
  disableUserBody,
  keyDecisions,
  patchUserBody,
  userDocument,
  userDocumentOf,
} from './user-document';
import { userRefusal } from './user-refusals';

const scope = rights.writeUsers.scope;
const ifMatch = 'The `ETag` of the user as you read it.';
const changed = {
  status: 200,
  description: 'The user as they are now.',
  schema: userDocument,
  headers: { ETag: 'For `If-Match`.' },
} as const;
const keysProblem = 'Send how many keys the user has.';
const problems: Endpoint['problems'] = ['forbidden', 'not-found', 'conflict'];

async function readUser(id: string, tx: Queryable = database()) {
  const [user] = await readUsers([id], tx);
  if (!user) throw userRefusal({ outcome: 'gone' });
  return { user, etag: { ETag: quoted(userTag(user)) } };
}

async function answerWith(id: string) {
  const { user, etag } = await readUser(id);
  return jsonAnswer(200, userDocumentOf(user), etag);
}

export const createUserEndpoint = defineEndpoint({
  method: 'POST',
  path: '/users',
  operation: 'createUser',
  summary: 'Add a user',
  scope,
  body: createUserBody,
  headers: { 'Idempotency-Key': 'As for keys. Not required.' },
  success: {
    status: 201,
    description: 'The user.',
    schema: userDocument,
    headers: { Location: 'The user.', ETag: 'For `If-Match`.' },
  },
  problems: ['invalid', 'conflict', 'idempotency-key-reused', 'answered-before', 'in-progress'],
  run: (call) =>
    once(
      call,
      async (tx) => {
        const id = uuidv7();
        const { lookalike = '', ...fields } = call.body;
        const responsible = fields.responsible ? await usernameOf(fields.responsible, tx) : '';
        const wanted = { id, ...fields, responsible, lookalike };
        const result = await createUser(call.service, wanted, tx);
        if (result.outcome !== 'created') throw userRefusal(result);
        const { user, etag } = await readUser(id, tx);
        const headers = { Location: `/api/v1/users/${id}`, ...etag };
        return { answer: jsonAnswer(201, userDocumentOf(user), headers), recordId: id };
      },
      { required: false },
    ),
});

type Patch = Omit<z.output<typeof patchUserBody>, 'lookalike'>;

/** The user as they would be. Whoever becomes a person has nobody who answers for them any more. */
function readPatched(user: UserSummary, patch: Patch) {
  const { username, displayName, email, active, kind } = user;
  const responsible = patch.kind === 'person' ? null : user.responsible;
  const before = { username, displayName, email, active, kind, responsible };
  const merged = mergePatch(before, patch) as object;
  const empty = { displayName: '', email: '', responsible: null };
  return readChecked(changeableUser, { ...empty, ...merged });
}

export const patchUserEndpoint = defineEndpoint({
  method: 'PATCH',
  path: '/users/{id}',
  operation: 'changeUser',
  summary: 'Change a user',
  scope,
  body: patchUserBody,
  mediaType: 'application/merge-patch+json',
  headers: { 'If-Match!': ifMatch },
  success: changed,
  problems: [...problems, 'invalid', 'precondition-required', 'stale'],
  async run({ service, id, body: { lookalike = '', ...patch }, headers }) {
    const match = readIfMatch(headers, { required: true });
    const { user, etag } = await readUser(id);
    const tag = userTag(user);
    if (match && !match(tag)) throw new ProblemError('stale', undefined, { headers: etag });
    const wanted = readPatched(user, patch);
    const responsible =
      patch.responsible === undefined ? undefined : await usernameOf(wanted.responsible ?? '');
    const isAsRead = (found: string) => found === tag;
    const change = { id, ...wanted, responsible, lookalike, match: isAsRead };
    const result = await changeUser(service, change);
    if (result.outcome !== 'changed') throw userRefusal(result);
    return answerWith(id);
  },
});

export const deleteUserEndpoint = defineEndpoint({
  method: 'DELETE',
  path: '/users/{id}',
  operation: 'deleteUser',
  summary: 'Delete a user',
  scope,
  query: z.strictObject({
    keys: z.coerce
      .number(keysProblem)
      .int(keysProblem)
      .min(0, keysProblem)
      .max(1_000_000, keysProblem)
      .default(0)
      .describe('How many keys to delete with the user. This needs keydesk:keys.write as well.'),
    responsible: z
      .string()
      .max(2_000)
      .optional()
      .describe('The username or id of the person who takes over the services of this one.'),
  }),
  headers: { 'If-Match': ifMatch },
  success: { status: 204, description: 'The user is deleted.' },
  problems: [...problems, 'stale'],
  async run({ service, id, query, headers }) {
    const match = readIfMatch(headers);
    const responsible = query.responsible ? await usernameOf(query.responsible) : '';
    const result = await deleteUser(service, { id, keys: query.keys, responsible, match });
    if (result.outcome !== 'deleted') throw userRefusal(result);
    return noContent;
  },
});

export const disableUserEndpoint = defineEndpoint({
  method: 'POST',
  path: '/users/{id}/disable',
  operation: 'disableUser',
  summary: 'Disable a user, and decide about their keys',
  scope,
  body: disableUserBody,
  bodyOptional: true,
  headers: { 'If-Match': ifMatch },
  success: changed,
  problems: [...problems, 'invalid', 'stale'],
  async run({ service, id, body, headers }) {
    const match = readIfMatch(headers);
    const { user } = await readUser(id);
    const to = body.keys === 'transfer' && body.to ? await usernameOf(body.to) : '';
    const keyAction = keyDecisions[body.keys];
    const responsible = body.responsible ? await usernameOf(body.responsible) : '';
    const decision = { keys: user.keys, keyAction, to, responsible, match };
    const result = await disableUser(service, { id, ...decision });
    if (result.outcome !== 'done') throw userRefusal(result);
    return answerWith(id);
  },
});

async function enable({ service, id, headers }: Call) {
  const match = readIfMatch(headers);
  const { user } = await readUser(id);
  const { username, displayName, email } = user;
  const tag = userTag(user);
  const isAsRead = (found: string) => found === tag && (!match || match(found));
  const fields = { id, username, displayName, email, active: true, lookalike: username };
  const result = await changeUser(service, { ...fields, match: isAsRead });
  if (result.outcome !== 'changed') throw userRefusal(result);
  return answerWith(id);
}

export const enableUserEndpoint = defineEndpoint({
  method: 'POST',
  path: '/users/{id}/enable',
  operation: 'enableUser',
  summary: 'Enable a user',
  scope,
  headers: { 'If-Match': ifMatch },
  success: changed,
  problems: [...problems, 'stale'],
  run: enable,
});
