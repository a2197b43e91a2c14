import 'server-only';
import type { z } from 'zod';
import type { sarifReport } from './leak-formats';
import type { LeakedSecret } from './leaked-secret';
import { secretsInText } from './secrets-in-text';

type Sarif = z.output<typeof sarifReport>;

/** The secrets in the snippets of a SARIF report, and the name of its tool. */
export function readSarif({ runs }: Sarif): { secrets: LeakedSecret[]; source: string } {
  const locations = runs
    .flatMap(({ results }) => results ?? [])
    .flatMap((result) => result.locations ?? []);
  const secrets = locations.flatMap(({ physicalLocation }) => {
    const { artifactLocation, region } = physicalLocation ?? {};
    const url = placeOf(artifactLocation?.uri, region?.startLine);
    return secretsOf(region?.snippet?.text ?? '').map((secret) => ({ secret, url }));
  });
  return { secrets, source: runs[0]?.tool.driver.name ?? 'SARIF' };
}

/** A snippet may be a whole line. A secret of another program cannot be found in one, only be all of it. */
function secretsOf(snippet: string): string[] {
  const own = secretsInText(snippet);
  if (own.length > 0) return own;
  const whole = snippet
    .trim()
    .replace(/^["'`]+|["'`]+$/g, '')
    .trim();
  return whole === '' ? [] : [whole];
}

/** A file with its line, as editors write it. */
export function placeOf(file: string | undefined, line: number | undefined): string | null {
  if (!file) return null;
  return line === undefined ? file : `${file}:${line}`;
}
