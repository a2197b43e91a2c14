import type { ChildProcess } from 'node:child_process';
import { chromium } from '@playwright/test';
import { Client } from 'pg';
import { findChromium } from '../../scripts/test/chromium';
import { freePort } from '../verify/helpers/recipe';
import { givenDesk } from './fill-desk';
import { type Ask, type Question, questionsOf } from './list-questions';
import { administrator, startProduct } from './product';

export type Desk = { url: string; product: ChildProcess; ask: Ask; questions: Question[] };

/** The built product over a filled desk of that size, and somebody signed in to ask it. */
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

/** Signs in as people do; what is asked from then on needs no browser. */
async function signedIn(origin: string): Promise<Ask> {
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: ['--no-sandbox', '--disable-background-networking'],
  });
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${origin}/login`);
  await page.getByLabel('Username').fill(administrator.username);
  await page.getByLabel('Password').fill(administrator.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).waitFor();
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  await browser.close();
  return async (path) => {
    const answer = await fetch(`${origin}${path}`, { headers: { cookie }, redirect: 'error' });
    const text = await answer.text();
    if (!answer.ok || !text.includes('API keys')) throw new Error(`${path}: ${answer.status}`);
    if (text.includes('was stopped')) throw new Error(`${path} took too long.`);
    return text;
  };
}
