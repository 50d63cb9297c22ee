import { describe, expect, it } from 'vitest';
import { partsFrom } from '@autodevops/testkit/fixture';
import { Snapshot } from '@autodevops/domain/snapshot';
import { ageOf, isRecent, newestEvents } from './recency.ts';

const event = (reason: string, lastTimestamp: string, uid = 'u'): object => ({
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { name: `${reason}.${lastTimestamp}`, namespace: 'shop' },
  involvedObject: { kind: 'Pod', namespace: 'shop', name: 'web', uid },
  reason,
  lastTimestamp,
});
const snapshot = new Snapshot(
  partsFrom(
    [
      event('Failed', '2026-01-01T11:50:00Z'),
      event('Killing', '2026-01-01T11:59:00Z'),
      event('Failed', '2026-01-01T10:00:00Z'),
      event('Failed', '2026-01-01T11:58:00Z', 'before'),
    ],
    '2026-01-01T12:00:00Z',
  ),
);

describe('the age of a time', () => {
  it('is in milliseconds before the snapshot', () => {
    expect(ageOf(snapshot, '2026-01-01T11:59:00Z')).toBe(60_000);
    expect(ageOf(snapshot, '2026-01-01T13:59:00+02:00')).toBe(60_000);
  });

  it('is never negative: clocks differ', () => {
    expect(ageOf(snapshot, '2026-01-01T12:00:05Z')).toBe(0);
  });

  it('is not told without a time', () => {
    for (const time of [undefined, '', 'soon']) expect(ageOf(snapshot, time)).toBeUndefined();
  });

  it('is recent for an hour, or as long as asked for', () => {
    expect(isRecent(snapshot, '2026-01-01T11:00:00Z')).toBe(true);
    expect(isRecent(snapshot, '2026-01-01T10:59:59Z')).toBe(false);
    expect(isRecent(snapshot, '2026-01-01T11:59:00Z', 30_000)).toBe(false);
    expect(isRecent(snapshot, undefined)).toBe(false);
  });
});

describe('events about an object', () => {
  const times = (uid: string | undefined, ...reasons: string[]): string[] =>
    newestEvents(
      snapshot,
      { kind: 'Pod', namespace: 'shop', name: 'web', ...(uid === undefined ? {} : { uid }) },
      ...reasons,
    ).map((e) => e.last?.slice(11, 16) ?? '');

  it('come newest first', () => {
    expect(times('u')).toEqual(['11:59', '11:50', '10:00']);
  });

  it('are narrowed to the reasons that are named', () => {
    expect(times('u', 'Failed', 'BackOff')).toEqual(['11:50', '10:00']);
    expect(times('u', 'BackOff')).toEqual([]);
  });

  it('leave out an earlier object of the same name, where it is known which one is meant', () => {
    expect(times('before')).toEqual(['11:58']);
    expect(times(undefined)).toHaveLength(4);
  });
});
