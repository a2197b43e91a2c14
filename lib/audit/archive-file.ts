import 'server-only';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { genesis, type Link, parseAnchor, writeAnchor } from './chain';
import type { StoredEvent } from './stored-events';

/** The file is not an archive, or not a whole one. */
export class ArchiveFormatError extends Error {}

const kind = 'keydesk audit archive 1';

/** The time for people and programs that read the file. The seal covers `epoch`. */
const written = ({ mac, ...event }: StoredEvent) => ({
  ...event,
  at: event.epoch === null ? null : new Date(Number(event.epoch) * 1_000).toISOString(),
  mac: mac?.toString('hex') ?? null,
});

/**
 * Writes events as lines of JSON between a line with the link before them and a line with their last link. Never
 * overwrites a file. The disk has all of it in the end.
 */
export async function writeArchive(
  path: string,
  after: Link,
  events: AsyncIterable<StoredEvent>,
): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.write(`${JSON.stringify({ kind, after: writeAnchor(after) })}\n`);
    let head = after;
    const lines: string[] = [];
    for await (const event of events) {
      lines.push(`${JSON.stringify(written(event))}\n`);
      head = { seq: event.seq, mac: event.mac ?? genesis.mac };
      if (lines.length === linesAtOnce) await file.write(lines.splice(0).join(''));
    }
    lines.push(`${JSON.stringify({ through: writeAnchor(head) })}\n`);
    await file.write(lines.join(''));
    await file.sync();
  } finally {
    await file.close();
  }
}

const linesAtOnce = 1_000;

/** What an archive holds. The events are read as they are asked for. */
export type Archive = { after: Link; events: AsyncGenerator<StoredEvent> };

/** @throws ArchiveFormatError if the file is none, or is cut off */
export async function readArchive(path: string): Promise<Archive> {
  const lines = createInterface({
    input: createReadStream(path),
    crlfDelay: Number.POSITIVE_INFINITY,
  })[Symbol.asyncIterator]();
  const first = parseLine((await lines.next()).value);
  const after = parseAnchor(String(first.after));
  if (first.kind !== kind || !after) throw new ArchiveFormatError();
  return { after, events: eventsIn(lines, after) };
}

async function* eventsIn(lines: AsyncIterator<string>, after: Link): AsyncGenerator<StoredEvent> {
  let head = after;
  for (;;) {
    const line = parseLine((await lines.next()).value);
    if ('through' in line) {
      if (line.through !== writeAnchor(head)) throw new ArchiveFormatError();
      return;
    }
    const { at: _, mac, ...event } = line;
    const stored = { ...event, mac: mac === null ? null : Buffer.from(String(mac), 'hex') };
    yield stored as StoredEvent;
    head = { seq: Number(event.seq), mac: stored.mac ?? genesis.mac };
  }
}

function parseLine(line: string | undefined): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line ?? '');
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Falls through: the line is cut off, or of another program.
  }
  throw new ArchiveFormatError();
}

/** The digest of a file, in hex. */
export async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(path)) hash.update(part as Buffer);
  return hash.digest('hex');
}
