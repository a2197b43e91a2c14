import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import type { Desk } from '../../browser/start-desk';
import { type PlainBrowser, plainBrowser } from '../../helpers/plain-browser';

/** An owner is signed in without a role, and may see and change only their own keys. */
export const callers = ['nobody', 'owner', 'viewer', 'operator', 'admin'] as const;
export type Caller = (typeof callers)[number];

/** Everybody with a session, or none, is below a service. */
export function isBelow(caller: Caller, role: Caller | 'service'): boolean {
  return role === 'service' || callers.indexOf(caller) < callers.indexOf(role);
}

/**
 * Texts that must never be in an answer: `secret` for any caller, `personal` for callers without a role.
 */
export type Canaries = { secret: Buffer[]; personal: Buffer[] };

/**
 * Records for one round of calls. Each action has records of its own, so that actions do not affect each
 * other.
 */
export type Records = {
  user: (of: string) => { id: string; username: string; email: string };
  key: (of: string) => string;
  /** A key of the owner among the callers. */
  ownKey: (of: string) => string;
  importId: string;
  bulkId: string;
  keyImportId: string;
  /** A key with a new secret that waits to be collected. */
  handOver: { id: string; keyId: string };
};

export type Target = Desk & {
  people: Record<Exclude<Caller, 'nobody'>, PlainBrowser>;
  signIn: (role: Exclude<Caller, 'nobody'>) => Promise<PlainBrowser>;
  names: Record<Exclude<Caller, 'nobody'>, string>;
  records: (round: 'attack' | 'fetch' | 'form') => Records;
  canaries: Canaries;
  /** The session id of a signed-in administrator: not the content of the cookie, but the id inside. */
  sessionId: string;
};

const roles = ['viewer', 'operator', 'admin'] as const;
const owners = ['create', 'change', 'delete', 'key', 'extra'];
const ownKeys = ['switch-off', 'regenerate', 'look'];
const rounds = ['attack', 'fetch', 'form'];
export const password = 'a long password of planted people';

/** Fills the desk with people of every role, users, keys and a session, all of which can be traced. */
export async function plant(desk: Desk): Promise<Target> {
  const mark = randomBytes(6).toString('hex');
  // A cheap hash, because it is compared dozens of times here. Other tests measure the real cost.
  const passwordHash = await hash(password, { memoryCost: 1_024, timeCost: 1, parallelism: 1 });
  const canaries: Canaries = { secret: inEveryForm(Buffer.from(passwordHash)), personal: [] };
  const names = {
    owner: `pia-${mark}`,
    viewer: `vera-${mark}`,
    operator: `otto-${mark}`,
    admin: `ada-${mark}`,
  };
  for (const role of roles) {
    await desk.query(
      `insert into directory_user (id, username, role, password_hash) values ($1, $2, $3, $4)`,
      [randomUUID(), names[role], role, passwordHash],
    );
    await plantSecondFactor(desk, names[role], canaries);
    canaries.personal.push(Buffer.from(names[role]));
  }
  const ownerId = await desk.addUser(names.owner);
  await desk.query(`insert into key_policy (own_keys) values ('regenerate')
    on conflict (id) do update set own_keys = 'regenerate'`);
  const records = new Map<string, Records>();
  for (const round of rounds) {
    records.set(round, await plantRecords(desk, { round, mark, ownerId }, canaries));
  }
  const sessionId = await plantSession(desk, names.admin, canaries);
  async function signIn(role: Exclude<Caller, 'nobody'>) {
    const browser = plainBrowser(desk.url);
    if (role === 'owner') await giveAccess(desk, ownerId, passwordHash);
    await browser.signIn(names[role], password);
    if (role === 'owner') await takeRole(desk, ownerId);
    return browser;
  }
  const owner = await signIn('owner');
  const [viewer, operator, admin] = await Promise.all(roles.map(signIn));
  if (!viewer || !operator || !admin) throw new Error('Nobody is signed in.');
  return {
    ...desk,
    people: { owner, viewer, operator, admin },
    signIn,
    names,
    canaries,
    sessionId,
    records: (round) => records.get(round) as Records,
  };
}

/** A session without a role as single sign-on begins it: by a password, and without the role afterwards. */
async function giveAccess(desk: Desk, id: string, passwordHash: string) {
  const values = `role = 'viewer', password_hash = $2`;
  await desk.query(`update directory_user set ${values} where id = $1`, [id, passwordHash]);
}

async function takeRole(desk: Desk, id: string) {
  const values = 'role = null, password_hash = null';
  await desk.query(`update directory_user set ${values} where id = $1`, [id]);
  await desk.query('update session set own_keys = true where user_id = $1', [id]);
}

type Round = { round: string; mark: string; ownerId: string };

