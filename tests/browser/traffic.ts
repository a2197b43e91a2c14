import type { Page } from '@playwright/test';

/** Counts the page's requests from now on: all of them, and the compressed size of scripts. */
export async function watchTraffic(page: Page) {
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  const scripts = new Map<string, number>();
  let requests = 0;
  client.on('Network.responseReceived', ({ requestId, type }) => {
    requests += 1;
    if (type === 'Script') scripts.set(requestId, 0);
  });
  client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) scripts.set(requestId, encodedDataLength);
  });
  return () => {
    const bytes = [...scripts.values()].reduce((sum, size) => sum + size, 0);
    return { requests, files: scripts.size, kilobytes: bytes / 1_024 };
  };
}
