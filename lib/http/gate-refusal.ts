import 'server-only';
import { problem } from './problem';

export const gatePath = '/api/v1/gate';

/** Identical to the byte, whatever is wrong with the key, the caller or the request. */
export const refusal = problem(401, 'No valid API key.', {
  'WWW-Authenticate': 'Bearer realm="API"',
});
