const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/**
 * CRC-32 (ISO-HDLC, the one of zip and Ethernet) of the first `length` characters of an ASCII text.
 * Ours, because `zlib.crc32` came only with Node 20.15.
 */
export function crc32(text: string, length = text.length): number {
  let value = 0xffffffff;
  for (let index = 0; index < length; index++) {
    value = (table[(value ^ text.charCodeAt(index)) & 0xff] ?? 0) ^ (value >>> 8);
  }
  return (value ^ 0xffffffff) >>> 0;
}
