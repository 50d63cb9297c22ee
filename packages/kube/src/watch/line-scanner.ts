import { ByteWindow } from './byte-window.ts';
import { Damaged } from './damaged.ts';
import { objectText } from './json-bytes.ts';
import { largestObject } from './list-scanner.ts';

/** Cuts a watch's bytes into the JSON texts of its events. `push` and `end` throw `Damaged` for one beyond the limit. */
export class LineScanner {
  readonly #onLine: (text: string) => void;
  readonly #window = new ByteWindow();
  /** So much of the window has no end of line. */
  #searched = 0;

  constructor(onLine: (text: string) => void) {
    this.#onLine = onLine;
  }

  push(chunk: Buffer): void {
    const window = this.#window;
    window.append(chunk);
    for (;;) {
      const { buffer, start, end } = window;
      const at = buffer.subarray(start + this.#searched, end).indexOf(0x0a);
      if (at < 0) break;
      const length = this.#searched + at;
      this.#searched = 0;
      const text = objectText(buffer, start, start + length);
      window.drop(length + 1);
      if (length > largestObject) break;
      if (text.trim() !== '') this.#onLine(text);
    }
    this.#searched = window.length;
    if (window.length > largestObject) throw new Damaged('sends an event that is larger than 8 MiB');
  }

  /** A last line without an end is a line, or half of one, which whoever reads it will see. */
  end(): void {
    const { buffer, start, end } = this.#window;
    const text = objectText(buffer, start, end);
    if (text.trim() !== '') this.#onLine(text);
  }
}
