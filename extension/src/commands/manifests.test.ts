import { describe, expect, it } from 'vitest';
import { fakeWindow, localContext, remoteContext } from '../testing/fake-window.ts';
import type { FakeWindowChoice } from '../testing/fake-window.ts';
import { problemDiagnosis } from '../testing/sample-diagnosis.ts';
import { changeLine, decisionOf, sampleChange, samplePlan } from '../testing/sample-change.ts';
import { causeOf, proposal, serviceRef } from '../manifests/testing/live-scene.ts';
import { applyManifest, diffManifest } from './manifests.ts';

const signal = AbortSignal.timeout(30_000);
const contexts = [{ ...localContext, namespace: 'shop' }];
const text =
  'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: webb}}\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: s}\n';
const live = [
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'shop', uid: 'u-7' },
    spec: { selector: { app: 'old' }, clusterIP: '10.0.0.1' },
  },
];
const onWeb = { type: 'object', object: { kind: 'Service', namespace: 'shop', name: 'web' } };
const explained = { plan: samplePlan, decision: decisionOf('one'), rules: [] };
const noChanges = { changes: [] };
/** What the cluster has is what a change made of it, and the file has what was there before. */
const selected = sampleChange({
  state: 'succeeded',
  plan: { ...samplePlan, diff: [{ object: serviceRef, path: 'spec.selector.app', before: 'webb', after: 'old' }] },
});
const setBack = 'The cluster has old here since 2026-01-07 11:49 UTC (change chg-a1b2c3d4e5f6).';

async function scene(choice: FakeWindowChoice = {}) {
  return await fakeWindow({ contexts, live, active: { path: '/home/ann/shop/web.yaml', text }, ...choice });
}

describe('the difference of a manifest', () => {
  it('is between what lives and what the file says, without what the server filled in', async () => {
    const { parts, compared } = await scene();
    await diffManifest(parts, onWeb, signal);
    expect(compared).toMatchObject([
      {
        title: 'Service shop/web: live and file',
        before: { text: expect.stringContaining('app: old') as string },
        after: { text: expect.stringContaining('app: webb') as string },
      },
    ]);
    expect(compared[0]?.before.text).not.toContain('clusterIP');
  });

  it('says what was done in the cluster and would be set back', async () => {
    const { parts, person } = await scene({ agent: { change: selected } });
    parts.changes.state.set({
      kind: 'known',
      lines: [changeLine('succeeded', { id: selected.id })],
      killSwitch: { on: false, by: '', why: '', since: '' },
      mode: 'local',
      autonomy: undefined,
    });
    await diffManifest(parts, onWeb, signal);
    expect(person.heard.join('\n')).toContain(setBack);
  });

  it('is between the file and what is proposed, where something is', async () => {
    const { parts, compared } = await scene({ replies: [{ pick: 'proposed' }] });
    parts.problems.state.set({
      kind: 'live',
      diagnosis: {
        ...problemDiagnosis,
        causes: [
          causeOf({
            object: serviceRef,
            changes: [proposal('patch-service-selector', serviceRef, { selector: { app: 'web' } })],
          }),
        ],
      },
    });
    await diffManifest(parts, onWeb, signal);
    expect(compared).toMatchObject([{ title: 'Service shop/web: file and proposed' }]);
    expect(compared[0]?.after.text).toBe(compared[0]?.before.text.replace('webb', 'web'));
  });

  it('says what is not in the cluster, what is no manifest, and asks which of several is meant', async () => {
    await expect(
      diffManifest((await scene({ replies: [{ pick: 'Service web' }], live: [] })).parts, undefined, signal),
    ).rejects.toThrow('Service shop/web is not in the cluster.');
    await expect(
      diffManifest((await scene({ active: { path: 'a', text: 'a: b' } })).parts, undefined, signal),
    ).rejects.toThrow('The file describes no object of Kubernetes.');
  });
});

