import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { roles } from '@/db/schema/directory-user';
import { usernameText } from '@/lib/text-input';
import { Sentence } from '../sentence';

const roleInput = z.enum(roles, `The role must be one of ${roles.join(', ')}.`);
const passwordInput = z
  .string()
  .min(15, 'ADMIN_PASSWORD must be 15 to 128 characters.')
  .max(128, 'ADMIN_PASSWORD must be 15 to 128 characters.');

export const parseRole = (text: string) => parse(roleInput, text);
export const parseUsername = (text: string) => parse(usernameText, text);
export const parsePassword = (text: string) => parse(passwordInput, text);

/** 144 bits, as 24 characters that can be typed. */
export const generatePassword = () => randomBytes(18).toString('base64url');

function parse<Output>(schema: z.ZodType<Output>, text: string): Output {
  const parsed = schema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new Sentence(parsed.error.issues[0]?.message ?? 'This is not what was asked for.');
}
