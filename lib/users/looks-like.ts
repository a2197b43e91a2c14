import { type FormValues, invalid } from '@/lib/forms/form-state';
import { nameMessages } from './name-messages';

/** Warns of a user whose name looks like the typed one; the form then offers to save it all the same. */
export function looksLike(username: string, typed: FormValues & { username: string }) {
  return invalid(
    { username: nameMessages.looksLike(username) },
    { ...typed, lookalike: typed.username },
  );
}
