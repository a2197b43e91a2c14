import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPackage } from '../helpers/require-program';
import { until } from './processes';

/**
 * Mounts a copy of this machine's files, whose changes stay in memory, and boots the systemd in it: with processes,
 * users, services and a loopback of its own, and no network. All mounts end with this process.
 */
const boot = `
  folder=$1; name=$2; shift 2
  mount -t tmpfs keydesk "$folder"
  # Mounts a copy of a folder whose changes stay in memory.
  copy() {
    mkdir -p "$folder/$2/upper" "$folder/$2/work" "$folder/$2/root"
    mount -t overlay overlay "$folder/$2/root" \\
      -o "lowerdir=$1,upperdir=$folder/$2/upper,workdir=$folder/$2/work"
  }
  copy / all
  root=$folder/all/root
  # Nothing would ever be online.
  ln -sf /dev/null "$root/etc/systemd/system/systemd-networkd-wait-online.service"
  # What is installed stays as it is, because there is no network.
  echo 'APT::Get::Upgrade "false";' > "$root/etc/apt/apt.conf.d/99keydesk"
  for pair; do
    copy "\${pair%%:*}" "\${pair##*:}"
    shift
    set -- "$@" "--bind=$folder/\${pair##*:}/root:\${pair##*:}"
  done
  exec systemd-nspawn --quiet --register=no --keep-unit --private-network --console=pipe \\
    --machine="$name" --directory="$root" "$@" --boot systemd.unit=basic.target`;

export type Options = { user?: string; cwd?: string; env?: Record<string, string> };
export type Machine = Awaited<ReturnType<typeof startMachine>>;

/**
 * A Debian of its own with the packages that are installed here. Needs root.
 *
 * @param folders paths of this machine, and where each appears in the other; it may write there without a trace
 */
export async function startMachine(folders: Record<string, string> = {}) {
  if (!existsSync('/usr/bin/systemd-nspawn')) installPackage('systemd-container');
  const folder = mkdtempSync(join(tmpdir(), 'keydesk-machine-'));
  const pairs = Object.entries(folders).map(([from, to]) => `${from}:${to}`);
  const name = folder.split('/').at(-1)?.toLowerCase() ?? '';
  const words = ['--mount', 'sh', '-ec', boot, 'sh', folder, name, ...pairs];
  const outer = spawn('unshare', words, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  outer.stderr.on('data', (part) => (said += part));
  const leader = await leaderOf(outer, () => said);

  /** Runs a script as root, or as another user. Throws with what it printed if it fails. */
  function run(script: string, { user = 'root', cwd = '/root', env = {} }: Options = {}): string {
    const given = { PATH: '/usr/local/bin:/usr/bin:/usr/sbin', LANG: 'C.UTF-8', ...env };
    const variables = Object.entries(given).map(([key, value]) => `${key}=${value}`);
    const inside = ['-t', `${leader}`, '-m', '-u', '-i', '-n', '-p', '-C', '-r', '-w'];
    const as = ['runuser', '-u', user, '--', 'env', '-C', cwd, '-i', ...variables];
    const words = [...inside, ...as, 'sh', '-ec', script];
    const { status, stdout, stderr } = spawnSync('nsenter', words, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${script}\nended with ${status}:\n${stdout}${stderr}`);
    return stdout.trim();
  }

  async function stop() {
    if (outer.exitCode === null) {
      // The first process of the machine takes all others along.
      process.kill(leader, 'SIGKILL');
      await once(outer, 'exit');
    }
    rmSync(folder, { recursive: true });
  }

  try {
    await until(() => outer.exitCode !== null || /running|degraded/.test(stateOf(run)));
    if (outer.exitCode !== null) throw new Error(`The machine did not start: ${said}`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { run, stop };
}

/** The same with the PostgreSQL that Debian has, as a new installation leaves it. @returns its version as well */
export async function startDebianWithPostgres(folders: Record<string, string> = {}) {
  try {
    execFileSync('dpkg', ['--status', 'postgresql'], { stdio: 'ignore' });
  } catch {
    installPackage('postgresql');
  }
  const machine = await startMachine(folders);
  const version = machine.run('ls /usr/lib/postgresql | sort -n | tail -n 1');
  // The cluster of this machine may have been worked with.
  machine.run(`[ ! -d /etc/postgresql/${version}/main ] || pg_dropcluster ${version} main
    pg_createcluster ${version} main
    systemctl start postgresql`);
  return { machine, version };
}

const stateOf = (run: (script: string) => string) => {
  try {
    return run('systemctl is-system-running || true');
  } catch {
    return '';
  }
};

/** The systemd of the machine, among the children of what boots it. */
async function leaderOf(outer: ChildProcess, said: () => string): Promise<number> {
  const find = () =>
    read(`/proc/${outer.pid}/task/${outer.pid}/children`)
      .split(' ')
      .find((child) => child && read(`/proc/${child}/comm`).trim() === 'systemd');
  await until(() => outer.exitCode !== null || find() !== undefined);
  if (outer.exitCode !== null) throw new Error(`The machine did not start: ${said()}`);
  return Number(find());
}

/** The text of a file that may be gone, as its process is. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
