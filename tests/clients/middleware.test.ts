import { createVerifier, KeydeskError } from '../../clients/node/index.js';
import { board, desk, key, testMiddleware } from './middleware';

jest.setTimeout(60_000);
testMiddleware(['express', 'fastify', 'hono']);

describe('the verifier alone', () => {
  const verifier = (more = {}) =>
    createVerifier({ url: `${board.url}/`, serviceKey: desk.service.secret, ...more });

  it('returns the verdict, good or bad', async () => {
    expect(await verifier().verify(key.secret)).toMatchObject({ valid: true, keyId: key.id });
    expect(await verifier().verify(key.secret, { scopes: ['admin'] })).toMatchObject({
      ...{ valid: false, code: 'INSUFFICIENT_SCOPE' },
    });
    expect(await verifier().verify('x')).toEqual({ valid: false, code: 'MALFORMED' });
  });

  it('throws where there is none, within its limit, and never says the key', async () => {
    board.answerWith(() => undefined);
    const begun = Date.now();
    const error = await verifier({ timeout: 100 })
      .verify(key.secret)
      .catch((one: Error) => one);
    board.answerWith(null);
    expect(Date.now() - begun).toBeLessThan(1_000);
    expect(error).toBeInstanceOf(KeydeskError);
    expect(String(error)).toBe('KeydeskError: Keydesk did not answer within 100 ms.');
  });

  it('refuses to be made with what cannot be a service key', () => {
    expect(() => verifier({ serviceKey: 'two\nlines' })).toThrow(TypeError);
    expect(() => verifier({ serviceKey: '' })).toThrow(TypeError);
    expect(() => verifier({ url: 'nowhere' })).toThrow();
  });
});
