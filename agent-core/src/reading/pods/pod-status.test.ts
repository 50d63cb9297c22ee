import { describe, expect, it } from 'vitest';
import { pod as podShape } from '@autodevops/domain/kubernetes/pod';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { containersOf, isCrashing, isFinished, isReady, isTerminating, lastTermination } from './pod-status.ts';

const now = Date.parse('2026-01-01T12:00:00Z');
const ended = (exitCode: number): object => ({ terminated: { exitCode, finishedAt: '2026-01-01T11:59:00Z' } });
const runningSince = (startedAt: string): object => ({ running: { startedAt } });

interface Wish {
  readonly spec?: object;
  readonly status?: object;
  readonly metadata?: object;
}

function podOf({ spec, status, metadata }: Wish): Pod {
  return podShape.read({
    metadata: { name: 'p', namespace: 'n', ...metadata },
    spec: { containers: [{ name: 'app' }], ...spec },
    status: { phase: 'Running', ...status },
  });
}

/** Whether the only container of a pod crashes, as its status says. */
function crashes(container: object, wish: Wish = {}): boolean {
  const pod = podOf({ ...wish, status: { containerStatuses: [{ name: 'app', ...container }], ...wish.status } });
  return containersOf(pod).some((view) => isCrashing(view, pod, now));
}

function initCrashes(container: object, init: object = {}, phase = 'Pending'): boolean {
  const pod = podOf({
    spec: { initContainers: [{ name: 'init', ...init }] },
    status: { phase, initContainerStatuses: [{ name: 'init', ...container }] },
  });
  return containersOf(pod).some((view) => isCrashing(view, pod, now));
}

describe('a container crashes', () => {
  it('while the kubelet waits before it starts it again', () => {
    expect(crashes({ state: { waiting: { reason: 'CrashLoopBackOff' } } })).toBe(true);
  });

  it('between two waits, when it has just ended', () => {
    expect(crashes({ state: ended(1) })).toBe(true);
    expect(crashes({ state: ended(0), restartCount: 3 })).toBe(true);
  });

  it('when it waits for anything else after an end', () => {
    expect(crashes({ state: { waiting: { reason: 'ContainerCreating' } }, lastState: ended(1), restartCount: 1 })).toBe(
      true,
    );
  });

  it('when it came up again minutes ago, after several ends', () => {
    expect(crashes({ state: runningSince('2026-01-01T11:55:00Z'), lastState: ended(1), restartCount: 2 })).toBe(true);
  });
});

describe('a container does not crash', () => {
  it('when nothing is told of it', () => {
    const pod = podOf({});
    expect(containersOf(pod).map((view) => isCrashing(view, pod, now))).toEqual([false]);
  });

  it('when it runs on for ten minutes since its last end', () => {
    expect(crashes({ state: runningSince('2026-01-01T11:50:00Z'), lastState: ended(1), restartCount: 9 })).toBe(false);
  });

  it('when it was started again once', () => {
    expect(crashes({ state: runningSince('2026-01-01T11:59:30Z'), lastState: ended(1), restartCount: 1 })).toBe(false);
  });

  it('when it waits for its first start', () => {
    expect(crashes({ state: { waiting: { reason: 'ContainerCreating' } } })).toBe(false);
  });

  it('when its pod is being deleted or is finished', () => {
    expect(crashes({ state: ended(137) }, { metadata: { deletionTimestamp: '2026-01-01T11:59:00Z' } })).toBe(false);
    expect(crashes({ state: ended(1) }, { status: { phase: 'Failed' } })).toBe(false);
  });

  it('when it did its work and is not to be started again', () => {
    expect(crashes({ state: ended(0) }, { spec: { restartPolicy: 'OnFailure' } })).toBe(false);
    expect(crashes({ state: ended(1) }, { spec: { restartPolicy: 'OnFailure' } })).toBe(true);
  });

  it('when its start cannot be told', () => {
    expect(crashes({ state: runningSince('yesterday'), lastState: ended(1), restartCount: 5 })).toBe(false);
  });
});

describe('an init container', () => {
  it('crashes when it ended badly, not when it ended well', () => {
    expect(initCrashes({ state: ended(1) })).toBe(true);
    expect(initCrashes({ state: ended(0) })).toBe(false);
  });

  it('that ended badly with its pod is over', () => {
    expect(initCrashes({ state: ended(1) }, {}, 'Failed')).toBe(false);
  });

  it('that goes on beside the others is started again whatever its end', () => {
    expect(initCrashes({ state: ended(0), restartCount: 2 }, { restartPolicy: 'Always' })).toBe(true);
  });
});

describe('containers of a pod', () => {
  const views = containersOf(
    podOf({
      spec: {
        initContainers: [{ name: 'init' }, { name: 'proxy', restartPolicy: 'Always' }],
        containers: [{ name: 'app' }, { name: 'late' }],
      },
      status: {
        containerStatuses: [
          { name: 'late', ready: true },
          { name: 'app', ready: false },
        ],
      },
    }),
  );

  it('come in the order in which they run, each with its place', () => {
    expect(views.map((v) => v.path)).toEqual([
      'spec.initContainers[0]',
      'spec.initContainers[1]',
      'spec.containers[0]',
      'spec.containers[1]',
    ]);
  });

  it('have the status of their name, not of their place', () => {
    expect(views.map((v) => v.status?.ready)).toEqual([undefined, undefined, false, true]);
  });

  it('are sidecars only among the init containers', () => {
    expect(views.filter((v) => v.sidecar).map((v) => v.spec.name)).toEqual(['proxy']);
  });
});

describe('a pod', () => {
  it('is ready when its condition says so and it is not being deleted', () => {
    const conditions = [{ type: 'Ready', status: 'True' }];
    expect(isReady(podOf({ status: { conditions } }))).toBe(true);
    expect(isReady(podOf({}))).toBe(false);
    expect(isReady(podOf({ status: { conditions }, metadata: { deletionTimestamp: '2026-01-01T11:59:00Z' } }))).toBe(
      false,
    );
  });

  it('is finished when it succeeded or failed, and terminating when it is being deleted', () => {
    expect(
      ['Succeeded', 'Failed', 'Running', 'Pending', 'Unknown'].filter((phase) =>
        isFinished(podOf({ status: { phase } })),
      ),
    ).toEqual(['Succeeded', 'Failed']);
    expect(isTerminating(podOf({ metadata: { deletionTimestamp: '2026-01-01T11:59:00Z' } }))).toBe(true);
    expect(isTerminating(podOf({}))).toBe(false);
  });

  it('has ended last as its present state says, else the one before', () => {
    const last = (container: object): number | undefined =>
      lastTermination(
        podOf({ status: { containerStatuses: [{ name: 'app', ...container }] } }).status.containerStatuses[0],
      )?.exitCode;
    expect(last({ state: ended(2), lastState: ended(1) })).toBe(2);
    expect(last({ state: runningSince(''), lastState: ended(1) })).toBe(1);
    expect(lastTermination(undefined)).toBeUndefined();
  });
});
