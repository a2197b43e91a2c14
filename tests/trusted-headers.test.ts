import type { IncomingMessage, ServerResponse } from 'node:http';
import { guardResponse } from '@/lib/http/response-headers';
import { settleTarget } from '@/lib/http/server-edges';
import { addressHeader, clientAddress, sanitize } from '@/lib/http/trusted-headers';
import { useSettings } from './helpers/settings';

function request(headers: Record<string, string>, remoteAddress = '192.0.2.9'): IncomingMessage {
  const socket = { remoteAddress };
  return { headers, rawHeaders: [], url: '/keys?page=2', socket } as unknown as IncomingMessage;
}

const base = { DATABASE_URL: 'postgresql://x@localhost/x' };

describe('the client address', () => {
  it("is the socket's, whatever the client sends, if no proxy is trusted", () => {
    useSettings({ ...base, TRUSTED_PROXIES: '0' });
    expect(clientAddress(request({ 'x-forwarded-for': '203.0.113.7' }))).toBe('192.0.2.9');
    expect(clientAddress(request({}, '::ffff:192.0.2.9'))).toBe('192.0.2.9');
  });

  it('is the one that the trusted proxies saw, not an entry of the client', () => {
    useSettings({ ...base, TRUSTED_PROXIES: '2' });
    const headers = { 'x-forwarded-for': '6.6.6.6, 203.0.113.7, 10.0.0.1' };
    expect(clientAddress(request(headers))).toBe('203.0.113.7');
    expect(clientAddress(request({}))).toBe('192.0.2.9');
  });

  it.each([
    ['::ffff:c000:201', '192.0.2.1'],
    ['6.6.6.6, [2001:DB8::1]:443', '2001:db8::1'],
    ['"192.0.2.1:80"', '192.0.2.1'],
  ])('has one spelling, whatever the proxy sent: %s', (forwarded, expected) => {
    useSettings({ ...base, TRUSTED_PROXIES: '1' });
    expect(clientAddress(request({ 'x-forwarded-for': forwarded }))).toBe(expected);
  });

  it.each(['unknown', 'unix:', '6.6.6.6, ', '6.6.6.6, _hidden', 'evil.example'])(
    'is the peer where the proxy saw no address: %j',
    (forwarded) => {
      useSettings({ ...base, TRUSTED_PROXIES: '1' });
      expect(clientAddress(request({ 'x-forwarded-for': forwarded }))).toBe('192.0.2.9');
    },
  );
});

