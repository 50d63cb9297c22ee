import { describe, expect, it } from 'vitest';
import { requestOutcome } from './request-outcome.ts';

describe('how a request ended', () => {
  it.each<[string, number, string]>([
    ['10.0.1.7 - - [02/Feb/2026:02:31:33 +0000] "POST /api/quote HTTP/1.1" 504 2011 "-" "Mozilla/5.0"', 504, ''],
    [
      '10.0.1.7 - - [02/Feb/2026:02:31:33 +0000] "POST / HTTP/2.0" 502 150 "-" "curl" 312 0.002 [shop-pay-8080] [] 10.244.1.9:8080 0 0.001 502 4a',
      502,
      '10.244.1.9:8080',
    ],
    [
      '[2026-06-16T16:30:00.000Z] "GET /list HTTP/1.1" 503 UF via_upstream - "-" 0 91 12 - "-" "curl" "id" "host" "10.244.2.40:8080" outbound|8080||stock.depot.svc.cluster.local 10.0.0.1:3 10.244.2.40:8080 10.0.0.9:443 - default',
      503,
      'stock.depot.svc.cluster.local',
    ],
    [
      '{"start_time":"2026-06-16T16:30:00.000Z","method":"GET","response_code":503,"response_flags":"UF","upstream_host":"10.244.2.40:8080"}',
      503,
      '10.244.2.40:8080',
    ],
    ['time="2026-06-16T16:30:00Z" method=GET path=/ status=200 upstream=cart:8080', 200, 'cart:8080'],
    [
      '203.0.113.9 - - [16/Jun/2026:16:30:00 +0000] "GET / HTTP/1.1" 200 5 "-" "-" 12 "web@kubernetes" "http://10.42.0.9:8080" 3ms',
      200,
      '10.42.0.9:8080',
    ],
  ])('is read from an access log: %s', (line, status, upstream) =>
    expect(requestOutcome(line)).toEqual({ status, upstream }),
  );

  it.each([
    'level=error msg="push failed" code=503',
    '{"level":"error","status":500,"msg":"job failed"}',
    'failed to GET "http://api/items": 503',
    '"GET"',
  ])('is not read from anything else: %s', (line) => expect(requestOutcome(line)).toBeUndefined());

  it('is found in bounded time, however long the line', () => {
    expect(requestOutcome(`${'"GET '.repeat(200_000)}" 503`)).toBeUndefined();
  });
});
