/**
 * Bytes of a stream that are not used up yet, in one growing buffer. Positions are relative to its `start`; `append` may
 * move everything to another buffer, so look at `buffer` and `start` anew after it.
 */
export class ByteWindow {
  buffer: Buffer = Buffer.allocUnsafeSlow(128 * 1024);
  start = 0;
  end = 0;

  get length(): number {
    return this.end - this.start;
  }

  append(chunk: Buffer): void {
    if (this.end + chunk.length > this.buffer.length) this.#makeRoom(chunk.length);
    this.end += chunk.copy(this.buffer, this.end);
  }

  /** The first `count` bytes are used up. */
  drop(count: number): void {
    this.start += count;
    if (this.start === this.end) this.start = this.end = 0;
  }

  #makeRoom(more: number): void {
    const { buffer, start, end, length } = this;
    // Doubling keeps the copying of a long line linear, also when it comes in small pieces.
    const target = length + more > buffer.length / 2 ? Buffer.allocUnsafeSlow(2 * (length + more)) : buffer;
    buffer.copy(target, 0, start, end);
    this.buffer = target;
    this.start = 0;
    this.end = length;
  }
}
