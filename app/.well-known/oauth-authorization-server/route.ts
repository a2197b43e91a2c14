import { answerRequest } from '@/lib/verify/answer-request';

export const dynamic = 'force-dynamic';

export const GET = (request: Request) => answerRequest(request, 'metadata');
