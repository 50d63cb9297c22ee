import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { eachLine } from './each-line.ts';

/** The lines of a text that comes in pieces of this size, all in the same memory. */
async function linesOf(text: string, size: number, longest = 1000, stopAfter = Infinity): Promise<readonly string[]> {
  const bytes = Buffer.from(text);
  async function* pieces(): AsyncGenerator<Uint8Array> {
    const piece = Buffer.alloc(size);
    for (let at = 0; at < bytes.length; at += size) yield piece.subarray(0, bytes.copy(piece, 0, at, at + size));
  }
  const lines: string[] = [];
  await eachLine(
    pieces(),
    longest,
    (all, from, to, ended) => lines.push(`${all.toString('utf8', from, to)}${ended ? '\n' : ''}`) < stopAfter,
  );
  return lines;
}

it('gives every line once, whatever the pieces that it comes in', async () => {
  const text = fc.array(fc.stringMatching(/^[a-c]{0,5}$/)).map((lines) => lines.join('\n'));
  await fc.assert(
    fc.asyncProperty(text, fc.integer({ min: 1, max: 12 }), async (whole, size) => {
      const lines = await linesOf(whole, size);
      expect(lines.join('')).toBe(whole);
      expect(lines.slice(0, -1).every((line) => line.indexOf('\n') === line.length - 1)).toBe(true);
    }),
  );
});

it('stops where it is told to', async () => {
  for (const size of [1, 3, 100]) expect(await linesOf('a\nb\nc\n', size, 1000, 2)).toEqual(['a\n', 'b\n']);
});

it('holds no more of an endless line than the bound', async () => {
  expect(await linesOf('x'.repeat(10_000), 16, 20)).toEqual(['x'.repeat(21)]);
});
