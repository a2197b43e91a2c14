import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { database } from '@/db/client';
import { archiveEvents } from '@/lib/audit/archive-events';
import { ArchiveFormatError, digestOf, readArchive } from '@/lib/audit/archive-file';
import { type Link, parseAnchor, writeAnchor } from '@/lib/audit/chain';
import { recordEvent, systemActor } from '@/lib/audit/record-event';
import { verifyChain } from '@/lib/audit/verify-chain';
import { emptyDatabase, tamper, useTestDatabase } from '../helpers/database';
import { countRows } from '../helpers/keys';
import { ada } from '../helpers/people';

useTestDatabase();
const folder = mkdtempSync(join(tmpdir(), 'archives-'));
let serial = 0;
let path = '';
beforeEach(async () => {
  await emptyDatabase();
  path = join(folder, `${++serial}.ndjson`);
});

const note = (label: string) =>
  database().transaction((tx) =>
    recordEvent(tx, ada, 'user.create', { type: 'user', id: ada.id, label }, { details: { ü: 1 } }),
  );
const notes = async (count: number) => {
  for (let index = 0; index < count; index += 1) await note(`user ${index}`);
};
const archive = (more: { path?: string; before?: Date; step?: number } = {}) =>
  archiveEvents(systemActor, { before: new Date(), path, ownerUrl: undefined, ...more });
const verify = async (paths: string[] = [], anchor: Link | null = null) =>
  verifyChain({ archives: await Promise.all(paths.map(readArchive)), anchor });

/** Twenty events, of which the first twelve are archived. */
async function archived() {
  await notes(12);
  const anchor = (await verify()).head;
  const before = new Date();
  await notes(8);
  const result = await archive({ before });
  return { anchor, result };
}

it('moves what is old, and both parts stay one chain', async () => {
  const { anchor, result } = await archived();
  expect(result).toEqual({
    ...{ outcome: 'archived', first: 1, through: anchor },
    sha256: await digestOf(path),
  });
  expect(await countRows('audit_event', 'seq <= 12')).toBe(0);
  expect(await verify()).toMatchObject({ events: 9, archived: 12, head: { seq: 21 }, fault: null });
  expect(await verify([path])).toMatchObject({ events: 21, archived: 0, fault: null });
  await note('later');
  expect(await verify([path])).toMatchObject({ events: 22, fault: null });
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  expect(lines).toHaveLength(14);
  const told = await database().execute(
    `select details from audit_event where action = 'audit.archive'`,
  );
  expect(told.rows).toEqual([
    { details: { through: writeAnchor(anchor), events: 12, sha256: await digestOf(path) } },
  ]);
});

it('goes on where an archive ended, in steps that leave a whole chain each', async () => {
  await archived();
  const second = join(folder, `${serial}-second.ndjson`);
  await archive({ path: second, step: 4 });
  expect(await countRows('audit_event', `action = 'audit.archive'`)).toBe(3);
  expect(await verify()).toMatchObject({ archived: 21, fault: null });
  expect(await verify([path, second])).toMatchObject({ archived: 0, fault: null });
  expect(await verify([second])).toMatchObject({ archived: 12, fault: null });
  expect((await verify([path])).fault).toMatchObject({ kind: 'missing', seq: 13, through: 21 });
});

it('an anchor counts in the archive as well', async () => {
  const { anchor } = await archived();
  const early = parseAnchor(`5:${anchor.mac.toString('hex')}`);
  expect((await verify([], anchor)).fault).toBeNull();
  expect((await verify([], early)).fault).toEqual({ kind: 'archived', seq: 5 });
  expect((await verify([path], early)).fault).toEqual({ kind: 'not-the-anchor', seq: 5 });
  const other = parseAnchor(`12:${'0'.repeat(64)}`);
  expect((await verify([], other)).fault).toEqual({ kind: 'not-the-anchor', seq: 12 });
});

it('finds what disappears in another way', async () => {
  await archived();
  await tamper('delete from audit_event where seq <= 15');
  expect((await verify()).fault).toEqual({ kind: 'missing', seq: 1, through: 15 });
  expect((await verify([path])).fault).toEqual({ kind: 'missing', seq: 13, through: 15 });
});

it.each([
  ['the newest is rewritten', 'seq = 20'],
  ['the first is rewritten', 'seq = 16'],
])('no row without the key names a link: %s', async (_, where) => {
  await notes(20);
  await tamper(`
    update audit_event set action = 'audit.archive', details = jsonb_build_object('through',
      (select seq || ':' || encode(mac, 'hex') from audit_event where seq = 15)) where ${where};
    delete from audit_event where seq <= 15`);
  const seq = Number(where.slice(6));
  expect((await verify()).fault).toEqual({ kind: 'altered', seq });
  await tamper(`update audit_event set mac = null where ${where}`);
  expect((await verify()).fault).toMatchObject({ seq: expect.any(Number) });
});

it('archives nothing of a chain that is not whole', async () => {
  await notes(9);
  await tamper(`update audit_event set target = 'mallory' where seq = 4`);
  expect(await archive()).toEqual({ outcome: 'bad', fault: { kind: 'altered', seq: 4 } });
  expect(existsSync(path)).toBe(false);
  expect(await countRows('audit_event')).toBe(9);
});

it('overwrites no file, and has nothing to do without old events', async () => {
  await notes(2);
  expect(await archive({ before: new Date(0) })).toEqual({ outcome: 'nothing' });
  writeFileSync(path, 'mine');
  await expect(archive()).rejects.toMatchObject({ code: 'EEXIST' });
  expect(readFileSync(path, 'utf8')).toBe('mine');
  expect(await countRows('audit_event')).toBe(2);
});

describe('a file that was changed', () => {
  const change = (edit: (lines: string[]) => string[]) =>
    writeFileSync(path, edit(readFileSync(path, 'utf8').split('\n')).join('\n'));
  beforeEach(async () => {
    await archived();
  });

  it('is bad at the changed event', async () => {
    change((lines) => lines.map((line) => line.replace('"user 6"', '"mallory"')));
    expect((await verify([path])).fault).toEqual({ kind: 'altered', seq: 7 });
  });

  it('cannot begin later than it did', async () => {
    change(([head = '', ...lines]) => {
      const { seq, mac } = JSON.parse(lines[3] ?? '');
      return [head.replace(/"after":"[^"]+"/, `"after":"${seq}:${mac}"`), ...lines.slice(4)];
    });
    expect((await verify([path])).fault).toEqual({ kind: 'missing', seq: 1, through: 4 });
  });

  it('is no archive if it is cut off, or of another program', async () => {
    const cut = join(folder, `${serial}-cut.ndjson`);
    writeFileSync(cut, readFileSync(path, 'utf8').split('\n').slice(0, -2).join('\n'));
    await expect(verify([cut])).rejects.toThrow(ArchiveFormatError);
    writeFileSync(cut, '{"kind":"something else"}\n');
    await expect(verify([cut])).rejects.toThrow(ArchiveFormatError);
  });
});
