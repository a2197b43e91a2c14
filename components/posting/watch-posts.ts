import { SendError } from './send-problem';

/** How long an answer is awaited, in milliseconds. */
export const patience = 30_000;

/** By how much longer the work under way may take, for each piece of it. */
const extras = new Set<{ milliseconds: number }>();

/** Awaits work of which it is known that it takes longer: a whole file. */
export async function withMorePatience<Result>(
  milliseconds: number,
  work: () => Promise<Result>,
): Promise<Result> {
  const extra = { milliseconds };
  extras.add(extra);
  try {
    return await work();
  } finally {
    extras.delete(extra);
  }
}

/**
 * Gives the POST of an action an end, and tells what came back instead of an answer. The framework
 * awaits one for ever, keeps every other action waiting meanwhile, and forgets the status.
 */
export function watchPosts(): void {
  const send = window.fetch.bind(window);
  window.fetch = (input, init) =>
    isAction(init) ? sendAction(send, input, init) : send(input, init);
}

const isAction = (init: RequestInit | undefined): init is RequestInit =>
  init?.method === 'POST' && new Headers(init.headers).has('next-action');

async function sendAction(
  send: typeof fetch,
  input: RequestInfo | URL,
  init: RequestInit,
): Promise<Response> {
  const { signal, beginAnew } = endOfPatience();
  const answer = await send(input, { ...init, signal });
  // The page that it leads to is rendered while its body arrives, and may take as long again.
  beginAnew();
  const { headers, status } = answer;
  const isAnswer =
    headers.get('content-type')?.startsWith('text/x-component') ||
    headers.has('x-action-redirect') ||
    headers.has('x-nextjs-action-not-found');
  if (!isAnswer) throw new SendError({ kind: 'foreign', status });
  return answer;
}

/** Aborts a body that does not end as well; after its end it does nothing. */
function endOfPatience() {
  const controller = new AbortController();
  let began = Date.now();
  function look() {
    const longest = Math.max(0, ...[...extras].map(({ milliseconds }) => milliseconds));
    const left = began + patience + longest - Date.now();
    if (left > 0) setTimeout(look, left);
    else controller.abort(new SendError({ kind: 'timeout' }));
  }
  setTimeout(look, patience);
  const beginAnew = () => {
    began = Date.now();
  };
  return { signal: controller.signal, beginAnew };
}
