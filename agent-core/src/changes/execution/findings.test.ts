import { describe, expect, it } from 'vitest';
import { causeOn, diagnosisOf } from '../testing/change-scene.ts';
import { factsOfPlan, planOf, plannedAction } from '../testing/samples.ts';
import { namespacesToRead, newBlindSpots, remaining, scopeOf, scopeToSee, seenBefore, worse } from './findings.ts';

const plan = planOf(plannedAction('web'));
const scope = scopeOf(plan);
const onPod = (code: string, name: string): ReturnType<typeof causeOn> => causeOn(code, { kind: 'Pod', name });
const onWeb = causeOn('crash', { kind: 'Deployment', name: 'web' });

describe('where a change reaches', () => {
  it('is its targets and the namespaces of its blast radius', () => {
    const node = plannedAction('web', {
      request: {
        action: 'cordon',
        target: { apiVersion: 'v1', kind: 'Node', namespace: '', name: 'n1', uid: '' },
        params: {},
      },
    });
    expect(
      scopeOf({
        ...planOf(node),
        facts: factsOfPlan({
          blastRadius: { objects: 1, services: [], namespaces: ['shop', 'db'], shareOfReadyEndpoints: 0 },
        }),
      }),
    ).toMatchObject({ namespaces: ['db', 'shop'], objects: [{ kind: 'Node' }] });
  });
});

describe('what is read to judge a change', () => {
  const node = { apiVersion: 'v1', kind: 'Node', namespace: '', name: 'worker-1', uid: '' };
  const drain = plannedAction('web', { request: { action: 'drain', target: node, params: {} } });
  const facts = factsOfPlan({
    blastRadius: { objects: 2, services: [], namespaces: ['shop'], shareOfReadyEndpoints: 0 },
  });

  it('is the whole cluster where what is changed lies in no namespace: an answer about some tells nothing of it', () => {
    expect(namespacesToRead(scopeOf({ ...planOf(drain), facts }))).toEqual([]);
  });

  it('is the whole cluster where what is to go does, and what the change reaches where that lies there too', () => {
    const plan = planOf(plannedAction('web'));
    expect(namespacesToRead(scopeToSee(plan, { code: 'node.problem.condition', object: node }))).toEqual([]);
    expect(namespacesToRead(scopeToSee(plan, onWeb))).toEqual(['shop']);
    expect(namespacesToRead(scopeToSee(plan, undefined))).toEqual(['shop']);
  });

  it('is the namespace that is changed itself', () => {
    const object = { ...node, kind: 'Namespace', name: 'shop' };
    expect(namespacesToRead({ namespaces: [], objects: [object] })).toEqual(['shop']);
  });
});

describe('where a change of what steers a tool reaches', () => {
  const application = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    namespace: 'argocd',
    name: 'web',
    uid: '',
  };
  const sync = plannedAction('web', { request: { action: 'argocd-sync', target: application, params: {} } });
  const syncing = {
    ...planOf(sync),
    facts: factsOfPlan({ blastRadius: { objects: 2, services: [], namespaces: ['shop'], shareOfReadyEndpoints: 0 } }),
  };
  const before = { findings: [], blindSpots: [] };
  const onApplication = (name: string): ReturnType<typeof causeOn> =>
    causeOn('argocd.degraded', { kind: 'Application', name }, { object: { ...application, name } });

  it('is where the tool changes something: another Application beside it holds nothing back', () => {
    expect(scopeOf(syncing).namespaces).toEqual(['shop']);
    expect(worse(syncing, before, '', diagnosisOf([onApplication('other')]))).toEqual([]);
  });

  it('is the object itself too, and its namespace is read for that', () => {
    expect(namespacesToRead(scopeOf(syncing))).toEqual(['argocd', 'shop']);
    expect(worse(syncing, before, '', diagnosisOf([onApplication('web'), onWeb]))).toHaveLength(2);
  });

  it('is its own namespace where nobody knows what it reaches', () => {
    const { blastRadius: _unknown, ...facts } = factsOfPlan({});
    expect(scopeOf({ ...planOf(sync), facts }).namespaces).toEqual(['argocd']);
  });
});

