/** Replaces variables as compose does: `${A:-b}`, `${A:+b}` and `${A:?b}`, one in another. */
export function interpolate(text: string, given: Record<string, string>): string {
  const innermost = /\$\{(\w+)(?::([-+?])([^${}]*))?\}/;
  let result = text;
  for (let found = innermost.exec(result); found; found = innermost.exec(result)) {
    const [whole, name = '', operator, word = ''] = found;
    const value = given[name] ?? '';
    // The one that is missing may stand where it is not needed.
    if (operator === '?' && !value) result = result.replace(whole, () => `<${name} is missing>`);
    else if (operator === '+') result = result.replace(whole, () => (value ? word : ''));
    else result = result.replace(whole, () => value || word);
  }
  return result;
}
