import { describe, expect, it } from 'vitest';
import { changeLine, decisionOf, sampleChange, samplePlan } from '../testing/sample-change.ts';
import { fakeWindow, localContext, remoteContext } from '../testing/fake-window.ts';
import type { FakeWindow } from '../testing/fake-window.ts';
import { hostileCause, imageCause, problemDiagnosis } from '../testing/sample-diagnosis.ts';
import type { Reply } from '../testing/scripted-people.ts';
import type { Stubs } from '../testing/stub-agent.ts';
import {
  applyChange,
  approveChange,
  cancelChange,
  proposeFix,
  rejectChange,
  showChange,
  showChangeDifference,
  undoChange,
  undoLastChange,
} from './changing.ts';

const signal = AbortSignal.timeout(30_000);
const web = { kind: 'Deployment', namespace: 'shop', name: 'web' };
const onCause = { type: 'cause', code: imageCause.code, object: web } as const;
const onChange = { type: 'change', id: 'chg-a1b2c3d4e5f6' } as const;
const request = {
  action: 'rollout-undo',
  target: imageCause.changes[0]?.target ?? imageCause.object,
  params: { toRevision: 6 },
};
const finished = sampleChange({ state: 'succeeded', says: 'It helped.' });

const agreeable: Stubs = {
  diagnose: problemDiagnosis,
  fixes: { diagnosis: problemDiagnosis, fixes: [{ cause: imageCause, proposals: [request], open: [], manual: [] }] },
  explainDecision: { plan: samplePlan, decision: decisionOf('one'), rules: [] },
  cluster: { name: 'kind-dev', mode: 'local', autonomy: 'suggest' },
  propose: sampleChange(),
  approve: sampleChange({ state: 'approved' }),
  change: sampleChange(),
  run: sampleChange({ state: 'executing' }),
  watchChange: [
    { id: '1', event: sampleChange({ state: 'executing', says: 'Returning it.' }) },
    { id: '2', event: finished },
  ],
  changes: { changes: [] },
  killSwitch: { on: false, by: '', why: '', since: '' },
  events: [],
};

async function windowWith(
  agent: Stubs,
  replies: readonly Reply[],
  contexts = [localContext, remoteContext],
): Promise<FakeWindow> {
  return await fakeWindow({ agent, replies, contexts });
}

function bodies(window: FakeWindow, name: string): readonly unknown[] {
  return window.agent.calls.filter(([called]) => called === name).map(([, given]) => given.body ?? given.params);
}

