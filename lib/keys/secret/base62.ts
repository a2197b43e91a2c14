const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Writes a whole number in base 62, padded on the left with zeros to `length` digits. */
export function toBase62(number: bigint, length: number): string {
  let text = '';
  for (let rest = number; rest > 0n; rest /= 62n) text = digits[Number(rest % 62n)] + text;
  return text.padStart(length, '0');
}

const values = Uint8Array.from({ length: 128 }, (_, code) =>
  Math.max(0, digits.indexOf(String.fromCharCode(code))),
);

/** Reads at most eight base 62 digits from `start` on, as many as a number holds exactly. */
export function fromBase62(text: string, start = 0): number {
  let number = 0;
  for (let index = start; index < text.length; index++) {
    number = number * 62 + (values[text.charCodeAt(index)] ?? 0);
  }
  return number;
}
