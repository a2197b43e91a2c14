import { z } from 'zod';

type Json = Record<string, unknown>;

/**
 * Collects JSON schemas for an OpenAPI document. Schemas with an `id` stand once among the components, and
 * everything else refers to them, and so do responses.
 */
export class SchemaCollection {
  readonly components: Json = {};
  readonly responses: Json = {};

  /** The JSON schema of what callers send (`input`) or get (`output`). */
  add(schema: z.ZodType, io: 'input' | 'output'): Json {
    const { $schema: _, $defs = {}, ...made } = z.toJSONSchema(schema, { io }) as Json;
    for (const [id, inner] of Object.entries($defs as Json)) this.components[id] = plain(inner);
    return plain(made) as Json;
  }
}

/** Patterns and bounds that say no more than a format or a type does. */
const formats = ['uuid', 'date-time'];
const safe = Number.MAX_SAFE_INTEGER;

/** The same schema, shorter, with references into the components. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const { format } = value as Json;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      if (name === 'pattern' && formats.includes(String(format))) return [];
      if ((name === 'minimum' || name === 'maximum') && Math.abs(Number(inner)) === safe) return [];
      if (name === '$ref') {
        return [[name, String(inner).replace('#/$defs/', '#/components/schemas/')]];
      }
      return [[name, plain(inner)]];
    }),
  );
}
