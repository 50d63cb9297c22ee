import { describe, expect, it } from 'vitest';
import { event } from './kubernetes/event.ts';
import { pod } from './kubernetes/pod.ts';
import { replicaSet } from './kubernetes/workload.ts';
import { Snapshot } from './snapshot.ts';

const capturedAt = '2026-01-01T12:00:00Z';

function podOf(name: string, owner = ''): ReturnType<typeof pod.read> {
  return pod.read({
    metadata: {
      name,
      namespace: 'shop',
      uid: `uid-${name}`,
      ownerReferences: owner === '' ? [] : [{ kind: 'ReplicaSet', name: owner, uid: `uid-${owner}`, controller: true }],
    },
  });
}

function eventOf(reason: string, about: string, last: string, uid = ''): ReturnType<typeof event.read> {
  return event.read({
    metadata: { name: reason, namespace: 'shop' },
    reason,
    lastTimestamp: last,
    involvedObject: { kind: 'Pod', namespace: 'shop', name: about, uid },
  });
}

const web = replicaSet.read({ metadata: { name: 'web', namespace: 'shop', uid: 'uid-web' } });

describe('a snapshot', () => {
  it('finds objects by name, by namespace and by owner', () => {
    const [first, second] = [podOf('web-1', 'web'), podOf('web-2', 'web')];
    const snapshot = new Snapshot({ capturedAt, objects: { Pod: [first, second, podOf('alone')], ReplicaSet: [web] } });
    expect(snapshot.get('Pod', 'shop', 'web-2')).toBe(second);
    expect(snapshot.get('Pod', 'other', 'web-2')).toBeUndefined();
    expect([snapshot.listIn('Pod', 'shop').length, snapshot.listIn('Pod', 'other').length]).toEqual([3, 0]);
    expect(snapshot.ownedBy('uid-web')).toEqual([
      { kind: 'Pod', object: first },
      { kind: 'Pod', object: second },
    ]);
    expect(snapshot.ownedBy('')).toEqual([]);
  });

  it('gives the events about an object, oldest first, without those of an earlier one of its name', () => {
    const events = [
      eventOf('Late', 'web-1', '2026-01-01T11:00:00Z', 'uid-web-1'),
      eventOf('Early', 'web-1', '2026-01-01T10:00:00Z'),
      eventOf('Former', 'web-1', '2026-01-01T09:00:00Z', 'uid-before'),
      eventOf('Other', 'web-2', '2026-01-01T11:00:00Z'),
    ];
    const snapshot = new Snapshot({ capturedAt, objects: { Event: events } });
    const about = { kind: 'Pod', namespace: 'shop', name: 'web-1' };
    expect(snapshot.eventsOf(about).map(({ reason }) => reason)).toEqual(['Former', 'Early', 'Late']);
    expect(snapshot.eventsOf({ ...about, uid: 'uid-web-1' }).map(({ reason }) => reason)).toEqual(['Early', 'Late']);
    expect(snapshot.eventsOf({ ...about, kind: 'Service' })).toEqual([]);
  });

  it('knows nothing of another snapshot, whatever lists both hold', () => {
    const shared = [podOf('web-1', 'web')];
    const [before, after] = [
      new Snapshot({ capturedAt, objects: { Pod: shared, ReplicaSet: [web] } }),
      new Snapshot({ capturedAt, objects: { Pod: [...shared, podOf('web-2', 'web')], ReplicaSet: [web] } }),
    ];
    expect([before, after, before.withLogs([])].map((one) => one.ownedBy('uid-web').length)).toEqual([1, 2, 1]);
    expect([before, after].map((one) => one.get('Pod', 'shop', 'web-2') === undefined)).toEqual([true, false]);
  });
});

describe('an event', () => {
  it('is the same from either API', () => {
    const about = {
      apiVersion: 'v1',
      kind: 'Pod',
      namespace: 'shop',
      name: 'web',
      uid: 'u',
      fieldPath: 'spec.containers{app}',
    };
    const shared = { metadata: { name: 'e', namespace: 'shop' }, type: 'Warning', reason: 'BackOff' };
    const core = {
      ...shared,
      involvedObject: about,
      message: 'm',
      count: 3,
      firstTimestamp: '2026-01-01T10:00:00Z',
      lastTimestamp: '2026-01-01T11:00:00Z',
      source: { component: 'kubelet', host: 'n' },
    };
    const events = {
      ...shared,
      regarding: about,
      note: 'm',
      deprecatedCount: 3,
      deprecatedFirstTimestamp: '2026-01-01T10:00:00Z',
      deprecatedLastTimestamp: '2026-01-01T11:00:00Z',
      deprecatedSource: { component: 'kubelet', host: 'n' },
    };
    expect(event.read(events)).toEqual(event.read(core));
    expect(event.read(core)).toMatchObject({
      object: about,
      message: 'm',
      count: 3,
      first: '2026-01-01T10:00:00Z',
      last: '2026-01-01T11:00:00Z',
      component: 'kubelet',
      host: 'n',
    });
  });

  it('of a series happened last when the series says', () => {
    const read = event.read({
      metadata: { creationTimestamp: '2026-01-01T09:00:00Z' },
      eventTime: '2026-01-01T10:00:00Z',
      series: { count: 7, lastObservedTime: '2026-01-01T11:00:00Z' },
      reportingController: 'scheduler',
      reportingInstance: 'scheduler-1',
    });
    expect(read).toMatchObject({
      count: 7,
      first: '2026-01-01T10:00:00Z',
      last: '2026-01-01T11:00:00Z',
      component: 'scheduler',
      host: 'scheduler-1',
    });
    expect(event.read(null)).toMatchObject({ count: 1, first: undefined, message: '' });
  });
});
