import { describe, expect, it } from 'vitest';
import type { Change } from '@autodevops/domain/change/change';
import type { Incident } from '@autodevops/domain/incident/incident';
import {
  after,
  changeSample,
  diagnosed,
  escalationSample,
  incidentSample,
  personSample,
  scarlet,
} from './testing/incident-samples.ts';
import { threadsScene } from './testing/threads-scene.ts';
import type { Delivered, ThreadsScene } from './testing/threads-scene.ts';

const { signal } = new AbortController();
const id = 'inc-aaaaaaaaaaaa';
const change = 'chg-bbbbbbbbbbbb';

function put(scene: ThreadsScene, given: Partial<Incident> = {}): void {
  const before = scene.incidents.get(given.id ?? id) ?? incidentSample();
  scene.incidents.set(given.id ?? id, { ...before, ...given, sequence: before.sequence + 1 });
}

function putChange(scene: ThreadsScene, given: Partial<Change> = {}): void {
  const before = scene.changes.get(given.id ?? change) ?? changeSample();
  scene.changes.set(given.id ?? change, { ...before, ...given, sequence: before.sequence + 1 });
}

function posts(delivered: readonly Delivered[]): readonly string[] {
  return delivered.filter(({ isNew }) => isNew).map(({ key }) => key.replace('acme/', ''));
}

