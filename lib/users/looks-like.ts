import { type FormValues, invalid } from '@/lib/forms/form-state';

/** Warns of a user whose name looks like the typed one; the form then offers to save it all the same. */
export function looksLike(username: string, typed: FormValues & { username: string }) {
  const message = `This looks like the name of user "${username}". If it is somebody else, save anyway.`;
  return invalid({ username: message }, { ...typed, lookalike: typed.username });
}