describe('proposing a fix', () => {
  it("shows the difference, asks once, and does it where one's own yes is enough", async () => {
    const window = await windowWith(agreeable, [{ confirm: true }]);
    await proposeFix(window.parts, onCause, signal);
    expect(window.compared).toHaveLength(1);
    expect(window.compared[0]?.before.text).toContain('shop/web:1.5.0');
    expect(window.compared[0]?.after.text).toContain('shop/web:1.4.2');
    expect(bodies(window, 'propose')).toEqual([
      { requests: [request], reason: imageCause.cause, finding: { code: imageCause.code, ...web } },
    ]);
    expect(bodies(window, 'approve')).toEqual([{ digest: '3f9c0a7e1b2d4c5e3f9c0a7e1b2d4c5e' }]);
    expect(window.person.heard.join('\n')).toContain('Reaches 4 objects');
    expect(window.person.heard.at(-1)).toBe('It helped.');
    expect(window.person.unused()).toEqual([]);
  });

  it('does nothing where the person says no', async () => {
    const window = await windowWith(agreeable, [{ confirm: false }]);
    await proposeFix(window.parts, onCause, signal);
    expect(bodies(window, 'propose')).toEqual([]);
  });

  it('only asks others where two have to agree', async () => {
    const window = await windowWith(
      {
        ...agreeable,
        explainDecision: { plan: samplePlan, decision: decisionOf('two'), rules: [] },
        propose: sampleChange({ decision: decisionOf('two') }),
        watchChange: [{ id: '1', event: sampleChange({ decision: decisionOf('two') }) }],
      },
      [{ confirm: true }],
    );
    await proposeFix(window.parts, onCause, signal);
    expect(window.person.heard.join('\n')).toContain('[Ask for Approval]');
    expect(window.person.heard.join('\n')).toContain('“Set Autonomy Level” to “development” asks for one.');
    expect(bodies(window, 'approve')).toEqual([]);
    expect(window.person.heard.at(-1)).toBe('It waits for a yes: Waits for one yes.');
  });

  it('names no way around two people where it is a rule of the policy that asks for them', async () => {
    const two = decisionOf('two');
    const voices = [...two.voices, { rule: 'two-people', tier: 'two' as const, why: 'Customers use it.' }];
    const window = await windowWith(
      { ...agreeable, explainDecision: { plan: samplePlan, decision: { ...two, voices }, rules: [] } },
      [{ confirm: false }],
    );
    await proposeFix(window.parts, onCause, signal);
    expect(window.person.heard.join('\n')).toContain('[Ask for Approval]');
    expect(window.person.heard.join('\n')).not.toContain('Set Autonomy Level');
  });

  it.each([
    ['in the cloud', { mode: 'cloud' as const, autonomy: 'suggest' as const }],
    ['under the level that asks for the least', { mode: 'local' as const, autonomy: 'development' as const }],
    ['where no level counts', { mode: 'local' as const }],
  ])('names no way around two people %s', async (_where, how) => {
    const window = await windowWith(
      {
        ...agreeable,
        cluster: { name: 'kind-dev', ...how },
        explainDecision: { plan: samplePlan, decision: decisionOf('two'), rules: [] },
      },
      [{ confirm: false }],
    );
    await proposeFix(window.parts, onCause, signal);
    expect(window.person.heard.join('\n')).not.toContain('Set Autonomy Level');
  });

  it('shows why it is forbidden, and proposes nothing', async () => {
    const window = await windowWith(
      { ...agreeable, explainDecision: { plan: samplePlan, decision: decisionOf('forbidden'), rules: [] } },
      [],
    );
    await expect(proposeFix(window.parts, onCause, signal)).rejects.toMatchObject({
      code: 'change.refused',
      message: 'The policy forbids it.',
      remedy: 'The level says forbidden.',
    });
    expect(window.shown[0]?.text).toContain('level.forbidden');
    expect(bodies(window, 'propose')).toEqual([]);
  });

  it('asks again where the cluster has changed between the rehearsal and the proposal', async () => {
    const other = { ...samplePlan, diff: samplePlan.diff.map((field) => ({ ...field, after: 'shop/web:1.3.0' })) };
    const window = await windowWith(
      { ...agreeable, propose: sampleChange({ plan: other }), cancel: sampleChange({ state: 'cancelled' }) },
      [{ confirm: true }, { confirm: false }],
    );
    await proposeFix(window.parts, onCause, signal);
    expect(window.compared.at(-1)?.after.text).toContain('shop/web:1.3.0');
    expect(bodies(window, 'approve')).toEqual([]);
    expect(bodies(window, 'cancel')).toEqual([{ why: 'It was not what had been shown.' }]);
  });

  it('says what a person has to do where no action helps', async () => {
    const window = await windowWith(
      {
        ...agreeable,
        fixes: {
          diagnosis: problemDiagnosis,
          fixes: [{ cause: imageCause, proposals: [], open: [], manual: ['Push the image.'] }],
        },
      },
      [],
    );
    await expect(proposeFix(window.parts, onCause, signal)).rejects.toMatchObject({ remedy: 'Push the image.' });
  });

  it('asks for what only a person knows, and keeps text as text', async () => {
    const open = {
      request: { action: 'set-environment', target: request.target, params: { container: 'web', name: 'PORT' } },
      asks: ['value'],
    };
    const window = await windowWith(
      {
        ...agreeable,
        fixes: {
          diagnosis: problemDiagnosis,
          fixes: [{ cause: imageCause, proposals: [request], open: [open], manual: [] }],
        },
      },
      [{ pick: 'set-environment' }, { enter: '8080' }, { confirm: true }],
    );
    await proposeFix(window.parts, onCause, signal);
    expect(bodies(window, 'propose')).toMatchObject([
      { requests: [{ action: 'set-environment', params: { container: 'web', name: 'PORT', value: '8080' } }] },
    ]);
  });

  it('says that it is over where the cause is not diagnosed any more', async () => {
    const window = await windowWith(agreeable, []);
    await expect(
      proposeFix(window.parts, { ...onCause, object: { ...web, name: 'gone' } }, signal),
    ).rejects.toMatchObject({ code: 'change.stale' });
  });

  it('lets the person choose among the causes that can be fixed, when it is called from the palette', async () => {
    const window = await windowWith(agreeable, [{ pick: undefined }]);
    await proposeFix(window.parts, undefined, signal);
    expect(window.person.heard.at(-1)).toContain(imageCause.cause);
    expect(window.person.heard.at(-1)).not.toContain(hostileCause.code);
  });

  it('asks nothing of a cluster that is read-only', async () => {
    const window = await windowWith(agreeable, [], [remoteContext]);
    await expect(proposeFix(window.parts, onCause, signal)).rejects.toMatchObject({ code: 'change.not-allowed' });
    expect(window.agent.calls).toEqual([]);
  });
});

