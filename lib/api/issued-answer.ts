import 'server-only';
import type { KeyDetails } from '@/lib/keys/find-key';
import { mailLink } from '@/lib/notices/mail-link';
import { jsonAnswer } from './answers';
import type { Done } from './idempotency';
import { type Issued, issuedPart, keyDocumentOf } from './key-document';

type About = { status: 200 | 201; key: KeyDetails; headers: Record<string, string> };

/** The answer with a new secret or its link. A link that is to be mailed is left out once it was sent. */
export function issuedAnswer(issued: Issued, { status, key, headers }: About): Done {
  const answerWith = (mailed: boolean) =>
    jsonAnswer(status, { ...keyDocumentOf(key), ...issuedPart(issued, mailed) }, headers);
  const answer = answerWith(false);
  const { handOver } = issued;
  if (!handOver?.mailTo) return { answer };
  return {
    answer,
    finish: async () => answerWith((await mailLink(handOver))?.problem === null),
  };
}
