import 'server-only';
import { z } from 'zod';
import type { FormValues } from './form-state';

/** More names than any form of ours has. The keys of a bulk change repeat one name. */
export const mostNames = 64;
/** Most texts under one name that are put back. The keys of a bulk change are more, and no field shows them. */
const mostTicked = 200;
/** Longest value in characters that a caller without a session gets back. A username has at most 64. */
const longestEcho = 300;

export type Fields = Record<string, string | File | (string | File)[]>;

/**
 * Reads all fields in one pass, except those of the framework. A repeated name becomes a list.
 *
 * @returns null if there are more than {@link mostNames} names; the rest is not read
 */
export function readFields(form: FormData): Fields | null {
  const fields = new Map<string, Fields[string]>();
  for (const [name, value] of form) {
    if (name.startsWith('$ACTION')) continue;
    const known = fields.get(name);
    if (known === undefined && fields.size === mostNames) return null;
    if (Array.isArray(known)) known.push(value);
    else fields.set(name, known === undefined ? value : [known, value]);
  }
  return Object.fromEntries(fields);
}

/** The field names of a form with this schema. */
export function namesOf(schema: z.ZodType): ReadonlySet<string> {
  if (schema instanceof z.ZodPipe) return namesOf(schema.in as z.ZodType);
  if (schema instanceof z.ZodObject) return new Set(Object.keys(schema.shape));
  throw new TypeError('The schema of an action must be an object.');
}

/**
 * The values to put back into the form: the texts of its own fields, without passwords. Several texts under
 * one name are put into lines, as `CheckboxGroups` reads them.
 */
export function typedValues(fields: Fields, names: ReadonlySet<string>): FormValues {
  const texts = Object.entries(fields)
    .filter(([name]) => names.has(name) && !/password|secret|code/i.test(name))
    .map(([name, value]) => [name, textOf(value)] as const)
    .filter((entry): entry is [string, string] => entry[1] !== null);
  return Object.fromEntries(texts);
}

function textOf(value: Fields[string]): string | null {
  const parts = [value].flat();
  if (parts.length > mostTicked || !parts.every((part) => typeof part === 'string')) return null;
  return parts.join('\n');
}

/** The same for callers without a session, who get back little more than they could have typed. */
export function shortValues(fields: Fields, names: ReadonlySet<string>): FormValues {
  const values = Object.entries(typedValues(fields, names));
  return Object.fromEntries(values.filter(([, value]) => value.length <= longestEcho));
}

/** The first message for each field. Messages about no field are under `form`. */
export function fieldMessages(error: z.ZodError): Record<string, string> {
  const messages: Record<string, string> = {};
  for (const issue of error.issues) messages[String(issue.path[0] ?? 'form')] ??= issue.message;
  return messages;
}

/** Messages for problems without one in the schema. Forms of ours never send such values. */
export const ownWords: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'unrecognized_keys') return 'This form has no such field.';
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'This field is missing.';
  return 'This is not a valid value.';
};