describe('a yes', () => {
  it('is to exactly what was shown', async () => {
    const window = await windowWith(agreeable, [{ confirm: true }]);
    await approveChange(window.parts, onChange, signal);
    expect(window.compared).toHaveLength(1);
    expect(bodies(window, 'approve')).toEqual([{ digest: sampleChange().digest }]);
    expect(window.person.heard.join('\n')).toContain('Ann asks for it: Image not found.');
  });

  it('is not given where the person looks and goes away', async () => {
    const window = await windowWith(agreeable, [{ confirm: false }]);
    await approveChange(window.parts, onChange, signal);
    expect(bodies(window, 'approve')).toEqual([]);
  });

  it('is chosen among what waits, when it is called from the palette', async () => {
    const window = await windowWith(
      {
        ...agreeable,
        changes: {
          changes: [
            changeLine('waiting', { id: 'chg-a1b2c3d4e5f6' }),
            changeLine('succeeded', { will: ['Something else.'] }),
          ],
        },
      },
      [{ pick: 'Return Deployment' }, { confirm: true }],
    );
    await approveChange(window.parts, undefined, signal);
    expect(window.person.heard[0]).not.toContain('Something else.');
    expect(bodies(window, 'approve')).toHaveLength(1);
  });

  it('is told to be about nothing where nothing waits', async () => {
    const window = await windowWith(agreeable, []);
    await approveChange(window.parts, undefined, signal);
    expect(window.person.heard).toEqual(['information: Nothing was proposed yet.']);
  });
});

describe('carrying out', () => {
  it('begins what was agreed to, and follows it to its end', async () => {
    const window = await windowWith({ ...agreeable, change: sampleChange({ state: 'approved' }) }, []);
    await applyChange(window.parts, onChange, signal);
    expect(bodies(window, 'run')).toEqual([{ id: onChange.id }]);
    expect(window.person.heard).toEqual(['… Applying', '… Returning it.', '… It helped.', 'It helped.']);
  });

  it('asks for the yes first where one is missing', async () => {
    const window = await windowWith(agreeable, [{ confirm: true }]);
    await applyChange(window.parts, onChange, signal);
    expect(bodies(window, 'run')).toEqual([]);
    expect(bodies(window, 'approve')).toHaveLength(1);
  });

  it('interrupts the person only where it did not end well', async () => {
    const failed = sampleChange({ state: 'failed', says: 'It was refused.' });
    const window = await windowWith(
      { ...agreeable, change: sampleChange({ state: 'approved' }), watchChange: [{ id: '1', event: failed }] },
      [{ press: 'Show Change' }],
    );
    await applyChange(window.parts, onChange, signal);
    expect(window.person.heard.at(-1)).toBe('warning: It was refused.');
    expect(window.shown[0]?.text).toContain('chg-a1b2c3d4e5f6 · failed');
  });
});

