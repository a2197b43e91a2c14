import { existsSync, readFileSync, rmSync } from 'node:fs';
import { exec, remove, stop, untilHealthy, up } from './container';
import { readProject, type Service, volumes } from './project';

// Stands for `docker` as far as the manual uses it: services run as processes of this machine, each with files, a
// network and a user of its own.

function optionOf(words: string[], option: string): string | undefined {
  const at = words.indexOf(option);
  return at < 0 ? undefined : words.splice(at, 2)[1];
}

function readEnvironment(file: string): Record<string, string> {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const pairs = text.split('\n').map((line) => /^(\w+)=(.*)$/.exec(line)?.slice(1) ?? ['', '']);
  return Object.fromEntries(pairs.filter(([name]) => name));
}

/** The service after all that it needs. */
function inOrder(all: Service[], names: string[], done: Service[] = []): Service[] {
  for (const name of names) {
    const service = all.find((one) => one.name === name);
    if (!service) throw new Error(`no such service: ${name}`);
    if (done.includes(service)) continue;
    inOrder(
      all,
      service.needs.map((need) => need.name),
      done,
    );
    done.push(service);
  }
  return done;
}

async function startAll(all: Service[], names: string[]): Promise<void> {
  for (const service of inOrder(all, names)) {
    for (const need of service.needs.filter(({ healthy }) => healthy)) {
      const needed = all.find(({ name }) => name === need.name);
      if (needed) await untilHealthy(needed);
    }
    await up(service);
  }
}

async function untilStopped(): Promise<void> {
  // Keeps the process, which has nothing else to wait for.
  const kept = setInterval(() => undefined, 60_000);
  await new Promise((resolve) => process.once('SIGTERM', resolve));
  clearInterval(kept);
}

async function compose(words: string[]): Promise<number> {
  const file = optionOf(words, '-f') ?? 'docker-compose.yml';
  const given = readEnvironment(optionOf(words, '--env-file') ?? '.env');
  const all = readProject(file, given);
  const [command, ...rest] = words;
  const options: string[] = [];
  while (rest[0]?.startsWith('-')) options.push(rest.shift() ?? '');
  const [name = '', ...more] = rest;
  const named = all.filter((service) => service.name === name);
  if (command === 'exec') {
    const [service] = named;
    if (!service) throw new Error(`no such service: ${name}`);
    return exec(service, more);
  }
  if (command === 'up') {
    await startAll(all, name ? [name] : all.map((service) => service.name));
    if (options.includes('-d')) return 0;
    await untilStopped();
    for (const service of all.reverse()) await stop(service);
    return 0;
  }
  const actions: Record<string, (service: Service) => Promise<void>> = {
    stop,
    start: up,
    rm: remove,
  };
  const action = actions[command ?? ''];
  if (!action || named.length === 0) throw new Error(`unknown: ${words.join(' ')}`);
  for (const service of named) await action(service);
  return 0;
}

async function main([what, ...words]: string[]): Promise<number> {
  if (what === 'compose') return compose(words);
  const [action, name = ''] = words;
  if (what !== 'volume' || action !== 'rm' || !/^[\w-]+$/.test(name))
    throw new Error(`unknown: ${what}`);
  rmSync(`${volumes}/${name}`, { recursive: true });
  return 0;
}

process.exitCode = await main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  return 1;
});
