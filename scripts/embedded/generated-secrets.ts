import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf, Sentence } from '../sentence';

const key = () => randomBytes(32).toString('base64');

/** Secrets that are generated if the operator set none, each in a file of its own. */
const generated: Record<string, () => string> = {
  AUTH_SECRET: () => randomBytes(48).toString('base64url'),
  KEY_PEPPER: () => `1:${key()}`,
  AUDIT_KEY: key,
  KEY_ENCRYPTION_KEY: () => `1:${key()}`,
};

type Environment = Record<string, string | undefined>;

/** Generates each secret that is set neither directly nor as `<NAME>_FILE`. */
export function fillInSecrets(environment: Environment, dataFolder: string): void {
  for (const [name, make] of Object.entries(generated)) {
    if (environment[name] || environment[`${name}_FILE`]) continue;
    environment[name] = keptSecret(dataFolder, name.toLowerCase().replaceAll('_', '-'), make);
  }
}

export function keptPassword(dataFolder: string, name: string): string {
  return keptSecret(dataFolder, name, () => randomBytes(32).toString('base64url'));
}

/**
 * Reads the secret, or makes it. Creating a link is atomic and fails if the file exists, so two parallel
 * first starts use the same secret.
 */
function keptSecret(dataFolder: string, name: string, make: () => string): string {
  const path = join(dataFolder, name);
  const found = readSecret(path, name);
  if (found) return found;
  const draft = `${path}.${process.pid}`;
  try {
    writeFileSync(draft, make(), { mode: 0o600, flush: true });
    linkSync(draft, path);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') {
      throw new Sentence(`DATA_DIR must be writable: ${name} cannot be made (${codeOf(error)}).`);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return readSecret(path, name) ?? '';
}

function readSecret(path: string, name: string): string | undefined {
  try {
    const text = readFileSync(path, 'utf8').trim();
    if (text) return text;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new Sentence(`The file ${name} in DATA_DIR cannot be read (${codeOf(error)}).`);
  }
  throw new Sentence(`The file ${name} in DATA_DIR is empty: put its secret back from a backup.`);
}
