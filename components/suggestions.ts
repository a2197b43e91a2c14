/** What a field may be filled with, and what helps to recognise it. */
export type Suggestion = { value: string; beside?: string; isDisabled?: boolean };

/** As routes answer: plain words, or users. */
type Answered = string | { username: string; displayName: string; active: boolean };

const mostShown = 10;

/** What the path suggests for a text; throws where there is no answer. */
export async function suggestionsFrom(path: string, text: string): Promise<Suggestion[]> {
  const answer = await fetch(`${path}?q=${encodeURIComponent(text)}`);
  if (!answer.ok) return [];
  return ((await answer.json()) as Answered[]).map(toSuggestion);
}

function toSuggestion(answered: Answered): Suggestion {
  if (typeof answered === 'string') return { value: answered };
  const { username, displayName, active } = answered;
  return { value: username, beside: displayName, isDisabled: !active };
}

/** For the last of several words. A suggestion stands for the whole field: the words before stay in it. */
export async function suggestionsForLast(path: string, text: string): Promise<Suggestion[]> {
  const last = /[^\s,]*$/.exec(text)?.[0] ?? '';
  const before = text.slice(0, text.length - last.length);
  const taken = new Set(before.split(/[\s,]+/));
  const words = await suggestionsFrom(path, last);
  return words
    .filter(({ value }) => !taken.has(value))
    .slice(0, mostShown)
    .map(({ value }) => ({ value: before + value }));
}
