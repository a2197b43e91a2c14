import { openDataFolder } from '@/scripts/embedded/data-folder';
import { runEmbeddedDatabase } from '@/scripts/embedded/embedded-database';
import { fillInSecrets } from '@/scripts/embedded/generated-secrets';
import { watchParent } from '@/scripts/start/parent-watch';

// A start without the web server, which owns the given folder until it is stopped.
try {
  const folder = openDataFolder(process.argv[2] ?? '');
  fillInSecrets({}, folder);
  const database = await runEmbeddedDatabase(folder);
  const stop = async () => {
    await database.stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  watchParent(stop);
  console.log(`ready ${database.ownerUrl} ${database.url}`);
} catch (error) {
  console.log((error as Error).message);
  process.exit(1);
}
