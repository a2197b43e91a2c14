export type Schema = Record<string, unknown> & {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  contentSchema?: Schema;
  anyOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  description?: string;
  default?: unknown;
  additionalProperties?: Schema | boolean;
};

export const lastPart = (ref: string) => ref.split('/').at(-1) ?? '';

/** A link to a schema by its name. */
export type LinkTo = (schema: string) => string;

/** A schema in a few words, such as "list of text, or null". */
export function typeText(schema: Schema, linkTo: LinkTo): string {
  const { $ref, anyOf, enum: values, format, items, properties, contentSchema } = schema;
  const inner = (one: Schema) => typeText(one, linkTo);
  if ($ref) return linkTo(lastPart($ref));
  if (contentSchema) return `each line ${inner(contentSchema)}`;
  if (anyOf) return anyOf.map(inner).join(' or ');
  if (values) return values.map(code).join(', ');
  if ('const' in schema) return code(schema.const);
  if (format) return { uuid: 'UUID', 'date-time': 'time' }[format] ?? format;
  if (items) return `list of ${inner(items)}`;
  if (properties) {
    const fields = Object.entries(properties).map(([name, one]) => `\`${name}\` (${inner(one)})`);
    return `object of ${fields.join(', ')}`;
  }
  return [schema.type ?? 'anything'].flat().map(plain).join(' or ');
}

const code = (value: unknown) => `\`${String(value)}\``;

const plain = (type: string) => ({ string: 'text', integer: 'whole number' })[type] ?? type;

/** What else the schema says: its meaning, limits and default. */
export function meaningText(schema: Schema): string {
  const limits = [
    ['minimum', 'at least'],
    ['maximum', 'at most'],
    ['minItems', 'at least (items)'],
    ['maxItems', 'at most (items)'],
    ['maxLength', 'at most (characters)'],
  ].flatMap(([name = '', words]) => (name in schema ? [`${words} ${String(schema[name])}`] : []));
  const first =
    schema.default !== undefined ? [`default \`${JSON.stringify(schema.default)}\``] : [];
  const more = [...limits, ...first].join(', ');
  return [schema.description ?? '', more && `${more[0]?.toUpperCase()}${more.slice(1)}.`]
    .filter(Boolean)
    .join(' ');
}

/** The schemas that a part of the description names. */
export const namedSchemas = (part: unknown): string[] =>
  [...JSON.stringify(part).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
    ([, name = '']) => name,
  );
