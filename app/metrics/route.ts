import { answerPageMetrics } from '@/lib/server/answer-page-metrics';

export const dynamic = 'force-dynamic';

export const GET = (request: Request) => answerPageMetrics(request.headers.get('authorization'));
