import { problemPage } from '@/lib/api/problem-page';

type Context = { params: Promise<{ kind: string }> };

export const GET = async (_: Request, { params }: Context) => problemPage((await params).kind);
