import { answerRequest } from '@/lib/verify/answer-request';

export const POST = (request: Request) => answerRequest(request, 'revoke');
