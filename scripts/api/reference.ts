import { problemKinds } from '@/lib/api/problem-kinds';
import { meaningText, type Schema, typeText } from './type-text';

type Content = Record<string, { schema: Schema }>;
type Parameter = {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema: Schema;
};
type Operation = {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Content };
  responses: Record<string, Response | { $ref: string }>;
};
type Response = { description: string; content?: Content };
type Responses = Record<string, Response>;
type Description = {
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema>; responses: Responses };
};

const head = `# API reference

Made by \`npm run api\` from the description that every Keydesk serves at \`/api/v1/openapi.json\`; a copy is
[openapi.json](openapi.json). How to use it: [Management API](management-api.md).
`;

/** The page of the manual that lists every operation and schema of the description. */
export function reference(document: Record<string, unknown>): string {
  const { tags, paths, components } = document as Description;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const groups = tags.map(({ name, description }) => {
    const own = operations.filter(({ operation }) => operation.tags.includes(name));
    return [
      `## ${name}\n\n${description}\n`,
      ...own.map((one) => operationText(one, components.responses)),
    ].join('\n');
  });
  const schemas = Object.entries(components.schemas).map(schemaText);
  return [head, ...groups, `## Schemas\n`, ...schemas].join('\n');
}

type Placed = { path: string; method: string; operation: Operation };

function operationText({ path, method, operation }: Placed, shared: Responses): string {
  const { summary, description, parameters = [], requestBody, responses } = operation;
  const about = [`${summary}.`, description].filter(Boolean).join(' ');
  return [
    `### ${method.toUpperCase()} ${path}\n\n${about}\n`,
    ...(parameters.length > 0
      ? [table(['parameter', 'in', 'type', 'meaning'], parameters.map(parameterRow))]
      : []),
    ...(requestBody
      ? [`Body${requestBody.required ? '' : ', optional'}: ${contentText(requestBody.content)}.\n`]
      : []),
    answersText(responses, shared),
  ].join('\n');
}

/** The answers if all goes well, and one line of problems. */
function answersText(responses: Operation['responses'], shared: Responses): string {
  const all = Object.entries(responses).filter(([status]) => status !== 'default');
  const lines = all.map(([status, response]) => {
    const { description, content } =
      '$ref' in response ? resolved(response.$ref, shared) : response;
    return { status, description, content: content ? contentText(content) : '' };
  });
  const good = lines
    .filter(({ status }) => Number(status) < 400)
    .map(({ status, description, content }) =>
      [`**${status}** ${description}`, content].filter(Boolean).join(' '),
    );
  const bad = lines
    .filter(({ status }) => Number(status) >= 400)
    .map(({ status, description }) => `${status} ${description.replace(/\.$/, '')}`);
  return `${good.join('\n')}\n\nProblems: ${bad.join('; ')}.\n`;
}

function resolved(ref: string, shared: Responses): Response {
  const response = shared[ref.split('/').at(-1) ?? ''];
  if (!response) throw new Error(`${ref} leads nowhere.`);
  return response;
}

const contentText = (content: Content) =>
  Object.entries(content)
    .map(([type, { schema }]) => `\`${type}\`, ${typeText(schema)}`)
    .join('; ');

const parameterRow = ({ name, in: place, required, description, schema }: Parameter) => [
  `\`${name}\`${required ? ', required' : ''}`,
  place,
  typeText(schema),
  meaningText({ ...schema, ...(description && { description }) }),
];

function schemaText([name, schema]: [string, Schema]): string {
  const fields = Object.entries(schema.properties ?? {});
  const rows = fields.map(([field, inner]) => [
    `\`${field}\`${schema.required?.includes(field) ? '' : ', optional'}`,
    typeText(inner),
    meaningText(inner),
  ]);
  return `### ${name}\n\n${table(['field', 'type', 'meaning'], rows)}`;
}

/** Every kind of problem of the management API. */
export function problemTable(): string {
  const rows = Object.entries(problemKinds).map(([kind, [status, title, page]]) => [
    `\`${kind}\``,
    String(status),
    `${title}. ${page}`,
  ]);
  return `## Kinds of problems\n\nThe \`type\` of a problem ends with its kind, and leads to this text.\n\n${table(['kind', 'status', 'meaning'], rows)}`;
}

function table(titles: string[], rows: string[][]): string {
  const line = (cells: string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return `${[line(titles), `|${'---|'.repeat(titles.length)}`, ...rows.map(line)].join('\n')}\n`;
}
