import { existsSync } from 'node:fs';
import { archiveEvents } from '@/lib/audit/archive-events';
import { writeAnchor } from '@/lib/audit/chain';
import { systemActor } from '@/lib/audit/record-event';
import { Sentence } from '../sentence';
import { describeFault } from './verify-audit';
import { withDatabase } from './with-database';

/** Screens, limits and deliveries still read younger events. */
const leastAge = 30;

type Asked = { before: string | undefined; to: string | undefined };

/** Moves old audit events into a file and says where they are. */
export async function archiveAudit({ before: day, to: path }: Asked): Promise<void> {
  const before = parseDay(day);
  if (!path) throw new Sentence('audit archive needs --to <file>.');
  if (existsSync(path)) throw new Sentence(`${path} is there already: name a new file.`);
  const archived = await withDatabase(() =>
    archiveEvents(systemActor, { before, path, ownerUrl: process.env.MIGRATE_DATABASE_URL }),
  );
  if (archived.outcome === 'nothing') throw new Sentence(`There are no events before ${day}.`);
  if (archived.outcome === 'bad') {
    throw new Sentence(`${describeFault(archived.fault)}\nNothing was archived.`);
  }
  const { first, through, sha256 } = archived;
  console.log(`Events ${first} to ${through.seq} are in ${path}, and no longer in the database.`);
  console.log(`SHA-256: ${sha256}`);
  console.log(`Last link: ${writeAnchor(through)}`);
}

/** The beginning of a day, in UTC. */
function parseDay(text: string | undefined): Date {
  const day = new Date(/^\d{4}-\d\d-\d\d$/.test(text ?? '') ? `${text}T00:00:00Z` : Number.NaN);
  if (Number.isNaN(day.getTime())) throw new Sentence('--before takes a day, such as 2026-01-31.');
  if (day.getTime() > Date.now() - leastAge * 86_400_000) {
    throw new Sentence(`--before must be at least ${leastAge} days ago.`);
  }
  return day;
}
