import { test } from '@playwright/test';
import { times } from '../helpers/times';
import { endScenes, expectSound, openScene } from './helpers/kill-scene';

test.describe.configure({ timeout: times(7_200_000, 400_000) });

endScenes();

test('kill -9 of Keydesk at random moments loses no acknowledged change', async () => {
  const scene = await openScene();
  for (let round = 0; round < times(200, 2); round++) {
    await scene.workUntil(scene.app.kill);
    await scene.app.start();
  }
  await expectSound(scene, scene.app);
});