describe('headers of a request', () => {
  it('replaces headers that a client could forge', () => {
    useSettings({ ...base, TRUSTED_PROXIES: '0' });
    const headers: Record<string, string> = {
      [addressHeader]: '6.6.6.6',
      'x-keydesk-path': '//evil.example',
      'x-forwarded-for': '6.6.6.6',
      'x-forwarded-host': 'evil.example',
      'x-middleware-subrequest': 'middleware',
      'content-security-policy': "script-src 'nonce-forged'",
      origin: 'https://evil.example',
    };
    sanitize(request(headers));
    expect(headers).toEqual({
      [addressHeader]: '192.0.2.9',
      'x-keydesk-path': '/keys?page=2',
      'x-forwarded-for': '192.0.2.9',
      'x-forwarded-host': 'localhost:3000',
      'x-forwarded-proto': 'http',
      // HTTP/1.0 and odd clients send no host, but the framework needs one.
      host: 'localhost:3000',
      origin: 'https://evil.example',
    });
  });

  it('reads invalid percent-encoding literally, and leaves other addresses unchanged', () => {
    useSettings(base);
    const admitted = (url: string) => {
      const arriving = { ...request({}), url } as IncomingMessage;
      sanitize(arriving);
      return arriving.url;
    };
    expect(admitted('/keys/%ff')).toBe('/keys/%25ff');
    expect(admitted('/keys?username=%zz')).toBe('/keys?username=%25zz');
    expect(admitted('/keys?username=%C3%A4%2525')).toBe('/keys?username=%C3%A4%2525');
  });

  it.each([
    ['http://elsewhere.example/keys?page=2', '/keys?page=2'],
    ['HTTPS://elsewhere.example', '/'],
    ['http://elsewhere.example?x', '/?x'],
    ['//elsewhere.example/keys', '//elsewhere.example/keys'],
    ['/api/v1/gate///?scope=a', '/api/v1/gate?scope=a'],
    // Not the gate, and no other endpoint: one endpoint has one spelling.
    ['/api/v1/gates/', '/api/v1/%2Fgates%2F'],
  ])('reads the target %s as %s', (url, expected) => {
    const arriving = { url, method: 'GET' } as IncomingMessage;
    settleTarget(arriving);
    expect(arriving.url).toBe(expected);
  });

  it('takes no longer for a target of many slashes than for another of that length', () => {
    const began = performance.now();
    for (const end of ['x', '?', '']) {
      settleTarget({ url: `${'/'.repeat(60_000)}${end}`, method: 'GET' } as IncomingMessage);
    }
    // Takes seconds if the work is quadratic in the length.
    expect(performance.now() - began).toBeLessThan(300);
  });

  it.each([
    // Our action refuses with a message. The framework would show an error page.
    ['http://desk.example:3000', 'desk.example:3000', 'desk.example:3000'],
    ['http://DESK.example:3000', 'desk.example:3000', 'desk.example:3000'],
    ['https://evil.example', 'desk.example:3000', 'localhost:3000'],
    ['null', 'desk.example:3000', 'localhost:3000'],
    ['http://127.0.0.1:3000', 'localhost:3000', '127.0.0.1:3000'],
  ])('for a form of %s, sent to %s, passes the framework %s', (origin, host, told) => {
    useSettings(base);
    const headers: Record<string, string> = { origin, host };
    sanitize(request(headers));
    expect(headers['x-forwarded-host']).toBe(told);
  });

  it.each([
    ['localhost:3000', 'localhost:3000'],
    ['127.0.0.1:3000', '127.0.0.1:3000'],
    ['evil.example', 'keydesk:8080'],
  ])('if a proxy says that the browser asked for %s, the host is %s', (forwarded, host) => {
    useSettings(base);
    const headers: Record<string, string> = { host: 'keydesk:8080', 'x-forwarded-host': forwarded };
    sanitize(request(headers));
    expect(headers.host).toBe(host);
  });

  it('accepts a form of 127.0.0.1 under its own name', () => {
    useSettings(base);
    const headers: Record<string, string> = { origin: 'http://127.0.0.1:3000' };
    sanitize(request(headers));
    expect(headers['x-forwarded-host']).toBe('127.0.0.1:3000');
  });
});

describe('every answer', () => {
  function headersOf(path: string): Record<string, string> {
    const headers: Record<string, string> = {};
    const setHeader = (name: string, value: string) => {
      headers[name] = value;
    };
    guardResponse({ setHeader } as unknown as ServerResponse, path);
    return headers;
  }

  it('requires https for two years if Keydesk uses it, and only then', () => {
    useSettings({ ...base, AUTH_URL: 'https://keys.example.org' });
    expect(headersOf('/keys')).toMatchObject({
      'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
    });
    useSettings({ ...base, AUTH_URL: 'http://localhost:3000' });
    expect(headersOf('/keys')).not.toHaveProperty('Strict-Transport-Security');
  });

  it('is not stored, except for files of the build', () => {
    useSettings(base);
    expect(headersOf('/keys')).toMatchObject({ 'Cache-Control': 'no-store' });
    expect(headersOf('/_next/static/chunks/a.js')).not.toHaveProperty('Cache-Control');
  });

  it('has a policy that allows nothing, until a page allows what it needs', () => {
    useSettings(base);
    expect(headersOf('/keys')['Content-Security-Policy']).toContain("default-src 'none'");
  });
});
