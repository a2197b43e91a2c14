import 'server-only';
import type { z } from 'zod';
import { ProblemError } from './api-problem';

type Refused = { pointer: string; detail: string };

/** The longest list of refused values in one problem. */
const mostErrors = 50;

/**
 * The value that the schema makes of the input.
 *
 * @throws ProblemError with a JSON pointer for each refused value
 */
export function readChecked<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  where?: 'query',
): z.output<Schema> {
  const read = schema.safeParse(input);
  if (read.success) return read.data;
  throw refuseValues(read.error.issues.flatMap(refusalsOf), where);
}

/** The problem about these values. */
export function refuseValues(errors: Refused[], where?: 'query'): ProblemError {
  const [first] = errors;
  const named = first?.pointer ? `${first.pointer}: ${first.detail}` : first?.detail;
  const all = errors.slice(0, mostErrors).map((one) => (where ? { ...one, in: where } : one));
  return new ProblemError('invalid', named, { errors: all });
}

function refusalsOf(issue: z.core.$ZodIssue): Refused[] {
  if (issue.code !== 'unrecognized_keys') {
    return [{ pointer: pointerTo(issue.path), detail: issue.message }];
  }
  return issue.keys.map((key) => ({
    pointer: pointerTo([...issue.path, key]),
    detail: 'This field is not known.',
  }));
}

/** RFC 6901. */
const pointerTo = (path: PropertyKey[]) =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
