import { expect, it } from 'vitest';
import { shiftSample } from './shift-sample.ts';

const sample = {
  now: '2026-11-25T07:28:00Z',
  serverVersion: 'v1.36.1',
  objects: [
    {
      metadata: { name: 'web', creationTimestamp: '2026-11-25T07:27:59Z' },
      status: { at: '2026-11-24T07:28:00.123456Z' },
    },
  ],
  logs: [
    {
      namespace: 'shop',
      pod: 'web',
      container: 'app',
      previous: false,
      truncated: false,
      text: '2026-11-25T07:27:58.123456789Z ready at 10:00\n',
    },
  ],
};

it('moves every time by the same whole seconds and leaves everything else', () => {
  const moved = shiftSample(sample, Date.parse('2027-01-01T00:00:00.400Z'));
  expect(moved).toEqual({
    ...sample,
    now: '2027-01-01T00:00:00Z',
    objects: [
      {
        metadata: { name: 'web', creationTimestamp: '2026-12-31T23:59:59Z' },
        status: { at: '2026-12-31T00:00:00.123456Z' },
      },
    ],
    logs: [{ ...sample.logs[0], text: '2026-12-31T23:59:58.123456789Z ready at 10:00\n' }],
  });
});
