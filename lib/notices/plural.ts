/** A number with its noun: "1 API key", "1,234 API keys". */
export const plural = (count: number, noun: string) =>
  count === 1 ? `1 ${noun}` : `${count.toLocaleString('en')} ${noun}s`;
