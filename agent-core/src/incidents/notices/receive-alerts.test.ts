import { describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { attachDiagnosis } from '../diagnosing/attach-diagnosis.ts';
import { changeIncident, readIncident } from '../incident-journal.ts';
import { alertmanager, ann, begin, firingAlert } from '../testing/incident-events.ts';
import { causeOf, diagnosisOf, ended, group, incidentScene } from '../testing/incident-scene.ts';

const { signal } = new AbortController();
const explained = [{ code: 'signal.alert.firing', object: causeOf('api').object }];

describe('a notice of alerts', () => {
  it('opens an incident, which the next one of its group joins and the last one resolves', async () => {
    const { tell, all } = incidentScene();
    const id = await tell(group('g'));
    expect(await tell(group('g', [firingAlert('another')]))).toBe(id);
    await tell(group('g', [firingAlert('another', { state: 'resolved' })]));
    expect(await all()).toMatchObject([{ id, state: 'open' }]);
    await tell(ended('g'));
    expect(await all()).toMatchObject([
      {
        id,
        state: 'resolved',
        timeline: [{}, {}, {}, {}, { source: 'Alertmanager', says: 'Resolved: No alert fires any more.' }],
      },
    ]);
  });

  it('is written with its notice in the outbox and its row in the audit log, once however often it is sent', async () => {
    const { tell, store } = incidentScene();
    for (let time = 0; time < 3; time += 1) await tell(group('g'));
    expect((await store.outbox.after(0, 10)).map(({ topic }) => topic)).toEqual(['incident.opened']);
    expect(
      (await store.audit.rows({ from: 1, limit: 10 })).map(({ entry }) => [entry.code, entry.actor.account]),
    ).toEqual([['INC001', alertmanager.account]]);
  });

  it('that ends what nobody knows opens nothing', async () => {
    const { tell, all } = incidentScene();
    expect([await tell(ended('g')), await tell(group('g', [])), await all()]).toEqual(['', '', []]);
  });

  it('opens its incident again within a day, and a new one later', async () => {
    const { tell, all, pass } = incidentScene();
    const id = await tell(group('g'));
    await tell(ended('g'));
    pass(60);
    expect(await tell(group('g'))).toBe(id);
    expect(await all()).toMatchObject([{ id, state: 'open', returns: 1 }]);
    await tell(ended('g'));
    pass(24 * 60 + 1);
    expect(await tell(group('g'))).not.toBe(id);
  });

  it('of two processes at one moment makes one incident', async () => {
    const { tell, all, desk, other } = incidentScene();
    const ids = await Promise.all([
      tell(group('g'), desk),
      tell(group('g'), other),
      tell(group('g', [firingAlert('b')]), other),
      tell(group('g', [firingAlert('c')]), desk),
    ]);
    expect(new Set(ids).size).toBe(1);
    expect((await all()).map(({ alerts }) => alerts.length)).toEqual([3]);
  });

  it('of five hundred groups in a minute leaves one incident with all of their alerts', async () => {
    const { tell, all } = incidentScene();
    for (let number = 0; number < 500; number += 1) {
      await tell(group(`g-${number}`, [firingAlert(`f-${number}`, { name: `Alert${number}` })]));
    }
    const ongoing = (await all()).filter(({ state }) => state === 'open');
    expect(ongoing.map(({ alerts, groupKeys }) => [alerts.length, groupKeys.length])).toEqual([[500, 500]]);
  });

  it('does not join a storm that is over, nor alerts of long ago', async () => {
    const { tell, all, pass } = incidentScene();
    for (let number = 0; number < 30; number += 1) await tell(group(`g-${number}`));
    pass(10);
    await tell(group('quiet', [firingAlert('quiet', { startsAt: '2026-01-01T00:10:00.000Z' })]));
    expect((await all()).filter(({ state }) => state === 'open').map(({ groupKeys }) => groupKeys.length)).toEqual([
      1, 30,
    ]);
  });

  it('leaves to people what people opened', async () => {
    const { tell, all, desk, store } = incidentScene();
    await store.incidents.append({
      id: 'inc-ann',
      after: 0,
      audit: [],
      outbox: [],
      events: [
        {
          type: 'opened',
          time: begin,
          actor: ann,
          idempotencyKey: 'a',
          origin: 'person',
          title: 'Slow',
          severity: 'sev3',
          groupKey: 'g',
          causes: [],
          alerts: [],
        },
      ],
    });
    await tell(group('g'));
    await tell(ended('g'));
    expect(await all()).toMatchObject([{ id: 'inc-ann', state: 'open' }]);
    await changeIncident(desk.store.incidents, 'inc-ann', () => [
      { type: 'resolved', time: begin, actor: ann, why: 'Fast again.' },
    ]);
    expect(await all()).toMatchObject([{ state: 'resolved' }]);
  });
});

describe('a diagnosis of an incident', () => {
  it('has the causes that explain its alerts, and no others', async () => {
    const { tell, desk } = incidentScene();
    const id = await tell(group('g'));
    const given: unknown[] = [];
    const incident = await attachDiagnosis(
      id,
      async (alerts) => {
        given.push(...alerts);
        return diagnosisOf([causeOf('elsewhere'), causeOf('api', { symptoms: explained })]);
      },
      signal,
      desk,
    );
    expect(given).toMatchObject([{ labels: { alertname: 'ShopDown', namespace: 'shop' } }]);
    expect(incident).toMatchObject({
      summary: 'Deployment shop/api: The tag of api is not there.',
      causes: [{ key: 'pod.image.not-found Deployment/shop/api' }],
    });
  });

  it('says so when nothing explains them, also over a blind spot', async () => {
    const { tell, desk } = incidentScene();
    const blindSpots = [{ what: 'Pods', why: 'forbidden', remedy: 'A role.' }];
    const incident = await attachDiagnosis(
      await tell(group('g')),
      async () => diagnosisOf([causeOf('elsewhere')], { blindSpots }),
      signal,
      desk,
    );
    expect(incident).toMatchObject({
      causes: [],
      summary: 'Jamie sees nothing that explains it. Elsewhere: A summary. Not everything could be seen.',
    });
  });

  it('says that nothing explains them once, however much else changes, and the cause when it shows itself', async () => {
    const { tell, desk, all } = incidentScene();
    const id = await tell(group('g'));
    await attachDiagnosis(
      id,
      async () => diagnosisOf([causeOf('elsewhere')], { summary: 'One thing is wrong.' }),
      signal,
      desk,
    );
    await attachDiagnosis(
      id,
      async () => diagnosisOf([causeOf('elsewhere')], { summary: 'Two things are wrong.' }),
      signal,
      desk,
    );
    expect(await all()).toMatchObject([
      { id, sequence: 2, summary: 'Jamie sees nothing that explains it. Elsewhere: One thing is wrong.' },
    ]);
    await attachDiagnosis(id, async () => diagnosisOf([causeOf('api', { symptoms: explained })]), signal, desk);
    expect(await all()).toMatchObject([{ id, sequence: 3, causes: [{ code: 'pod.image.not-found' }] }]);
  });

  it('makes one incident of several that have one cause: the oldest', async () => {
    const { tell, desk, all, pass } = incidentScene();
    const look = async (): Promise<ReturnType<typeof diagnosisOf>> =>
      diagnosisOf([causeOf('api', { symptoms: explained })]);
    const first = await tell(group('g-1'));
    await attachDiagnosis(first, look, signal, desk);
    pass(5);
    const second = await tell(group('g-2'));
    expect((await attachDiagnosis(second, look, signal, desk)).id).toBe(first);
    expect(await all()).toMatchObject([
      { id: second, state: 'merged', mergedInto: first },
      { id: first, groupKeys: ['g-1', 'g-2'], alerts: [{}, {}] },
    ]);
    expect(await tell(group('g-2', [firingAlert('later')]))).toBe(first);
  });

  it('that fails leaves the incident as it is', async () => {
    const { tell, desk, all } = incidentScene();
    const id = await tell(group('g'));
    await expect(
      attachDiagnosis(id, async () => await Promise.reject(new Error('unreachable')), signal, desk),
    ).rejects.toThrow('unreachable');
    expect(await all()).toMatchObject([{ id, summary: '', sequence: 1 }]);
  });
});

describe('notices of one moment', () => {
  it('are written together, each as if it had come alone, and each is told its own incident', async () => {
    const { desk, store, tell, all } = incidentScene();
    const written: number[] = [];
    const appendAll = store.incidents.appendAll.bind(store.incidents);
    Object.assign(desk.store.incidents, {
      appendAll: async (records: Parameters<typeof appendAll>[0]) => {
        written.push(records.length);
        await appendAll(records);
      },
    });
    const ids = await Promise.all(
      [group('a'), group('b'), group('a', [firingAlert('a-2')]), ended('b')].map((one) => tell(one)),
    );
    expect(written).toEqual([2]);
    expect(ids).toEqual([ids[0], ids[1], ids[0], ids[1]]);
    expect(await all()).toMatchObject([
      { id: ids[1], state: 'resolved' },
      { id: ids[0], state: 'open', alerts: [{}, {}] },
    ]);
  });

  it('of a storm leave one incident, and every alert is in it', async () => {
    const { tell, all } = incidentScene();
    await Promise.all(
      Array.from({ length: 500 }, (_, number) =>
        tell(group(`g-${number}`, [firingAlert(`f-${number}`, { name: `Alert${number}` })])),
      ),
    );
    expect(
      (await all())
        .filter(({ state }) => state === 'open')
        .map(({ alerts, groupKeys }) => [alerts.length, groupKeys.length]),
    ).toEqual([[500, 500]]);
  });

  it('are kept although somebody writes to their incident at that moment', async () => {
    const { desk, store, tell } = incidentScene();
    const id = await tell(group('g'));
    const appendAll = store.incidents.appendAll.bind(store.incidents);
    let others = 3;
    Object.assign(desk.store.incidents, {
      appendAll: async (records: Parameters<typeof appendAll>[0]) => {
        if (others-- > 0) {
          await changeIncident({ ...store.incidents }, id, () => [
            { type: 'said', time: begin, actor: ann, text: 'I look at it.' },
          ]);
        }
        await appendAll(records);
      },
    });
    expect(await tell(group('g', [firingAlert('another')]))).toBe(id);
    expect(await readIncident(store.incidents, id)).toMatchObject({
      sequence: 5,
      alerts: [{}, { fingerprint: 'another' }],
    });
  });

  it('that the store does not take fail each, with what its sender tries again after', async () => {
    const { desk, tell, store } = incidentScene();
    const fail = async (): Promise<never> =>
      await Promise.reject(new AutoDevOpsError('store.conflict', 'Somebody wrote.', ''));
    const works = { ...store.incidents };
    Object.assign(desk.store.incidents, { appendAll: fail });
    const outcomes = await Promise.allSettled([tell(group('a')), tell(group('b'))]);
    expect(outcomes).toMatchObject([{ reason: { code: 'store.locked' } }, { reason: { code: 'store.locked' } }]);
    Object.assign(desk.store.incidents, works);
    expect(await tell(group('a'))).not.toBe('');
  });

  it('that could not be written are nothing to the others', async () => {
    const { tell, all } = incidentScene();
    const odd = group('odd', [firingAlert('f', { summary: 1 as unknown as string })]);
    const outcomes = await Promise.allSettled([tell(group('a')), tell(odd), tell(group('b'))]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await all()).map(({ groupKeys }) => groupKeys)).toEqual([['b'], ['a']]);
  });
});
