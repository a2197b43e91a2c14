import { expect, test } from '@playwright/test';
import { times } from '../helpers/times';
import { endScenes, expectSound, lostIn, openScene } from './helpers/kill-scene';

test.describe.configure({ timeout: times(7_200_000, 400_000) });

endScenes();

test('kill -9 of PostgreSQL at random moments loses no acknowledged change', async () => {
  const scene = await openScene();
  for (let round = 0; round < times(50, 2); round++) {
    await scene.workUntil(scene.cluster.kill);
    await scene.cluster.start();
    await scene.app.untilReady();
  }
  await expectSound(scene, scene.app);
});

test('control: a PostgreSQL that acknowledges before it writes loses some', async () => {
  const scene = await openScene({ synchronous_commit: 'off', wal_writer_delay: '10s' });
  for (let round = 0; round < times(5, 1); round++) {
    await scene.workUntil(scene.cluster.kill);
    await scene.cluster.start();
    await scene.app.untilReady();
  }
  const lost = await lostIn(scene);
  console.log(`lost: ${lost.length}`);
  expect(lost.length).toBeGreaterThan(0);
});
