import { lacksStandby, noStandby } from '@/lib/server/standby-required';
import { answerRequest } from '@/lib/verify/answer-request';

export const dynamic = 'force-dynamic';

/** A missing standby is a warning, because changes are still made and keys are still verified. */
export async function GET(request: Request) {
  const answer = await answerRequest(request, 'readyz');
  const isLacking = answer.ok && (await lacksStandby().catch(() => false));
  return isLacking ? new Response(`${await answer.text()}${noStandby}\n`, answer) : answer;
}
