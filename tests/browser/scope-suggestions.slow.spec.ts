import { enter, expect, freshName, type SignedDesk, test } from './desk';

/** Makes a key with these scopes and returns its id. */
async function givenKey(desk: SignedDesk, name: string, scopes: string[]): Promise<string> {
  const owner = await desk.addUser(name);
  const [key] = await desk.query<{ id: string }>(
    `insert into api_key (id, owner_id, scopes, secret_mac, secret_pepper, secret_prefix, secret_first, secret_last, request_id)
     values (gen_random_uuid(), $1, $2, sha256($3), 1, 'kd', 'AbCd', 'wXyZ', gen_random_uuid()) returning id`,
    [owner, scopes, Buffer.from(name)],
  );
  return key?.id ?? '';
}

test('scopes in use are suggested, after those that stand there already', async ({
  page,
  desk,
}) => {
  const stem = freshName('sco');
  await givenKey(desk, stem, [`${stem}:read`, `${stem}:write`]);
  await enter(page, desk, '/keys/new');
  await page.getByText('More options').click();
  const scopes = page.getByLabel('Scopes');
  const suggested = () => page.getByRole('listbox').getByRole('option').allTextContents();
  await scopes.focus();
  await expect.poll(suggested).toContain(`${stem}:read`);
  await scopes.pressSequentially(`else:where ${stem}:r`);
  await expect.poll(suggested).toEqual([`else:where ${stem}:read`]);
  await scopes.fill(`${stem}:read ${stem}`);
  await expect.poll(suggested).toEqual([`${stem}:read ${stem}:write`]);
  await scopes.fill('what nobody:has');
  await expect.poll(suggested).toEqual([]);
  await expect(scopes).toHaveValue('what nobody:has');
});

test('the page of a key suggests them as well', async ({ page, desk }) => {
  const stem = freshName('sop');
  const id = await givenKey(desk, stem, [`${stem}:read`]);
  await enter(page, desk, `/keys/${id}?tab=settings`);
  await page.getByLabel('Scopes').fill(`${stem}:`);
  await expect(page.getByRole('listbox').getByRole('option')).toHaveText([`${stem}:read`]);
});
