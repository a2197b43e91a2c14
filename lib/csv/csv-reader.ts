import 'server-only';
import { CsvFileError } from './csv-file-error';
import { readHead } from './csv-head';
import { type CsvRow, scanRow } from './csv-row';
import { CsvText } from './csv-text';

/**
 * Reads a CSV file part by part, header first, and keeps at most one record in memory. Skips records that
 * consist only of separators. Lines are numbered as in the file.
 */
export class CsvReader {
  readonly #text = new CsvText();
  readonly #longest: number;
  #rest = '';
  #line = 1;
  #separator: string | null = null;

  /**
   * @param longest most characters of a record, so that an open quote cannot fill the memory with the file
   */
  constructor(longest: number) {
    this.#longest = longest;
  }

  /**
   * The records that this part completes.
   *
   * @throws CsvFileError if the file is not CSV
   */
  push(part: Uint8Array): CsvRow[] {
    this.#rest += this.#text.read(part);
    return this.#take(false);
  }

  /**
   * The last record, if no line end follows it.
   *
   * @throws CsvFileError as {@link push}
   */
  end(): CsvRow[] {
    this.#rest += this.#text.end();
    return this.#take(true);
  }

  #take(isWhole: boolean): CsvRow[] {
    const rows: CsvRow[] = [];
    let at = this.#separator === null ? this.#findHeader(isWhole) : 0;
    while (this.#separator !== null && at < this.#rest.length) {
      const row = scanRow(this.#rest, at, this.#separator, this.#line, isWhole);
      this.#requireShort((row?.next ?? this.#rest.length) - at);
      if (!row) break;
      if (!row.isEmpty) rows.push({ line: this.#line, cells: row.cells });
      this.#line += row.lines;
      at = row.next;
    }
    this.#rest = this.#rest.slice(at);
    return rows;
  }

  #findHeader(isWhole: boolean): number {
    let at = 0;
    while (this.#separator === null) {
      const head = readHead(this.#rest, at, isWhole);
      this.#requireShort((head ? Math.max(head.next, at) : this.#rest.length) - at);
      if (!head) break;
      this.#separator = head.separator;
      if (head.next > at) this.#line += 1;
      at = head.next;
    }
    return at;
  }

  #requireShort(length: number): void {
    if (length <= this.#longest) return;
    const longest = this.#longest.toLocaleString('en');
    throw new CsvFileError(
      `Line ${this.#line} is longer than ${longest} characters; perhaps a quote is never closed.`,
    );
  }
}
