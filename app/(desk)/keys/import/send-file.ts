import { SendError, type SendProblem } from '@/components/posting/send-problem';
import { patience } from '@/components/posting/watch-posts';

/** What the server says of a file: where its verdicts are, or why there are none. */
export type SentFile = { path: string } | { refusal: string } | { problem: SendProblem };

/** The slowest checking that is awaited, in bytes a millisecond. */
const slowestCheck = 100;

/** Sends the file as it is, straight from the disk; `fetch` would not tell how far it has come. */
export async function sendFile(file: File, onProgress: (share: number) => void): Promise<SentFile> {
  try {
    return await send(file, onProgress);
  } catch (error) {
    return { problem: error instanceof SendError ? error.problem : { kind: 'unreachable' } };
  }
}

function send(file: File, onProgress: (share: number) => void): Promise<SentFile> {
  const request = new XMLHttpRequest();
  return new Promise<SentFile>((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout>;
    const awaitMore = (milliseconds: number) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        reject(new SendError({ kind: 'timeout' }));
        request.abort();
      }, milliseconds);
    };
    request.open('POST', '/keys/import/file');
    request.setRequestHeader('Content-Type', 'text/csv');
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      onProgress(total > 0 ? loaded / total : 1);
      awaitMore(loaded < total ? patience : patience + file.size / slowestCheck);
    });
    request.addEventListener('load', () => resolve(readAnswer(request)));
    for (const end of ['error', 'abort'])
      request.addEventListener(end, () => reject(new SendError({ kind: 'unreachable' })));
    request.addEventListener('loadend', () => clearTimeout(timer));
    awaitMore(patience + file.size / slowestCheck);
    request.send(file);
  });
}

function readAnswer(request: XMLHttpRequest): SentFile {
  const { responseText, status } = request;
  try {
    const { path, problem } = JSON.parse(responseText);
    if (typeof path === 'string') return { path };
    if (typeof problem === 'string') return { refusal: problem };
  } catch {
    // Not an answer of ours.
  }
  const isGone = request.getResponseHeader('x-nextjs-action-not-found') !== null;
  return { problem: isGone ? { kind: 'updated' } : { kind: 'foreign', status } };
}
