'use server';

import { withCollectLimit } from '@/lib/auth/collect-limit';
import { findVisitor } from '@/lib/auth/collect-visitor';
import { publicAction } from '@/lib/auth/guarded-action';
import { tooManyAttempts } from '@/lib/auth/too-many-attempts';
import { done, type FormState, failed } from '@/lib/forms/form-state';
import { type CollectResult, collectKey } from '@/lib/keys/hand-over/collect-key';
import { fragmentIn } from '@/lib/keys/hand-over/fragment-uses';
import { collectInput } from '@/lib/keys/hand-over/hand-over-input';
import { openSealWith, proofOf } from '@/lib/keys/hand-over/seal';
import { stopCollected } from '@/lib/keys/hand-over/stop-collected';
import type { VisitorRefusal } from '@/lib/keys/hand-over/visitor';
import { describeError } from '@/lib/log/described-error';
import { log } from '@/lib/log/log';
import type { CollectAnswer } from './collect-answer';
import { collectMessages as messages } from './collect-labels';

/** A browser with JavaScript proves that it has the fragment. Any other sends the fragment itself. */
export const collectKeyAction = publicAction(
  collectInput,
  async ({ id, secretProof, secretPart, code, ...asked }): Promise<FormState<CollectAnswer>> => {
    const fragment = secretProof === '' ? fragmentIn(secretPart) : null;
    if (secretProof === '' && !fragment) return failed(messages.noPart);
    const proof = fragment ? proofOf(fragment) : secretProof;
    if (asked.stop) return stop(id, proof);
    const visitor = await findVisitor();
    const result = await limited((address) => collectKey({ id, proof, code, address, visitor }));
    if (result.outcome === 'wait') return failed(tooManyAttempts(result.seconds));
    if (result.outcome === 'broken') return failed(messages.broken);
    if (result.outcome === 'collected') return give(result, id, fragment);
    if (result.outcome === 'collected-before') {
      const { at, from, mayStop } = result;
      return answer({
        outcome: 'collected-before',
        at: at.toISOString().slice(0, 16).replace('T', ' '),
        ...{ from, mayStop, proof },
      });
    }
    return failed(refusal(result));
  },
);

/** For somebody who finds that another person was here before them. */
async function stop(id: string, proof: string): Promise<FormState<CollectAnswer>> {
  const visitor = await findVisitor();
  const result = await limited((address) => stopCollected({ id, proof, address, visitor }));
  switch (result.outcome) {
    case 'switched-off':
      return answer({ outcome: 'stopped' });
    case 'wait':
      return failed(tooManyAttempts(result.seconds));
    case 'wrong-link':
      return failed(messages.wrongLink);
    case 'nothing-to-stop':
      return failed(messages.nothingToStop);
    case 'broken':
      return failed(messages.broken);
    default:
      return failed(visitorRefusal[result.outcome]);
  }
}

const visitorRefusal: Record<VisitorRefusal['outcome'], string> = {
  over: messages.over,
  'sign-on-off': messages.signOnOff,
  'sign-in-needed': messages.signInNeeded,
  'other-person': messages.otherPerson,
};

const answer = (data: CollectAnswer): FormState<CollectAnswer> => done(data);

type Collected = Extract<CollectResult, { outcome: 'collected' }>;

function give({ sealed, ...about }: Collected, id: string, fragment: string | null) {
  if (!fragment) {
    const text = sealed.toString('base64url');
    return answer({ ...about, outcome: 'sealed', sealed: text });
  }
  const secret = openSealWith(fragment, id, sealed);
  if (secret === null) return failed(messages.notOpened);
  return answer({ ...about, outcome: 'opened', secret });
}

function refusal(result: Exclude<CollectResult, Collected | { outcome: 'collected-before' }>) {
  switch (result.outcome) {
    case 'wrong-link':
      return messages.wrongLink;
    case 'code-needed':
      return messages.codeNeeded;
    case 'wrong-code':
      return messages.wrongCode(result.left);
    case 'owner-disabled':
      return messages.ownerDisabled;
    default:
      return visitorRefusal[result.outcome];
  }
}

/** A fault may name the database, and a browser without a session learns nothing of it. */
async function limited<Result extends { outcome: string }>(
  run: (address: string) => Promise<Result>,
) {
  try {
    return await withCollectLimit(run);
  } catch (error) {
    log.error('collecting failed', describeError(error));
    return { outcome: 'broken' } as const;
  }
}
