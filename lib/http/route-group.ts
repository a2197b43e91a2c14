/** First words of addresses. Whatever else somebody asks for is one group, so that nobody can make more. */
const pages = new Set([
  ...['login', 'keys', 'overview', 'users', 'audit', 'settings', 'collect', 'me'],
]);
const services = new Set(['verify', 'introspect', 'revoke', 'gate']);
const health = new Set(['healthz', 'readyz']);

/** The part of the desk that a path leads to, as a label of metrics. */
export function routeGroup(path: string): string {
  const [first = '', second, third = ''] = (path.split('?', 1)[0] ?? '').split('/').slice(1);
  if (first === '') return 'start';
  if (pages.has(first)) return first;
  if (health.has(first)) return 'health';
  if (first === '_next') return 'assets';
  if (first !== 'api') return 'other';
  if (second === 'auth') return 'single-sign-on';
  return services.has(third) ? 'verification' : 'api';
}
