import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '@babel/parser';

type Node = { type: string; loc?: { start: { line: number } }; [key: string]: unknown };

/** Attributes and properties that hold what people read. */
const readByPeople =
  /^(label|title|hint|alt|placeholder|text|message|about|none|advice|term|summary|error|aria-(label|description|roledescription|valuetext)|data-label)$/;
const answers = /^(failed|invalid|done)$/;

const isWord = (text: string) => /\p{L}{2,}/u.test(text) && !names.has(text);
/** Names of products, which nobody translates. */
const names = new Set(['Mac OS X']);

/** A sentence or a phrase, in contrast to a class, a name of a header or a path. */
const isSentence = (text: string) =>
  !names.has(text) && /^["“]?\p{Lu}[\p{L}’']* \p{L}+/u.test(text.trim());

/** The texts for people that a file holds itself, each with its line. */
function textsIn(source: string): string[] {
  const found: string[] = [];
  const note = (node: Node, text: string) =>
    found.push(`${node.loc?.start.line}: ${text.trim().replaceAll(/\s+/g, ' ')}`);

  function look(node: Node, shown: boolean) {
    // Errors are for who reads the log.
    if (node.type === 'NewExpression' && nameOf(node.callee).endsWith('Error')) return;
    if (node.type === 'JSXText' && isWord(String(node.value))) note(node, String(node.value));
    const text = literalOf(node);
    if (text !== null && (shown ? isWord(text) : isSentence(text))) note(node, text);
    for (const [name, child] of Object.entries(node)) {
      if (name === 'loc' || name.endsWith('Comments') || name === 'source') continue;
      for (const inner of Array.isArray(child) ? child : [child]) {
        if (isNode(inner)) look(inner, isShown(node, name, inner, shown));
      }
    }
  }
  look(
    parse(source, { sourceType: 'module', plugins: ['typescript', 'jsx'] }).program as never,
    false,
  );
  return found;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

function literalOf(node: Node): string | null {
  if (node.type === 'StringLiteral') return String(node.value);
  if (node.type !== 'TemplateLiteral') return null;
  return (node.quasis as { value: { cooked: string } }[])
    .map(({ value }) => value.cooked)
    .join('…');
}

/** Whether what stands at this place is shown to people. */
function isShown(parent: Node, name: string, child: Node, shown: boolean): boolean {
  switch (parent.type) {
    case 'JSXAttribute':
      return name === 'value' && readByPeople.test(nameOf(parent.name));
    case 'ObjectProperty':
      return name === 'value' && (shown || readByPeople.test(nameOf(parent.key)));
    case 'JSXElement':
    case 'JSXFragment':
      return name === 'children' && child.type === 'JSXExpressionContainer';
    case 'ConditionalExpression':
      return shown && name !== 'test';
    case 'CallExpression':
      return name === 'arguments' && answers.test(nameOf(parent.callee));
    case 'LogicalExpression':
      return shown && name === 'right';
    case 'JSXExpressionContainer':
    case 'ObjectExpression':
    case 'TemplateLiteral':
      return shown;
    default:
      return false;
  }
}

const nameOf = (node: unknown) => {
  const { name, namespace } = node as { name?: unknown; namespace?: { name: string } };
  return namespace
    ? `${namespace.name}:${String(name)}`
    : String(name ?? (node as Node).value ?? '');
};

const files = ['app', 'components'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/-(labels|messages)\.ts$/.test(name))
    .map((name) => join(folder, name)),
);

describe('what people read stands in labels or messages, where it can be translated', () => {
  it.each(files)('%s', (path) => {
    expect(textsIn(readFileSync(path, 'utf8'))).toEqual([]);
  });

  /* biome-ignore-start lint/suspicious/noTemplateCurlyInString: sources of other programs */
  it.each([
    ['text of an element', '<p>Keys belong to users.</p>'],
    ['an attribute', '<TextField label="User" />'],
    ['a choice', "<p>{isOn ? 'Active' : 'Inactive'}</p>"],
    ['a part of a text', '<p>{`of ${name}`}</p>'],
    ['an answer', "failed('This key has been deleted.')"],
    ['an error at a field', 'invalid({ user: `User "${name}" is disabled.` }, values)'],
    ['a sentence anywhere', "const text = 'Nothing was changed.'"],
    ['a title', "export const metadata = { title: 'Users' }"],
  ])('control: it finds %s', (_, source) => {
    expect(textsIn(source)).not.toEqual([]);
  });
  /* biome-ignore-end lint/suspicious/noTemplateCurlyInString: see above */

  it('control: it lets classes, addresses and names pass', () => {
    const source = `<a href="/keys" className="panel p-4" rel="next" data-name={isOn ? 'yes' : 'no'}>{labels.add}</a>`;
    expect(textsIn(source)).toEqual([]);
  });
});
