import { parseArgs } from 'node:util';
import { UsageError } from '../../sentence';
import { withDatabase } from '../with-database';
import { createOne } from './create';
import { deactivateAll, deleteAll } from './end';
import { handOverOptions } from './hand-over';
import { keysUsage } from './keys-usage';
import { listSome } from './list';
import { fillInUnneeded } from './needed-settings';
import { regenerateOne } from './regenerate';

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;

/** The options of each command. An option of another command is wrong usage. */
const options = {
  list: { user: text, search: text, status: text, limit: text, json: flag },
  create: {
    ...{ user: text, name: text, scopes: text, expires: text, addresses: text, rate: text },
    ...{ inactive: flag, json: flag, ...handOverOptions },
  },
  regenerate: { overlap: text, json: flag, ...handOverOptions },
  deactivate: { json: flag },
  delete: { confirm: text, json: flag },
} as const;
type Command = keyof typeof options;

const isCommand = (name: string | undefined): name is Command =>
  name !== undefined && Object.hasOwn(options, name);

/** Runs `keys <command>`. Everything is parsed before a database is opened. */
export async function runKeys(argv: string[]): Promise<void> {
  if (argv.length === 0 || argv.some((word) => word === '--help' || word === '-h')) {
    return console.log(keysUsage);
  }
  const [name, ...args] = argv;
  if (!isCommand(name)) throw new UsageError(`Unknown command "keys ${name}".\n\n${keysUsage}`);
  const run = prepare(name, args);
  await withDatabase(async () => {
    fillInUnneeded({ handsOver: args.includes('--hand-over') });
    await run();
  });
}

function prepare(name: Command, args: string[]): () => Promise<void> {
  switch (name) {
    case 'list': {
      const { values, positionals } = read(options.list, args);
      requireIds(positionals, 0, 0);
      return listSome(values);
    }
    case 'create': {
      const { values, positionals } = read(options.create, args);
      requireIds(positionals, 0, 0);
      return createOne(values);
    }
    case 'regenerate': {
      const { values, positionals } = read(options.regenerate, args);
      return regenerateOne(requireIds(positionals, 1, 1), values);
    }
    case 'deactivate': {
      const { values, positionals } = read(options.deactivate, args);
      return deactivateAll(requireIds(positionals, 1), values);
    }
    case 'delete': {
      const { values, positionals } = read(options.delete, args);
      return deleteAll(requireIds(positionals, 1), values);
    }
  }
}

function read<Options extends (typeof options)[Command]>(known: Options, args: string[]) {
  try {
    return parseArgs({ args, options: known, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${keysUsage}`);
  }
}

const isId = (word: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(word);

/** Never repeats what was given, because it may be a secret. */
function requireIds(words: string[], least: number, most = Number.POSITIVE_INFINITY): string[] {
  if (words.length < least) throw new UsageError(`Give the id of a key.\n\n${keysUsage}`);
  if (words.length > most) throw new UsageError(`There is one argument too many.\n\n${keysUsage}`);
  if (!words.every(isId)) {
    throw new UsageError('A key is named by its id, as "keys list" prints it.');
  }
  return [...new Set(words.map((word) => word.toLowerCase()))];
}
