/** A page of the reference: what a reader does with it, its operations in their order, and the files behind it. */
export type ReferencePage = {
  name: string;
  title: string;
  about: string;
  operations: string[];
  built: string;
};

const screens =
  'Each calls the function of `lib` that the screen calls, with the service as its first argument.';

/** The pages of docs/api, each for one task. */
export const referencePages: ReferencePage[] = [
  {
    name: 'verification',
    title: 'Verification',
    about:
      'Ask whether a key that a caller presents is good, or end it by its secret. Both ports answer these paths. [Clients](../clients.md) and [gateways](../gateways.md) have the code ready.',
    operations: ['verifyKey', 'introspectKey', 'revokeKey', 'gate'],
    built:
      '`lib/verify` answers these paths on both ports. `lib/api/verification-documents.ts` describes what they take and give.',
  },
  {
    name: 'read-keys',
    title: 'Read keys',
    about: 'Find keys, read one, and see how it was used. No answer has a secret.',
    operations: ['listKeys', 'getKey', 'getKeyUsage'],
    built:
      '`lib/api/read-keys.ts` has these endpoints. The list runs the query of the report, with a cursor in place of pages.',
  },
  {
    name: 'write-keys',
    title: 'Create and change keys',
    about: 'Create a key, give it a new secret, or change what it may do.',
    operations: ['createKey', 'regenerateKey', 'changeKey'],
    built: `\`lib/api/write-keys.ts\` has these endpoints, and \`lib/api/idempotency.ts\` answers repeated requests. ${screens}`,
  },
  {
    name: 'switch-keys',
    title: 'Switch, delete and transfer keys',
    about:
      'Switch a key on or off, delete or restore it, or give it to another user. Its secret stays the same.',
    operations: ['activateKey', 'deactivateKey', 'deleteKey', 'restoreKey', 'transferKey'],
    built: `\`lib/api/switch-keys.ts\` has these endpoints. ${screens}`,
  },
  {
    name: 'read-users',
    title: 'Read users',
    about: 'Find users, and read one.',
    operations: ['listUsers', 'getUser'],
    built:
      '`lib/api/read-users.ts` has these endpoints. The list runs the query of the directory, with a cursor in place of pages.',
  },
  {
    name: 'write-users',
    title: 'Add and change users',
    about: 'Add a user, or change one.',
    operations: ['createUser', 'changeUser'],
    built: `\`lib/api/write-users.ts\` has these endpoints. ${screens}`,
  },
  {
    name: 'disable-users',
    title: 'Disable and delete users',
    about: 'Disable a user who leaves, enable one who comes back, or delete one.',
    operations: ['disableUser', 'enableUser', 'deleteUser'],
    built: `\`lib/api/write-users.ts\` has these endpoints. ${screens}`,
  },
  {
    name: 'audit-and-leaks',
    title: 'Audit and leaks',
    about:
      'Read what happened ([audit](../audit.md)), and report secrets that others may have read ([leaked keys](../leaks.md)).',
    operations: ['readAudit', 'reportLeaks', 'reportLeaksFromGithub'],
    built:
      '`lib/api/audit-endpoint.ts` and `lib/api/leaks-endpoint.ts` have the first two endpoints, `app/api/v1/leaks/github/route.ts` that of GitHub. `lib/leaks` reads each format.',
  },
  {
    name: 'problems',
    title: 'Problems and the description',
    about: 'Look up what a problem means. Everybody may read these addresses, without a key.',
    operations: ['getProblemPage', 'getDescription'],
    built:
      '`lib/api/problem-kinds.ts` has the kinds. The table above and the page that `type` leads to (`lib/api/problem-page.ts`) are made from it. `lib/api/openapi.ts` makes the description.',
  },
];
