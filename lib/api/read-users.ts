import 'server-only';
import { z } from 'zod';
import { kinds } from '@/db/schema/directory-user';
import { rights } from '@/lib/access/rights';
import { findUser } from '@/lib/users/find-user';
import { listUsers } from '@/lib/users/list-users';
import { userSorts } from '@/lib/users/user-input';
import { userTag } from '@/lib/users/user-tag';
import { answerWithPage } from './answer-with-page';
import { jsonAnswer } from './answers';
import { defineEndpoint } from './endpoint';
import { countParam, cursorParam, limitParam, listDocument, searchText } from './list-query';
import { isKnown, quoted } from './preconditions';
import { userDocument, userDocumentOf } from './user-document';
import { userRefusal } from './user-refusals';

const scope = rights.readUsers.scope;

export const listUsersEndpoint = defineEndpoint({
  method: 'GET',
  path: '/users',
  operation: 'listUsers',
  summary: 'List users',
  scope,
  query: z.strictObject({
    username: searchText
      .default('')
      .describe(
        'A part of the username, display name or email, of the user or of who is responsible for them.',
      ),
    status: z.enum(['active', 'disabled']).optional(),
    kind: z.enum(kinds).optional(),
    sort: z.enum(userSorts).default('username'),
    limit: limitParam,
    cursor: cursorParam,
    count: countParam,
  }),
  success: {
    status: 200,
    description: 'One page of users.',
    schema: listDocument(userDocument).meta({ id: 'UserList' }),
    headers: { Link: 'The next page, if there is one.' },
  },
  problems: ['invalid'],
  async run({ service, query, url }) {
    const page = await listUsers(service, query);
    return answerWithPage(page, { item: userDocumentOf, url, count: query.count });
  },
});

export const getUserEndpoint = defineEndpoint({
  method: 'GET',
  path: '/users/{id}',
  operation: 'getUser',
  summary: 'Read a user',
  scope,
  headers: { 'If-None-Match': 'The `ETag` that you have. If it is current, the answer is 304.' },
  success: {
    status: 200,
    description: 'The user.',
    schema: userDocument,
    headers: { ETag: 'For `If-Match`. It does not change with the number of keys.' },
  },
  problems: ['not-found'],
  async run({ service, id, headers }) {
    const user = await findUser(service, id);
    if (!user) throw userRefusal({ outcome: 'gone' });
    const tag = userTag(user);
    const etag = { ETag: quoted(tag) };
    if (isKnown(headers, tag)) return { status: 304, headers: etag, body: '' };
    return jsonAnswer(200, userDocumentOf(user), etag);
  },
});
