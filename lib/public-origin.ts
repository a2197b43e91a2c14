import 'server-only';
import { settings } from './env';

/** The addresses under which browsers may use this installation: `AUTH_URL`, and its loopback twin. */
export function publicOrigins(): string[] {
  const origin = settings().AUTH_URL;
  const url = new URL(origin);
  if (url.hostname !== 'localhost') return [origin];
  url.hostname = '127.0.0.1';
  return [origin, url.origin];
}

export function isHttps(): boolean {
  return settings().AUTH_URL.startsWith('https:');
}
