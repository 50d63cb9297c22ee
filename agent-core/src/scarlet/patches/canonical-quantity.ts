import { z } from 'zod';

const form = /^(\d{1,12})(?:\.(\d{1,3}))?(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?$/;

/** A quantity that people may give: no sign, no exponent, at most three decimals. */
export const QuantityText = z.string().regex(form, 'not a quantity such as 500m, 2, 512Mi or 1.5Gi');

const decimal = ['', 'k', 'M', 'G', 'T', 'P'];
const binary = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'];
const mebi = 1024n ** 2n;

function ceiling(value: bigint, step: bigint): bigint {
  return ((value + step - 1n) / step) * step;
}

function inLargest(value: bigint, base: bigint, suffixes: readonly string[]): string {
  let rest = value;
  let at = 0;
  while (at < suffixes.length - 1 && rest !== 0n && rest % base === 0n) {
    rest /= base;
    at += 1;
  }
  return `${rest}${suffixes[at]}`;
}

/**
 * A quantity as the API server writes it (`1000m` is `1`, `1024Mi` is `1Gi`, `0.5Gi` is `512Mi`), so that what was sent
 * can be found again. What the server would write in thousandths of a byte is rounded up to whole mebibytes.
 * Undefined when the text is not such a quantity. Format: https://pkg.go.dev/k8s.io/apimachinery/pkg/api/resource#Quantity
 */
export function canonicalQuantity(text: string): string | undefined {
  const match = form.exec(text);
  if (match === null) return undefined;
  const [, whole = '0', fraction = '', suffix = ''] = match;
  const thousandths = BigInt(whole) * 1000n + BigInt(fraction.padEnd(3, '0'));
  if (suffix.endsWith('i')) {
    const exact = thousandths * 1024n ** BigInt(binary.indexOf(suffix));
    const bytes = exact % 1000n === 0n ? exact / 1000n : ceiling(exact / 1000n + 1n, exact >= mebi * 1000n ? mebi : 1n);
    return bytes < 1024n ? inLargest(bytes, 1000n, decimal) : inLargest(bytes, 1024n, binary);
  }
  const milli = suffix === 'm' ? (thousandths + 999n) / 1000n : thousandths * 1000n ** BigInt(decimal.indexOf(suffix));
  return milli % 1000n === 0n ? inLargest(milli / 1000n, 1000n, decimal) : `${milli}m`;
}
