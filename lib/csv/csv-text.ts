import 'server-only';
import { CsvFileError, howToSave } from './csv-file-error';

/** Bytes needed to recognize every encoding and workbook. */
const telling = 4;

/**
 * Decodes a file as its bytes arrive: UTF-8 with or without a byte order mark, or UTF-16 with one, which
 * spreadsheets save as "Unicode text". A character may be split between parts.
 */
export class CsvText {
  #start = new Uint8Array();
  #decoder: { name: string; decoder: TextDecoder } | null = null;

  /** @throws CsvFileError if the bytes are not such text */
  read(part: Uint8Array): string {
    if (this.#decoder) return this.#decode(part, true);
    this.#start = Buffer.concat([this.#start, part]);
    return this.#start.length < telling ? '' : this.#decode(this.#start, true);
  }

  /**
   * The remaining text.
   *
   * @throws CsvFileError if the last character is incomplete
   */
  end(): string {
    return this.#decode(this.#decoder ? new Uint8Array() : this.#start, false);
  }

  #decode(bytes: Uint8Array, stream: boolean): string {
    this.#decoder ??= decoderOf(bytes);
    const { name, decoder } = this.#decoder;
    try {
      return decoder.decode(bytes, { stream });
    } catch {
      throw new CsvFileError(`The file is not ${name} text. ${howToSave}`);
    }
  }
}

function decoderOf(start: Uint8Array) {
  const begins = (...bytes: number[]) => bytes.every((byte, index) => start[index] === byte);
  if (begins(0x50, 0x4b, 0x03, 0x04)) {
    throw new CsvFileError(`The file is a workbook (.xlsx or .ods), not CSV. ${howToSave}`);
  }
  if (begins(0xd0, 0xcf, 0x11, 0xe0)) {
    throw new CsvFileError(`The file is a workbook (.xls), not CSV. ${howToSave}`);
  }
  if (begins(0xff, 0xfe, 0, 0) || begins(0, 0, 0xfe, 0xff)) {
    throw new CsvFileError(`The file is UTF-32 text. ${howToSave}`);
  }
  if (begins(0xff, 0xfe)) return strict('UTF-16', 'utf-16le');
  if (begins(0xfe, 0xff)) return strict('UTF-16', 'utf-16be');
  if (start[0] === 0 || start[1] === 0) {
    throw new CsvFileError(`The file is UTF-16 text without a byte order mark. ${howToSave}`);
  }
  return strict('UTF-8', 'utf-8');
}

const strict = (name: string, label: string) => ({
  name,
  decoder: new TextDecoder(label, { fatal: true }),
});
