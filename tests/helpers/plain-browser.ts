import { type IncomingHttpHeaders, request } from 'node:http';

/** An answer as received. Redirects are not followed. */
export type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer; text: string };
export type Sent = { method?: string; headers?: Record<string, string>; body?: Buffer };
export type Fields = Record<string, string | File>;
export type Form = { html: string; fields: Record<string, string> };

/** Sends the path exactly as written, which `fetch` would not. */
export function exchange(origin: string, path: string, sent: Sent = {}): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  const { method = 'GET', headers = {}, body } = sent;
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { hostname, port, path, method, headers, agent: false },
      (incoming) => {
        const parts: Buffer[] = [];
        incoming.on('data', (part) => parts.push(part));
        incoming.once('error', reject);
        incoming.once('end', () => {
          const whole = Buffer.concat(parts);
          const status = incoming.statusCode ?? 0;
          resolve({ status, headers: incoming.headers, body: whole, text: whole.toString() });
        });
      },
    );
    outgoing.once('error', reject);
    outgoing.setTimeout(20_000, () => outgoing.destroy(new Error(`No answer to ${path}`)));
    outgoing.end(body);
  });
}

/** The body of a form, encoded like in browsers. */
export async function multipart(fields: Fields | [string, string | File][]) {
  const form = new FormData();
  const entries = Array.isArray(fields) ? fields : Object.entries(fields);
  for (const [name, value] of entries) form.append(name, value);
  const encoded = new Response(form);
  const type = encoded.headers.get('content-type') ?? '';
  return { headers: { 'content-type': type }, body: Buffer.from(await encoded.arrayBuffer()) };
}

/** The forms of a page, with the values of their inputs. */
export function formsOf({ text }: Answer): Form[] {
  return [...text.matchAll(/<form\b.*?<\/form>/gs)].map(([html]) => ({
    html,
    fields: Object.fromEntries(
      [...html.matchAll(/<input\b[^>]*>/g)]
        .filter(([input]) => !/type="radio"/.test(input) || / checked=/.test(input))
        .map(([input]) => [attribute(input, 'name'), attribute(input, 'value')] as const)
        .filter(([name]) => name !== ''),
    ),
  }));
}

/** The fields that the switch of this key in a report sends: its own, and those of the form that it names. */
export function switchOf(list: Answer, id: string): Record<string, string> {
  const button = [...list.text.matchAll(/<button\b[^>]*role="switch"[^>]*>/g)]
    .map(([tag]) => tag)
    .find((tag) => attribute(tag, 'name') === 'id' && attribute(tag, 'value') === id);
  if (!button) throw new Error(`The list has no switch for ${id}.`);
  const form = formsOf(list).find(({ html }) =>
    html.startsWith(`<form id="${attribute(button, 'form')}"`),
  );
  return { ...form?.fields, id };
}

function attribute(tag: string, name: string): string {
  return unescaped(new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
}

export function unescaped(html: string): string {
  return html
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** A browser without JavaScript and without a screen. It keeps cookies and posts forms. */
export function plainBrowser(origin: string) {
  const cookies = new Map<string, string>();
  const cookieHeader = (): Record<string, string> =>
    cookies.size ? { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') } : {};

  async function get(path: string): Promise<Answer> {
    return keepCookies(await exchange(origin, path, { headers: cookieHeader() }));
  }

  /** Posts the first form of the page that has all these fields, filled in. */
  async function submit(page: string, has: string[], fields: Fields): Promise<Answer> {
    return post(page, { ...(await findForm(page, has)).fields, ...fields });
  }

  async function findForm(page: string, has: string[]): Promise<Form> {
    const answer = await get(page);
    const form = formsOf(answer).find(({ html }) =>
      has.every((name) => html.includes(` name="${name}"`)),
    );
    if (!form) throw new Error(`${page} (${answer.status}) has no form with ${has}`);
    return form;
  }

  async function post(page: string, fields: Fields): Promise<Answer> {
    const { headers, body } = await multipart(fields);
    const sent = { ...headers, ...cookieHeader(), origin };
    return keepCookies(await exchange(origin, page, { method: 'POST', headers: sent, body }));
  }

  function keepCookies(answer: Answer): Answer {
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    return answer;
  }

  async function signIn(username: string, password: string): Promise<void> {
    const answer = await submit('/login', ['username', 'password'], { username, password });
    if (answer.status !== 303) throw new Error(`${username} cannot sign in: ${answer.status}`);
  }

  return { get, submit, findForm, post, signIn, cookieHeader };
}

export type PlainBrowser = ReturnType<typeof plainBrowser>;
