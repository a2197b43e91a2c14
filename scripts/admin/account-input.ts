import { z } from 'zod';
import { roles } from '@/db/schema/directory-user';
import { usernameText } from '@/lib/forms/text-input';
import { passwordProblem } from '@/lib/passwords/password-policy';
import { Sentence } from '../sentence';

const roleInput = z.enum(roles, `The role must be one of ${roles.join(', ')}.`);
const passwordInput = z
  .string()
  .refine(
    (text) => passwordProblem(text) === null,
    'ADMIN_PASSWORD must be 15 to 128 characters and not a common password.',
  );

export const parseRole = (text: string) => parse(roleInput, text);
export const parseUsername = (text: string) => parse(usernameText, text);
export const parsePassword = (text: string) => parse(passwordInput, text);

function parse<Output>(schema: z.ZodType<Output>, text: string): Output {
  const parsed = schema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new Sentence(parsed.error.issues[0]?.message ?? 'This is not a valid value.');
}
