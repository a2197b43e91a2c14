import 'server-only';
import { settings } from './settings';

const path = '/api/v1/verify';

/** Where a service can ask: at the public address of the verification API, else at that of the pages. */
export function verifyAddress(): string {
  const { AUTH_URL, VERIFY_URL } = settings();
  return `${VERIFY_URL ?? AUTH_URL}${path}`;
}

export type VerifyAddresses = {
  withPages: string;
  /** Of the listener that is there for services alone; null where nobody has said what it is. */
  alone: string | null;
  /** 0 where there is none. */
  alonePort: number;
  /** Where services manage keys and users. */
  management: string;
};

export function verifyAddresses(): VerifyAddresses {
  const { AUTH_URL, VERIFY_URL, VERIFY_PORT, ROLE } = settings();
  return {
    withPages: `${AUTH_URL}${path}`,
    alone: VERIFY_URL ? `${VERIFY_URL}${path}` : null,
    alonePort: ROLE === 'pages' ? 0 : VERIFY_PORT,
    management: `${AUTH_URL}/api/v1`,
  };
}
