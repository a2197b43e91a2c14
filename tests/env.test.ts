import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSettings, parseVerifySettings, SettingsError } from '@/lib/settings/parse-settings';
import { settingTexts } from '@/lib/settings/setting-texts';
import { settingNames, settingsSchema } from '@/lib/settings/settings-schema';
import { needlessSecrets } from '@/lib/settings/verify-settings';
import { settingsPage, settingsPath } from '@/scripts/settings/settings-page';
import { testSettings } from './helpers/settings';

const good = { ...testSettings, DATABASE_URL: 'postgresql://k:canary@localhost/keydesk' };

function complaint(changes: Record<string, string | undefined>): string {
  try {
    parseSettings({ ...good, ...changes });
    return '';
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
}

describe('settings', () => {
  it('are complete with the required ones; the others have defaults', () => {
    expect(parseSettings(good)).toMatchObject({
      PORT: 3000,
      VERIFY_PORT: 3001,
      HOST: '0.0.0.0',
      KEY_PREFIX: 'kd',
      TRUSTED_PROXIES: 0,
      REQUIRE_SECOND_FACTOR: false,
      OIDC_LABEL: 'single sign-on',
      OIDC_GROUP_CLAIM: 'groups',
      OIDC_USERNAME_CLAIM: 'preferred_username',
      OIDC_SCOPE: 'openid profile',
    });
  });

  it.each([
    ['DATABASE_URL', undefined],
    ['DATABASE_URL', 'mysql://canary'],
    ['LOOKUP_DATABASE_URL', 'mysql://canary'],
    ['ROLE', 'canary'],
    ['PORT', 'canary'],
    ['PORT', '70000'],
    ['VERIFY_PORT', '3000'],
    ['AUTH_URL', undefined],
    ['AUTH_URL', 'canary'],
    ['AUTH_URL', 'https://keys.example.org/canary'],
    ['AUTH_SECRET', 'canary'],
    ['AUTH_SECRET', 'x'.repeat(40)],
    ['KEY_PEPPER', 'canary'],
    ['KEY_PEPPER', '1:canary'],
    ['KEY_PEPPER', `1:${Buffer.alloc(32).toString('base64')}`],
    ['KEY_PEPPER', `${testSettings.KEY_PEPPER},${testSettings.KEY_PEPPER}`],
    ['AUDIT_KEY', 'canary'],
    ['AUDIT_KEY', testSettings.KEY_PEPPER.slice(2)],
    ['KEY_ENCRYPTION_KEY', '1:canary'],
    ['KEY_ENCRYPTION_KEY', testSettings.KEY_PEPPER],
    ['ADMIN_PASSWORD', 'canary'],
    ['ADMIN_USERNAME', 'canary'],
    ['ADMIN_PASSWORD', 'canarycanarycanary'],
    ['REQUIRE_SECOND_FACTOR', 'canary'],
    ['AUDIT_LOG', 'canary'],
    ['AUDIT_LOG', 'true'],
    ['AUDIT_ANCHOR', '12:canary'],
    ['VERIFY_URL', 'https://keys.example.org/canary'],
    ['METRICS_TOKEN', 'canary'],
    ['GITHUB_SCANNING_KEYS', 'canary'],
    ['GITHUB_SCANNING_KEYS', '{"public_keys":[]}'],
    ['GITHUB_SCANNING_KEYS', '{"public_keys":[{"key_identifier":"canary","key":"canary"}]}'],
    ['OIDC_ISSUER', 'http://canary.example'],
    ['OIDC_ISSUER', 'https://canary.example/?tenant=1'],
    ['OIDC_CLIENT_SECRET', 'canary'],
    ['OIDC_CLIENT_SECRET', testSettings.AUTH_SECRET],
    ['OIDC_ROLES', 'canary'],
    ['OIDC_ROLES', 'canary:owner'],
    ['OIDC_ROLES', 'canary:admin,'],
    ['OIDC_LABEL', 'canary'.repeat(10)],
    ['OIDC_GROUP_CLAIM', 'a canary'],
    ['OIDC_SCOPE', 'canary'],
    ['SMTP_URL', 'canary'],
    ['SMTP_URL', 'https://canary.example'],
    ['SMTP_URL', 'smtp://canary.example/?pool=true'],
    ['SMTP_URL', 'smtp://canary.example'],
    ['SMTP_FROM', 'canary'],
    ['SMTP_FROM', 'a@example.org\r\nBcc: canary@example.org'],
    ['SMTP_FROM', 'a@example.org, canary@example.org'],
    ['SMTP_FROM', 'canary@example.org'],
    ['WEBHOOK_ALLOW_PRIVATE', 'canary'],
    ['WEBHOOK_ALLOW_PRIVATE', '10.0.0.0/33'],
    ['WEBHOOK_ALLOW_PRIVATE', '10.0.0.0/8,'],
    ['KEY_PREFIX', 'Canary!'],
    ['TRUSTED_PROXIES', '-1'],
  ])('%s=%s stops the start with its name and never its value', (name, value) => {
    const text = complaint({ [name]: value });
    expect(text).toContain(name);
    expect(text.toLowerCase()).not.toContain('canary');
  });

  it('names every wrong one at once', () => {
    const text = complaint({ PORT: 'x', AUTH_SECRET: '', KEY_PREFIX: '_' });
    expect(text.split('\n').map((line) => line.split(' ')[0])).toEqual([
      'PORT',
      'AUTH_SECRET',
      'KEY_PREFIX',
    ]);
  });

  it('let the pages have the port of a listener that is not theirs', () => {
    expect(complaint({ VERIFY_PORT: '3000' })).toBe('VERIFY_PORT must differ from PORT.');
    expect(complaint({ VERIFY_PORT: '3000', ROLE: 'pages' })).toBe('');
  });

  it('accept several pepper versions, newest first', () => {
    const older = Buffer.from('0123456789abcdefghijklmnopqrstuv').toString('base64');
    const { KEY_PEPPER } = parseSettings({ ...good, KEY_PEPPER: `2:${older}, ${good.KEY_PEPPER}` });
    expect(KEY_PEPPER.map((pepper) => pepper.version)).toEqual([2, 1]);
  });
});

describe('verification alone', () => {
  const { KEY_PEPPER } = testSettings;
  const enough = { ROLE: 'verify', DATABASE_URL: 'postgresql://k@localhost/keydesk', KEY_PEPPER };

  it('needs a database and the pepper, and reads no other secret', () => {
    const more = { AUTH_SECRET: 'short', AUDIT_KEY_FILE: '/nowhere', PORT: 'none' };
    const read = parseVerifySettings({ ...enough, ...more });
    expect(read).toMatchObject({ ROLE: 'verify', VERIFY_PORT: 3001, KEY_PREFIX: 'kd' });
    for (const name of ['AUTH_SECRET', 'AUDIT_KEY', 'KEY_ENCRYPTION_KEY', 'PORT']) {
      expect(read).not.toHaveProperty(name);
    }
    expect(needlessSecrets({ ...enough, ...more })).toEqual(['AUTH_SECRET', 'AUDIT_KEY']);
    expect(needlessSecrets(enough)).toEqual([]);
  });

  it.each(['DATABASE_URL', 'KEY_PEPPER'])('does not start without %s', (name) => {
    expect(() => parseVerifySettings({ ...enough, [name]: '' })).toThrow(`${name} is required`);
  });
});

describe('single sign-on', () => {
  const whole = {
    OIDC_ISSUER: 'https://id.example.org/desk/',
    OIDC_CLIENT_ID: 'keydesk',
    OIDC_CLIENT_SECRET: 'a secret of the provider',
    OIDC_ROLES: 'urn:desk:admins:admin, ops :operator',
  };

  it('accepts all of its settings; a group may have colons in its name', () => {
    expect(parseSettings({ ...good, ...whole })).toMatchObject({
      ...whole,
      OIDC_ROLES: [
        { group: 'urn:desk:admins', role: 'admin' },
        { group: 'ops', role: 'operator' },
      ],
    });
  });

  it.each(Object.keys(whole))('is not half set up: %s', (name) => {
    expect(complaint({ ...whole, [name]: '' })).toBe(
      `${name} is required where another OIDC setting is set.`,
    );
  });

  it.each(['http://localhost:4000', 'http://127.0.0.1:4000'])(
    'may be on this machine: %s',
    (own) => {
      expect(complaint({ ...whole, OIDC_ISSUER: own })).toBe('');
    },
  );
});

describe('notices', () => {
  const from = { SMTP_FROM: 'Keydesk desk <keydesk@example.org>' };
  const server = (SMTP_URL: string) => parseSettings({ ...good, ...from, SMTP_URL }).SMTP_URL;

  it('are sent by a server with or without authentication', () => {
    expect(server('smtp://mail.example.org')).toEqual({
      ...{ host: 'mail.example.org', port: 587, secure: false, auth: undefined },
    });
    expect(server('smtps://desk%40example.org:p%2Fw%25@[::1]:2465/')).toEqual({
      ...{ host: '::1', port: 2465, secure: true },
      auth: { user: 'desk@example.org', pass: 'p/w%' },
    });
  });

  it('are not sent to private networks that are not named', () => {
    const allowed = (text?: string) =>
      parseSettings({ ...good, WEBHOOK_ALLOW_PRIVATE: text }).WEBHOOK_ALLOW_PRIVATE;
    expect([allowed(), allowed('false')]).toEqual([[], []]);
    expect(allowed('10.1.0.0/16, fd00::/8,192.0.2.7')).toEqual([
      ...['10.1.0.0/16', 'fd00::/8', '192.0.2.7'],
    ]);
    expect(allowed('true')).toEqual(['0.0.0.0/0', '::/0']);
  });
});

describe('a secret in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keydesk-env-'));
  const path = join(folder, 'secret');
  writeFileSync(path, `${'0123456789abcdef'.repeat(3)}\n`);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is read without its last line end', () => {
    const settings = parseSettings({ ...good, AUTH_SECRET: undefined, AUTH_SECRET_FILE: path });
    expect(settings.AUTH_SECRET).toBe('0123456789abcdef'.repeat(3));
  });

  it('must be readable, and not be given twice', () => {
    const missing = complaint({ AUTH_SECRET: undefined, AUTH_SECRET_FILE: join(folder, 'no') });
    expect(missing).toBe('AUTH_SECRET_FILE must be the path of a readable file.');
    expect(complaint({ AUTH_SECRET_FILE: path })).toContain('keep one');
  });
});

