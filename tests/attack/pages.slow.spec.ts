import { test } from './helpers/attack-test';
import { showNothingTo } from './helpers/refused-pages';

test.describe.configure({ mode: 'default', timeout: 240_000 });

// `pages.spec.ts` tries each way on every fourth page.
showNothingTo('nobody', 1);