describe('applying a manifest', () => {
  it('is rehearsed by the server, shown and agreed to, as any change is', async () => {
    const { parts, agent, compared, person } = await scene({
      replies: [{ confirm: false }],
      agent: {
        changes: noChanges,
        explainDecision: explained,
        cluster: { name: 'kind-dev', mode: 'local', autonomy: 'suggest' },
      },
    });
    await applyManifest(parts, onWeb, signal);
    const asked = agent.calls.find(([name]) => name === 'explainDecision')?.[1].body;
    expect(asked).toMatchObject({
      requests: [
        {
          action: 'apply-manifest',
          target: { uid: 'u-7', namespace: 'shop' },
          params: { manifest: { metadata: { name: 'web', namespace: 'shop' }, spec: { selector: { app: 'webb' } } } },
        },
      ],
    });
    expect(compared).toMatchObject([{ title: 'Service shop/web: live and proposed' }]);
    expect(person.heard.join('\n')).toContain('this change?');
    expect(agent.calls.map(([name]) => name)).not.toContain('propose');
  });

  it('says first what was done in the cluster and would be set back', async () => {
    const { parts, agent, person } = await scene({
      replies: [{ confirm: false }],
      agent: {
        changes: { changes: [changeLine('succeeded', { id: selected.id })] },
        change: selected,
        explainDecision: explained,
        cluster: { name: 'kind-dev', mode: 'local', autonomy: 'suggest' },
      },
    });
    await applyManifest(parts, onWeb, signal);
    expect(person.heard.join('\n')).toContain(`spec.selector.app: ${setBack} Applying this file would set it back.`);
    expect(agent.calls.map(([name]) => name)).not.toContain('propose');
  });

  it('is not done where the policy forbids it, the cluster is locked, the kind is not applied from here, or the file is no YAML yet', async () => {
    await expect(
      applyManifest(
        (
          await scene({
            agent: { changes: noChanges, explainDecision: { ...explained, decision: decisionOf('forbidden') } },
          })
        ).parts,
        onWeb,
        signal,
      ),
    ).rejects.toThrow('The policy forbids it.');
    await expect(applyManifest((await scene({ contexts: [remoteContext] })).parts, onWeb, signal)).rejects.toThrow(
      'read-only',
    );
    await expect(
      applyManifest(
        (await scene()).parts,
        { type: 'object', object: { kind: 'Secret', namespace: 'shop', name: 's' } },
        signal,
      ),
    ).rejects.toThrow('A Secret is not applied from here.');
    await expect(
      applyManifest(
        (
          await scene({
            active: { path: 'a', text: 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {a: [}\n' },
          })
        ).parts,
        onWeb,
        signal,
      ),
    ).rejects.toThrow('no well-formed YAML');
  });

  it("takes one's own yes where the level says so", async () => {
    const waiting = sampleChange({ state: 'waiting', decision: decisionOf('one') });
    const finished = sampleChange({ state: 'succeeded', says: 'It is applied.' });
    const { parts, agent, person } = await scene({
      replies: [{ confirm: true }],
      agent: {
        explainDecision: explained,
        cluster: { name: 'kind-dev', mode: 'local', autonomy: 'development' },
        propose: waiting,
        approve: sampleChange({ state: 'approved' }),
        changes: { changes: [] },
        killSwitch: { on: false, by: '', why: '', since: '' },
        events: [],
        change: finished,
        watchChange: [{ id: '1', event: finished }],
      },
    });
    await applyManifest(parts, onWeb, signal);
    expect(person.heard.join('\n')).toContain('[Apply]');
    expect(agent.calls.map(([name]) => name)).toContain('approve');
    expect(person.heard.at(-1)).toBe('It is applied.');
    parts.changes.stop();
  });

  it('is proposed when the person says yes', async () => {
    const finished = sampleChange({ state: 'succeeded', says: 'It is applied.' });
    const { parts, agent, person } = await scene({
      replies: [{ confirm: true }],
      agent: {
        explainDecision: { ...explained, decision: decisionOf('auto') },
        cluster: { name: 'kind-dev', mode: 'local', autonomy: 'development' },
        propose: sampleChange({ state: 'approved' }),
        changes: { changes: [] },
        killSwitch: { on: false, by: '', why: '', since: '' },
        events: [],
        change: finished,
        watchChange: [{ id: '1', event: finished }],
      },
    });
    await applyManifest(parts, onWeb, signal);
    expect(agent.calls.map(([name]) => name)).toContain('propose');
    expect(person.heard.at(-1)).toBe('It is applied.');
    parts.changes.stop();
  });
});