describe('the thread of an incident', () => {
  it('waits a moment for Jamie before it opens, and no longer', async () => {
    const waiting = threadsScene();
    put(waiting);
    const waits: number[] = [];
    await waiting.shower().show(id, signal, async (milliseconds) => {
      waits.push(milliseconds);
      // Another alert first, then what Jamie found.
      put(waiting, waits.length === 1 ? {} : diagnosed);
    });
    expect(waits).toEqual([800, 750]);
    expect((await waiting.deliver()).map(({ text }) => text.includes('Image not found'))).toEqual([true, true]);
    const silent = threadsScene();
    put(silent);
    await silent.shower().show(id, signal);
    expect(posts(await silent.deliver())).toEqual([`incident/${id}/root`]);
    expect(silent.agent.callsOf('incident')).toHaveLength(3);
  });

  it('opens with one card, and what Jamie finds is one message of the thread', async () => {
    const scene = threadsScene();
    const shower = scene.shower();
    put(scene);
    await shower.show(id, signal);
    put(scene, diagnosed);
    await shower.show(id, signal);
    const delivered = await scene.deliver();
    expect(posts(delivered)).toEqual([`incident/${id}/root`, `incident/${id}/findings`]);
    expect(delivered.map(({ parent }) => parent)).toEqual(['', `acme/incident/${id}/root`]);
    expect(delivered[1]?.text).toContain('The tag 1.5 is not there.');
  });

  it('is wanted again by another replica, or after a restart, without a word', async () => {
    const scene = threadsScene();
    put(scene, { ...diagnosed, state: 'monitoring' });
    putChange(scene);
    await scene.shower().show(id, signal);
    await scene.shower().show(id, signal);
    const shower = scene.shower();
    for (const subject of [id, change]) await shower.show(subject, signal);
    await scene.deliver();
    const other = scene.shower();
    for (const subject of [id, change, id]) await other.show(subject, signal);
    expect(await scene.deliver()).toEqual([]);
  });

  it('gets one new message for each real change of state, and everything else changes in place', async () => {
    const scene = threadsScene();
    const shower = scene.shower();
    const told: (readonly string[])[] = [];
    for (const given of [
      {},
      diagnosed,
      { severity: 'sev1' },
      { state: 'investigating', commander: personSample('Ann') },
      { tasks: [{ number: 1, text: 'Look', done: false }] },
      { state: 'monitoring', updatedAt: after(8) },
      { state: 'resolved', resolvedAt: after(9), updatedAt: after(9) },
    ] satisfies Partial<Incident>[]) {
      put(scene, given);
      await shower.show(id, signal);
      told.push(posts(await scene.deliver()).map((key) => key.replace(`incident/${id}/`, '')));
    }
    expect(told).toEqual([['root'], ['findings'], [], ['step/1'], [], ['step/2'], ['step/3']]);
  });

  it('says how it ended: who resolved it, how long it took, the timeline, and where the post-mortem is', async () => {
    const scene = threadsScene();
    put(scene, {
      state: 'resolved',
      resolvedAt: after(9),
      updatedAt: after(9),
      metrics: { toAcknowledge: 120, toResolve: 540 },
      timeline: [
        { number: 1, type: 'opened', time: after(0), source: 'Alertmanager', says: 'Opened by 1 alert.' },
        { number: 2, type: 'resolved', time: after(9), source: 'Ann', says: 'Resolved: the tag is back.' },
      ],
    });
    await scene.shower().show(id, signal);
    const last = (await scene.deliver()).at(-1);
    for (const said of [
      'Resolved: the tag is back.',
      'resolved after 9 minutes',
      'Opened by 1 alert.',
      'show-postmortem',
    ]) {
      expect(last?.text).toContain(said);
    }
  });

  it('leaves one message of the last state where Slack was away while the states went by', async () => {
    const scene = threadsScene();
    const shower = scene.shower();
    for (const state of ['open', 'investigating', 'mitigating', 'monitoring', 'resolved'] as const) {
      put(scene, { state, updatedAt: after(3) });
      await shower.show(id, signal);
    }
    const delivered = await scene.deliver();
    expect(posts(delivered)).toEqual([`incident/${id}/root`, `incident/${id}/step/1`]);
    expect(delivered).toHaveLength(2);
    expect(delivered[1]?.text).toContain('Resolved');
  });

  it('calls who is on call when nobody answers, once, and says afterwards who did', async () => {
    const scene = threadsScene();
    const shower = scene.shower();
    put(scene, { escalation: escalationSample() });
    for (let times = 0; times < 3; times += 1) await shower.show(id, signal);
    const called = await scene.deliver();
    expect(posts(called)).toEqual([`incident/${id}/root`, `incident/${id}/call/1`]);
    expect(called[1]?.text).toContain('<@U7>');
    put(scene, { state: 'investigating', acknowledged: { by: personSample('Ann'), at: after(6) } });
    await shower.show(id, signal);
    const answered = (await scene.deliver()).find(({ key }) => key.includes('call'));
    expect(answered).toMatchObject({ isNew: false });
    expect(answered?.text).toContain('Ann took it up.');
    expect(answered?.text).not.toContain('<@U7>');
  });

  it('reminds who looks after it that an update is due, and takes that back when there is one', async () => {
    const scene = threadsScene();
    const shower = scene.shower();
    put(scene, {
      state: 'investigating',
      commander: personSample('Ann'),
      updateDueSince: after(30),
      lastWordAt: after(0),
    });
    await shower.show(id, signal);
    expect((await scene.deliver()).find(({ key }) => key.includes('reminder'))?.text).toContain(
      '<@U1> how does it stand?',
    );
    const { updateDueSince: _, ...said } = scene.incidents.get(id) ?? incidentSample();
    scene.incidents.set(id, { ...said, lastWordAt: after(31) });
    await shower.show(id, signal);
    expect((await scene.deliver()).find(({ key }) => key.includes('reminder'))).toMatchObject({ isNew: false });
  });

  it('points to the other thread when it became part of another incident', async () => {
    const scene = threadsScene();
    const shower = scene.shower();
    put(scene, { ...incidentSample(), id: 'inc-cccccccccccc' });
    await shower.show('inc-cccccccccccc', signal);
    await scene.deliver();
    put(scene, { state: 'merged', mergedInto: 'inc-cccccccccccc' });
    await shower.show(id, signal);
    const last = (await scene.deliver()).at(-1);
    expect(last?.text).toContain('https://example.slack.com/archives/C1/p');
  });

  it('is looked at again as long as the other thread does not stand, and leads there then', async () => {
    const scene = threadsScene();
    const shower = scene.shower();
    put(scene, { ...incidentSample(), id: 'inc-cccccccccccc' });
    put(scene, { state: 'merged', mergedInto: 'inc-cccccccccccc' });
    expect((await shower.show(id, signal)).updatedAt).toBe('');
    await shower.show('inc-cccccccccccc', signal);
    await scene.deliver();
    expect((await shower.show(id, signal)).updatedAt).not.toBe('');
    expect((await scene.deliver()).at(-1)?.text).toContain('https://example.slack.com/archives/C1/p');
  });

  it('goes on where it was when the incident comes back', async () => {
    const scene = threadsScene();
    const shower = scene.shower();
    for (const given of [
      {},
      { state: 'resolved', resolvedAt: after(9), updatedAt: after(9) },
      { state: 'open', returns: 1, resolvedAt: '', updatedAt: after(20) },
    ] satisfies Partial<Incident>[]) {
      put(scene, given);
      await shower.show(id, signal);
    }
    const before = await scene.deliver();
    put(scene, { state: 'resolved', updatedAt: after(30) });
    await shower.show(id, signal);
    expect([...posts(before), ...posts(await scene.deliver())].filter((key) => key.endsWith('root'))).toHaveLength(1);
  });
});

