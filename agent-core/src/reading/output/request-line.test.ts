import { describe, expect, it } from 'vitest';
import { logsRequest } from './request-line.ts';

describe('a line of an access log', () => {
  it.each([
    '203.0.113.8 - - [06/Jun/2026:06:05:01 +0000] "GET /?q=connection+refused HTTP/1.1" 200 612 "-" "curl/8.5"',
    'INFO:     10.1.1.1:41234 - "POST /login HTTP/1.1" 503 Service Unavailable',
    '[2026-06-06T06:05:01.000Z] "GET /healthz HTTP/2" 200 - 0 2 1 0 "-" "kube-probe/1.32"',
    '10.0.0.1 - - [06/Jun/2026:06:05:01 +0000] "-" 400 0 "-" "-"',
    '{"start_time":"2026-06-06T06:05:01.000Z","method":"GET","path":"/?q=connection+refused","response_code":503,"response_flags":"UF"}',
  ])('is recognised: %s', (line) => expect(logsRequest(line)).toBe(true));

  it.each([
    '2026/06/06 06:05:01 [error] 7#7: *1 connect() failed (111: Connection refused) while connecting to upstream, request: "GET / HTTP/1.1", upstream: "http://10.96.0.4:80/"',
    'failed to GET "http://api/items": dial tcp 10.96.0.4:80: connect: connection refused',
    '{"level":50,"req":{"method":"GET"},"res":{"statusCode":500},"err":{"message":"connection refused"},"msg":"request errored"}',
    'exec: "PUT": executable file not found in $PATH',
  ])('is not what a program complains of: %s', (line) => expect(logsRequest(line)).toBe(false));
});
