import { otherMethods } from '@/lib/api/other-methods';
import { answerRequest } from '@/lib/verify/answer-request';

export const POST = (request: Request) => answerRequest(request, 'verify');

const { options, refuse } = otherMethods('POST, OPTIONS');

export { options as OPTIONS, refuse as DELETE, refuse as GET, refuse as PATCH, refuse as PUT };
