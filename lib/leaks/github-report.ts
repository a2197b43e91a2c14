import 'server-only';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { AuditActor } from '@/lib/audit/record-event';
import { type Answer, json, problem } from '@/lib/http/problem';
import { describeError } from '@/lib/log/described-error';
import { log } from '@/lib/log/log';
import { settings } from '@/lib/settings/settings';
import { isSignedByGithub } from './github-signature';
import { leakMessages } from './leak-messages';
import { mostLeaked } from './leaked-secret';
import { reportOurs } from './report-leak';

/** Bytes. GitHub may send many matches at once; a match is a few hundred bytes. */
export const longestGithubReport = 1_048_576;

/** Matches as GitHub secret scanning sends them. Fields that it may add are ignored. */
export const githubReport = z.array(
  z.object({
    token: z.string(),
    type: z.string(),
    url: z.string().nullish(),
  }),
);

/** Feedback for GitHub about each match, in their order. */
export const githubFeedback = z.array(
  z.object({
    token_hash: z.string(),
    token_type: z.string(),
    label: z.enum(['true_positive', 'false_positive']),
  }),
);
type Feedback = z.output<typeof githubFeedback>[number];
type Match = z.output<typeof githubReport>[number];

/** The headers in lower case, and the body as it arrived; null if it is too long. */
export type GithubRequest = {
  headers: { id: string | null; signature: string | null };
  body: Buffer | null;
  address: string;
};

/**
 * `POST /api/v1/leaks/github`: the endpoint of a partner of GitHub secret scanning. The signature alone shows
 * who asks. The answer says of each match whether it is a secret of ours, by its SHA-256.
 */
export async function answerGithubReport(request: GithubRequest): Promise<Answer> {
  const keys = settings().GITHUB_SCANNING_KEYS;
  if (!keys) return problem(404, leakMessages.githubOff);
  const { headers, body, address } = request;
  if (body === null) return problem(413, leakMessages.tooLong(longestGithubReport));
  const { id, signature } = headers;
  if (!id || !signature || !isSignedByGithub(keys, { id, signature, body })) {
    return problem(401, leakMessages.notSigned);
  }
  const parsed = githubReport.safeParse(parseJson(body));
  if (!parsed.success) return problem(400, leakMessages.notMatches);
  try {
    const ours = await reportMatches(parsed.data, address);
    return json(parsed.data.map((match) => labelled(match, ours)));
  } catch (error) {
    log.error('leak report failed', describeError(error));
    return problem(503, leakMessages.notNow, { 'Retry-After': '5' });
  }
}

/** A report of GitHub has no largest number of matches, so it is taken in slices. */
async function reportMatches(matches: Match[], address: string): Promise<Set<string>> {
  const reporter: AuditActor = { id: null, username: 'GitHub secret scanning', address };
  const ours = new Set<string>();
  for (let at = 0; at < matches.length; at += mostLeaked) {
    const secrets = matches
      .slice(at, at + mostLeaked)
      .map(({ token, url }) => ({ secret: token.trim(), url: url || null }));
    const evidence = { source: reporter.username, url: null };
    for (const secret of await reportOurs(reporter, secrets, evidence)) ours.add(secret);
  }
  return ours;
}

function labelled({ token, type }: Match, ours: ReadonlySet<string>): Feedback {
  return {
    token_hash: createHash('sha256').update(token).digest('hex'),
    token_type: type,
    label: ours.has(token.trim()) ? 'true_positive' : 'false_positive',
  };
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
