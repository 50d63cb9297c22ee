import { expect, it } from 'vitest';
import { eventLines, stateLines } from './live-state.ts';

it('says how many are ready, who owns it and what is not as it should be', () => {
  expect(
    stateLines({
      kind: 'Deployment',
      metadata: { ownerReferences: [{ kind: 'App', name: 'shop', controller: true }] },
      spec: { replicas: 3 },
      status: {
        readyReplicas: 1,
        conditions: [
          { type: 'Available', status: 'False', reason: 'MinimumReplicasUnavailable' },
          { type: 'Progressing', status: 'True' },
        ],
      },
    }),
  ).toEqual(['1 of 3 ready', 'owned by App shop', 'Available=False · MinimumReplicasUnavailable']);
  expect(
    stateLines({
      kind: 'Node',
      status: {
        conditions: [
          { type: 'MemoryPressure', status: 'True' },
          { type: 'DiskPressure', status: 'False' },
        ],
      },
    }),
  ).toEqual(['MemoryPressure=True']);
  expect(
    stateLines({ kind: 'Service', spec: { clusterIP: '10.0.0.1', ports: [{ port: 80, targetPort: 'http' }] } }),
  ).toEqual(['10.0.0.1 · 80 → http']);
  expect(stateLines(null)).toEqual([]);
});

it('shows the newest events, without what would drive a screen', () => {
  const event = (time: string, message: string) => ({
    lastTimestamp: `2026-03-01T${time}Z`,
    reason: 'Failed',
    message,
  });
  const lines = eventLines([
    event('10:00:03', 'c'),
    event('10:00:01', 'a'),
    event('10:00:04', 'd\u001B[31m'),
    event('10:00:02', 'b'),
  ]);
  expect(lines.map((line) => line.slice(0, 18))).toEqual([
    '10:00:02 Failed: b',
    '10:00:03 Failed: c',
    '10:00:04 Failed: d',
  ]);
  expect(lines[2]).not.toContain('\u001B');
});
