import 'server-only';
import { headers } from 'next/headers';
import { withoutWholeKeys } from '@/lib/forms/whole-key';
import { addressHeader, pathHeader } from '@/lib/http/trusted-headers';
import type { Visit } from './sign-in';

/** Where the request came from, as recorded by `sanitize`. */
export async function findVisit(): Promise<Visit> {
  const seen = await headers();
  return { address: seen.get(addressHeader) ?? 'unknown', userAgent: seen.get('user-agent') ?? '' };
}

/** Path and query of the requested page, without the framework's own parameter. */
export async function askedPath(): Promise<string> {
  const url = new URL((await headers()).get(pathHeader) ?? '/', 'http://path');
  url.searchParams.delete('_rsc');
  return withoutWholeKeys(url.pathname + url.search);
}
