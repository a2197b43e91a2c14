import 'server-only';
import { headers } from 'next/headers';
import { isPublicHost, publicOrigins } from '@/lib/http/public-origin';
import { settings } from '@/lib/settings/settings';
import { askedPath } from './request-origin';

/** Whether this page was asked for at an address of ours, and where the same page is at the right one. */
export async function findAskedAddress() {
  return {
    isElsewhere: !isPublicHost((await headers()).get('host') ?? ''),
    origins: publicOrigins(),
    address: settings().AUTH_URL + (await askedPath()),
  };
}
