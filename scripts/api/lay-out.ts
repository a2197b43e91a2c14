import { type Description, operationsOf, type Placed } from './description';
import { type ReferencePage, referencePages } from './reference-pages';
import { namedSchemas } from './type-text';

/** A page with its operations, and the schemas that stand on it. */
export type LaidOut = ReferencePage & { placed: Placed[]; schemas: string[] };

/** Every operation answers with it, so it stands with the kinds of problems. */
const withProblems = 'Problem';

/** Puts each operation on its page, and each schema on the first page that uses it. */
export function layOut(document: Description, pages = referencePages): LaidOut[] {
  const left = new Map(operationsOf(document).map((one) => [one.operation.operationId, one]));
  const seen = new Set([withProblems]);
  const all = pages.map((page) => {
    const placed = page.operations.map((id) => taken(left, id));
    const used = reached(document, placed).filter((name) => !seen.has(name));
    for (const name of used) seen.add(name);
    return { ...page, placed, schemas: page.name === 'problems' ? [withProblems, ...used] : used };
  });
  if (left.size > 0) throw new Error(`No page of reference-pages.ts has ${[...left.keys()]}.`);
  return all;
}

function taken(left: Map<string, Placed>, id: string): Placed {
  const one = left.get(id);
  if (!one) throw new Error(`No operation is called ${id}, or two pages have it.`);
  left.delete(id);
  return one;
}

/** The schemas that operations name, and those that these name, in their order. */
function reached({ components }: Description, placed: Placed[]): string[] {
  const found = new Set(namedSchemas(placed.map(({ operation }) => operation)));
  for (const name of found) {
    for (const inner of namedSchemas(components.schemas[name] ?? {})) found.add(inner);
  }
  return [...found];
}
