import { readFileSync } from 'node:fs';

/** The last migration of 0.1.0. Releases begin with the next one. */
const lastOfOldest = '0036_hand_over';

const journal = JSON.parse(readFileSync('db/migrations/meta/_journal.json', 'utf8'));
const tags: string[] = journal.entries.map(({ tag }: { tag: string }) => tag);
const later = tags.slice(tags.indexOf(lastOfOldest) + 1);

/** What a migration does that the release before would not survive, or that stops verification while it runs. */
function faultsOf(text: string): string[] {
  const isContract = /^-- contract: after \d+\.\d+\.\d+$/m.test(text);
  const statements = text.split('--> statement-breakpoint').map((one) => one.trim());
  const isConcurrent = /\bconcurrently\b|^-- in batches$/im.test(text);
  const made = [...text.matchAll(/create table "(\w+)"/gi)].map(([, name]) => name);
  return statements.flatMap((statement) => {
    const faults: string[] = [];
    const say = (isFault: boolean, fault: string) => isFault && faults.push(fault);
    const drops = /\bdrop (table|column)\b|\brename\b|\balter column .* (type|set not null)\b/i;
    say(!isContract && drops.test(statement), 'takes away what the release before uses');
    const on = /^create (?:unique )?index (?!concurrently).* on "?(\w+)"?/i.exec(statement)?.[1];
    say(on !== undefined && !made.includes(on), 'holds writers up while it makes an index');
    say(/^drop index (?!concurrently if exists)/i.test(statement), 'waits for all readers');
    const isIndex = /^(create (unique )?index concurrently|drop index concurrently)/i.test(
      statement,
    );
    const isBatch = /^-- in batches$/m.test(statement);
    say(isConcurrent && !isIndex && !isBatch, 'cannot be repeated');
    return faults;
  });
}

it('no migration stops the release before, or verification', () => {
  const faults = later.map((tag) => [
    tag,
    faultsOf(readFileSync(`db/migrations/${tag}.sql`, 'utf8')),
  ]);
  expect(faults).toEqual(later.map((tag) => [tag, []]));
});

it.each([
  ['ALTER TABLE "api_key" DROP COLUMN "name";', 'takes away what the release before uses'],
  [
    'ALTER TABLE "api_key" ALTER COLUMN "name" SET NOT NULL;',
    'takes away what the release before uses',
  ],
  ['CREATE INDEX "x" ON "api_key" USING btree ("id");', 'holds writers up while it makes an index'],
  ['DROP INDEX "x";', 'waits for all readers'],
  [
    'CREATE INDEX CONCURRENTLY "x" ON "t" ("id");--> statement-breakpoint\nALTER TABLE "t" ADD COLUMN "y" int;',
    'cannot be repeated',
  ],
])('control: finds the fault of %s', (text, fault) => {
  expect(faultsOf(text)).toEqual([fault]);
});

it.each([
  '-- contract: after 0.2.0\nALTER TABLE "api_key" DROP COLUMN "name";',
  'CREATE TABLE "t" ("id" int);--> statement-breakpoint\nCREATE INDEX "x" ON "t" USING btree ("id");',
  'DROP INDEX CONCURRENTLY IF EXISTS "x";',
])('control: allows %s', (text) => {
  expect(faultsOf(text)).toEqual([]);
});