describe('a no', () => {
  it.each([
    ['rejects', rejectChange, 'reject'],
    ['cancels', cancelChange, 'cancel'],
  ] as const)('%s with a reason', async (_name, handler, endpoint) => {
    const window = await windowWith(
      { ...agreeable, [endpoint]: sampleChange({ state: 'rejected', says: 'Somebody said no.' }) },
      [{ enter: ' too late ' }],
    );
    await handler(window.parts, onChange, signal);
    expect(bodies(window, endpoint)).toEqual([{ why: 'too late' }]);
    expect(window.person.heard.at(-1)).toBe('Somebody said no.');
  });

  it('is possible in a cluster that is read-only', async () => {
    const window = await windowWith(
      { ...agreeable, reject: sampleChange({ state: 'rejected' }) },
      [{ enter: 'no' }],
      [remoteContext],
    );
    await rejectChange(window.parts, onChange, signal);
    expect(bodies(window, 'reject')).toHaveLength(1);
  });

  it('is not said without a reason', async () => {
    const window = await windowWith(agreeable, [{ enter: undefined }]);
    await rejectChange(window.parts, onChange, signal);
    expect(bodies(window, 'reject')).toEqual([]);
  });
});

describe('undoing', () => {
  const back = sampleChange({ id: 'chg-backbackback', says: 'Waits for one yes.' });

  it('takes back the newest change that succeeded', async () => {
    const lines = [
      changeLine('succeeded', { id: 'chg-olderolder', updatedAt: '2026-01-07T10:00:00Z' }),
      changeLine('succeeded', { id: 'chg-a1b2c3d4e5f6', updatedAt: '2026-01-07T11:00:00Z' }),
      changeLine('failed', { updatedAt: '2026-01-07T12:00:00Z' }),
    ];
    const window = await windowWith({ ...agreeable, changes: { changes: lines }, change: finished, undo: back }, [
      { confirm: true },
    ]);
    await undoLastChange(window.parts, undefined, signal);
    expect(window.agent.calls.find(([name]) => name === 'undo')?.[1]).toEqual({
      params: { id: 'chg-a1b2c3d4e5f6' },
      body: { why: 'Taken back from the editor.' },
    });
    // The change that takes it back needs a yes of its own, which the person of a local cluster has given.
    expect(bodies(window, 'approve')).toHaveLength(1);
    expect(window.person.heard.at(-1)).toBe('It helped.');
  });

  it('says before that others may have to agree, and after it who does and why', async () => {
    const two = sampleChange({ id: back.id, says: 'Waits for two yeses.', decision: decisionOf('two') });
    const window = await windowWith(
      { ...agreeable, change: finished, undo: two, watchChange: [{ id: '1', event: two }] },
      [{ confirm: true }],
    );
    await undoChange(window.parts, onChange, signal);
    const heard = window.person.heard.join('\n');
    expect(heard).toContain('That is a change of its own: who has to agree is decided anew');
    expect(heard).toContain(`The policy asks for the yes of two people. ${two.decision?.voices[0]?.why}`);
    expect(bodies(window, 'approve')).toEqual([]);
  });

  it('stops one that is under way and follows that', async () => {
    const undone = sampleChange({ state: 'undone', says: 'It was taken back.' });
    const window = await windowWith(
      { ...agreeable, undo: sampleChange({ state: 'undoing' }), watchChange: [{ id: '1', event: undone }] },
      [{ confirm: true }],
    );
    await undoChange(window.parts, onChange, signal);
    expect(bodies(window, 'approve')).toEqual([]);
    expect(window.person.heard.join('\n')).not.toContain('decided anew');
    expect(window.person.heard.at(-1)).toBe('It was taken back.');
  });

  it('says so where there is nothing to take back', async () => {
    const window = await windowWith(agreeable, []);
    await expect(undoLastChange(window.parts, undefined, signal)).rejects.toMatchObject({ code: 'usage' });
  });
});

it('a change is shown whole, and as a difference', async () => {
  const window = await windowWith(agreeable, []);
  await showChange(window.parts, onChange, signal);
  await showChangeDifference(window.parts, onChange, signal);
  expect(window.shown[0]).toMatchObject({ path: 'changes/chg-a1b2c3d4e5f6.txt', language: 'autodevops' });
  expect(window.shown[0]?.text).toContain('Return Deployment shop/web to revision 6.');
  expect(window.compared[0]).toMatchObject({ title: 'chg-a1b2c3d4e5f6: live and proposed' });
});
