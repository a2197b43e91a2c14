import 'server-only';
import { problem } from './problem';

export const gatePath = '/api/v1/gate';

/** One and the same to the byte, whatever is wrong with the key, the caller or the way they came. */
export const refusal = problem(401, 'No valid API key.', {
  'WWW-Authenticate': 'Bearer realm="API"',
});
