import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';

export type Verb = 'create' | 'regenerate' | 'switch' | 'delete' | 'reveal';

/** What the client asked for. A key is named by its id or, before it has one, by its request. */
export type Asked = {
  verb: Verb;
  requestId?: string;
  id?: string;
  version?: number;
  active?: boolean;
};

/** `told` is true if Keydesk confirmed the operation. Otherwise its outcome is unknown. */
export type Operation = Asked & { told: boolean; secret?: string };

/**
 * What a client knows for certain. Each line is flushed to disk before the next step, so that no acknowledged
 * change is forgotten if the process dies.
 */
export function openJournal(path: string) {
  const file = openSync(path, 'a');
  let count = 0;
  function write(line: object) {
    writeSync(file, `${JSON.stringify(line)}\n`);
    fsyncSync(file);
  }
  return {
    path,
    close: () => closeSync(file),
    ask: (asked: Asked): number => {
      write({ number: ++count, ...asked });
      return count;
    },
    tell: (number: number, secret?: string) => write({ number, told: true, secret }),
  };
}

export function readJournal(path: string): Operation[] {
  const operations = new Map<number, Operation>();
  for (const line of readFileSync(path, 'utf8').split('\n').filter(Boolean)) {
    const { number, ...rest } = JSON.parse(line) as { number: number } & Operation;
    operations.set(number, { ...operations.get(number), ...rest, told: rest.told === true });
  }
  return [...operations.values()];
}
