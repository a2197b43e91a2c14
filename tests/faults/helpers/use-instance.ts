import { openDatabase } from '../../verify/helpers/desk';
import { buildThread, type Instance, startInstance } from '../../verify/helpers/instance';

type Scene = {
  database: Awaited<ReturnType<typeof openDatabase>>;
  instance: Instance;
};

/** A database and an instance of Keydesk on it, for the tests of a file. Read it only inside them. */
export function useInstance(): Scene {
  const scene = {} as Scene;
  let thread: string;
  beforeAll(async () => {
    scene.database = await openDatabase();
    thread = await buildThread();
    scene.instance = await startInstance(scene.database.url, thread);
  });
  afterAll(async () => {
    await scene.instance.stop();
    await scene.database.drop();
  });
  return scene;
}
