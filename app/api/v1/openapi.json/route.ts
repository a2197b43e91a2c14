import { openApi } from '@/lib/api/openapi';
import { otherMethods } from '@/lib/api/other-methods';

/** The description is for everybody, because it says nothing about this installation but its address. */
export const GET = () => Response.json(openApi());

export const dynamic = 'force-dynamic';

const { options, refuse } = otherMethods('GET, HEAD, OPTIONS');

export { options as OPTIONS, refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
