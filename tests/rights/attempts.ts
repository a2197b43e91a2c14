import { randomUUID } from 'node:crypto';
import { pagePool } from '@/db/client';
import type { Administrator } from '@/lib/access/administrator';
import { type BulkVerb, startBulkInput } from '@/lib/keys/bulk/bulk-input';
import { findBulkChange } from '@/lib/keys/bulk/find-bulk-change';
import { startBulkChange } from '@/lib/keys/bulk/start-bulk-change';
import { stepBulkChange } from '@/lib/keys/bulk/step-bulk-change';
import { changeKey, deleteKey, switchKey } from '@/lib/keys/change-key';
import type { ChangeKeyInput } from '@/lib/keys/key-input';
import { stopOldSecret } from '@/lib/keys/overlap';
import { regenerateKey } from '@/lib/keys/regenerate-key';
import { restoreKey } from '@/lib/keys/restore-key';
import { changeUser } from '@/lib/users/change-user';
import { deleteUser } from '@/lib/users/delete-user';
import { disableUser } from '@/lib/users/disable-user';
import type { KeyAction } from '@/lib/users/disable-user-input';
import { ada, insertUser } from '../helpers/people';

/** A key and its owner, grace. */
export type Subject = { key: string; grace: string; scopes: string[] };

/** @returns the outcome */
type Attempt = (by: Administrator, subject: Subject) => Promise<string>;

const query = (text: string, values: unknown[] = []) => pagePool().query(text, values);
const outcome = async (result: Promise<{ outcome: string }>) => (await result).outcome;
const day = 86_400_000;
/** The key's initial limits: it expires in 60 days, is bound to a network and has a rate limit. */
export const limits = {
  expires: new Date(Date.now() + 60 * day),
  allowedAddresses: ['192.0.2.0/24'],
  rateLimit: 100,
  rateWindow: 60,
};

const change =
  (more: (subject: Subject) => Partial<ChangeKeyInput>): Attempt =>
  (by, subject) =>
    outcome(
      changeKey(by, {
        id: subject.key,
        name: '',
        active: true,
        ...more(subject),
      } as ChangeKeyInput),
    );
const facts = { username: 'grace', displayName: '', email: '' };
const enable = (active: boolean): Attempt => {
  return (by, { grace }) => outcome(changeUser(by, { id: grace, ...facts, active }));
};
const leave =
  (keyAction: KeyAction, to = ''): Attempt =>
  (by, { grace }) =>
    outcome(disableUser(by, { id: grace, keys: 1, keyAction, to }));

const bulk =
  (verb: BulkVerb): Attempt =>
  async (by, { key }) => {
    const begun = await startBulkChange(by, startBulkInput.parse({ verb, key: [key] }));
    if (begun.outcome !== 'started') return begun.outcome;
    await stepBulkChange(by, begun.id);
    const done = await findBulkChange(by, begun.id);
    return done?.skipped[0]?.outcome ?? 'changed';
  };

const off = ({ key }: Subject) => query('update api_key set active = false where id = $1', [key]);
const asleep = ({ grace }: Subject) =>
  query('update directory_user set active = false where id = $1', [grace]);

/** Changes that extend or restrict a key, one field or verb at a time. */
export const attempts: Record<string, Attempt> = {
  'a later end': change(() => ({ expires: new Date(Date.now() + 90 * day) })),
  'an end in some days': change(() => ({ lifetime: '90' })),
  'no end': change(() => ({ expires: null })),
  'an earlier end': change(() => ({ expires: new Date(Date.now() + day) })),
  'all networks': change(() => ({ allowedAddresses: [] })),
  'more networks': change(() => ({ allowedAddresses: ['192.0.2.0/24', '198.51.100.0/24'] })),
  'another network': change(() => ({ allowedAddresses: ['198.51.100.0/24'] })),
  'no rate': change(() => ({ rateLimit: null })),
  'a higher rate': change(() => ({ rateLimit: 1_000 })),
  'a lower rate': change(() => ({ rateLimit: 1 })),
  'a longer window': change(() => ({ rateLimit: 100, rateWindow: 3_600 })),
  'another scope': change(({ scopes }) => ({ scopes: [...scopes, 'reports:write'] })),
  'a scope less': change(({ scopes }) => ({ scopes: scopes.slice(0, -1) })),
  'off, in the form': change(() => ({ active: false })),
  'on, in the form': async (by, subject) => {
    await off(subject);
    return change(() => ({}))(by, subject);
  },
  off: (by, { key }) => outcome(switchKey(by, { id: key, active: false })),
  on: async (by, subject) => {
    await off(subject);
    return outcome(switchKey(by, { id: subject.key, active: true }));
  },
  delete: (by, { key }) => outcome(deleteKey(by, key)),
  'undo of one’s own deletion': async (by, { key, scopes }) => {
    await query(`update api_key set scopes = '{}' where id = $1`, [key]);
    await deleteKey(by, key);
    await query('update api_key set scopes = $2 where id = $1', [key, scopes]);
    return outcome(restoreKey(by, key));
  },
  'a new secret': (by, { key }) => outcome(regenerateKey(by, { id: key, version: 1 })),
  'the old secret stopped': async (by, { key }) => {
    await regenerateKey(ada, { id: key, version: 1, stops: '7d' });
    return outcome(stopOldSecret(by, { id: key, version: 1 }));
  },
  'bulk: off': bulk('deactivate'),
  'bulk: on': async (by, subject) => {
    await off(subject);
    return bulk('activate')(by, subject);
  },
  'bulk: delete': bulk('delete'),
  'its owner disabled': enable(false),
  'its owner enabled': async (by, subject) => {
    await asleep(subject);
    return enable(true)(by, subject);
  },
  'its owner off-boarded, keys kept': leave('keep'),
  'its owner off-boarded, keys off': leave('deactivate'),
  'its owner off-boarded, keys deleted': leave('delete'),
  'its owner off-boarded, keys handed over': async (by, subject) => {
    await insertUser('linus');
    return leave('transfer', 'linus')(by, subject);
  },
  'keys of a disabled owner handed over': async (by, subject) => {
    await insertUser('linus');
    await asleep(subject);
    return leave('transfer', 'linus')(by, subject);
  },
  'its owner deleted': (by, { grace }) => outcome(deleteUser(by, { id: grace, keys: 1 })),
};

/** Changes that only describe a key. */
export const descriptions: Record<string, Attempt> = {
  'a name': change(() => ({ name: randomUUID() })),
  metadata: change(() => ({ metadata: { team: 'edge' } })),
};
