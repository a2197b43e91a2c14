import { z } from 'zod';

const typedPassword = (message: string) =>
  z.string().min(1, message).max(1_000, 'Use at most 128 characters.');

export const changePasswordInput = z
  .strictObject({
    currentPassword: typedPassword('Enter your current password.'),
    newPassword: typedPassword('Enter a new password.'),
    repeatedPassword: z.string(),
  })
  .refine((input) => input.newPassword === input.repeatedPassword, {
    path: ['repeatedPassword'],
    message: 'This is not the same password.',
  });

export const proveInput = z
  .strictObject({
    password: z.string().max(1_000, 'Use at most 128 characters.').default(''),
    code: z.string().trim().max(50, 'This is no code.').default(''),
    next: z.string().optional(),
  })
  .refine(({ password, code }) => password !== '' || code !== '', {
    path: ['password'],
    message: 'Enter your password.',
  });

export const proveAtProviderInput = z.strictObject({ next: z.string().optional() });

export const codeInput = z.strictObject({
  code: z.string().trim().min(1, 'Enter a code.').max(50, 'This is no code.'),
});

/** Empty for those who sign in with a provider, and have none. */
export const ownPasswordInput = z.strictObject({
  password: z.string().max(1_000, 'Use at most 128 characters.').default(''),
});

export const sessionInput = z.strictObject({ session: z.uuid('This is no session.') });
