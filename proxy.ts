import { type NextRequest, NextResponse } from 'next/server';
import { cookieName, cookieOptions } from './lib/auth/own-cookie';
import { tookKey, withoutWholeKeys } from './lib/forms/whole-key';

/** What actions accept, as `next.config.js` says; they answer more with a bare 500. */
const mostBytes = 1_048_576;

/**
 * The policy of pages, which needs a nonce for each; `lib/http` sets all others. Who may see
 * what is decided by pages and actions, not here.
 */
export function proxy(request: NextRequest) {
  if (Number(request.headers.get('content-length')) > mostBytes) {
    return new NextResponse('This form is larger than 1 MB. Go back and send less.', {
      status: 413,
    });
  }
  const asked = request.nextUrl.pathname + request.nextUrl.search;
  const clean = withoutWholeKeys(asked);
  // What a provider of single sign-on sends back is random, and may have the shape of a key.
  const isPage = !request.nextUrl.pathname.startsWith('/api/');
  if (isPage && request.method === 'GET' && clean !== asked) return leadTo(clean, request);
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  // The framework reads the nonce for its own scripts from here.
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  const signedOut = cookieName('signed-out');
  if (request.cookies.has(signedOut)) {
    // Not "cookies": that would sign people out of every other service of their domain.
    response.headers.set('clear-site-data', '"cache", "storage"');
    response.cookies.set(signedOut, '', { ...cookieOptions(), maxAge: 0 });
  }
  return response;
}

/** The same page without the whole key that somebody had searched for; it says so. */
function leadTo(path: string, request: NextRequest) {
  const url = new URL(path, request.nextUrl);
  url.searchParams.set('wholeKey', tookKey);
  return NextResponse.redirect(url, { status: 307, headers: { 'cache-control': 'no-store' } });
}

/** Not files of keys: the framework would keep a copy of what passes here, and they have any length. */
export const config = { matcher: '/((?!_next/static|api/v1/|keys/import/file$).*)' };

function contentSecurityPolicy(nonce: string): string {
  const development = process.env.NODE_ENV === 'development';
  return [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' ${development ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    // The one policy is in `instrumentation-client.ts`.
    ...(development ? [] : ["require-trusted-types-for 'script'", 'trusted-types default']),
  ].join('; ');
}
