import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export { interpolate } from './interpolate';

type Yaml = { safeLoadAll(text: string): unknown[] };
const { safeLoadAll } = jest.requireActual<Yaml>('js-yaml');

// Whatever the file has. The tests say what it must be.
// biome-ignore lint/suspicious/noExplicitAny: a document of an unknown form
export type Document = any;

export const read = (path: string) => readFileSync(join(process.cwd(), path), 'utf8');

/** The files below a folder with one of these endings. */
export function filesIn(folder: string, endings: RegExp): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => endings.test(name))
    .map((name) => join(folder, name))
    .sort();
}

/** The documents in a file of YAML or JSON. */
export function documents(path: string): Document[] {
  return path.endsWith('.json') ? [JSON.parse(read(path))] : documentsIn(read(path));
}

export const documentsIn = (text: string): Document[] => safeLoadAll(text);

export const firstOf = (path: string): Document => documents(path)[0];
