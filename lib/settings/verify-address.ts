import 'server-only';
import { settings } from './settings';

const path = '/api/v1/verify';

/** Where a service can ask: at the public address of the verification API, else at that of the pages. */
export function verifyAddress(): string {
  const { AUTH_URL, VERIFY_URL } = settings();
  return `${VERIFY_URL ?? AUTH_URL}${path}`;
}

/** Both ways to ask: beside the pages, and at the listener that is there for services alone. */
export function verifyAddresses() {
  const { AUTH_URL, VERIFY_URL, VERIFY_PORT } = settings();
  return {
    withPages: `${AUTH_URL}${path}`,
    /** Null where nobody has said what its public address is. */
    alone: VERIFY_URL ? `${VERIFY_URL}${path}` : null,
    alonePort: VERIFY_PORT,
  };
}