async function plantRecords(desk: Desk, { round, mark, ownerId }: Round, canaries: Canaries) {
  const users = new Map<string, { id: string; username: string; email: string }>();
  const keys = new Map<string, string>();
  for (const owner of owners) {
    const username = `planted-${round}-${owner}-${mark}`;
    const email = `${username}@mail.example`;
    const id = await desk.addUser(username);
    await desk.query('update directory_user set email = $2 where id = $1', [id, email]);
    users.set(owner, { id, username, email });
    canaries.personal.push(Buffer.from(username));
  }
  const uses = ['change', 'switch', 'regenerate', 'stop', 'delete', 'collect', 'extra'];
  for (const use of [...uses, ...ownKeys.map((own) => `own ${own}`)]) {
    const [mac, former] = [randomBytes(32), randomBytes(32)];
    canaries.secret.push(...inEveryForm(mac), ...inEveryForm(former));
    const id = randomUUID();
    keys.set(use, id);
    await desk.query(
      `insert into api_key (id, owner_id, secret_mac, secret_pepper, secret_prefix, secret_first, secret_last, request_id)
       values ($1, $2, $3, 1, 'kd', 'AbCd', 'wXyZ', gen_random_uuid())`,
      [id, use.startsWith('own ') ? ownerId : users.get('key')?.id, mac],
    );
    await desk.query(
      `insert into former_secret (mac, key_id, pepper, version, stops_at)
       values ($1, $2, 1, 1, case when $3 then now() + interval '1 day' end)`,
      [former, id, use === 'stop'],
    );
    await plantEnvelope(desk, id, canaries);
  }
  const importId = randomUUID();
  const imported = { username: `imported-${round}-${mark}`, displayName: '', email: '' };
  const lines = [{ line: 2, ...imported, active: true, problem: null }];
  await desk.query(
    `insert into user_import (id, administrator_id, lines, line_count)
     select $1, id, $2, 1 from directory_user where username = $3`,
    [importId, JSON.stringify(lines), `otto-${mark}`],
  );
  const bulkId = randomUUID();
  await desk.query(
    `with made as (
       insert into bulk_change (id, administrator_id, verb, total)
       select $1, id, 'deactivate', 1 from directory_user where username = $3 returning id
     )
     insert into bulk_change_key (bulk_id, position, key_id) select id, 1, $2 from made`,
    [bulkId, keys.get('extra'), `otto-${mark}`],
  );
  const keyImportId = await plantKeyImport(desk, `otto-${mark}`, users.get('extra')?.username);
  return {
    user: (of: string) => users.get(of) as { id: string; username: string; email: string },
    key: (of: string) => keys.get(of) as string,
    ownKey: (of: string) => keys.get(`own ${of}`) as string,
    importId,
    bulkId,
    keyImportId,
    handOver: await plantHandOver(desk, keys.get('collect') ?? '', canaries),
  };
}

/** A checked file with one key. */
async function plantKeyImport(desk: Desk, importer: string, owner?: string): Promise<string> {
  const id = randomUUID();
  await desk.query(
    `insert into key_import (id, administrator_id, line_count, bad_count, reserved, file_digest)
     select $1, id, 1, 0, false, sha256('') from directory_user where username = $2`,
    [id, importer],
  );
  await desk.query(
    `insert into key_import_line (import_id, line, key_id, username, name, active, scopes, mac,
       pepper, secret_prefix, secret_first, secret_last)
     values ($1, 2, gen_random_uuid(), $2, '', true, '{}', $3, 1, '', '', '')`,
    [id, owner, randomBytes(32)],
  );
  return id;
}

async function plantEnvelope(desk: Desk, keyId: string, canaries: Canaries) {
  const [wrapped, ciphertext] = [randomBytes(60), randomBytes(80)];
  await desk.query(
    'insert into sealed_secret (key_id, kek_version, wrapped_key, ciphertext) values ($1, 1, $2, $3)',
    [keyId, wrapped, ciphertext],
  );
  canaries.secret.push(...inEveryForm(wrapped), ...inEveryForm(ciphertext));
}

async function plantHandOver(desk: Desk, keyId: string, canaries: Canaries) {
  const id = randomUUID();
  const digests = Array.from({ length: 3 }, () => randomBytes(32));
  const sealed = randomBytes(84);
  await desk.query(
    `insert into hand_over (id, key_id, replaces, activates, secret_version, proof_hash, code_mac,
       secret_mac, sealed_secret, secret_pepper, secret_prefix, secret_first, secret_last, overlap,
       expires_at)
     values ($1, $2, true, false, 2, $3, $4, $5, $6, 1, 'kd', 'AbCd', 'wXyZ', 'now',
       now() + interval '1 day')`,
    [id, keyId, ...digests, sealed],
  );
  canaries.secret.push(...[...digests, sealed].flatMap(inEveryForm));
  return { id, keyId };
}

/** Not confirmed, so that these people still sign in with their password alone. */
async function plantSecondFactor(desk: Desk, username: string, canaries: Canaries) {
  const [sealed, recovery] = [randomBytes(48), randomBytes(32)];
  const owner = 'from directory_user where username = $1';
  await desk.query(`insert into second_factor (user_id, sealed_secret) select id, $2 ${owner}`, [
    username,
    sealed,
  ]);
  await desk.query(`insert into recovery_code (user_id, mac) select id, $2 ${owner}`, [
    username,
    recovery,
  ]);
  canaries.secret.push(...inEveryForm(sealed), ...inEveryForm(recovery));
}

async function plantSession(desk: Desk, username: string, canaries: Canaries): Promise<string> {
  const id = randomBytes(32).toString('base64url');
  const idHash = createHash('sha256').update(id).digest();
  await desk.query(
    `insert into session (id_hash, user_id, address) select $1, id, '192.0.2.1' from directory_user where username = $2`,
    [idHash, username],
  );
  canaries.secret.push(Buffer.from(id), ...inEveryForm(idHash));
  return id;
}

/** The bytes themselves, and in the forms in which programs usually write bytes. */
function inEveryForm(bytes: Buffer): Buffer[] {
  const written = [bytes.toString('hex'), bytes.toString('base64'), bytes.toString('base64url')];
  return [bytes, ...written.map((text) => Buffer.from(text))];
}
