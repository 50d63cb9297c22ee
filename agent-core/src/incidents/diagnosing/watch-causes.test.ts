import { describe, expect, it } from 'vitest';
import type { Diagnosis } from '@autodevops/domain/diagnosis';
import { noteHeartbeat, watchHeartbeat } from '../heartbeat/watch-heartbeat.ts';
import { watchCauses } from './watch-causes.ts';
import type { Sightings } from './lasting-causes.ts';
import { alertmanager } from '../testing/incident-events.ts';
import { causeOf, diagnosisOf, incidentScene } from '../testing/incident-scene.ts';
import type { Scene } from '../testing/incident-scene.ts';

const { signal } = new AbortController();
const rules = { lasts: 5 * 60_000, from: 'critical' } as const;

/** Looks again and again, as the agent does. */
function watcher({ desk }: Scene): (diagnosis: Diagnosis) => Promise<readonly string[]> {
  let sightings: Sightings = new Map();
  return async (diagnosis) => {
    const watched = await watchCauses(diagnosis, sightings, rules, signal, desk);
    ({ sightings } = watched);
    return watched.opened;
  };
}

describe("Jamie's own watch", () => {
  it('opens an incident of a cause that has lasted, once, and resolves it when the cause is gone', async () => {
    const scene = incidentScene();
    const look = watcher(scene);
    expect(await look(diagnosisOf([causeOf('api')]))).toEqual([]);
    scene.pass(5);
    expect(await look(diagnosisOf([causeOf('api')]))).toHaveLength(1);
    expect(await look(diagnosisOf([causeOf('api')]))).toEqual([]);
    expect(await scene.all()).toMatchObject([
      { origin: 'watch', severity: 'sev2', title: 'Image not found: Deployment shop/api', metrics: { toCause: 0 } },
    ]);
    await look(diagnosisOf([]));
    expect(await scene.all()).toMatchObject([{ state: 'resolved' }]);
  });

  it('opens nothing of what comes and goes, is mild, or is an alert alone', async () => {
    const scene = incidentScene();
    const look = watcher(scene);
    const others = [causeOf('b', { severity: 'warning' }), causeOf('c', { code: 'signal.alert.firing' })];
    for (let time = 0; time < 4; time += 1) {
      await look(diagnosisOf(time % 2 === 0 ? [causeOf('api'), ...others] : others));
      scene.pass(4);
    }
    expect(await scene.all()).toEqual([]);
  });

  it('concludes over a blind spot that nothing is gone', async () => {
    const scene = incidentScene();
    const look = watcher(scene);
    await look(diagnosisOf([causeOf('api', { since: '2025-12-31T00:00:00.000Z' })]));
    await look(diagnosisOf([], { blindSpots: [{ what: 'Pods', why: 'forbidden', remedy: 'A role.' }] }));
    expect(await scene.all()).toMatchObject([{ state: 'open' }]);
  });

  it('opens again what lasts after its incident was over', async () => {
    const scene = incidentScene();
    const look = watcher(scene);
    const sick = diagnosisOf([causeOf('api', { since: '2025-12-31T00:00:00.000Z' })]);
    const [id] = await look(sick);
    await look(diagnosisOf([]));
    await look(sick);
    expect(await scene.all()).toMatchObject([{ id, state: 'resolved' }]);
    scene.pass(5);
    expect(await look(sick)).toEqual([id]);
    expect(await scene.all()).toMatchObject([
      { id, state: 'open', returns: 1, causes: [{ code: 'pod.image.not-found' }] },
    ]);
  });

  it('opens an incident of its own for what lasts while that of another cause is just over', async () => {
    const scene = incidentScene();
    const look = watcher(scene);
    const since = '2025-12-31T00:00:00.000Z';
    const [first] = await look(diagnosisOf([causeOf('api', { since })]));
    await look(diagnosisOf([]));
    const [second] = await look(diagnosisOf([causeOf('web', { since })]));
    expect(second).not.toBe(first);
    expect(await scene.all()).toHaveLength(2);
  });

  it('neither ends an incident nor opens another while the same object is only told to be ill in another way', async () => {
    const scene = incidentScene();
    const look = watcher(scene);
    const [id] = await look(diagnosisOf([causeOf('api', { since: '2025-12-31T00:00:00.000Z' })]));
    const otherwise = diagnosisOf([causeOf('api', { code: 'pod.crash.unknown' })]);
    expect(await look(otherwise)).toEqual([]);
    scene.pass(4);
    await look(diagnosisOf([causeOf('api')]));
    expect(await scene.all()).toMatchObject([{ id, state: 'open', goneCauses: [], causesSeen: [expect.any(String)] }]);
    await look(diagnosisOf([]));
    expect(await scene.all()).toMatchObject([{ id, state: 'resolved' }]);
  });

  it('gives an incident the cause that lasts of its object in place of the one before', async () => {
    const scene = incidentScene();
    const look = watcher(scene);
    const since = '2025-12-31T00:00:00.000Z';
    const [id] = await look(diagnosisOf([causeOf('api', { since })]));
    expect(await look(diagnosisOf([causeOf('api', { code: 'pod.crash.unknown', since })]))).toEqual([]);
    expect(await scene.all()).toMatchObject([{ id, state: 'open', causes: [{ code: 'pod.crash.unknown' }] }]);
    await look(diagnosisOf([causeOf('web', { since })]));
    expect(await scene.all()).toMatchObject([{ state: 'open' }, { id, state: 'resolved' }]);
  });

  it('makes one incident of many causes that last at once', async () => {
    const scene = incidentScene();
    const causes = Array.from({ length: 30 }, (_, number) =>
      causeOf(`d-${number}`, { since: '2025-12-31T00:00:00.000Z' }),
    );
    expect(await watcher(scene)(diagnosisOf(causes))).toHaveLength(1);
  });
});

describe('the heartbeat of monitoring', () => {
  const heartbeat = { alert: 'Watchdog', silence: 15 * 60_000 };

  it('is missed after it came once, and ends its incident when it is back', async () => {
    const { desk, pass, all } = incidentScene();
    expect(await watchHeartbeat(heartbeat, alertmanager, signal, desk)).toBeUndefined();
    await noteHeartbeat(true, desk);
    pass(15);
    expect(await watchHeartbeat(heartbeat, alertmanager, signal, desk)).toBeUndefined();
    pass(1);
    expect(await watchHeartbeat(heartbeat, alertmanager, signal, desk)).toMatch(/^inc-/);
    expect(await watchHeartbeat(heartbeat, alertmanager, signal, desk)).toBeUndefined();
    expect(await all()).toMatchObject([{ origin: 'heartbeat', state: 'open', severity: 'sev2' }]);
    await noteHeartbeat(true, desk);
    await watchHeartbeat(heartbeat, alertmanager, signal, desk);
    expect(await all()).toMatchObject([{ state: 'resolved' }]);
  });

  it('that says itself that it stopped is missed at once', async () => {
    const { desk } = incidentScene();
    await noteHeartbeat(false, desk);
    expect(await watchHeartbeat(heartbeat, alertmanager, signal, desk)).toMatch(/^inc-/);
  });
});
