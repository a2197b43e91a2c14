import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

export type Import = { from: string; to: string };

const specifiers = /(?:\bfrom\s+|\bimport\s*\(\s*|\bimport\s+)['"]((?:@\/|\.{1,2}\/)[^'"]+)['"]/g;

/** All imports between files in these folders, including types, as paths from the root of the project. */
export function readImports(folders: readonly string[]): Import[] {
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.tsx?$/.test(path))
      .map((path) => join(folder, path)),
  );
  return files.flatMap((from) =>
    [...readFileSync(from, 'utf8').matchAll(specifiers)].flatMap(([, specifier = '']) => {
      const to = resolveImport(from, specifier);
      return to && folders.some((folder) => to.startsWith(`${folder}/`)) ? [{ from, to }] : [];
    }),
  );
}

function resolveImport(from: string, specifier: string): string | undefined {
  const path = specifier.startsWith('@/')
    ? specifier.slice(2)
    : normalize(join(dirname(from), specifier));
  return ['.ts', '.tsx', ''].map((end) => path + end).find(isFile);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** Files that import each other in a circle. Each circle is the path from a file back to itself. */
export function findCircles(imports: readonly Import[]): string[][] {
  const targets = new Map<string, string[]>();
  for (const { from, to } of imports) targets.set(from, [...(targets.get(from) ?? []), to]);
  const finished = new Set<string>();
  const circles: string[][] = [];
  const visit = (file: string, path: string[]) => {
    const seen = path.indexOf(file);
    if (seen >= 0) circles.push([...path.slice(seen), file]);
    if (seen >= 0 || finished.has(file)) return;
    for (const to of targets.get(file) ?? []) visit(to, [...path, file]);
    finished.add(file);
  };
  for (const file of targets.keys()) visit(file, []);
  return circles;
}
