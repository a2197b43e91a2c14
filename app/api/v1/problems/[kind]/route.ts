import { otherMethods } from '@/lib/api/other-methods';
import { problemPage } from '@/lib/api/problem-page';

type Context = { params: Promise<{ kind: string }> };

export const GET = async (_: Request, { params }: Context) => problemPage((await params).kind);

const { options, refuse } = otherMethods('GET, HEAD, OPTIONS');

export { options as OPTIONS, refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
