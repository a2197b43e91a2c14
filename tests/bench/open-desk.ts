import type { ChildProcess } from 'node:child_process';
import { Client } from 'pg';
import { freePort } from '../../scripts/free-port';
import { signInCookie } from './browser';
import { givenDesk } from './fill-desk';
import { type Ask, type Question, questionsOf } from './list-questions';
import { startProduct } from './product';

export type Desk = { url: string; product: ChildProcess; ask: Ask; questions: Question[] };

/** The built product on a filled desk of that size, and a signed-in administrator. */
export async function openDesk(server: string, keys: number): Promise<Desk> {
  const url = await givenDesk(server, keys);
  const [page, port] = [await freePort(), await freePort()];
  const product = await startProduct(url, page, port);
  const ask = await signedIn(`http://localhost:${page}`);
  const client = new Client({ connectionString: url });
  await client.connect();
  const questions = await questionsOf(client, ask);
  await client.end();
  return { url, product, ask, questions };
}

async function signedIn(origin: string): Promise<Ask> {
  const cookie = await signInCookie(origin);
  return async (path) => {
    const answer = await fetch(`${origin}${path}`, { headers: { cookie }, redirect: 'error' });
    const text = await answer.text();
    if (!answer.ok || !text.includes('API keys')) throw new Error(`${path}: ${answer.status}`);
    if (text.includes('was stopped')) throw new Error(`${path} took too long.`);
    return text;
  };
}
