import { describe, expect, it } from 'vitest';
import { fakeApi } from './testing/fake-api.ts';
import { eventually, hurried, watching } from './testing/watching.ts';

describe('logs that may not be read', () => {
  it('are a blind spot as long as that is so', async () => {
    const api = await fakeApi();
    api.mayReadLogs = false;
    api.put('/api/v1/pods', 'a');
    const cache = watching(api, { timing: { ...hurried, retryAbsent: 20 } });
    await cache.ready();
    expect(cache.snapshot().blindSpots).toEqual([
      {
        what: 'logs',
        why: 'The user of context "fake" may not read them.',
        remedy: expect.stringContaining('pods/log') as string,
      },
    ]);
    api.mayReadLogs = true;
    await eventually(() => expect(cache.snapshot().blindSpots).toEqual([]));
  });
});

describe('clocks that disagree', () => {
  it('are told', async () => {
    const api = await fakeApi();
    const headers = { Date: new Date(Date.now() + 3_600_000).toUTCString() };
    api.trouble = ({ watch }) =>
      watch
        ? undefined
        : { status: 200, headers, body: JSON.stringify({ metadata: { resourceVersion: '7' }, items: [] }) };
    const cache = watching(api);
    await cache.ready();
    expect(cache.snapshot().blindSpots.map(({ what }) => what)).toEqual(['a common clock']);
  });
});
