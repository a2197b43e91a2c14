import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { freePort } from '../../scripts/free-port';
import { Sentence } from '../../scripts/sentence';
import { createPeerDatabase } from './fill-better-auth';
import { fillDjango } from './fill-django';
import { administrator } from './product';

/** Debian's own, whatever else is called so on the path: only that one sees Debian's packages. */
const python = '/usr/bin/python3';
const folder = 'tests/bench/django';

export type DjangoDesk = {
  server: ChildProcess;
  origin: string;
  cookie: string;
  version: string;
  /** Ends what its database is still doing for an answer that nobody waits for. */
  calm: () => Promise<unknown>;
};

/** Says which packages to install where Django, its driver or its server is missing. */
export function djangoVersion(): string {
  const versions = `import django, gunicorn, psycopg2
print(f'Django {django.__version__}, gunicorn {gunicorn.__version__}, psycopg2 {psycopg2.__version__.split()[0]}')`;
  try {
    return execFileSync(python, ['-B', '-c', versions], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    throw new Sentence(
      'This needs Debian’s packages python3-django, python3-psycopg2 and gunicorn: apt install python3-django python3-psycopg2 gunicorn',
    );
  }
}

/** Django's admin with the rows of that desk, in a database of its own beside it, and a session. */
export async function openDjango(admin: string, desk: string, keys: number): Promise<DjangoDesk> {
  const version = djangoVersion();
  const url = await createPeerDatabase(admin, `keydesk_django_${keys}`);
  const env: NodeJS.ProcessEnv = {
    NODE_ENV: 'production',
    PATH: process.env.PATH,
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONPATH: folder,
    DJANGO_SETTINGS_MODULE: 'settings',
    DJANGO_SECRET_KEY: randomUUID(),
    DATABASE_URL: url,
    DJANGO_SUPERUSER_PASSWORD: administrator.password,
  };
  await sql(url, 'create extension if not exists pg_trgm');
  await manage(env, 'migrate', '--run-syncdb', '--verbosity', '0');
  if (!(await hasAdministrator(url)))
    await manage(
      env,
      ...['createsuperuser', '--noinput'],
      ...['--username', administrator.username, '--email', 'ada@example.org'],
    );
  await fillDjango(desk, url);
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const served = ['-m', 'gunicorn', '--workers', '1', '--timeout', '120', '--log-level', 'error'];
  const server = spawn(python, [...served, '--bind', `127.0.0.1:${port}`, 'wsgi'], {
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const cookie = await signIn(origin, server);
  const calm = () =>
    sql(
      url,
      `select pg_cancel_backend(pid) from pg_stat_activity
       where datname = current_database() and state = 'active' and pid <> pg_backend_pid()`,
    );
  return { server, origin, cookie, version, calm };
}

async function manage(env: NodeJS.ProcessEnv, ...args: string[]) {
  await promisify(execFile)(python, ['-m', 'django', ...args], { env });
}

async function hasAdministrator(url: string): Promise<boolean> {
  const found = await sql(url, 'select from auth_user where username = $1', [
    administrator.username,
  ]);
  return found > 0;
}

async function sql(url: string, text: string, values?: string[]) {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rowCount } = await client.query(text, values);
  await client.end();
  return rowCount ?? 0;
}

/** As a browser does: the form's token, then name and password; the session comes as a cookie. */
async function signIn(origin: string, server: ChildProcess): Promise<string> {
  const address = `${origin}/admin/login/?next=/admin/`;
  const form = await firstAnswer(address, server);
  const token = /name="csrfmiddlewaretoken" value="([^"]+)"/.exec(await form.text())?.[1] ?? '';
  const answer = await fetch(address, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: cookies(form), referer: address },
    body: new URLSearchParams({ ...administrator, csrfmiddlewaretoken: token, next: '/admin/' }),
  });
  const cookie = cookies(answer);
  if (!cookie.includes('sessionid=')) throw new Error('Django did not let its superuser in.');
  return cookie;
}

async function firstAnswer(address: string, server: ChildProcess): Promise<Response> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (server.exitCode !== null) throw new Error(`gunicorn ended with ${server.exitCode}.`);
    const answer = await fetch(address).catch(() => null);
    if (answer?.ok) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('Django is not ready.');
}

function cookies(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}
