import 'server-only';
import { settings } from '@/lib/settings/settings';

/** The addresses under which browsers may use this installation: `AUTH_URL`, and its loopback twin. */
export function publicOrigins(): string[] {
  const origin = settings().AUTH_URL;
  const url = new URL(origin);
  if (url.hostname !== 'localhost') return [origin];
  url.hostname = '127.0.0.1';
  return [origin, url.origin];
}

/** Whether `Host` names one of them. It decides nothing but what a page says: anybody can write it. */
export function isPublicHost(host: string): boolean {
  return publicOrigins().some(
    (origin) => hostOf(`${new URL(origin).protocol}//${host}`) === hostOf(origin),
  );
}

/** As URLs write it: in small letters, without the port that goes without saying. */
function hostOf(address: string): string | null {
  return URL.canParse(address) ? new URL(address).host : null;
}

export function isHttps(): boolean {
  return settings().AUTH_URL.startsWith('https:');
}
