import { describe, expect, it } from 'vitest';
import { strings } from './shape.ts';

describe('a map by names that others chose', () => {
  it('holds what was written, whatever it is called', () => {
    const map = strings.read(JSON.parse('{"constructor":"a","__proto__":"b","app":"c","port":8080}'));
    expect(Object.entries(map)).toEqual([
      ['constructor', 'a'],
      ['__proto__', 'b'],
      ['app', 'c'],
      ['port', '8080'],
    ]);
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('has no %s that nobody wrote', (name) => {
    expect(strings.read({ app: 'c' })[name]).toBeUndefined();
    expect(strings.read({})[name]).toBeUndefined();
  });

  it('reads as any other object', () => {
    expect(strings.read({ app: 'c' })).toEqual({ app: 'c' });
    expect(JSON.stringify(strings.read({ app: 'c' }))).toBe('{"app":"c"}');
    expect({ ...strings.read({ app: 'c' }) }).toStrictEqual({ app: 'c' });
  });
});
