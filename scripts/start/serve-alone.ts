import { parseVerifySettings } from '@/lib/settings/parse-settings';
import { needlessSecrets } from '@/lib/settings/verify-settings';
import { Sentence } from '../sentence';
import { supervise } from '../supervised';
import { buildFirst } from './build-first';
import { type Environment, hasOwnDatabase } from './environment';
import { requireFreePorts } from './ports';
import type { Running } from './running';
import { endWith, whereServicesAsk } from './serve';
import { untilAnswering } from './web-server';

/** `npm start` with ROLE=verify: verification alone, on a database that a desk with pages has prepared. */
export async function serveAlone(
  given: Environment,
  running: Running,
  dev: boolean,
): Promise<void> {
  if (dev) throw new Sentence('ROLE=verify runs what is built: use npm start.');
  if (!hasOwnDatabase(given)) {
    throw new Sentence(
      'ROLE=verify needs DATABASE_URL: the embedded database belongs to the process with the pages.',
    );
  }
  const { HOST: host, VERIFY_PORT: port } = parseVerifySettings(given);
  await requireFreePorts(host, { VERIFY_PORT: port });
  await buildFirst(running);
  if (running.isEnding) return;
  const server = supervise([process.execPath, '.next/standalone/verify.mjs'], {
    deathSignal: 'TERM',
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...withoutNeedless(given), NODE_ENV: 'production' },
  });
  running.worker = server;
  endWith(server, running);
  if (await untilAnswering(server, { host, port })) console.log(whereServicesAsk(host, port));
}

/** Without the secrets of the pages, which are in the environment of whoever runs both. */
function withoutNeedless(given: Environment): Environment {
  const names = needlessSecrets(given).flatMap((name) => [name, `${name}_FILE`]);
  return Object.fromEntries(Object.entries(given).filter(([name]) => !names.includes(name)));
}
