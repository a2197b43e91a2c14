/** A reason to stop that its reader can act on. Printed without a stack. */
export class Sentence extends Error {}

/** The command was written in a wrong way. */
export class UsageError extends Sentence {}

export function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}
