import { guardedUpload } from '@/lib/guarded-upload';
import { checkKeyFile } from '@/lib/keys/import/check-key-file';

/** The dry run for files of any length, which an action could not take: the body is the file. */
export const POST = guardedUpload('operator', async (administrator, body) => {
  const checked = await checkKeyFile(administrator, body);
  if ('problem' in checked) return Response.json(checked, { status: 400 });
  return Response.json({ path: `/keys/import/${checked.id}` });
});
