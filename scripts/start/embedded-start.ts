import { openDataFolder } from '../embedded/data-folder';
import { refuseSecondStart, runEmbeddedDatabase } from '../embedded/embedded-database';
import { fillInSecrets } from '../embedded/generated-secrets';
import { type Environment, withEmbeddedDefaults } from './environment';

export { offerFirstSignIn } from './first-sign-in';

import type { Running } from './running';

/** Opens the folder and fills in settings that the operator has not set. */
export async function prepareEmbedded(given: Environment): Promise<Environment> {
  const dataFolder = openDataFolder(given.DATA_DIR || '.data');
  await refuseSecondStart(dataFolder);
  const environment = { ...withEmbeddedDefaults(given), DATA_DIR: dataFolder };
  fillInSecrets(environment, dataFolder);
  return environment;
}

/** Runs the database and ends the start if the database ends. */
export async function startEmbedded(environment: Environment, running: Running): Promise<void> {
  const database = await runEmbeddedDatabase(environment.DATA_DIR ?? '.data');
  running.database = database;
  environment.DATABASE_URL = database.url;
  environment.MIGRATE_DATABASE_URL = database.ownerUrl;
  database.exited.then(() => {
    if (running.isEnding) return;
    console.error('The embedded database has ended: see postgres.log in DATA_DIR.');
    running.end(1);
  });
}
