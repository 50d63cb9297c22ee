import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, nearMatches } from './near-match.ts';

describe('the distance of two words', () => {
  it('counts letters that are more, fewer, other or swapped', () => {
    expect(editDistance('web', 'web', 3)).toBe(0);
    expect([
      editDistance('web', 'webs', 3),
      editDistance('web', 'we', 3),
      editDistance('web', 'wab', 3),
      editDistance('web', 'wbe', 3),
    ]).toEqual([1, 1, 1, 1]);
    expect(editDistance('kitten', 'sitting', 5)).toBe(3);
  });

  it('is given up once it is over the limit', () => {
    expect(editDistance('abcdef', 'uvwxyz', 2)).toBe(3);
    expect(editDistance('a', 'abcdef', 2)).toBe(3);
  });

  it('is the same from both sides, and no more than the longer word', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        const distance = editDistance(a, b, 20);
        expect(editDistance(b, a, 20)).toBe(distance);
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });
});

describe('what may have been meant', () => {
  it('is a few letters away', () => {
    expect(nearMatches('frontned', ['frontend', 'backend'])).toEqual(['frontend']);
  });

  it('differs in case or separators alone', () => {
    expect(nearMatches('db_password', ['dbPassword', 'DB-PASSWORD', 'db.password', 'user'])).toEqual([
      'DB-PASSWORD',
      'db.password',
      'dbPassword',
    ]);
  });

  it('holds the name, or is held by it', () => {
    expect(nearMatches('redis', ['shop-redis-master', 'postgres'])).toEqual(['shop-redis-master']);
    expect(nearMatches('shop-redis-master', ['redis', 'postgres'])).toEqual(['redis']);
  });

  it('is not a short word within another', () => {
    expect(nearMatches('db', ['feedback-runner'])).toEqual([]);
  });

  it('is one letter away of a short name, not two', () => {
    expect(nearMatches('api', ['app', 'abc', 'xyz'])).toEqual(['app']);
  });

  it('is never the name itself', () => {
    expect(nearMatches('web', ['web', 'web', 'wep'])).toEqual(['wep']);
  });

  it('is three at most, the nearest first, then by name, whatever the order', () => {
    const names = ['settings-c', 'settings-b', 'settings-a', 'setting', 'settings-d'];
    expect(nearMatches('settings', names)).toEqual(['setting', 'settings-a', 'settings-b']);
    expect(nearMatches('settings', names.toReversed())).toEqual(['setting', 'settings-a', 'settings-b']);
  });

  it('is nothing for a name without letters', () => {
    expect(nearMatches('---', ['web', 'a'])).toEqual([]);
    expect(nearMatches('', ['web'])).toEqual([]);
  });
});
