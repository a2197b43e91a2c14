// @ts-check
/** @import { Verdict, VerifierOptions } from './index.d.ts' */

export class KeydeskError extends Error {
  name = 'KeydeskError';

  /**
   * @param {string} message
   * @param {{ status?: number, retryAfter?: number, cause?: unknown }} [more]
   */
  constructor(message, { status, retryAfter, cause } = {}) {
    super(message, { cause });
    /** @type {number | undefined} */
    this.status = status;
    /** @type {number | undefined} */
    this.retryAfter = retryAfter;
  }
}

/** @type {typeof import('./index.d.ts').createVerifier} */
export function createVerifier({ url, serviceKey, timeout = 2000 }) {
  const address = new URL('api/v1/verify', url.endsWith('/') ? url : `${url}/`).href;
  if (!/^[\x21-\x7e]+$/.test(serviceKey)) throw new TypeError('serviceKey is not a service key.');
  const headers = { authorization: `Bearer ${serviceKey}`, 'content-type': 'application/json' };
  return {
    async verify(key, { scopes = [], ip } = {}) {
      const body = JSON.stringify({ key, scopes, ...(ip === undefined ? {} : { ip }) });
      const { status, retryAfter, text } = await ask(address, { headers, body, timeout });
      if (status !== 200) {
        throw new KeydeskError(`Keydesk answered ${status}.`, { status, retryAfter });
      }
      return readVerdict(text);
    },
  };
}

/**
 * One signal ends everything, also an answer that begins in time and never ends. A redirect is an error,
 * because the service key must not reach another server.
 *
 * @param {string} address
 * @param {{ headers: Record<string, string>, body: string, timeout: number }} request
 */
async function ask(address, { headers, body, timeout }) {
  const signal = AbortSignal.timeout(timeout);
  try {
    const response = await fetch(address, {
      ...{ method: 'POST', headers, body, signal },
      ...{ redirect: 'error', cache: 'no-store' },
    });
    const wait = response.headers.get('retry-after') ?? '';
    const retryAfter = /^\d{1,6}$/.test(wait) ? Number(wait) : undefined;
    return { status: response.status, retryAfter, text: await response.text() };
  } catch (cause) {
    const message = signal.aborted
      ? `Keydesk did not answer within ${timeout} ms.`
      : 'Keydesk could not be asked.';
    throw new KeydeskError(message, { cause });
  }
}

/**
 * Anything but a verdict is an error, such as the page of a proxy that answers 200.
 *
 * @param {string} text
 * @returns {Verdict}
 */
function readVerdict(text) {
  /** @type {unknown} */
  let value;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new KeydeskError('Keydesk answered something other than JSON.', { status: 200, cause });
  }
  const verdict = /** @type {Partial<Verdict> | null} */ (value);
  const isOne =
    typeof verdict === 'object' &&
    typeof verdict?.code === 'string' &&
    verdict.valid === (verdict.code === 'VALID') &&
    (!verdict.valid || (typeof verdict.keyId === 'string' && Array.isArray(verdict.scopes)));
  if (!isOne) throw new KeydeskError('Keydesk answered no verdict.', { status: 200 });
  return /** @type {Verdict} */ (verdict);
}
