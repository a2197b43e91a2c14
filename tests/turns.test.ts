import { Turns } from '@/lib/http/turns';

/** The sources in the order of their turns, with some asynchronous work in each. */
async function orderOf(sources: string[], atOnce = 1): Promise<string[]> {
  const turns = new Turns(atOnce);
  const order: string[] = [];
  await Promise.all(
    sources.map(async (source) => {
      if (!(await turns.take(source))) return;
      order.push(source);
      await new Promise(setImmediate);
      turns.end();
    }),
  );
  return order;
}

it('a source with one request does not wait for all requests of another', async () => {
  const order = await orderOf([...Array(50).fill('often'), 'once', 'another']);
  expect(order).toHaveLength(52);
  expect(order.indexOf('once')).toBeLessThan(4);
  expect(order.indexOf('another')).toBeLessThan(5);
});

it('runs no more at once than allowed, and everyone in the end', async () => {
  const turns = new Turns(2);
  let [now, most] = [0, 0];
  await Promise.all(
    Array.from({ length: 20 }, async (_, at) => {
      await turns.take(`${at % 3}`);
      most = Math.max(most, ++now);
      await new Promise(setImmediate);
      now -= 1;
      turns.end();
    }),
  );
  expect(most).toBe(2);
});

it('if the queue is full, the source with most requests loses one', async () => {
  const turns = new Turns(1);
  await turns.take('first');
  const crowd = Array.from({ length: 200 }, () => turns.take('crowd'));
  expect(await turns.take('crowd')).toBe(false);
  const other = turns.take('other');
  expect(await crowd[199]).toBe(false);
  turns.end();
  turns.end();
  expect(await other).toBe(true);
});
