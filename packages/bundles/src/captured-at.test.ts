import { describe, expect, it } from 'vitest';
import { newestLogTime, newestTime } from './captured-at.ts';
import { defaultLimits } from './limits.ts';
import { objectStore } from './objects/object-store.ts';

function newest(objects: readonly { readonly kind: string; readonly [key: string]: unknown }[]): string {
  const store = objectStore(defaultLimits);
  for (const raw of objects) store.add(raw, { kind: raw.kind, apiVersion: '', namespace: '' });
  const time = newestTime(store);
  return time === 0 ? '' : new Date(time).toISOString();
}

const node = (name: string, beat: string, ready = 'True'): { kind: string } & Record<string, unknown> => ({
  kind: 'Node',
  metadata: { name, creationTimestamp: '2026-01-01T00:00:00Z' },
  status: {
    conditions: [{ type: 'Ready', status: ready, lastHeartbeatTime: beat, lastTransitionTime: '2026-01-01T00:00:00Z' }],
  },
});

describe('the time of a bundle that does not say it', () => {
  it.each([
    [
      'an event',
      {
        kind: 'Event',
        metadata: { name: 'e', creationTimestamp: '2026-03-01T00:00:00Z' },
        series: { lastObservedTime: '2026-03-02T00:00:00.5Z' },
      },
      '2026-03-02T00:00:00.500Z',
    ],
    ['a heartbeat', node('a', '2026-03-02T00:00:00Z'), '2026-03-02T00:00:00.000Z'],
    [
      'a lease',
      { kind: 'Lease', metadata: { name: 'l' }, spec: { renewTime: '2026-03-02T00:00:00.123456Z' } },
      '2026-03-02T00:00:00.123Z',
    ],
    [
      'a condition',
      {
        kind: 'Deployment',
        metadata: { name: 'd' },
        status: { conditions: [{ lastUpdateTime: '2026-03-02T00:00:00Z' }] },
      },
      '2026-03-02T00:00:00.000Z',
    ],
    [
      'a container',
      {
        kind: 'Pod',
        metadata: { name: 'p' },
        status: { containerStatuses: [{ lastState: { terminated: { finishedAt: '2026-03-02T00:00:00Z' } } }] },
      },
      '2026-03-02T00:00:00.000Z',
    ],
    [
      'a writer',
      { kind: 'Role', metadata: { name: 'r', managedFields: [{ manager: 'kubectl', time: '2026-03-02T00:00:00Z' }] } },
      '2026-03-02T00:00:00.000Z',
    ],
    [
      'a deletion, less its grace',
      {
        kind: 'Pod',
        metadata: { name: 'p', deletionTimestamp: '2026-03-02T01:00:00Z', deletionGracePeriodSeconds: 3600 },
      },
      '2026-03-02T00:00:00.000Z',
    ],
    ['nothing at all', { kind: 'Pod', metadata: { name: 'p', creationTimestamp: 'yesterday' } }, ''],
  ])('is the newest in it: of %s', (_, object, time) => {
    expect(newest([object])).toBe(time);
  });

  it('is not taken from one node whose clock is a day ahead of the others', () => {
    const nodes = [
      node('a', '2026-03-02T00:01:00Z'),
      node('b', '2026-03-02T00:03:00Z'),
      node('c', '2026-03-03T00:00:00Z'),
    ];
    expect(newest(nodes)).toBe('2026-03-02T00:03:00.000Z');
  });

  it('is that of the last node alive, where the others are known to be lost', () => {
    const nodes = [
      node('a', '2026-03-02T00:01:00Z', 'Unknown'),
      node('b', '2026-03-02T00:01:00Z', 'Unknown'),
      node('c', '2026-03-03T00:00:00Z'),
    ];
    expect(newest(nodes)).toBe('2026-03-03T00:00:00.000Z');
  });

  it('stands in logs', () => {
    expect(newestLogTime('2026-03-02T00:00:00.5Z a\n2026-03-02 00:00:01+00:00 b\n')).toBe(
      Date.parse('2026-03-02T00:00:01Z'),
    );
    expect(newestLogTime('nothing')).toBe(0);
  });
});
