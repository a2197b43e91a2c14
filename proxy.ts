import { type NextRequest, NextResponse } from 'next/server';
import { cookieName, cookieOptions } from './lib/auth/own-cookie';
import { tookKey, withoutWholeKeys } from './lib/forms/whole-key';

/** The limit of actions in `next.config.js`. Above it they answer with a bare 500. */
const mostBytes = 1_048_576;

/**
 * Sets the policy of pages, which needs a new nonce for each. `lib/http` sets all other headers. Pages and
 * actions check access, not this function.
 */
export function proxy(request: NextRequest) {
  if (Number(request.headers.get('content-length')) > mostBytes) {
    return new NextResponse('This form is larger than 1 MB. Go back and send less.', {
      status: 413,
    });
  }
  const asked = request.nextUrl.pathname + request.nextUrl.search;
  const clean = withoutWholeKeys(asked);
  // Parameters from a provider of single sign-on are random, so they may look like a key.
  const isPage = !request.nextUrl.pathname.startsWith('/api/');
  if (isPage && request.method === 'GET' && clean !== asked) return leadTo(clean, request);
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  // The framework reads the nonce for its own scripts from this header.
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  const signedOut = cookieName('signed-out');
  if (request.cookies.has(signedOut)) {
    // Not "cookies", which would sign people out of every other service of their domain.
    response.headers.set('clear-site-data', '"cache", "storage"');
    response.cookies.set(signedOut, '', { ...cookieOptions(), maxAge: 0 });
  }
  return response;
}

/** Redirects to the same page without the whole key in the address. The page says what happened. */
function leadTo(path: string, request: NextRequest) {
  const url = new URL(path, request.nextUrl);
  url.searchParams.set('wholeKey', tookKey);
  return NextResponse.redirect(url, { status: 307, headers: { 'cache-control': 'no-store' } });
}

/**
 * Excludes files of keys, because the framework buffers whatever passes here, and they may have any length.
 */
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
    // `instrumentation-client.ts` has the only policy.
    ...(development ? [] : ["require-trusted-types-for 'script'", 'trusted-types default']),
  ].join('; ');
}
