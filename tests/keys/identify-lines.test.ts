import { pagePool } from '@/db/client';
import { ForbiddenError } from '@/lib/access/administrator';
import { deleteKey, switchKey } from '@/lib/keys/change-key';
import { freeLookups } from '@/lib/keys/failed-lookup-limiter';
import { identifyKey } from '@/lib/keys/identify-key';
import { freeLines, mostLines } from '@/lib/keys/identify-limits';
import { identifyLines } from '@/lib/keys/identify-lines';
import { regenerateKey } from '@/lib/keys/regenerate-key';
import { mintSecret } from '@/lib/keys/secret/secret';
import { useTestDatabase } from '../helpers/database';
import { countRows, makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto, vera } from '../helpers/people';

useTestDatabase();
beforeAll(async () => {
  await insertPeople();
  await insertUser('grace');
});
const strangers = (count: number) => Array.from({ length: count }, () => mintSecret('kd'));

describe('several lines', () => {
  it('are answered by their numbers, without the texts', async () => {
    const [active, off, gone, renewed, overlapped] = await Promise.all(
      [1, 2, 3, 4, 5].map(() => makeKey(otto, 'grace')),
    );
    if (!active || !off || !gone || !renewed || !overlapped) throw new Error('no keys');
    await switchKey(otto, { id: off.id, active: false });
    await deleteKey(otto, gone.id);
    await regenerateKey(otto, { id: renewed.id, version: 1, stops: 'now' });
    await regenerateKey(otto, { id: overlapped.id, version: 1, stops: '24h' });
    const [stranger = ''] = strangers(1);
    const texts = [active, off, gone, renewed, overlapped].map(({ secret }) => secret);
    const text = [` ${texts[0]} `, '', ...texts.slice(1), stranger, `${stranger}x`, 'word'];
    const result = await identifyLines(otto, text.join('\r\n'));
    expect(result).toMatchObject({
      outcome: 'read',
      lines: [
        { line: 1, current: true, key: { id: active.id, username: 'grace', status: 'active' } },
        { line: 3, key: { id: off.id, status: 'inactive' } },
        { line: 4, key: { id: gone.id, deleted: true } },
        { line: 5, current: false, standing: false, key: { id: renewed.id } },
        { line: 6, current: false, standing: true, key: { id: overlapped.id } },
        { line: 7, outcome: 'unknown' },
        { line: 8, outcome: 'mistyped' },
        { line: 9, outcome: 'unknown' },
      ],
    });
    const answer = JSON.stringify(result);
    for (const secret of [...texts, stranger]) expect(answer).not.toContain(secret.slice(3, 20));
    const { rows } = await pagePool().query(
      `select actor, outcome, target, details from audit_event where action = 'key.identify'`,
    );
    expect(rows).toEqual([
      { actor: 'otto', outcome: 'refused', target: 'unknown', details: { lines: 1 } },
    ]);
  });

  it('are for operators, and at most a thousand', async () => {
    await expect(identifyLines(vera, 'a\nb')).rejects.toThrow(ForbiddenError);
    expect(await identifyLines(otto, 'x\n'.repeat(mostLines + 1))).toEqual({ outcome: 'too-many' });
    expect(await identifyLines(otto, 'x\n\n'.repeat(mostLines))).toMatchObject({ outcome: 'read' });
  });

  it('may name thousands of other secrets in a minute, then there is a wait', async () => {
    const { secret } = await makeKey(otto, 'grace');
    const batch = async () => identifyLines(ada, [...strangers(mostLines - 1), secret].join('\n'));
    const events = await countRows('audit_event', `action = 'key.identify'`);
    for (let lines = 0; lines <= freeLines; lines += mostLines - 1) {
      expect(await batch()).toMatchObject({ outcome: 'read' });
    }
    expect(await batch()).toMatchObject({ outcome: 'wait' });
    // One event for each batch, and single keys are counted apart.
    expect(await countRows('audit_event', `action = 'key.identify'`)).toBe(events + 3);
    expect(freeLines).toBeGreaterThan(freeLookups);
    expect(await identifyKey(ada, secret)).toMatchObject({ outcome: 'found' });
    expect(await identifyLines(otto, `${secret}\n${secret}`)).toMatchObject({ outcome: 'read' });
  });
});
