import { guardedUpload } from '@/lib/auth/guarded-upload';
import { closeAfterAnswer } from '@/lib/http/close-after-answer';
import { retryLater } from '@/lib/http/transfer-busy';
import { checkKeyFile } from '@/lib/keys/import/check-key-file';
import { mostBytes } from '@/lib/keys/import/read-key-csv';

/** The dry run for files of any length, which an action could not take: the body is the file. */
export const POST = guardedUpload('operator', mostBytes, async (administrator, body) => {
  const checked = await checkKeyFile(administrator, body);
  if ('problem' in checked) {
    const { problem, status } = checked;
    if (status === 409) closeAfterAnswer();
    return Response.json({ problem }, { status, headers: status === 503 ? retryLater : {} });
  }
  return Response.json({ path: `/keys/import/${checked.id}` });
});
