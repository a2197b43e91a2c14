/** What the server says of a file: where its verdicts are, or why there are none. */
export type SentFile = { path: string } | { problem: string };

const lost = { problem: 'The file could not be sent. Try again.' };

/** Sends the file as it is, straight from the disk; `fetch` would not tell how far it has come. */
export function sendFile(file: File, onProgress: (share: number) => void): Promise<SentFile> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/keys/import/file');
    request.setRequestHeader('Content-Type', 'text/csv');
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      onProgress(total > 0 ? loaded / total : 1);
    });
    request.addEventListener('load', () => resolve(readAnswer(request.responseText)));
    for (const end of ['error', 'abort', 'timeout'])
      request.addEventListener(end, () => resolve(lost));
    request.send(file);
  });
}

function readAnswer(text: string): SentFile {
  try {
    const { path, problem } = JSON.parse(text);
    if (typeof path === 'string') return { path };
    return typeof problem === 'string' ? { problem } : lost;
  } catch {
    return lost;
  }
}
