import 'server-only';
import { auditEndpoint } from './audit-endpoint';
import type { Endpoint } from './endpoint';
import { leaksEndpoint } from './leaks-endpoint';
import { getKeyEndpoint, keyUsageEndpoint, listKeysEndpoint } from './read-keys';
import { getUserEndpoint, listUsersEndpoint } from './read-users';
import {
  activateKeyEndpoint,
  deactivateKeyEndpoint,
  deleteKeyEndpoint,
  restoreKeyEndpoint,
  transferKeyEndpoint,
} from './switch-keys';
import { createKeyEndpoint, patchKeyEndpoint, regenerateKeyEndpoint } from './write-keys';
import {
  createUserEndpoint,
  deleteUserEndpoint,
  disableUserEndpoint,
  enableUserEndpoint,
  patchUserEndpoint,
} from './write-users';

/** Every endpoint of the management API. Requests are led by this table, and the description made from it. */
export const endpoints: readonly Endpoint[] = [
  listKeysEndpoint,
  createKeyEndpoint,
  getKeyEndpoint,
  patchKeyEndpoint,
  deleteKeyEndpoint,
  regenerateKeyEndpoint,
  activateKeyEndpoint,
  deactivateKeyEndpoint,
  restoreKeyEndpoint,
  transferKeyEndpoint,
  keyUsageEndpoint,
  listUsersEndpoint,
  createUserEndpoint,
  getUserEndpoint,
  patchUserEndpoint,
  deleteUserEndpoint,
  disableUserEndpoint,
  enableUserEndpoint,
  auditEndpoint,
  leaksEndpoint,
];

export const base = '/api/v1';

type Found = {
  id: string;
  byMethod: ReadonlyMap<string, Endpoint>;
  /** The value of the header `Allow`. */
  allow: string;
};

const uuid = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
const patterns = [...new Set(endpoints.map(({ path }) => path))].map((path) => ({
  form: new RegExp(`^${base}${path.replace('{id}', `(${uuid})`)}$`),
  ...methodsOf(endpoints.filter((one) => one.path === path)),
}));

function methodsOf(own: Endpoint[]): Omit<Found, 'id'> {
  const byMethod = new Map<string, Endpoint>(own.map((one) => [one.method, one]));
  const methods = [...byMethod.keys()].flatMap((one) => (one === 'GET' ? [one, 'HEAD'] : one));
  return { byMethod, allow: [...methods, 'OPTIONS'].join(', ') };
}

/** The endpoints at a path, by method; null if there is nothing. */
export function endpointsAt(path: string): Found | null {
  for (const { form, byMethod, allow } of patterns) {
    const match = form.exec(path);
    if (match) return { id: (match[1] ?? '').toLowerCase(), byMethod, allow };
  }
  return null;
}
