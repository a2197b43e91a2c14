import { randomInt } from 'node:crypto';
import { type Answer, plainBrowser, switchOf } from '../../helpers/plain-browser';
import { type Asked, openJournal, type Verb } from './journal';

const turns: Verb[] = ['create', 'regenerate', 'reveal', 'switch', 'create', 'delete', 'switch'];
/** One fewer than Keydesk allows an administrator in an hour. */
const mostReveals = 9;
const secretForm = /kd_[0-9A-Za-z]{49}/;

export type Client = Awaited<ReturnType<typeof openClient>>;

/**
 * An administrator who works on the keys of one user as fast as pages load, and records everything. After the
 * most reveals, or when the re-authentication has expired, another administrator continues.
 */
export async function openClient(
  url: string,
  owner: string,
  path: string,
  addAdmin: () => Promise<{ username: string; password: string }>,
) {
  let browser = plainBrowser(url);
  let revealed = mostReveals;
  const journal = openJournal(path);
  let told = 0;
  let turn = randomInt(turns.length);
  const report = `/keys?username=${encodeURIComponent(owner)}`;

  async function step(): Promise<void> {
    const list = await browser.get(report);
    if (list.status !== 200) throw new Error(`The report answers ${list.status}`);
    const ids = [
      ...new Set([...list.text.matchAll(/href="\/keys\/([0-9a-f-]{36})"/g)].map(([, id]) => id)),
    ];
    const id = ids[randomInt(Math.max(1, ids.length))];
    const verb = turns[turn++ % turns.length];
    if (!id || verb === 'create') return create();
    if (verb === 'regenerate') return regenerate(id);
    if (verb === 'reveal') return reveal(id);
    return verb === 'switch' ? flip(list, id) : remove(id);
  }

  async function create() {
    const { fields } = await browser.findForm('/keys/new', ['requestId', 'user']);
    await send(
      '/keys/new',
      { verb: 'create', requestId: fields.requestId },
      {
        ...fields,
        user: owner,
        active: 'yes',
        revealable: 'yes',
      },
    );
  }

  async function regenerate(id: string) {
    const page = `/keys/${id}/regenerate`;
    const { fields } = await browser.findForm(page, ['id', 'version']);
    await send(page, { verb: 'regenerate', id, version: Number(fields.version) }, fields);
  }

  async function reveal(id: string) {
    const page = `/keys/${id}/reveal`;
    if (revealed === mostReveals || (await browser.get(page)).status !== 200) await handOver();
    const { fields } = await browser.findForm(page, ['id', 'reason']);
    const asked: Asked = { verb: 'reveal', id, requestId: fields.requestId ?? '' };
    await send(page, asked, { ...fields, reason: 'to see whether it is the one' });
    revealed += 1;
  }

  async function handOver() {
    const next = await addAdmin();
    const fresh = plainBrowser(url);
    await fresh.signIn(next.username, next.password);
    browser = fresh;
    revealed = 0;
  }

  async function flip(list: Answer, id: string) {
    const fields = switchOf(list, id);
    await send(report, { verb: 'switch', id, active: fields.active === 'yes' }, fields);
  }

  async function remove(id: string) {
    const page = `/keys/${id}/delete`;
    const { fields } = await browser.findForm(page, ['id', 'back']);
    await send(page, { verb: 'delete', id }, fields);
  }

  async function send(page: string, asked: Asked, fields: Record<string, string>) {
    const number = journal.ask(asked);
    const answer = await browser.post(page, fields);
    const done = isDone(asked, answer);
    if (!done) throw new Error(`${asked.verb} was answered with ${answer.status}`);
    journal.tell(number, secretForm.exec(answer.text)?.[0]);
    told += 1;
  }

  /** Works until something fails, when a process is killed. */
  async function work(): Promise<string> {
    for (;;) {
      try {
        await step();
      } catch (error) {
        return (error as Error).message;
      }
    }
  }

  await handOver();
  return { work, step, create, journal, told: () => told };
}

function isDone({ verb }: Asked, { status, text }: Answer): boolean {
  if (verb === 'delete') return status === 303;
  if (status !== 200) return false;
  return verb === 'switch' ? /was switched o(n|ff)/.test(text) : secretForm.test(text);
}
