import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { pod } from '@autodevops/domain/kubernetes/pod';
import { Snapshot } from '@autodevops/domain/snapshot';
import { describe, expect, it } from 'vitest';
import { unsettledPods } from './unsettled-pods.ts';

const ended = { exitCode: 0, reason: 'Completed', finishedAt: '2026-01-01T00:00:00Z' };

function running(more: object = {}, metadata: object = {}): Pod {
  return pod.read({
    metadata: { name: 'web', namespace: 'shop', ...metadata },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True' }],
      containerStatuses: [{ name: 'app', state: { running: {} } }],
      initContainerStatuses: [{ name: 'prepare', state: { terminated: ended } }],
      ...more,
    },
  });
}

function isUnsettled(one: Pod): boolean {
  return unsettledPods(new Snapshot({ capturedAt: '2026-01-01T00:00:00Z', objects: { Pod: [one] } })).length === 1;
}

describe('pods of which there may be something to say', () => {
  it('are not those that run, are ready, and whose containers never ended', () => {
    expect(isUnsettled(running())).toBe(false);
  });

  it.each([
    ['wait for a node', { phase: 'Pending' }, {}],
    ['failed', { phase: 'Failed' }, {}],
    ['are not ready', { conditions: [{ type: 'Ready', status: 'False' }] }, {}],
    ['end', {}, { deletionTimestamp: '2026-01-01T00:00:00Z' }],
    ['have no container yet', { containerStatuses: [] }, {}],
    [
      'have a container that waits',
      { containerStatuses: [{ name: 'app', state: { waiting: { reason: 'ImagePullBackOff' } } }] },
      {},
    ],
    [
      'have a container that ended before',
      { containerStatuses: [{ name: 'app', state: { running: {} }, lastState: { terminated: ended } }] },
      {},
    ],
    [
      'have an init container that ended before it was done',
      {
        initContainerStatuses: [
          { name: 'prepare', state: { terminated: ended }, lastState: { terminated: { ...ended, exitCode: 1 } } },
        ],
      },
      {},
    ],
    [
      'have an init container that could not start',
      { initContainerStatuses: [{ name: 'prepare', state: { terminated: { exitCode: 0, reason: 'StartError' } } }] },
      {},
    ],
  ])('are those that %s', (_what, status, metadata) => {
    expect(isUnsettled(running(status, metadata))).toBe(true);
  });
});
