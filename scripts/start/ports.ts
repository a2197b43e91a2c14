import { createServer } from 'node:net';
import type { Settings } from '@/lib/settings/settings-schema';
import { codeOf, Sentence } from '../sentence';

type Ports = Partial<Pick<Settings, 'PORT' | 'VERIFY_PORT'>>;

/** The ports that a process opens in its role. */
export function portsOf({ ROLE, PORT, VERIFY_PORT }: Settings): Ports {
  return ROLE === 'pages' ? { PORT } : { PORT, VERIFY_PORT };
}

/** Reports early what the server would otherwise report after a build and a migration. */
export async function requireFreePorts(host: string, ports: Ports): Promise<void> {
  for (const name of ['PORT', 'VERIFY_PORT'] as const) {
    const port = ports[name];
    if (!port) continue;
    const fault = await tryListening(host, port);
    if (!fault) continue;
    if (fault === 'EADDRINUSE') {
      throw new Sentence(`Port ${port} on ${host} is in use: set ${name} to another.`);
    }
    if (fault === 'EACCES') {
      throw new Sentence(`Port ${port} needs special rights: set ${name} to one above 1023.`);
    }
    throw new Sentence(`HOST must be an address of this machine (${fault}).`);
  }
}

function tryListening(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error) => resolve(codeOf(error) ?? 'error'));
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(undefined)));
  });
}
