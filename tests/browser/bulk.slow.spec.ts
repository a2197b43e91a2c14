import { bar, boxes, ownerOf } from './bulk-keys';
import { enter, expect, test } from './desk';

test('with the shift key a tick takes the rows between along, and the head ticks the page', async ({
  page,
  desk,
}) => {
  const name = await ownerOf(desk, 6);
  await enter(page, desk, `/keys?username=${name}`);
  await boxes(page).nth(1).click();
  await expect(page.getByText('1 selected')).toBeVisible();
  await boxes(page)
    .nth(4)
    .click({ modifiers: ['Shift'] });
  await expect(page.getByText('4 selected')).toBeVisible();
  const head = page.getByLabel('Select all on this page');
  await expect(head).not.toBeChecked();
  await head.check();
  await expect(page.getByText('6 selected')).toBeVisible();
  await head.uncheck();
  await expect(bar(page)).toBeHidden();
});
