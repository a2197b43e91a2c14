import 'server-only';
import { headers } from 'next/headers';
import { isPublicHost, publicOrigins } from '@/lib/http/public-origin';
import { settings } from '@/lib/settings/settings';
import { askedPath } from './request-origin';

/**
 * Whether this page was requested at one of our addresses, and the address of the same page at the public
 * one.
 */
export async function findAskedAddress() {
  return {
    isElsewhere: !isPublicHost((await headers()).get('host') ?? ''),
    origins: publicOrigins(),
    address: settings().AUTH_URL + (await askedPath()),
  };
}
