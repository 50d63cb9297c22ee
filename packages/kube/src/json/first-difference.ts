/**
 * The first position from `from` on where one differs from the other, which is so much further on. Eight bytes at a time,
 * as numbers, which V8 compares fast from early on: but for 0, which equals -0, and what is no number, which equals
 * nothing; those are compared byte by byte.
 */
export function firstDifference(one: DataView, other: DataView, from: number, shift: number): number {
  const end = Math.min(one.byteLength, other.byteLength - shift);
  let i = from;
  for (;;) {
    while (i + 8 <= end) {
      const word = one.getFloat64(i, true);
      if (word !== other.getFloat64(i + shift, true) || word === 0) break;
      i += 8;
    }
    const stop = Math.min(end, i + 8);
    while (i < stop && one.getInt8(i) === other.getInt8(i + shift)) i += 1;
    if (i < stop || i === end) return i;
  }
}
