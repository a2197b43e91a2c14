import { times } from '../helpers/times';
import { expect, test } from './desk';
import { entriesOf, holdClock, losePost, type WayName, ways } from './lost-posts';
import { forms } from './lost-posts-forms';
import { plantKey } from './planted-key';

/** Forms with code of their own between the button and the server that lose their posts in `npm test`. */
export const quick = [
  'Add New API Key',
  'the switch in the report',
  'Edit in its dialog',
  'Sign in',
];

const isShort = times(false, true);
const everyWay = Object.keys(ways) as WayName[];

/** Defines a test for each of these forms. A short run loses each in one way, and four of them in all ways. */
export function loseAll(names: string[]): void {
  for (const [name, form] of Object.entries(forms).filter(([name]) => names.includes(name))) {
    test(`${name}: nothing is lost on the way, and sent again it happens once`, async ({
      page,
      desk,
    }) => {
      const stage = { page, desk, given: await plantKey(desk) };
      await desk.query('update session set proved_at = now()');
      await holdClock(page);
      await form.open(stage);
      await form.type?.(stage);
      const typed = await entriesOf(page);
      const turn = names.indexOf(name) % everyWay.length;
      for (const way of everyWay.filter((_way, n) => !isShort || n === turn)) {
        await losePost(page, way, () => form.send(stage));
        expect(await entriesOf(page), way).toEqual(typed);
      }
      await form.send(stage);
      await form.done(stage);
      await expect(page.getByText('Your entries are still here.')).toHaveCount(0);
      if (form.event) {
        const events = await desk.query(
          `select 1 from audit_event where action = $1 and target like $2 and outcome = 'done'`,
          [form.event, `%${stage.given.name}%`],
        );
        expect(events).toHaveLength(1);
      }
    });
  }
}
