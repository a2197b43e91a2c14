/** Stand for keys that are not known here: the shell puts in what they hold. */
export const serviceKeyVariable = '$SERVICE_KEY';
const keyVariable = '$KEY';

/** The command that asks about a key. A secret of ours needs no more quoting than this. */
export function verifyCommand(address: string, serviceKey: string, key: string): string {
  const body = JSON.stringify({ key });
  return [
    `curl -X POST ${address}`,
    `-H "Authorization: Bearer ${serviceKey}"`,
    '-H "Content-Type: application/json"',
    // Within single quotes a shell puts nothing in.
    key === keyVariable ? `-d ${JSON.stringify(body)}` : `-d '${body}'`,
  ].join(' \\\n  ');
}

/**
 * The same for any key: it asks for both, so that neither stands in the history of the shell. One command,
 * because what is pasted after a `read` would be its answer.
 */
export function askingCommand(address: string, serviceKey: string, key: string): string {
  const ask = (text: string, name: string) => `printf '${text}: ' && read -r ${name} && \\\n`;
  const asked = ask(serviceKey, 'SERVICE_KEY') + ask(key, 'KEY');
  return asked + verifyCommand(address, serviceKeyVariable, keyVariable);
}
