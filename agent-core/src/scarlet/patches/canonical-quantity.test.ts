import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuantity } from '@autodevops/domain/quantity';
import { canonicalQuantity } from './canonical-quantity.ts';

describe('a quantity as the API server writes it', () => {
  it.each([
    ['1000m', '1'],
    ['0.5', '500m'],
    ['1.5', '1500m'],
    ['250m', '250m'],
    ['0.5m', '1m'],
    ['1000', '1k'],
    ['0', '0'],
    ['1024Mi', '1Gi'],
    ['0.5Gi', '512Mi'],
    ['1.5Gi', '1536Mi'],
    ['512Mi', '512Mi'],
    ['0.5Ki', '512'],
    ['1536', '1536'],
    ['129000k', '129M'],
    ['1.2Gi', '1229Mi'],
    ['0.001Ki', '2'],
  ])('%s is %s', (given, written) => {
    expect(canonicalQuantity(given)).toBe(written);
  });

  it.each(['', '-1', '1e3', '1.2345', 'Mi', '1 Gi', '1Kib', '٣'])('%j is none that people may give', (given) => {
    expect(canonicalQuantity(given)).toBeUndefined();
  });

  it('is the same amount, or the next mebibyte, and is written the same again', () => {
    const text = fc
      .tuple(
        fc.integer({ min: 1, max: 99_999 }),
        fc.integer({ min: 0, max: 999 }),
        fc.constantFrom('', 'm', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi'),
      )
      .map(([whole, part, suffix]) => `${whole}${part === 0 ? '' : `.${part}`}${suffix}`);
    fc.assert(
      fc.property(text, (given) => {
        const written = canonicalQuantity(given) ?? '';
        const [wanted, got] = [parseQuantity(given) ?? 0, parseQuantity(written) ?? 0];
        expect(got).toBeGreaterThanOrEqual(wanted * (1 - 1e-12));
        expect(got - wanted).toBeLessThanOrEqual(given.endsWith('i') ? 2 ** 20 : 1e-3);
        expect(canonicalQuantity(written)).toBe(written);
      }),
    );
  });
});
