import 'server-only';
import { randomBytes } from 'node:crypto';

/** 144 random bits, as 24 characters that can be typed. */
export const generatePassword = () => randomBytes(18).toString('base64url');
