import { expect, test } from './attack-test';
import { builtActions } from './build';
import { callAction, type Way } from './call-action';
import { actionEntryPoints } from './entry-points';
import { databaseState, leaks } from './evidence';

export const ways: Way[] = ['fetch', 'form'];

export const idOf = (name: string) =>
  builtActions().find((action) => action.name === name)?.id ?? '';

/** Defines a test in which the action, called in this way by who has the right, does change something. */
export function control(name: string, way: Way): void {
  const entry = actionEntryPoints[name]!;
  test(`control: ${name} by ${way} changes something for ${entry.role}`, async ({ target }) => {
    const browser = entry.role === 'nobody' ? undefined : await target.signIn(entry.role);
    const before = await databaseState(target);
    const records = target.records(way);
    const answer = await callAction({
      ...{ origin: target.url, id: idOf(name), way, browser, page: entry.page(records) },
      ...{ fields: entry.fields(records, target), headers: { origin: target.url } },
    });
    expect(answer.status).toBeLessThan(400);
    expect(await databaseState(target)).not.toEqual(before);
    expect(leaks(answer, 'admin', target)).toEqual([]);
  });
}
