import { z } from 'zod';
import { choiceParam } from '@/lib/lists/list-params';
import { callSpans } from './call-chart';

/** Which span of calls the address of a page asks for: a day where it says none. */
export const callRangeParams = z.object({
  range: choiceParam(callSpans).transform((span) => span ?? '24h'),
});
