import { describe, expect, it } from 'vitest';
import type { Change } from '@autodevops/domain/change/change';
import { finalStates } from '@autodevops/domain/change/change';
import type { Manifest } from '@autodevops/domain/change/operation';
import type { ActionRequest } from '@autodevops/domain/change/plan';
import { readChange } from '../journal/journal.ts';
import { becauseOf, causeOn, changeScene, deployment, pod, request, signal } from '../testing/change-scene.ts';
import type { ChangeScene, Desk } from '../testing/change-scene.ts';
import { lifeUntil } from '../testing/mortal.ts';
import type { Life } from '../testing/mortal.ts';
import { execute } from './execute.ts';

/** A small generator of numbers from a seed (mulberry32). */
function dice(seed: number): (sides: number) => number {
  let state = seed * 2_654_435_761;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

const plan: readonly ActionRequest[] = [
  request('make', 'settings', { value: 'x' }, 'ConfigMap'),
  request('resize', 'web', { replicas: 3 }),
  request('kick', 'old-1', {}, 'Pod'),
  request('drop', 'leftover', {}, 'ConfigMap'),
  request('resize', 'web', { replicas: 4 }),
];
const forwards = ['create settings', 'patch web', 'evict old-1', 'delete leftover', 'patch web'];
const back = ['patch web', 'create leftover', 'patch web', 'delete settings'];
const objects: readonly Manifest[] = [
  deployment(),
  pod('old-1', 'old'),
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'leftover', namespace: 'shop' }, data: { a: 'b' } },
];

async function ready(helps: boolean): Promise<ChangeScene & { readonly change: Change }> {
  const causes = (all: readonly Manifest[]): ReturnType<typeof causeOn>[] =>
    helps && all.some((object) => (object['spec'] as { replicas?: number } | undefined)?.replicas === 4)
      ? []
      : [causeOn('workload.too-small', { kind: 'Deployment', name: 'web' })];
  const scene = await changeScene({ objects, causes });
  return {
    ...scene,
    change: await scene.approve(await scene.propose(plan, { reason: becauseOf('workload.too-small') })),
  };
}

/** A process of its own over the same store and cluster. */
function processOf({ desk }: ChangeScene, life: Life, holder: string): Desk {
  const { changes, audit, leases, people, settings } = desk.store;
  return {
    ...desk,
    holder,
    underWay: new Set(),
    pace: { lease: 15_000, poll: 2000, settle: 1000, again: 1000 },
    diagnose: life.within({ diagnose: desk.diagnose }).diagnose,
    clock: life.within(desk.clock),
    store: {
      changes: life.within(changes),
      audit: life.within(audit),
      leases: life.within(leases),
      people: life.within(people),
      settings: life.within(settings),
    },
    ground: { ...desk.ground, cluster: life.within(desk.ground.cluster) },
  };
}

function effectsOf({ cluster }: ChangeScene): string[] {
  return cluster.effects.map(({ operation }) =>
    operation.verb === 'create' || operation.verb === 'apply'
      ? `${operation.verb} ${operation.object.metadata.name}`
      : `${operation.verb} ${operation.target.name}`,
  );
}

/** Starts a process that stops at a call; whether it came to an end before. */
async function runUntil(
  scene: ChangeScene & { readonly change: Change },
  stopAt: number,
  holder: string,
): Promise<Life> {
  const life = lifeUntil(stopAt);
  const work = execute(scene.change.id, processOf(scene, life, holder), signal).catch((error: unknown) => {
    // Only what a process that comes later is told may come.
    if (
      !/is being executed already|has come to its end|taken over|is no longer held|is no longer what was agreed to/.test(
        String(error),
      )
    ) {
      throw error;
    }
  });
  await Promise.race([work, life.stopped]);
  return life;
}

/** Every sending has its row in the audit log before it, and no step was done twice. */
async function expectHonestJournal(scene: ChangeScene & { readonly change: Change }): Promise<Change> {
  const { change, events } = await readChange(scene.store.changes, scene.change.id);
  const done = events.flatMap((event) =>
    event.type === 'step-ended' && event.outcome === 'done' ? [JSON.stringify(event.step)] : [],
  );
  expect(new Set(done).size).toBe(done.length);
  const intended = (await scene.audited('CHG009')).length;
  expect(intended).toBeGreaterThanOrEqual(scene.cluster.effects.length);
  expect(finalStates).toContain(change.state);
  return change;
}

const lease = 16_000;
const never = Number.POSITIVE_INFINITY;

/** How many calls a whole run makes, so that every one of them is a place to stop at. */
async function callsOf(helps: boolean): Promise<number> {
  const scene = await ready(helps);
  const calls = (await runUntil(scene, never, 'whole')).calls();
  expect(effectsOf(scene)).toEqual(helps ? forwards : [...forwards, ...back]);
  return calls;
}

