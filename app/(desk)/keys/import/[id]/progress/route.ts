import { findKeyProgress } from '@/lib/keys/import/find-import';
import { importProgress } from '../../../../import-progress';

export const GET = importProgress(findKeyProgress);
