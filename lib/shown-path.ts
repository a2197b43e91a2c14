const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * A path as a log may hold it: without its query, and of its parts only those that are words of ours
 * or ids of records. Somebody may put a key or a password where a page is asked for.
 */
export function shownPath(url: string): string {
  const path = url.split(/[?#]/, 1)[0] ?? '';
  const parts = path.split('/').slice(1, 9);
  return `/${parts.map((part) => (known.has(part) || uuid.test(part) ? part : ':other')).join('/')}`;
}

const known = new Set(
  `_next static api auth v1 verify introspect gate healthz readyz metrics login keys new delete
  regenerate users import progress suggestions audit export file bulk deleted policies settings prove callback credentials csrf
  providers session signin signout error oidc`
    .split(/\s+/)
    .concat(''),
);
