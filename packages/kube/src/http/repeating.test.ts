import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { KubeRequest } from './kube-request.ts';
import { retryAfter, waitFor } from './repeating.ts';
import type { Sent } from './send.ts';

function answered(statusCode: number, header?: string): Sent {
  return {
    response: {
      statusCode,
      headers: header === undefined ? {} : { 'retry-after': header },
    } as unknown as IncomingMessage,
  } as Sent;
}

const reading: KubeRequest = { path: '/api/v1/pods' };
const writing = (waitsForTurn: boolean): KubeRequest => ({
  path: '/api/v1/pods',
  write: { method: 'POST', contentType: 'application/json', body: {}, waitsForTurn },
});

describe('a request that is put off', () => {
  it('is sent three times more, and waits longer each time', () => {
    expect([0, 1, 2, 3].map((attempt) => waitFor(answered(429), attempt, reading))).toEqual([
      500,
      1000,
      2000,
      undefined,
    ]);
    expect([0, 1].map((attempt) => waitFor(answered(503), attempt, { ...reading, patience: 1 }))).toEqual([
      500,
      undefined,
    ]);
  });

  it('waits as long as the server says, if that is no more than ten seconds', () => {
    expect(waitFor(answered(429, '7'), 0, reading)).toBe(7000);
    expect(waitFor(answered(429, '11'), 0, reading)).toBeUndefined();
  });

  it('is not sent again after any other answer', () => {
    expect(
      [200, 400, 401, 403, 404, 409, 500, 502, 504].filter(
        (status) => waitFor(answered(status), 0, reading) !== undefined,
      ),
    ).toEqual([]);
  });

  it('that changes something is sent again only where the server has surely done nothing', () => {
    expect(waitFor(answered(429, '1'), 0, writing(true))).toBe(1000);
    expect(waitFor(answered(429), 0, writing(true))).toBeUndefined();
    expect(waitFor(answered(429, '1'), 0, writing(false))).toBeUndefined();
    expect(waitFor(answered(503, '1'), 0, writing(true))).toBeUndefined();
    expect(waitFor(answered(503), 0, { path: '/review', post: {} })).toBeUndefined();
  });
});

it.each([
  ['5', 5000],
  ['0', 0],
  ['-3', 0],
  ['soon', undefined],
  [undefined, undefined],
])('Retry-After %s is %s ms', (header, milliseconds) => {
  expect(retryAfter(answered(429, header).response)).toBe(milliseconds);
});
