/** The command that asks about a key. Neither a secret of ours nor the variable needs more quoting. */
export function verifyCommand(address: string, serviceKey: string, key: string): string {
  return [
    `curl -X POST ${address}`,
    `-H "Authorization: Bearer ${serviceKey}"`,
    '-H "Content-Type: application/json"',
    `-d '{"key": "${key}"}'`,
  ].join(' \\\n  ');
}

/** Stands for the service key where it is not known here. */
export const serviceKeyVariable = '$SERVICE_KEY';
