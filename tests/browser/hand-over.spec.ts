import { expectAccessible } from './axe';
import { excessWidth, expect, rowOf, test } from './desk';
import { handOver, open, userBrowser } from './handed-over';

test.describe('a key that is handed over @plain', () => {
  test('waits until its user collects it, and says so at the second visit @plain-main', async ({
    page,
    desk,
    browser,
    javaScriptEnabled,
  }) => {
    const { name, link } = await handOver(page, desk, 'handed');
    await expect(page.getByText('You could open it too, as long as you have it.')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await page.goto('/keys?status=waiting');
    await expect(rowOf(page, name)).toContainText('Waiting');
    await expect(rowOf(page, name).getByRole('switch')).toHaveCount(0);
    // What previews of mails and chats do changes nothing.
    for (const method of ['GET', 'HEAD']) {
      const preview = await fetch(link, { method });
      expect([preview.status, (await preview.text()).includes(name)]).toEqual([200, false]);
    }

    const user = await userBrowser({ browser, desk, javaScriptEnabled });
    const posted: string[] = [];
    user.on('request', (request) => posted.push(`${request.url()} ${request.postData() ?? ''}`));
    await open(user, link, { javaScriptEnabled });
    await expectAccessible(user);
    await user.getByRole('button', { name: 'Show the key' }).click();
    await expect(user.getByText(`This is the API key of ${name}.`)).toBeVisible();
    const secret = (await user.getByTestId('secret').textContent()) ?? '';
    expect(secret).toMatch(/^kd_[0-9A-Za-z]{49}$/);
    expect(await excessWidth(user)).toBeLessThanOrEqual(0);
    await expectAccessible(user);
    const fragment = link.slice(link.indexOf('#') + 1);
    if (javaScriptEnabled !== false) expect(posted.join('\n')).not.toContain(fragment);
    expect(posted.join('\n')).not.toContain(secret);

    await page.goto(`/keys?username=${name}`);
    await expect(rowOf(page, name)).toContainText('Active');
    const second = await userBrowser({ browser, desk, javaScriptEnabled });
    await open(second, link, { javaScriptEnabled });
    await second.getByRole('button', { name: 'Show the key' }).click();
    await expect(second.getByText(/This key was collected on .* UTC from/)).toBeVisible();
    await expectAccessible(second);
    await second.getByRole('button', { name: 'Switch the key off' }).click();
    await expect(second.getByText('The key is switched off. Tell whoever sent you')).toBeVisible();
    await page.reload();
    await expect(rowOf(page, name)).toContainText('Inactive');
    await page.goto(`/audit?actor=hand-over+link`);
    await expect(page.getByRole('table').getByText('Key collected').first()).toBeVisible();
    for (const part of [fragment, secret]) expect(desk.log()).not.toContain(part);
    await user.context().close();
    await second.context().close();
  });

  test('asks for its code, and ends with the hand-over', async ({
    page,
    desk,
    browser,
    javaScriptEnabled,
  }) => {
    const { name, link } = await handOver(page, desk, 'coded', true);
    const code = (await page.getByTestId('link-code').textContent()) ?? '';
    expect(code).toMatch(/^\d{6}$/);
    const user = await userBrowser({ browser, desk, javaScriptEnabled });
    await open(user, link, { javaScriptEnabled });
    await user.getByLabel('Code').fill(code === '000000' ? '111111' : '000000');
    await user.getByRole('button', { name: 'Show the key' }).click();
    await expect(user.getByText('This code is wrong. You can try 4 times more.')).toBeVisible();
    await expectAccessible(user);

    await page.getByRole('button', { name: 'I have copied it' }).click();
    await rowOf(page, name).getByRole('link', { name }).click();
    const panel = page.getByRole('region', { name: 'Waiting to be collected' });
    await expect(panel).toContainText('It asks for a code.');
    await expectAccessible(page);
    await panel.getByRole('button', { name: 'End the hand-over' }).click();
    await expect(page.getByText('The hand-over has ended.')).toBeVisible();
    // Another fragment of the same address would not load it again.
    await user.goto('about:blank');
    await user.goto(link);
    await expect(user.getByText('This link has ended.')).toBeVisible();
    await user.context().close();
  });
});
