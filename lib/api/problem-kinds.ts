/**
 * The kinds of problems of the management API, by the last part of their `type`. The pages of `type` and the
 * manual are made from this table. Client-safe.
 */
export const problemKinds = {
  unauthorized: [
    401,
    'No service key that works',
    'Send `Authorization: Bearer <service key>`. The key must be active, not expired, its owner enabled, and the request must come from an address that the key allows.',
  ],
  'missing-scope': [
    403,
    'The service key lacks a scope',
    '`requiredScope` names the scope. No scope implies another. Only an admin can grant it.',
  ],
  forbidden: [
    403,
    'Not for services',
    'Services cannot touch keys with scopes of Keydesk, or users with a role, and cannot grant scopes of Keydesk.',
  ],
  'not-found': [404, 'No such record', 'No key or user ever had this id, or the path is unknown.'],
  gone: [410, 'Deleted', 'The key was deleted. `POST /keys/{id}/restore` may bring it back.'],
  'method-not-allowed': [405, 'Another method is needed', '`Allow` names the methods.'],
  malformed: [400, 'Not readable', 'The body is not JSON, or a header is malformed.'],
  'too-large': [
    413,
    'Too large',
    'The body has more than 64 KB, or a report of leaks more than 1 MB.',
  ],
  'media-type': [
    415,
    'Another media type is needed',
    'Send `application/json`; to change a record, `application/merge-patch+json`.',
  ],
  invalid: [
    422,
    'A value is refused',
    '`errors` lists each refused value by its JSON pointer, and why. Nothing was stored.',
  ],
  'idempotency-key-missing': [
    400,
    'Idempotency-Key is missing',
    'An answer with a secret can be lost on the way. Send a new random `Idempotency-Key` with each new request, and the same one when you repeat it.',
  ],
  'idempotency-key-reused': [
    422,
    'Idempotency-Key was used for another request',
    'Within 24 hours the same key stands for the same request only. Use a new key.',
  ],
  'in-progress': [
    409,
    'The same request is still running',
    'Repeat it after the seconds in `Retry-After`.',
  ],
  'answered-before': [
    409,
    'Done before',
    'The request was done more than 10 minutes ago, so its answer with the secret is no longer kept. `keyId` names the key. Regenerate the key if the secret is lost.',
  ],
  'precondition-required': [
    428,
    'If-Match is missing',
    'Send the `ETag` of the record as you read it, so that you do not overwrite what somebody else changed.',
  ],
  stale: [
    412,
    'Changed meanwhile',
    'The record is not as you read it. `ETag` names how it is now. Read it again before you change it.',
  ],
  conflict: [409, 'Not possible as things are', '`detail` says what stands in the way.'],
  'rate-limited': [429, 'Too many requests', 'Wait for the seconds in `Retry-After`.'],
  'not-confirmed': [
    503,
    'Not confirmed yet',
    'The change is made, but the standby of the database does not answer, so the change may be lost if the database is. Repeat the request with the same `Idempotency-Key` until it is answered, or read the record.',
  ],
  unavailable: [503, 'The database cannot be asked now', 'Repeat the request in a moment.'],
  failed: [500, 'Unexpected error', 'Nothing was stored. The log has the reason by `requestId`.'],
} as const satisfies Record<string, readonly [status: number, title: string, page: string]>;

export type ProblemKind = keyof typeof problemKinds;
