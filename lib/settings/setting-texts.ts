import type { Settings } from './settings-schema';

type Text = { means: string; without: string };
type Group<Name extends keyof Settings> = { title: string; settings: Record<Name, Text> };

const text = (means: string, without: string): Text => ({ means, without });
const group = <Name extends keyof Settings>(
  title: string,
  settings: Record<Name, Text>,
): Group<Name> => ({ title, settings });

const made = 'required; with the embedded database *made*';

/**
 * What each setting is for and what happens without it, in the order of docs/settings.md. `npm run settings` makes
 * that page from this table and the schema.
 */
export const settingTexts = [
  group('Addresses and ports', {
    AUTH_URL: text(
      'the address that people type; forms work there only',
      'required; with the embedded database `http://localhost:PORT`',
    ),
    VERIFY_URL: text(
      'public address of the verification API, for the metadata that OAuth clients read',
      'no metadata',
    ),
    ROLE: text(
      '`verify` serves services alone, `pages` the rest ([apart](verification-apart.md))',
      'both',
    ),
    PORT: text('the port of the pages, and of `/api/v1` as well', '`3000`'),
    VERIFY_PORT: text('the port for services alone, without pages', '`3001`'),
    HOST: text('the address to listen on', '`0.0.0.0`; with the embedded database `127.0.0.1`'),
    TRUSTED_PROXIES: text(
      'how many proxies before Keydesk write `X-Forwarded-For` ([behind a proxy](deploy.md#behind-a-proxy))',
      '`0`',
    ),
  }),
  group('Database', {
    DATABASE_URL: text(
      'PostgreSQL 15 or newer; [several servers](postgresql.md#a-primary-and-its-standbys) as in libpq',
      'required in the image; with `npm start` the embedded database',
    ),
    LOOKUP_DATABASE_URL: text(
      'another address of that database, where verification looks keys up',
      '`DATABASE_URL`',
    ),
    MIGRATE_DATABASE_URL: text(
      'the same database as the role that owns its tables, so that `DATABASE_URL` can be one that cannot rewrite the audit ([two roles](postgresql.md#roles-and-database))',
      'one role for both; with the embedded database *made*',
    ),
    DATA_DIR: text(
      'the folder of the embedded database and of the settings that were made',
      '`.data`',
    ),
    AUDIT_ANCHOR: text(
      'an `audit head` of the log; if the audit does not contain it, the database counts as [restored](after-restore.md#what-keydesk-notices-and-what-not)',
      'not checked',
    ),
    REQUIRE_STANDBY: text(
      'a warning where commits wait for no standby ([commits that wait](postgresql.md#commits-that-wait-for-a-standby))',
      '`false`',
    ),
  }),
  group('Secrets', {
    AUTH_SECRET: text(
      'encrypts the session cookie, second factors and the signing secrets of webhooks',
      made,
    ),
    KEY_PEPPER: text('makes the MACs by which keys are found ([secrets](secrets.md))', made),
    AUDIT_KEY: text('seals the events of the [audit](audit.md)', made),
    KEY_ENCRYPTION_KEY: text(
      'seals the secrets of keys that can be revealed later ([secrets](secrets.md))',
      'no key can be revealed; with the embedded database *made*',
    ),
  }),
  group('Keys', {
    KEY_PREFIX: text('what new keys begin with', '`kd`'),
    GITHUB_SCANNING_KEYS: text(
      "GitHub's public keys, for its signed reports of [leaks](leaks.md#github-secret-scanning)",
      "GitHub's reports are refused",
    ),
  }),
  group('Administrators', {
    ADMIN_USERNAME: text(
      'the first administrator, made only while there is no administrator',
      'nobody is made; with the embedded database `admin`',
    ),
    ADMIN_PASSWORD: text(
      'the password of the first administrator, and of those whom `create-admin` makes',
      'nobody is made; with the embedded database *made*, and printed once',
    ),
    REQUIRE_SECOND_FACTOR: text(
      'every administrator sets up a [second factor](accounts.md) first',
      '`false`',
    ),
  }),
  group('Single sign-on', {
    OIDC_ISSUER: text('the address of [the provider](single-sign-on.md)', 'passwords only'),
    OIDC_CLIENT_ID: text('the name of Keydesk at the provider', 'passwords only'),
    OIDC_CLIENT_SECRET: text('the secret of Keydesk at the provider', 'passwords only'),
    OIDC_ROLES: text('which group of the provider gives which role', 'passwords only'),
    OIDC_LABEL: text('what stands after "Sign in with"', '`single sign-on`'),
    OIDC_GROUP_CLAIM: text('the claim that lists groups', '`groups`'),
    OIDC_USERNAME_CLAIM: text('the claim that names a new user', '`preferred_username`'),
    OIDC_SCOPE: text('the scopes to ask the provider for', '`openid profile`'),
    OIDC_LINK_BY: text(
      'what recognises people without a role at their first sign-in ([My keys](my-keys.md))',
      '`email`',
    ),
  }),
  group('Notices', {
    SMTP_URL: text('the mail server of [notices](notices.md#mail)', 'no mail'),
    SMTP_FROM: text('the sender of notices', 'no mail'),
    WEBHOOK_ALLOW_PRIVATE: text(
      'private networks that [webhooks](notices.md#private-addresses) may reach',
      '`false`',
    ),
  }),
  group('Logs and metrics', {
    LOG_LEVEL: text('how much is logged', '`info`'),
    AUDIT_LOG: text(
      '`stdout` also writes each audit event as a line of JSON ([events](events.md#on-standard-output))',
      'events are in the database alone',
    ),
    METRICS_TOKEN: text(
      'the Bearer token of those who may read `/metrics`',
      'everybody who can reach `VERIFY_PORT`',
    ),
  }),
] as const;

type NamesIn<Of> = Of extends { settings: infer All } ? keyof All : never;
type Missing = Exclude<keyof Settings, NamesIn<(typeof settingTexts)[number]>>;

/** Does not compile while a setting has no text. */
export const settingsWithoutText: Missing[] & never[] = [];
