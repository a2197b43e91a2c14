import { otherMethods } from '@/lib/api/other-methods';
import { readBytes } from '@/lib/http/read-bytes';
import { addressHeader } from '@/lib/http/trusted-headers';
import { answerGithubReport, longestGithubReport } from '@/lib/leaks/github-report';

/** Takes no bearer: GitHub signs what it sends. */
export async function POST(request: Request) {
  const { status, headers, body } = await answerGithubReport({
    headers: {
      id: request.headers.get('github-public-key-identifier'),
      signature: request.headers.get('github-public-key-signature'),
    },
    body: await readBytes(request, longestGithubReport),
    address: request.headers.get(addressHeader) ?? 'unknown',
  });
  return new Response(body, { status, headers: { 'Cache-Control': 'no-store', ...headers } });
}

const { options, refuse } = otherMethods('POST, OPTIONS');

export { options as OPTIONS, refuse as DELETE, refuse as GET, refuse as PATCH, refuse as PUT };
