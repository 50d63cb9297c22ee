import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom } from '@autodevops/testkit/fixture';
import { describe, expect, it } from 'vitest';
import { isJoining } from './node-readiness.ts';

const now = '2026-03-10T12:00:00Z';
const long = '2026-03-01T00:00:00Z';

interface Given {
  readonly created?: string;
  readonly ready?: string;
  readonly since?: string;
  readonly cordoned?: boolean;
  readonly events?: readonly (readonly [reason: string, last: string])[];
}

function joining({
  created = long,
  ready = 'False',
  since = '2026-03-10T11:57:00Z',
  cordoned = false,
  events = [],
}: Given): boolean {
  const node = {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'n1', uid: 'u1', creationTimestamp: created },
    spec: { unschedulable: cordoned },
    status: { conditions: [{ type: 'Ready', status: ready, lastTransitionTime: since }] },
  };
  const told = events.map(([reason, last], i) => ({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { namespace: 'default', name: `e${i}` },
    involvedObject: { apiVersion: 'v1', kind: 'Node', name: 'n1', uid: 'u1' },
    reason,
    message: '',
    type: 'Normal',
    count: 1,
    firstTimestamp: last,
    lastTimestamp: last,
  }));
  const snapshot = new Snapshot(partsFrom([node, ...told], now));
  const [read] = snapshot.list('Node');
  return read !== undefined && isJoining(snapshot, read);
}

describe('a node that is not ready for the moment', () => {
  it('joined a minute ago', () => {
    expect(joining({ created: '2026-03-10T11:59:00Z' })).toBe(true);
  });

  it('booted a minute ago', () => {
    expect(joining({ events: [['Rebooted', '2026-03-10T11:59:10Z']] })).toBe(true);
  });

  it('is cordoned, and its reboot was announced minutes ago', () => {
    expect(joining({ ready: 'Unknown', cordoned: true, events: [['Reboot', '2026-03-10T11:56:00Z']] })).toBe(true);
  });
});

describe('a node that is not ready in earnest', () => {
  it('has stood for days and says nothing of a restart', () => {
    expect(joining({})).toBe(false);
  });

  it('has a kubelet that begins again and again for half an hour', () => {
    expect(joining({ since: '2026-03-10T11:30:00Z', events: [['Starting', '2026-03-10T11:59:40Z']] })).toBe(false);
  });

  it('was to reboot long ago and did not come back', () => {
    expect(
      joining({
        ready: 'Unknown',
        since: '2026-03-10T11:20:00Z',
        cordoned: true,
        events: [['Reboot', '2026-03-10T11:19:00Z']],
      }),
    ).toBe(false);
  });
});

it('does not speak of a node that is ready', () => {
  expect(joining({ created: '2026-03-10T11:59:00Z', ready: 'True' })).toBe(false);
});
