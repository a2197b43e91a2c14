import { z } from 'zod';
import { database } from '@/db/client';
import { commandLine } from '@/lib/access/command-line';
import { keyDocumentOf } from '@/lib/api/key-document';
import type { KeyDetails } from '@/lib/keys/find-key';
import { statusFilters } from '@/lib/keys/key-input';
import { listKeys } from '@/lib/keys/list-keys';
import { findByUsername } from '@/lib/users/find-user';
import { Sentence } from '../../sentence';
import { readOptions } from './options';
import { printJson, printTable } from './print';

/** Keys read at a time. */
const pageSize = 200;

const listOptions = z.object({
  user: z.string().trim().min(1, 'Enter a username.').optional(),
  search: z.string().trim().max(100, 'Use at most 100 characters.').default(''),
  status: z.enum(statusFilters, `Use ${statusFilters.join(', ')}.`).optional(),
  limit: z.coerce
    .number('Use a whole number from 1 to 100000.')
    .int('Use a whole number from 1 to 100000.')
    .min(1, 'Use a whole number from 1 to 100000.')
    .max(100_000, 'Use a whole number from 1 to 100000.')
    .default(50),
  json: z.boolean(),
});

export function listSome(given: object): () => Promise<void> {
  const { json, ...asked } = readOptions(listOptions, given);
  return async () => {
    const { keys, more } = await find(asked);
    if (json) return printJson({ items: keys.map(keyDocumentOf), more });
    if (keys.length === 0) return console.log('No API keys found.');
    printTable(['Id', 'Username', 'API key', 'Status', 'Name', 'Expires'], keys.map(rowOf));
    if (more) console.error(`There are more than ${asked.limit}: use --limit.`);
  };
}

type Asked = Omit<z.output<typeof listOptions>, 'json'>;

async function find({ user, search: q, status, limit }: Asked) {
  const owner = user === undefined ? undefined : await ownerNamed(user);
  const keys: KeyDetails[] = [];
  let cursor: string | null = '';
  while (cursor !== null && keys.length < limit) {
    const size = Math.min(pageSize, limit - keys.length);
    const asked = { username: '', q, status, owner, limit: size, cursor, count: false };
    const page = await listKeys(commandLine, asked);
    if (page === 'bad-cursor') throw new Error('The list cannot go on.');
    keys.push(...page.rows);
    cursor = page.after;
  }
  return { keys, more: cursor !== null };
}

async function ownerNamed(username: string): Promise<string> {
  const user = await findByUsername(database(), username);
  if (user) return user.id;
  throw new Sentence(`User "${username}" is not in the database.`);
}

function rowOf(key: KeyDetails): string[] {
  const expires = key.expiresAt ? key.expiresAt.toISOString().slice(0, 16).replace('T', ' ') : '';
  return [key.id, key.username, key.hint, key.status, key.name, expires];
}
