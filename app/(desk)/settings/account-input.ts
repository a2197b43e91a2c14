import { z } from 'zod';
import { accountMessages as said } from './account-messages';

const typedPassword = (message: string) => z.string().min(1, message).max(1_000, said.long);

export const changePasswordInput = z
  .strictObject({
    currentPassword: typedPassword(said.noCurrent),
    newPassword: typedPassword(said.noNew),
    repeatedPassword: z.string(),
  })
  .refine((input) => input.newPassword === input.repeatedPassword, {
    path: ['repeatedPassword'],
    message: said.notSame,
  });

export const proveInput = z
  .strictObject({
    password: z.string().max(1_000, said.long).default(''),
    code: z.string().trim().max(50, said.longCode).default(''),
    next: z.string().optional(),
    /** Which field the form shows first. */
    first: z.enum(['password', 'code']).default('password'),
  })
  .superRefine(({ password, code, first }, context) => {
    if (password !== '' || code !== '') return;
    const message = first === 'code' ? said.noCode : said.noPassword;
    context.addIssue({ code: 'custom', path: [first], message });
  });

export const proveAtProviderInput = z.strictObject({ next: z.string().optional() });

export const codeInput = z.strictObject({
  code: z.string().trim().min(1, said.noCode).max(50, said.longCode),
});

/** Empty for those who sign in with a provider, and have none. */
export const ownPasswordInput = z.strictObject({
  password: z.string().max(1_000, said.long).default(''),
});

export const sessionInput = z.strictObject({ session: z.uuid(said.noSession) });
