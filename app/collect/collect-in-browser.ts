import { type FormAction, failed } from '@/lib/forms/form-state';
import { fragmentIn } from '@/lib/keys/hand-over/fragment-uses';
import type { CollectAnswer } from './collect-answer';
import { collectMessages } from './collect-labels';
import { canOpen, halvesOf } from './open-seal';

/** The fragment that was pasted, or else that of the address. */
const fragmentFor = (form: FormData) =>
  fragmentIn(String(form.get('secretPart') ?? '')) ?? fragmentIn(window.location.hash);

/**
 * The same action in a browser that can open the seal itself: the fragment stays here, and a proof is sent in
 * its place. Over plain http the fragment is sent, as it is without JavaScript.
 */
export function collectInBrowser(action: FormAction<CollectAnswer>): FormAction<CollectAnswer> {
  return async (previous, form) => {
    // The button that switches the key off brings the proof with it.
    if (form.get('secretProof')) return action(previous, form);
    const fragment = fragmentFor(form);
    if (!fragment) return failed(collectMessages.noPart);
    if (!canOpen()) {
      form.set('secretPart', fragment);
      return action(previous, form);
    }
    const halves = await halvesOf(fragment);
    form.delete('secretPart');
    form.set('secretProof', await halves.proof());
    const answer = await action(previous, form);
    if (answer.status !== 'done' || answer.data.outcome !== 'sealed') return answer;
    const { sealed, ...about } = answer.data;
    try {
      const secret = await halves.open({ id: String(form.get('id')), sealed });
      return { status: 'done', data: { ...about, outcome: 'opened', secret } };
    } catch {
      return failed(collectMessages.notOpened);
    }
  };
}
