import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sealingKeyOf, sealingWith } from './sealing.ts';

const [a, b] = [
  { id: 'a', key: randomBytes(32) },
  { id: 'b', key: randomBytes(32) },
];

describe('a sealed token', () => {
  it('opens in its own place and is nowhere to be read', () => {
    const sealed = sealingWith([a]).seal('xoxb-secret', 'A1/T1');
    expect(sealed).not.toContain('xoxb');
    expect(sealingWith([a]).open(sealed, 'A1/T1')).toBe('xoxb-secret');
  });

  it("opens in no other installation's place", () => {
    const sealed = sealingWith([a]).seal('xoxb-secret', 'A1/T1');
    expect(() => sealingWith([a]).open(sealed, 'A1/T2')).toThrow('A kept token cannot be opened');
  });

  it('that was changed does not open', () => {
    const sealed = sealingWith([a]).seal('xoxb-secret', 'p');
    const bytes = Buffer.from(sealed.slice(5), 'base64url');
    for (const at of [0, 13, bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => sealingWith([a]).open(`v1.a.${changed.toString('base64url')}`, 'p')).toThrow('cannot be opened');
    }
  });

  it('outlives a change of keys while the old one is among them', () => {
    const sealed = sealingWith([a]).seal('xoxb-secret', 'p');
    expect(sealingWith([b, a]).open(sealed, 'p')).toBe('xoxb-secret');
    expect(sealingWith([b, a]).isOld(sealed)).toBe(true);
    expect(() => sealingWith([b]).open(sealed, 'p')).toThrow('its key a is not among those');
  });

  it('is never twice the same', () => {
    const { seal } = sealingWith([a]);
    expect(seal('x', 'p')).not.toBe(seal('x', 'p'));
  });

  it('needs a key of 32 bytes', () => {
    expect(() => sealingKeyOf('a', 'c2hvcnQ=')).toThrow('not 32 bytes');
    expect(sealingKeyOf('a', a.key.toString('base64')).key).toEqual(a.key);
  });
});