describe('a channel that others may read', () => {
  it('is told nothing: no card, no edit, nothing of a change', async () => {
    const scene = threadsScene();
    const shower = scene.shower();
    put(scene, diagnosed);
    putChange(scene);
    for (const subject of [id, change]) await shower.show(subject, signal);
    await scene.deliver();
    await scene.store.channels.put({
      app: 'A1',
      team: 'T1',
      channel: 'C1',
      customer: 'acme',
      use: 'incidents',
      isSuspended: true,
      why: 'shared',
    });
    put(scene, { state: 'resolved' });
    putChange(scene, { state: 'rejected', says: 'Bob said no.' });
    put(scene, { id: 'inc-cccccccccccc' });
    for (const subject of [id, change, 'inc-cccccccccccc']) await shower.show(subject, signal);
    expect(await scene.deliver()).toEqual([]);
  });
});

describe('the card of a change', () => {
  it('stands in the thread of the incident whose cause it removes, whichever of the two was told first', async () => {
    for (const first of [id, change]) {
      const scene = threadsScene();
      const shower = scene.shower();
      put(scene, diagnosed);
      putChange(scene);
      await shower.show(first, signal);
      const { also } = await shower.show(first === id ? change : id, signal);
      for (const subject of also) await shower.show(subject, signal);
      expect((await scene.deliver()).find(({ key }) => key.endsWith('card'))).toMatchObject({
        parent: `acme/incident/${id}/root`,
      });
    }
  });

  it('stands in the thread that links to it, with no cause at all', async () => {
    const scene = threadsScene();
    const shower = scene.shower();
    putChange(scene, { reason: { text: 'Ann wants it.' } });
    await shower.show(change, signal);
    put(scene, { links: [{ title: '', target: change }] });
    expect((await shower.show(id, signal)).also).toEqual([change]);
    await shower.show(change, signal);
    expect(posts(await scene.deliver())).toEqual([`incident/${id}/root`, `change/${change}/card`]);
  });

  it('changes in place on its way, loses its buttons when it is decided, and its end is told once', async () => {
    const scene = threadsScene();
    const shower = scene.shower();
    put(scene, diagnosed);
    putChange(scene);
    for (const subject of [id, change]) await shower.show(subject, signal);
    expect((await scene.deliver()).at(-1)?.text).toContain('approve-change');
    putChange(scene, { approvals: [{ actor: scarlet, digest: 'd'.repeat(64), time: after(2) }] });
    await shower.show(change, signal);
    for (const state of ['approved', 'executing', 'verifying', 'succeeded'] as const) {
      putChange(scene, { state, says: 'The finding is gone.' });
      await shower.show(change, signal);
    }
    const later = await scene.deliver();
    expect(posts(later)).toEqual([`change/${change}/outcome`]);
    const card = later.find(({ key }) => key.endsWith('card'));
    expect(card?.text).toContain('Ann');
    expect(card?.text).not.toContain('approve-change');
  });

  it('of an incident that is over goes on where it stands', async () => {
    const scene = threadsScene();
    put(scene, diagnosed);
    putChange(scene);
    const shower = scene.shower();
    for (const subject of [id, change]) await shower.show(subject, signal);
    await scene.deliver();
    put(scene, { state: 'resolved' });
    putChange(scene, { state: 'rejected', says: 'Bob said no.' });
    const other = scene.shower();
    for (const subject of [id, change]) await other.show(subject, signal);
    expect((await scene.deliver()).find(({ key }) => key.endsWith('card'))?.text).toContain('Bob said no.');
  });

  it('of no incident stands by itself while it waits for people, once it is clear that it is of none', async () => {
    const scene = threadsScene();
    const shower = scene.shower();
    putChange(scene, { reason: { text: 'Ann wants it.' } });
    await shower.show(change, signal);
    expect(await scene.deliver()).toEqual([]);
    scene.pass(2);
    await shower.show(change, signal);
    expect(await scene.deliver()).toMatchObject([{ key: `acme/change/${change}/card`, parent: '' }]);
    putChange(scene, { state: 'succeeded', says: 'It is so.' });
    await shower.show(change, signal);
    expect((await scene.deliver()).find(({ isNew }) => isNew)).toMatchObject({ parent: `acme/change/${change}/card` });
  });

  it('of an incident does not stand by itself only because nobody has looked at the incident since a restart', async () => {
    const scene = threadsScene();
    put(scene, diagnosed);
    putChange(scene);
    scene.pass(10);
    await scene.shower().show(change, signal);
    expect(await scene.deliver()).toEqual([]);
    const shower = scene.shower();
    for (const subject of [change, id, change]) await shower.show(subject, signal);
    expect(posts(await scene.deliver())).toEqual([
      `incident/${id}/root`,
      `incident/${id}/findings`,
      `change/${change}/card`,
    ]);
  });

  it('that nobody has to agree to, and of no incident, stands nowhere', async () => {
    const scene = threadsScene();
    putChange(scene, { reason: { text: 'Ann wants it.' }, state: 'succeeded' });
    scene.pass(10);
    await scene.shower().show(change, signal);
    expect(await scene.deliver()).toEqual([]);
  });
});

it('what the agent knows nothing of any more is looked at no more', async () => {
  const scene = threadsScene();
  const shower = scene.shower();
  put(scene, diagnosed);
  putChange(scene);
  for (const subject of [id, change]) await shower.show(subject, signal);
  scene.incidents.clear();
  scene.changes.clear();
  for (const subject of [id, change]) await shower.show(subject, signal);
  expect(await scene.store.notes.list('acme', '')).toEqual([]);
});

it('what changes while it is shown is not left standing as it was', async () => {
  const scene = threadsScene();
  put(scene);
  const raced = {
    ...scene.desk.agent,
    incident: async (...given: Parameters<typeof scene.desk.agent.incident>) => {
      const read = await scene.desk.agent.incident(...given);
      if (read.state === 'open') put(scene, { state: 'investigating' });
      return read;
    },
  };
  const racing = threadsScene({
    agent: { ...raced, cluster: scene.desk.agent.cluster, change: scene.desk.agent.change } as never,
  });
  await racing.shower().show(id, signal);
  expect((await racing.deliver()).find(({ key }) => key.endsWith('root'))?.text).toContain('Investigating');
});
