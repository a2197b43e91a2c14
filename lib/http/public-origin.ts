import 'server-only';
import { settings } from '@/lib/settings/settings';

/** The origins under which browsers may use this installation: `AUTH_URL`, and 127.0.0.1 beside localhost. */
export function publicOrigins(): string[] {
  const origin = settings().AUTH_URL;
  const url = new URL(origin);
  if (url.hostname !== 'localhost') return [origin];
  url.hostname = '127.0.0.1';
  return [origin, url.origin];
}

/** Whether `Host` names one of them. Use it only for what a page says, because anybody can forge it. */
export function isPublicHost(host: string): boolean {
  return publicOrigins().some(
    (origin) => hostOf(`${new URL(origin).protocol}//${host}`) === hostOf(origin),
  );
}

/** The host as URLs write it: in lower case, without a default port. */
function hostOf(address: string): string | null {
  return URL.canParse(address) ? new URL(address).host : null;
}

export function isHttps(): boolean {
  return settings().AUTH_URL.startsWith('https:');
}
