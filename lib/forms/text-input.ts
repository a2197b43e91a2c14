import { z } from 'zod';

/** Characters that are invisible or reorder others: controls, formats, private, unassigned. */
const unprintable = /[\p{C}\p{Zl}\p{Zp}]/u;
/** Joins several emoji into one. Harmless in a label, but misleading in a name that identifies. */
const joiner = /\u200d/gu;

/** Blanks, characters that no font draws, and two signs that look like a blank. */
const invisible = /[\p{White_Space}\p{Default_Ignorable_Code_Point}\u2800\u{1d159}]/gu;

export function characters(text: string): number {
  return [...text].length;
}

/** A short text for people: trimmed, NFC and printable. Lengths count characters, not UTF-16 units. */
export function labelText(name: string, longest: number) {
  return z
    .string(`Enter a ${name}.`)
    .transform((text) => text.trim().normalize('NFC'))
    .refine((text) => characters(text) <= longest, `Use at most ${longest} characters.`)
    .refine(
      (text) => !unprintable.test(text.replace(joiner, '')),
      'Use printable characters only.',
    );
}

/** A username: 1 to 64 printable characters, at least one of them visible. Trimmed and NFC. */
export const usernameText = z
  .string('Enter a username.')
  .transform((text) => text.trim().normalize('NFC'))
  .refine((text) => text !== '', 'Enter a username.')
  .refine((text) => characters(text) <= 64, 'Use at most 64 characters.')
  .refine((text) => !unprintable.test(text), 'Use printable characters only.')
  .refine(
    (text) => text === '' || text.replace(invisible, '') !== '',
    'Use at least one character that can be seen.',
  );

/** The username that the last warning of a look-alike named. Sending it again confirms it. */
export const lookalikeText = z.string().max(2_000).default('');

export const recordId = z.uuid('This is not a record of Keydesk.');

/** The answer to a question with two radio buttons. */
export const yesOrNo = z
  .enum(['yes', 'no'], 'Choose Yes or No.')
  .transform((answer) => answer === 'yes');

/** A checkbox, which is sent only if ticked. */
export const ticked = z
  .literal('yes')
  .optional()
  .transform((answer) => answer === 'yes');
