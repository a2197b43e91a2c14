import { openApi } from '@/lib/api/openapi';

/** The description is for everybody, because it says nothing about this installation but its address. */
export const GET = () =>
  Response.json(openApi(), { headers: { 'Cache-Control': 'public, max-age=300' } });

export const dynamic = 'force-dynamic';
