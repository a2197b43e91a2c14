import { type Desk, startDesk } from './desk';

export type Fleet = ReturnType<typeof openFleet>;

/** Several desks on one database, and a client's view of which of them are ready. */
export function openFleet(built: string, url: string) {
  const desks: Desk[] = [];
  let ready: Desk[] = [];
  let isOpen = true;

  /** As HAProxy does with `check inter 500ms rise 1 fall 1`. */
  async function watch() {
    while (isOpen) {
      const all = [...desks];
      const statuses = await Promise.all(all.map(({ statusOf }) => statusOf('/readyz')));
      ready = all.filter((_, at) => statuses[at] === 200);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  async function add(): Promise<Desk> {
    const desk = await startDesk(built, url);
    desks.push(desk);
    await desk.untilReady();
    return desk;
  }

  async function replace(desk: Desk): Promise<void> {
    await desk.stop();
    desks.splice(desks.indexOf(desk), 1);
    await add();
  }

  async function close() {
    isOpen = false;
    await watching;
    for (const desk of desks) await desk.stop('SIGKILL');
  }

  const watching = watch();
  return {
    desks,
    add,
    replace,
    close,
    /** Where verification of all desks is, ready or not. */
    all: () => desks.map(({ verifyOrigin }) => verifyOrigin),
    ready: () => ready.map(({ verifyOrigin }) => verifyOrigin),
    /** Where the pages and the management API of a ready desk are. */
    pages: () => (ready[0] ?? desks[0])?.origin ?? '',
  };
}
