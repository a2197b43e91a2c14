import 'server-only';
import { Coverage } from './coverage';
import type { Remedy } from './remedy';

export type KeyEnd = 'delete' | 'replace-secret' | 'switch-off' | 'end-overlap';
export type KeyRemedy = { end: KeyEnd | null; expiresAt: string | null };
export type UserRemedy = {
  disable: boolean;
  forgetPassword: boolean;
  unlink: boolean;
  /** The lowest role since; undefined if it was not changed. */
  role?: string | null;
};

/** Strongest first: a stronger end includes the weaker ones. */
const ends: readonly KeyEnd[] = ['delete', 'replace-secret', 'switch-off', 'end-overlap'];
const roleRank = (role: string | null) => ['viewer', 'operator', 'admin'].indexOf(role ?? '') + 1;

/** What a file asks for, added up for each record, so that its order and repeated lines do not matter. */
export class RevocationList {
  readonly coverage = new Coverage();
  readonly keys = new Map<string, KeyRemedy>();
  readonly users = new Map<string, UserRemedy>();
  readonly webhooks = new Set<string>();
  /** Whether policies or recipients of mails were changed. */
  looks = false;

  add(remedy: Remedy, id: string | null): void {
    if (remedy.on === 'settings') this.looks = true;
    else if (id === null) return;
    else if (remedy.on === 'webhook') this.webhooks.add(id);
    else if (remedy.on === 'user') this.addUser(remedy, id);
    else this.addKey(remedy, id);
  }

  private addKey(remedy: Extract<Remedy, { on: 'key' }>, id: string) {
    const own = this.keys.get(id) ?? { end: null, expiresAt: null };
    if (remedy.kind === 'expire') {
      own.expiresAt = earlier(own.expiresAt, remedy.at);
    } else if (own.end === null || ends.indexOf(remedy.kind) < ends.indexOf(own.end)) {
      own.end = remedy.kind;
    }
    this.keys.set(id, own);
  }

  private addUser(remedy: Extract<Remedy, { on: 'user' }>, id: string) {
    const own = this.users.get(id) ?? { disable: false, forgetPassword: false, unlink: false };
    if ('to' in remedy) {
      own.role = own.role === undefined ? remedy.to : lowerRole(own.role, remedy.to);
    } else if (remedy.kind === 'disable') own.disable = true;
    else if (remedy.kind === 'forget-password') own.forgetPassword = true;
    else own.unlink = true;
    this.users.set(id, own);
  }
}

const earlier = (one: string | null, other: string) =>
  one !== null && Date.parse(one) < Date.parse(other) ? one : other;

/** The lower of two roles; null is none. */
export const lowerRole = (one: string | null, other: string | null) =>
  roleRank(one) < roleRank(other) ? one : other;
