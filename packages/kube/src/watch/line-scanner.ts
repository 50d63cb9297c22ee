import { ByteWindow } from './byte-window.ts';
import { Damaged } from './damaged.ts';
import { largestObject } from './list-scanner.ts';
import { ObjectScan } from './object-scan.ts';

const endOfLine = 0x0a;

/** Cuts a watch's bytes into the JSON texts of its events, one on each line. `push` throws `Damaged` for one that is too long. */
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
      const at = buffer.subarray(start + this.#searched, end).indexOf(endOfLine);
      if (at < 0) break;
      const length = this.#searched + at;
      this.#searched = 0;
      if (length > largestObject) throw new Damaged('sends an event that is larger than 8 MiB');
      this.#tell(buffer, start, start + length);
      window.drop(length + 1);
    }
    this.#searched = window.length;
    if (window.length > largestObject) throw new Damaged('sends an event that is larger than 8 MiB');
  }

  /** A last line without its end may be half of one: whoever reads it will see. */
  end(): void {
    const { buffer, start, end } = this.#window;
    this.#tell(buffer, start, end);
  }

  #tell(buffer: Buffer, start: number, end: number): void {
    const scan = new ObjectScan();
    const whole = buffer[start] === 0x7b && scan.run(buffer, start, end) === end - start;
    const text = whole ? scan.take(buffer, start, end - start) : buffer.toString('utf8', start, end);
    if (text.trim() !== '') this.#onLine(text);
  }
}
