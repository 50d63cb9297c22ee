import { describe, expect, it } from 'vitest';
import { lineAt, newestLinesWith } from './line-at.ts';
import { lineTime } from './line-time.ts';

const now = Date.parse('2026-01-05T12:00:00Z');

describe('lines of a log', () => {
  it('finds the newest first, without the rest', () => {
    const text = 'a one\nb two\na three\n';
    expect(newestLinesWith(text, 'a ', 5)).toEqual(['a three', 'a one']);
    expect(newestLinesWith(text, 'a ', 1)).toEqual(['a three']);
    expect(newestLinesWith('', 'a', 3)).toEqual([]);
    expect(newestLinesWith('a a a', 'a', 3)).toEqual(['a a a']);
    expect(lineAt(text, 7)).toBe('b two');
  });

  it('reads times as containers, etcd and klog write them', () => {
    expect(lineTime('2026-01-05T11:00:00.123456789Z hello', now)).toBe(Date.parse('2026-01-05T11:00:00.123Z'));
    expect(lineTime('{"level":"warn","ts":"2026-01-05T11:00:00.5+0100"}', now)).toBe(
      Date.parse('2026-01-05T10:00:00.5Z'),
    );
    expect(lineTime('E0105 11:00:00.5 1 main.go:1] x', now)).toBe(Date.parse('2026-01-05T11:00:00.5Z'));
    expect(lineTime('E1231 23:00:00 1 main.go:1] x', now)).toBe(Date.parse('2025-12-31T23:00:00Z'));
    expect(lineTime('no time at all', now)).toBeUndefined();
  });
});
