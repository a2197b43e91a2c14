import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { Provider } from 'oidc-provider';

/**
 * A provider of single sign-on for tests: `node provider.ts <port> <address of the desk>`. It believes
 * everybody's claim who they are, which groups they have and what their address is:
 * `subject username group,group address`. An address that ends in `?` is not verified.
 */
const [port = '', desk = '', secret = ''] = process.argv.slice(2);

type Person = {
  preferred_username: string;
  groups: string[];
  email?: string;
  email_verified?: boolean;
};
type Context = { oidc: { client?: { clientId: string }; session?: { accountId?: string } } };
const people = new Map<string, Person>();

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: 'keydesk',
      client_secret: secret,
      redirect_uris: [`${desk}/api/auth/callback/oidc`],
    },
  ],
  claims: {
    openid: ['sub'],
    profile: ['preferred_username', 'groups'],
    email: ['email', 'email_verified'],
  },
  features: { devInteractions: { enabled: false } },
  findAccount: (_context: unknown, id: string) =>
    people.has(id) && {
      accountId: id,
      claims: () => ({ sub: id, ...people.get(id) }),
    },
  interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
  // Grants are given in advance, so nobody is asked.
  loadExistingGrant: async ({ oidc: { client, session } }: Context) => {
    const grant = new provider.Grant({
      clientId: client?.clientId,
      accountId: session?.accountId,
    });
    grant.addOIDCScope('openid profile email');
    await grant.save();
    return grant;
  },
});

const form = `<!doctype html><title>Provider</title><form method="post">
  <label>Person <input name="person"></label>
  <button name="answer" value="yes">Enter</button> <button name="answer" value="no">Cancel</button></form>`;

async function interact(request: IncomingMessage, response: ServerResponse) {
  if (request.method !== 'POST') return response.setHeader('content-type', 'text/html').end(form);
  const sent = new URLSearchParams(await text(request));
  const [subject = '', username = '', groups = '', email] = (sent.get('person') ?? '').split(' ');
  if (sent.get('answer') === 'no') {
    return provider.interactionFinished(request, response, { error: 'access_denied' });
  }
  people.set(subject, {
    ...{ preferred_username: username, groups: groups.split(',') },
    ...(email && { email: email.replace('?', ''), email_verified: !email.endsWith('?') }),
  });
  return provider.interactionFinished(request, response, { login: { accountId: subject } });
}

const answer = provider.callback();
createServer((request, response) => {
  const isOurs = request.url?.startsWith('/interaction/');
  void (isOurs ? interact(request, response) : answer(request, response));
}).listen(Number(port), '127.0.0.1');