describe('the manual', () => {
  const read = (path: string) => readFileSync(path, 'utf8');

  it('has a page of all settings, which is current', () => {
    expect(read(settingsPath)).toBe(settingsPage());
    const named = settingTexts.flatMap(({ settings }) => Object.keys(settings));
    expect(named.sort()).toEqual([...settingNames].sort());
  });

  it('tells the value of each setting that has one by itself', () => {
    const texts: Record<string, { without: string }> = Object.assign(
      {},
      ...settingTexts.map(({ settings }) => settings),
    );
    for (const [name, schema] of Object.entries(settingsSchema.shape)) {
      const { success, data } = schema.safeParse(undefined);
      const told = texts[name]?.without ?? '';
      if (success && !['undefined', 'object'].includes(typeof data))
        expect(told).toContain(`\`${data}\``);
      if (!success) expect(told).toMatch(/^required/);
    }
  });

  it('has every setting in the example of .env', () => {
    const example = read('.env.example');
    expect(settingNames.filter((name) => !new RegExp(`\\b${name}=`).test(example))).toEqual([]);
  });

  it('passes every setting to the container in the compose file', () => {
    const without = ['DATA_DIR', 'PORT', 'VERIFY_PORT', 'HOST'];
    const passed = [...read('docker-compose.yml').matchAll(/^ {6}([A-Z_]+):/gm)].map(([, n]) => n);
    const missing = settingNames.filter((name) => !passed.includes(name));
    expect(missing.filter((name) => !without.includes(name))).toEqual([]);
  });

  it('tags the image with the version, which the changes describe', () => {
    const { version } = JSON.parse(read('package.json'));
    expect(read('docker-compose.yml')).toContain(`    image: keydesk:${version}\n`);
    expect(/^## (.*)$/m.exec(read('CHANGELOG.md'))?.[1]).toBe(version);
    expect(JSON.parse(read('clients/node/package.json')).version).toBe(version);
  });
});
