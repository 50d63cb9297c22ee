import { describe, expect, it } from 'vitest';
import { failurePatterns } from './failure-patterns.ts';

const words = failurePatterns.flatMap((pattern, row) =>
  [...pattern.any, ...(pattern.with ?? []), ...(pattern.without ?? [])].map((text) => ({ text, row })),
);

describe('the words by which lines tell of failures', () => {
  it('are compared with lines in lower case, so they are in lower case', () => {
    expect(words.filter(({ text }) => text !== text.toLowerCase())).toEqual([]);
  });

  it('are long enough to mean something', () => {
    expect(words.filter(({ text }) => text.length < 3)).toEqual([]);
  });

  it('are never hidden by words that always speak before them', () => {
    const hidden = failurePatterns.flatMap(({ any }, row) =>
      any.flatMap((text) => {
        const before = failurePatterns.findIndex(
          (other) =>
            other.with === undefined &&
            other.without === undefined &&
            other.any.some((shorter) => text.includes(shorter) && (shorter !== text || other !== failurePatterns[row])),
        );
        return before < 0 || before >= row ? [] : [`${text} (${failurePatterns[before]?.kind})`];
      }),
    );
    expect(hidden).toEqual([]);
  });

  it('stand once in their row, and none of a row holds another', () => {
    const repeated = failurePatterns.flatMap(({ kind, any }) =>
      any
        .filter((text) => any.some((other) => other !== text && text.includes(other)))
        .map((text) => `${kind}: ${text}`),
    );
    expect(repeated).toEqual([]);
    expect(failurePatterns.filter(({ any }) => new Set(any).size !== any.length)).toEqual([]);
  });
});