describe('a finding that was to go', () => {
  const finding = { code: 'crash', object: onWeb.object };

  it('has gone when nothing bears its code where the plan worked', () => {
    expect(
      remaining(
        finding,
        plan,
        diagnosisOf([
          causeOn('crash', { kind: 'Deployment', name: 'other' }),
          causeOn('else', { kind: 'Deployment', name: 'web' }),
        ]),
      ),
    ).toBeUndefined();
  });

  it('remains on the object, as a symptom of another cause, or on one of its pods', () => {
    expect(remaining(finding, plan, diagnosisOf([onWeb]))).toBe(onWeb);
    const deeper = causeOn('node', { kind: 'Node', name: 'n' }, { symptoms: [finding] });
    expect(remaining(finding, plan, diagnosisOf([deeper]))).toBe(deeper);
    expect(remaining(finding, plan, diagnosisOf([onPod('crash', 'web-7d9c5b8f6-xk2vz')]))).toBeDefined();
    expect(remaining(finding, plan, diagnosisOf([onPod('crash', 'web-0')]))).toBeDefined();
    expect(remaining(finding, plan, diagnosisOf([onPod('crash', 'web-api-7d9c5b8f6-xk2vz')]))).toBeUndefined();
  });

  it('remains on the pod that took the place of the one that had it', () => {
    const before = { code: 'crash', object: onPod('crash', 'x-7d9c5b8f6-xk2vz').object };
    expect(remaining(before, plan, diagnosisOf([onPod('crash', 'x-5f6d7c8b9-bcdfg')]))).toBeDefined();
  });

  it('has gone when it is information only', () => {
    expect(remaining(finding, plan, diagnosisOf([{ ...onWeb, severity: 'info' }]))).toBeUndefined();
  });
});

describe('what got worse', () => {
  const before = seenBefore(diagnosisOf([onWeb, onPod('slow', 'db-7d9c5b8f6-xk2vz')], ['events']), scope);
  const began = '2026-01-01T12:00:00.000Z';
  const codes = (...causes: readonly ReturnType<typeof causeOn>[]): string[] =>
    worse(plan, before, began, diagnosisOf(causes)).map(({ code }) => code);

  it('is what is there now and was not before', () => {
    expect(codes(onWeb, causeOn('new', { kind: 'Service', name: 'web' }))).toEqual(['new']);
  });

  it('is not the same trouble on the next pod, nor what was a symptom before', () => {
    expect(codes(onPod('slow', 'db-5f6d7c8b9-bcdfg'))).toEqual([]);
    const seen = seenBefore(
      diagnosisOf([
        causeOn('node', { kind: 'Node', name: 'n' }, { symptoms: [{ code: 'away', object: onWeb.object }] }),
      ]),
      { namespaces: ['shop'], objects: [] },
    );
    expect(worse(plan, seen, began, diagnosisOf([causeOn('away', { kind: 'Deployment', name: 'web' })]))).toEqual([]);
  });

  it('is not what lies elsewhere, began before or is information', () => {
    expect(
      codes({
        ...causeOn('far', { kind: 'Service', name: 'x' }),
        object: { apiVersion: 'v1', kind: 'Service', namespace: 'other', name: 'x', uid: '' },
      }),
    ).toEqual([]);
    expect(codes(causeOn('early', { kind: 'Service', name: 'x' }, { since: '2026-01-01T11:59:00Z' }))).toEqual([]);
    expect(codes(causeOn('late', { kind: 'Service', name: 'x' }, { since: '2026-01-01T12:01:00Z' }))).toEqual(['late']);
    expect(codes(causeOn('info', { kind: 'Service', name: 'x' }, { severity: 'info' }))).toEqual([]);
  });

  describe('by a pause', () => {
    const pause = planOf(
      plannedAction('web', { request: { action: 'pause-rollout', target: onWeb.object, params: {} } }),
    );
    const paused = (changes: Parameters<typeof causeOn>[2] = {}): ReturnType<typeof causeOn> =>
      causeOn('workload.rollout-paused', { kind: 'Deployment', name: 'web' }, changes);
    const after = (cause: ReturnType<typeof causeOn>, by = pause): number =>
      worse(by, before, began, diagnosisOf([cause])).length;

    it('is not that the rollout is paused: that was asked for', () => {
      expect(after(paused())).toBe(0);
      expect(after(paused({ symptoms: [{ code: 'away', object: onWeb.object }] }))).toBe(0);
    });

    it('is that another is paused, or that it is where nobody asked for it', () => {
      expect(after(causeOn('workload.rollout-paused', { kind: 'Deployment', name: 'other' }))).toBe(1);
      expect(after(paused(), plan)).toBe(1);
    });

    it('is what is newly ill beside it where the plan does something else as well', () => {
      const both = planOf(...pause.actions, ...plan.actions);
      expect(after(paused({ symptoms: [{ code: 'crash', object: onWeb.object }] }), both)).toBe(0);
      expect(after(paused({ symptoms: [{ code: 'away', object: onWeb.object }] }), both)).toBe(1);
    });
  });

  it('cannot be told of what was seen before and is not seen now', () => {
    expect(newBlindSpots(before, diagnosisOf([], ['events', 'pods']))).toEqual(['pods']);
  });

  it('is kept within bounds', () => {
    const many = Array.from({ length: 700 }, (_, index) => causeOn(`c${index}`, { kind: 'Service', name: 'x' }));
    expect(seenBefore(diagnosisOf(many), scope).findings).toHaveLength(500);
  });
});
