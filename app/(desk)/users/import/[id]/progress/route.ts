import { findProgress } from '@/lib/users/import/stage-import';
import { importProgress } from '../../../../import-progress';

export const GET = importProgress(findProgress);
