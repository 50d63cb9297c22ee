import { describe, expect, it } from 'vitest';
import { onlyError } from './only-errors.ts';

const now = Date.parse('2026-01-01T12:00:00Z');
const stamp = (secondsAgo: number): string => new Date(now - secondsAgo * 1000).toISOString();
const each = (from: number, to: number, step: number, text: (i: number) => string): string[] =>
  Array.from({ length: Math.floor((from - to) / step) }, (_, i) => `${stamp(from - i * step)} ${text(i)}`);
const found = (...lines: readonly string[]) =>
  onlyError(
    lines.map((text) => ({ text, time: '', previous: false })),
    now,
  );

describe('a log that holds hardly anything but one failure', () => {
  it.each<[string, (i: number) => string]>([
    ['an address that nobody answers', (i) => `ERROR dial tcp 10.96.7.31:50052: i/o timeout order=${i}`],
    [
      'a login that is refused',
      () =>
        'ERROR (403) ACCESS_REFUSED - Login was refused using authentication mechanism PLAIN. For details see the broker logfile.',
    ],
    [
      'a name that is not found',
      () => 'ERROR java.net.UnknownHostException: queue.shop: Temporary failure in name resolution',
    ],
    [
      'a certificate that ran out',
      () => 'ERROR tls: failed to verify certificate: x509: certificate has expired or is not yet valid',
    ],
  ])('tells of %s, how often and since when', (_, text) => {
    expect(found(...each(600, 0, 20, text))).toMatchObject({ count: 30, among: 30, since: now - 600_000 });
  });

  it('counts entries, not the lines of their traces', () => {
    const traced = each(600, 0, 20, (i) => `ERROR connect ECONNREFUSED 10.0.0.7:5432 n=${i}`).flatMap((line) => [
      line,
      '    at TCPConnectWrap.afterConnect (node:net:1637:16)',
      '    at process.processTicks (node:internal:2:1)',
    ]);
    expect(found(...traced)).toMatchObject({ count: 30, among: 30 });
  });

  it.each<[string, readonly string[]]>([
    [
      'a log of ordinary work with failures in it',
      [
        ...each(600, 0, 20, (i) => `ERROR dial tcp 10.0.0.1:80: i/o timeout n=${i}`),
        ...each(600, 0, 5, (i) => `INFO done n=${i}`),
      ].toSorted(),
    ],
    ['failures that ended', each(3600, 1800, 20, (i) => `ERROR dial tcp 10.0.0.1:80: i/o timeout n=${i}`)],
    ['a few of them', each(90, 0, 10, (i) => `ERROR dial tcp 10.0.0.1:80: i/o timeout n=${i}`)],
    ['errors that tell of no dependency', each(600, 0, 20, (i) => `ERROR order ${i} is not valid`)],
    ['lines without times', Array.from({ length: 40 }, () => 'ERROR dial tcp 10.0.0.1:80: i/o timeout')],
    ['nothing', []],
  ])('is not %s', (_, lines) => {
    expect(found(...lines)).toBeUndefined();
  });
});
