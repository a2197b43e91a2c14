import type { Responses } from './description';
import { type Content, type Operation, type Parameter, type Placed, resolved } from './description';
import { paragraph, table } from './markdown';
import { type Problem, problemRow, problemsOf, same } from './problems';
import { type LinkTo, meaningText, type Schema, typeText } from './type-text';

/** What an operation's text needs of its page. */
export type Around = { linkTo: LinkTo; shared: Responses; common: Problem[] };

export const headingOf = ({ path, method }: Placed) => `${method.toUpperCase()} ${path}`;

/** An operation: what it does, what it takes, and what it answers. */
export function operationText(placed: Placed, around: Around): string {
  const { operation } = placed;
  const { summary, description } = operation;
  const sent = sentRows(operation, around.linkTo);
  return [
    `## ${headingOf(placed)}\n`,
    paragraph([`${summary}.`, description].filter(Boolean).join(' ')),
    ...(sent.length > 0 ? [table(['parameter', 'in', 'type', 'meaning'], sent)] : []),
    table(['answer', 'meaning'], answerRows(operation, around)),
  ].join('\n');
}

function sentRows({ parameters = [], requestBody }: Operation, linkTo: LinkTo): string[][] {
  const bodies = Object.entries(requestBody?.content ?? {}).map(([type, { schema }]) => [
    requestBody?.required ? 'body, required' : 'body',
    'body',
    typeText(schema, linkTo),
    `\`${type}\``,
  ]);
  return [...parameters.map((one) => parameterRow(one, linkTo)), ...bodies];
}

const parameterRow = (
  { name, in: place, required, description, schema }: Parameter,
  to: LinkTo,
) => [
  `\`${name}\`${required ? ', required' : ''}`,
  place,
  typeText(schema, to),
  meaningText({ ...schema, ...(description && { description }) }),
];

/** The answers if all goes well, and the problems that not all operations of the page have. */
function answerRows(operation: Operation, { linkTo, shared, common }: Around): string[][] {
  const good = Object.entries(operation.responses)
    .filter(([status]) => Number(status) < 400)
    .map(([status, response]) => {
      const { description, content } = resolved(response, shared);
      return [
        status,
        [description, content && contentText(content, linkTo)].filter(Boolean).join(' '),
      ];
    });
  const own = problemsOf(operation, shared).filter(
    (problem) => !common.some((other) => same(problem, other)),
  );
  return [...good, ...own.map(problemRow)];
}

const contentText = (content: Content, linkTo: LinkTo) =>
  Object.entries(content)
    .map(([type, { schema }]) => `\`${type}\`, ${typeText(schema, linkTo)}`)
    .join('; ');

/** A schema with its fields. */
export function schemaText([name, schema]: [string, Schema], linkTo: LinkTo): string {
  const rows = Object.entries(schema.properties ?? {}).map(([field, inner]) => [
    `\`${field}\`${schema.required?.includes(field) ? '' : ', optional'}`,
    typeText(inner, linkTo),
    meaningText(inner),
  ]);
  return `## ${name}\n\n${table(['field', 'type', 'meaning'], rows)}`;
}
