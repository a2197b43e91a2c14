import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { migrateDatabase } from '@/db/migrate';
import { parseSettings } from '@/lib/settings/parse-settings';
import { shownDatabase } from './shown-database';
import { buildFirst } from './start/build-first';
import { type Environment, hasOwnDatabase, readEnvironment } from './start/environment';
import { explain } from './start/explain';
import { watchParent } from './start/parent-watch';
import { portsOf, requireFreePorts } from './start/ports';
import { Running } from './start/running';
import { serve } from './start/serve';
import { serveAlone } from './start/serve-alone';

const dev = process.argv.includes('--dev');
const running = new Running();
running.endOnSignals();
watchParent(() => running.end(1));
// The terminal may close before this process ends.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

try {
  await start();
} catch (error) {
  if (!running.isEnding) console.error(explain(error));
  await running.end(1);
}

/** Cheap checks come first, so that nothing is built or created before a setting or a port is refused. */
async function start() {
  const given = await readEnvironment(process.env);
  if (given.ROLE === 'verify') return serveAlone(given, running, dev);
  // The code of the embedded database is loaded only if needed.
  const embedded = hasOwnDatabase(given) ? null : await import('./start/embedded-start');
  const environment = embedded ? await embedded.prepareEmbedded(given) : given;
  const settings = parseSettings(environment);
  await requireFreePorts(settings.HOST, portsOf(settings));
  await embedded?.startEmbedded(environment, running);
  // The embedded database is known only now, and secret files are read only into the settings.
  await migrateDatabase(
    environment.DATABASE_URL ?? settings.DATABASE_URL,
    environment.MIGRATE_DATABASE_URL ?? settings.MIGRATE_DATABASE_URL,
  );
  console.log(whereFrom(environment, embedded !== null));
  if (!dev) await buildFirst(running);
  if (embedded) await embedded.offerFirstSignIn(environment, given);
  if (!running.isEnding) await serve(environment, settings, running, dev);
}

/** One line that says which desk this is. */
function whereFrom({ DATABASE_URL, DATA_DIR = '' }: Environment, isEmbedded: boolean): string {
  const database = isEmbedded
    ? `the embedded database and secrets in ${relative(process.cwd(), DATA_DIR) || DATA_DIR}`
    : shownDatabase(DATABASE_URL ?? '');
  const unread = existsSync('.env') && !dev ? '; .env is for Docker Compose and is not read' : '';
  return `Settings come from the environment${unread}. Using ${database}.`;
}
