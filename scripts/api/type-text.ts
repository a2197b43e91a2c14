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

/** A schema in a few words, such as "list of text, or null". */
export function typeText(schema: Schema): string {
  const { $ref, anyOf, enum: values, format, items, properties, contentSchema } = schema;
  if ($ref) return linkTo($ref);
  if (contentSchema) return `each line ${typeText(contentSchema)}`;
  if (anyOf) return anyOf.map(typeText).join(' or ');
  if (values) return values.map(code).join(', ');
  if ('const' in schema) return code(schema.const);
  if (format) return { uuid: 'UUID', 'date-time': 'time' }[format] ?? format;
  if (items) return `list of ${typeText(items)}`;
  if (properties) return `object of ${Object.entries(properties).map(fieldText).join(', ')}`;
  return [schema.type ?? 'anything'].flat().map(plain).join(' or ');
}

const code = (value: unknown) => `\`${String(value)}\``;

const fieldText = ([name, schema]: [string, Schema]) => `\`${name}\` (${typeText(schema)})`;

const plain = (type: string) => ({ string: 'text', integer: 'whole number' })[type] ?? type;

function linkTo(ref: string): string {
  const name = ref.split('/').at(-1) ?? '';
  return `[${name}](#${name.toLowerCase()})`;
}

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
