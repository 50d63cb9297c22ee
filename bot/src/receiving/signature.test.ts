import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { flawOfSignature } from './signature.ts';

const now = 1_800_000_000_000;
const secret = 'a signing secret';

function signed(body: string, secondsAway: number, by = secret): Parameters<typeof flawOfSignature>[0] {
  const timestamp = String(now / 1000 + secondsAway);
  return {
    body: Buffer.from(body),
    timestamp,
    signature: `v0=${createHmac('sha256', by).update(`v0:${timestamp}:${body}`).digest('hex')}`,
  };
}

describe('a signature', () => {
  it("of the app's secret and of now is good", () => {
    expect(flawOfSignature(signed('payload=x', 0), secret, now)).toBeUndefined();
    expect(flawOfSignature(signed('payload=x', -299), secret, now)).toBeUndefined();
  });

  it('is too old after five minutes, and as little good before its time', () => {
    expect(flawOfSignature(signed('payload=x', -301), secret, now)).toContain('too far');
    expect(flawOfSignature(signed('payload=x', 301), secret, now)).toContain('too far');
    expect(flawOfSignature(signed('payload=x', 86_400), secret, now)).toContain('too far');
  });

  it('of another app, of another body or of another time is wrong', () => {
    expect(flawOfSignature(signed('payload=x', 0, 'another secret'), secret, now)).toContain('wrong');
    expect(flawOfSignature({ ...signed('payload=x', 0), body: Buffer.from('payload=y') }, secret, now)).toContain(
      'wrong',
    );
    expect(flawOfSignature({ ...signed('payload=x', 0), timestamp: String(now / 1000 + 1) }, secret, now)).toContain(
      'wrong',
    );
  });

  it('that is missing, of another version or no hexadecimal is none', () => {
    for (const signature of [undefined, '', 'v1=00', 'v0=', `v0=${'zz'.repeat(32)}`]) {
      expect(flawOfSignature({ ...signed('', 0), signature }, secret, now)).toContain('not signed');
    }
    for (const timestamp of [undefined, '', 'NaN', '-1', '1e9', '1800000000.5']) {
      expect(flawOfSignature({ ...signed('', 0), timestamp }, secret, now)).toContain('time cannot be read');
    }
  });

  it('with an empty secret is never good', () => {
    expect(flawOfSignature(signed('x', 0, ''), '', now)).toContain('no signing secret');
  });
});