describe('a process that is killed', () => {
  it('at any call, once: what it left is finished by another, every effect once', async () => {
    const total = await callsOf(true);
    expect(total).toBeGreaterThan(100);
    for (let stopAt = 1; stopAt <= total; stopAt += 1) {
      const scene = await ready(true);
      await runUntil(scene, stopAt, 'first');
      scene.clock.pass(lease);
      await runUntil(scene, never, 'second');
      const change = await expectHonestJournal(scene);
      expect([stopAt, change.state, change.says]).toEqual([stopAt, 'succeeded', change.says]);
      expect([stopAt, ...effectsOf(scene)]).toEqual([stopAt, ...forwards]);
    }
  }, 120_000);

  it('again and again, forwards and backwards, in 200 seeded runs: lost none, repeated none', async () => {
    const total = await callsOf(false);
    for (let seed = 1; seed <= 200; seed += 1) {
      const roll = dice(seed);
      const scene = await ready(false);
      for (let kill = 0; kill < 1 + roll(4); kill += 1) {
        await runUntil(scene, 1 + roll(Math.ceil(total / 2)), `process-${kill}`);
        scene.clock.pass(lease);
        const web = await scene.cluster.get(
          { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
          { signal },
        );
        // Controllers report while nobody is there.
        if (web !== undefined && roll(2) === 0) scene.cluster.put({ ...web, status: { replicas: kill } });
      }
      await runUntil(scene, never, 'last');
      const change = await expectHonestJournal(scene);
      // The evicted pod cannot be put back, so it is said that something stays.
      expect([seed, change.state]).toEqual([seed, 'failed']);
      expect(change.says).toContain('Did evict old-1. This stays: Its controller makes another.');
      expect([seed, ...effectsOf(scene)]).toEqual([seed, ...forwards, ...back]);
    }
  }, 120_000);

  it('while somebody else changes the object: nothing is repeated, and what is not known is said', async () => {
    let unknown = 0;
    const total = await callsOf(true);
    for (let stopAt = 1; stopAt <= total; stopAt += 3) {
      const scene = await ready(true);
      await runUntil(scene, stopAt, 'first');
      scene.clock.pass(lease);
      scene.cluster.put(deployment('web', 50));
      await runUntil(scene, never, 'second');
      const change = await expectHonestJournal(scene);
      const effects = effectsOf(scene);
      for (const verb of ['create settings', 'evict old-1', 'delete leftover', 'delete settings']) {
        expect(effects.filter((one) => one === verb).length).toBeLessThanOrEqual(1);
      }
      expect(effects.filter((one) => one === 'patch web').length).toBeLessThanOrEqual(2);
      const { events } = await readChange(scene.store.changes, change.id);
      const unclear = events.some((event) => event.type === 'step-ended' && event.outcome === 'unknown');
      expect(change.state === 'unknown').toBe(unclear);
      if (unclear) {
        unknown += 1;
        expect(change.says).toContain('It cannot be told whether a step was done');
      }
    }
    expect(unknown).toBeGreaterThan(0);
  }, 60_000);
});

describe('two processes on one store', () => {
  it('that begin at the same moment: one of them does it', async () => {
    const scene = await ready(true);
    await Promise.all(['one', 'two', 'three'].map(async (holder) => await runUntil(scene, never, holder)));
    expect((await expectHonestJournal(scene)).state).toBe('succeeded');
    expect(effectsOf(scene)).toEqual(forwards);
  });

  it('in one process: the second is told', async () => {
    const scene = await ready(true);
    const both = await Promise.allSettled([scene.execute(scene.change.id), scene.execute(scene.change.id)]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(effectsOf(scene)).toEqual(forwards);
  });

  it('of which the first was only paused, and goes on after the second has taken over: every effect once', async () => {
    const total = await callsOf(true);
    for (let stopAt = 1; stopAt <= total; stopAt += 3) {
      const scene = await ready(true);
      const paused = await runUntil(scene, stopAt, 'first');
      scene.clock.pass(lease);
      if (stopAt % 2 === 0) {
        await runUntil(scene, never, 'second');
        paused.resume();
      } else {
        paused.resume();
        await runUntil(scene, never, 'second');
      }
      await scene.clock.wait(120_000, signal);
      const { change } = await readChange(scene.store.changes, scene.change.id);
      expect([stopAt, change.state, change.says]).toEqual([stopAt, 'succeeded', change.says]);
      expect([stopAt, ...effectsOf(scene).toSorted()]).toEqual([stopAt, ...forwards.toSorted()]);
    }
  }, 120_000);

  it('whose clock is set forwards by hours, so that the lease of the first has ended while it works: every effect once, or none', async () => {
    const total = await callsOf(true);
    const ends = new Set<string>();
    for (let stopAt = 2; stopAt <= total; stopAt += 5) {
      const scene = await ready(true);
      const first = await runUntil(scene, stopAt, 'first');
      scene.clock.pass(3 * 3_600_000);
      const second = runUntil(scene, never, 'second');
      first.resume();
      await second;
      await scene.clock.wait(120_000, signal);
      const { change } = await readChange(scene.store.changes, scene.change.id);
      ends.add(change.state);
      expect([stopAt, change.state, ...effectsOf(scene).toSorted()]).toEqual([
        stopAt,
        change.state,
        ...(change.state === 'expired' ? [] : forwards.toSorted()),
      ]);
    }
    expect([...ends].toSorted()).toEqual(['expired', 'succeeded']);
  }, 120_000);
});
