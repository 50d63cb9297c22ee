import { ByteWindow } from './byte-window.ts';
import { Damaged } from './damaged.ts';
import { largestObject } from './list-scanner.ts';
import { plainJson } from './parse-json.ts';
import type { JsonParser } from './parse-json.ts';

const endOfLine = 0x0a;
const space = 0x20;

/** Cuts a watch's bytes into its events, one on each line. Throws `Damaged` for one that is too long, `SyntaxError` for no JSON. */
export class LineScanner {
  readonly #onLine: (event: unknown) => void;
  readonly #parser: JsonParser;
  readonly #window = new ByteWindow();
  /** So much of the window has no end of line. */
  #searched = 0;

  constructor(onLine: (event: unknown) => void, parser: JsonParser = plainJson) {
    this.#onLine = onLine;
    this.#parser = parser;
  }

  push(chunk: Buffer): void {
    const window = this.#window;
    window.append(chunk);
    for (;;) {
      const { buffer, start, end } = window;
      const at = buffer.subarray(start + this.#searched, end).indexOf(endOfLine);
      if (at < 0) break;
      const length = this.#searched + at;
      this.#searched = 0;
      if (length > largestObject) throw new Damaged('sends an event that is larger than 8 MiB');
      this.#tell(buffer.subarray(start, start + length));
      window.drop(length + 1);
    }
    this.#searched = window.length;
    if (window.length > largestObject) throw new Damaged('sends an event that is larger than 8 MiB');
  }

  /** A last line without its end may be half of one: whoever reads it will see. */
  end(): void {
    const { buffer, start, end } = this.#window;
    this.#tell(buffer.subarray(start, end));
  }

  #tell(line: Buffer): void {
    if (line.some((byte) => byte > space)) this.#onLine(this.#parser.parse(line));
  }
}
