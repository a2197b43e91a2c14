import 'server-only';
import type { Client, QueryConfig } from 'pg';
import { DatabaseUnfitError } from '@/db/database-unfit';
import { lookupText } from './lookup';
import { rateText } from './rate';
import { trimText, usageValues, writeUsage } from './usage-rows';

/** Every statement of verification, asked about no key at all. The server checks the rights even so. */
const statements: QueryConfig<unknown[]>[] = [
  { text: lookupText, values: ['{}'] },
  { text: rateText, values: [[], [], []] },
  { text: writeUsage, values: usageValues([], new Map()) },
  { text: trimText, values: [[], 0] },
];

const missingRight = '42501';
/** Of a schema, a table, a column. */
const missingThing = ['3F000', '42P01', '42703'];

/**
 * Checks that a role of few rights can do what verification does.
 *
 * @returns false if a table or a column is not there yet
 * @throws DatabaseUnfitError if the role lacks a right
 */
export async function requireRights(client: Client): Promise<boolean> {
  try {
    for (const statement of statements) await client.query(statement);
    return true;
  } catch (error) {
    const { code = '' } = error as { code?: string };
    if (missingThing.includes(code)) return false;
    if (code !== missingRight) throw error;
    throw new DatabaseUnfitError(
      'The user in DATABASE_URL lacks rights of verification: make it a member of the role keydesk_verify, and start the pages again, which grant them.',
    );
  }
}
