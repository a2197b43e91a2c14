import { test } from './helpers/attack-test';
import { control, ways } from './helpers/control';
import { actionEntryPoints } from './helpers/entry-points';

test.describe.configure({ mode: 'default', timeout: 240_000 });

for (const [at, [name, { shownIn }]] of Object.entries(actionEntryPoints).entries()) {
  // `actions.spec.ts` takes the other way.
  if (!shownIn) control(name, ways[(at + 1) % 2]!);
}
