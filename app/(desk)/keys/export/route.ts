import { guardedExport } from '@/lib/auth/guarded-export';
import { exportKeys } from '@/lib/keys/export-keys';
import { isFilterTooLong, keyFilterParams } from '@/lib/keys/key-input';

/** The report as a file. */
export const GET = guardedExport({
  page: '/keys',
  name: 'keydesk-keys',
  parse: (params) => keyFilterParams.parse(params),
  isTooLong: isFilterTooLong,
  run: exportKeys,
});
