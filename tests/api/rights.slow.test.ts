import { expectNoChange, losses, useServices, writing } from './rights-helpers';

useServices();

// What rights.test.ts tries by one endpoint, by all others.
describe.each(losses.slice(1))('a service key that %s while its request waits', (_, loss) => {
  it.each(writing.slice(1).map(({ method, path }) => [method, path]))(
    'changes nothing by %s %s',
    (method, path) => expectNoChange(loss, method, path),
  );
});
