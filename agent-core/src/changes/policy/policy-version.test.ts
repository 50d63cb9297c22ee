import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { policyInForce } from './policy-version.ts';
import { policyOf } from './testing/ask.ts';

function versionOf(policy: Parameters<typeof policyOf>[0]): string {
  return policyInForce(policyOf(policy), (text) => createHash('sha256').update(text).digest('hex')).version;
}

const a = { id: 'a', why: 'A.', decision: 'one' as const };
const b = { id: 'b', why: 'B.', decision: 'two' as const };

describe('the version of a policy', () => {
  it('is the same for the same rules in another order', () => {
    expect(versionOf({ rules: [a, b] })).toBe(versionOf({ rules: [b, a] }));
  });

  it.each<[string, Parameters<typeof policyOf>[0]]>([
    ['a rule more', { rules: [a, b] }],
    ['another decision', { rules: [{ ...a, decision: 'two' }] }],
    ['a level', { rules: [a], autonomy: 'suggest' }],
    ['a freeze', { rules: [a], freezes: [{ name: 'x', from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' }] }],
    ['another environment', { rules: [a], environments: { live: ['shop'] } }],
    ['what may be patched', { rules: [a], patchManaged: ['shop'] }],
  ])('changes with %s', (_what, policy) => {
    expect(versionOf(policy)).not.toBe(versionOf({ rules: [a] }));
  });

  it('is made over the floor and the rules of the level too', () => {
    const texts: string[] = [];
    policyInForce(policyOf({ autonomy: 'observe' }), (text) => String(texts.push(text)));
    expect(JSON.parse(texts[0] ?? '')).toMatchObject({
      floor: { version: expect.any(Number), rules: expect.arrayContaining(['floor.secrets']) },
      level: [{ id: 'nothing' }],
    });
  });
});
