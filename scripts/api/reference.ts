import type { Description } from './description';
import { type LaidOut, layOut } from './lay-out';
import { anchorOf, paragraph, table } from './markdown';
import { headingOf, operationText, schemaText } from './operation-text';
import { type Problem, problemRow, problemsOf, problemTable, sharedProblems } from './problems';

const index = 'docs/api-reference.md';
const pathOf = ({ name }: { name: string }) => `docs/api/${name}.md`;

/** The pages of the manual that list every operation and schema of the description, by their paths. */
export function reference(document: Record<string, unknown>): Record<string, string> {
  const description = document as Description;
  const pages = layOut(description);
  const texts = pages.map((page) => [pathOf(page), pageText(page, pages, description)]);
  return { [index]: indexText(pages), ...Object.fromEntries(texts) };
}

const made =
  '`npm run api` makes this page from the description (`scripts/api/reference.ts`). `tests/api/description.test.ts` fails while the page is not current.';

function indexText(pages: LaidOut[]): string {
  const rows = pages.flatMap((page) =>
    page.placed.map((placed) => {
      const { summary, description = '' } = placed.operation;
      const heading = headingOf(placed);
      const scope = /scope (`[^`]+`)/.exec(description)?.[1] ?? '';
      return [`[\`${heading}\`](api/${page.name}.md#${anchorOf(heading)})`, summary, scope];
    }),
  );
  return `# API reference

Find the operation that you need. Its page says what it takes, what it answers, and which problems it has. How to
begin: [Management API](management-api.md).

${table(['operation', 'what it does', 'scope of the service key'], rows)}
What each kind of problem means: [problems](api/problems.md#kinds-of-problems).

Programs read the description in OpenAPI 3.1, which every Keydesk serves at \`/api/v1/openapi.json\`. A copy is
[openapi.json](openapi.json).

## How it is built

${paragraph(`\`lib/api/openapi.ts\` makes the description from the endpoints, by whose schemas requests are parsed. ${made}`)}`;
}

function pageText(page: LaidOut, pages: LaidOut[], { components }: Description): string {
  const shared = components.responses;
  const linkTo = linksFrom(page, pages);
  const problems = page.placed.map(({ operation }) => problemsOf(operation, shared));
  const common = sharedProblems(problems);
  const schemas = page.schemas.map((name) => [name, components.schemas[name] ?? {}] as const);
  return [
    `# ${page.title}\n`,
    paragraph(`${page.about} All operations: [API reference](../api-reference.md).`),
    ...page.placed.map((placed) => operationText(placed, { linkTo, shared, common })),
    ...(common.length > 0 ? [commonText(common)] : []),
    ...(page.name === 'problems' ? [kindsText] : []),
    ...schemas.map(([name, schema]) => schemaText([name, schema], linkTo)),
    `## How it is built\n\n${paragraph(`${page.built} ${made}`)}`,
  ].join('\n');
}

/** Links to schemas from a page, which may stand on another one. */
const linksFrom = (page: LaidOut, pages: LaidOut[]) => (schema: string) => {
  const home = pages.find(({ schemas }) => schemas.includes(schema));
  if (!home) throw new Error(`No page has the schema ${schema}.`);
  const file = home.name === page.name ? '' : `${home.name}.md`;
  return `[${schema}](${file}#${anchorOf(schema)})`;
};

function commonText(common: Problem[]): string {
  const more = 'What to do about each: [problems](problems.md#kinds-of-problems).\n';
  return [
    '## Problems of each operation above\n',
    table(['answer', 'meaning'], common.map(problemRow)),
    ...(common.some(({ kind }) => kind) ? [more] : []),
  ].join('\n');
}

const kindsText = `## Kinds of problems

The last part of a problem's \`type\` is its kind. The address in \`type\` answers with the meaning below. Programs go by
the kind.

${problemTable()}`;
