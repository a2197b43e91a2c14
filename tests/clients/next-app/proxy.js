import { refuseWithoutKey } from '@keydesk/verify/next';
import { ip, verifier } from './verifier.js';

export const proxy = refuseWithoutKey(verifier, { scopes: ['reports:read'], ip });

export const config = { matcher: '/admin' };
