import { describe, expect, it, vi } from 'vitest';
import { decisionOf, sampleChange, samplePlan } from '../testing/sample-change.ts';
import { localContext, remoteContext } from '../testing/fake-window.ts';
import { imageCause, problemDiagnosis } from '../testing/sample-diagnosis.ts';
import { manifest, part, request, scene, text } from './testing/chat-scene.ts';

describe('a card', () => {
  it('shows what would be done, and its button does exactly that', async () => {
    const { ask, say, window, told } = await scene({ contexts: [localContext] });
    const turn = await ask('/fix');
    const { card } = part(turn, 'card');
    expect(text([card.title])).toBe('Return Deployment shop/web to revision 6.');
    expect(card).toMatchObject({
      tone: 'offered',
      difference: [{ before: 'shop/web:1.5.0', after: 'shop/web:1.4.2' }],
      decision: 'The policy asks for one yes.',
      rules: ['level.one (one): The level says one.'],
    });
    expect(card.buttons.map(({ text: says }) => says)).toEqual(['Apply', 'Show Difference']);
    expect(window.agent.calls.map(([name]) => name)).not.toContain('propose');
    await say({ type: 'press', turn: turn.id, part: 'fix-1', button: 'apply' });
    expect(window.agent.calls.find(([name]) => name === 'approve')?.[1]).toEqual({
      params: { id: 'chg-a1b2c3d4e5f6' },
      body: { digest: sampleChange().digest },
    });
    await vi.waitFor(() =>
      expect(told.at(-1)).toMatchObject({
        type: 'part',
        part: { card: { tone: 'good', standing: 'The finding is gone.' } },
      }),
    );
    const stood = told.flatMap((one) =>
      one.type === 'part' && one.part.kind === 'card' && one.part.card.at >= 0
        ? [one.part.card.steps[one.part.card.at]]
        : [],
    );
    expect(stood).toEqual(['approved', 'executing', 'succeeded']);
  });

  it('where the cluster changed meanwhile shows that, and does nothing before it is pressed again', async () => {
    const other = { ...samplePlan, diff: [{ ...samplePlan.diff[0], after: 'shop/web:1.4.1' }] as never };
    const { ask, say, window, told } = await scene(
      { contexts: [localContext] },
      { propose: sampleChange({ plan: other }) },
    );
    const turn = await ask('/fix');
    await say({ type: 'press', turn: turn.id, part: 'fix-1', button: 'apply' });
    expect(window.agent.calls.map(([name]) => name)).not.toContain('approve');
    expect(told.at(-1)).toMatchObject({
      part: {
        card: {
          standing: expect.stringContaining('The cluster has changed meanwhile') as string,
          difference: [{ after: 'shop/web:1.4.1' }],
        },
      },
    });
    await say({ type: 'press', turn: turn.id, part: 'fix-1', button: 'apply' });
    expect(window.agent.calls.map(([name]) => name)).toContain('approve');
  });

  it('of a policy that asks others asks for approval, and waits', async () => {
    const { ask, say, window, told } = await scene(
      { contexts: [localContext] },
      { explainDecision: { plan: samplePlan, decision: decisionOf('two'), rules: [] }, watchChange: [] },
    );
    const turn = await ask('/fix');
    expect(part(turn, 'card').card.buttons[0]).toMatchObject({ button: 'ask', text: 'Ask for Approval' });
    await say({ type: 'press', turn: turn.id, part: 'fix-1', button: 'ask' });
    expect(window.agent.calls.map(([name]) => name)).not.toContain('approve');
    expect(told.findLast((one) => one.type === 'part')).toMatchObject({
      part: { card: { tone: 'waiting', standing: 'Waits for one yes.' } },
    });
  });

  it('has no button for what the policy forbids, and refuses one that a page makes up', async () => {
    const { ask, say, window, told } = await scene(
      { contexts: [localContext] },
      { explainDecision: { plan: samplePlan, decision: decisionOf('forbidden'), rules: [] } },
    );
    const turn = await ask('/fix');
    expect(part(turn, 'card').card.buttons.map(({ button }) => button)).toEqual(['difference']);
    await say({ type: 'press', turn: turn.id, part: 'fix-1', button: 'apply' });
    expect(window.agent.calls.map(([name]) => name)).not.toContain('propose');
    expect(told.at(-1)).toMatchObject({
      part: { card: { standing: expect.stringContaining('That cannot be done now.') as string } },
    });
  });

  it('of a cluster that is read-only asks to open it first', async () => {
    const { ask, say, window, ran } = await scene({ contexts: [remoteContext] });
    const turn = await ask('/fix');
    expect(part(turn, 'card').card.buttons.map(({ button }) => button)).toEqual(['unlock', 'difference']);
    await say({ type: 'press', turn: turn.id, part: 'fix-1', button: 'apply' });
    expect(window.agent.calls.map(([name]) => name)).not.toContain('propose');
    await say({ type: 'press', turn: turn.id, part: 'fix-1', button: 'unlock' });
    expect(ran).toEqual([['autodevops.cluster.unlock']]);
  });

  it('opens the same as a change in Git, by a card of its own', async () => {
    const scaled = {
      cause: imageCause,
      proposals: [{ ...request, action: 'scale', params: { replicas: 3 } }],
      open: [],
      manual: [],
    };
    const { ask, say, window, welcome } = await scene(
      { contexts: [localContext], files: { '/home/ann/shop/.git/HEAD': 'ref' }, replies: [{ enter: 'shop' }] },
      { fixes: { diagnosis: problemDiagnosis, fixes: [scaled] } },
    );
    const turn = await ask('/fix');
    await say({ type: 'press', turn: turn.id, part: 'fix-1', button: 'git' });
    expect(window.agent.calls.map(([name]) => name)).not.toContain('propose');
    const [shown] = (await welcome()).turns;
    if (shown === undefined) throw new Error('there is no turn');
    expect(part(shown, 'card', 'fix-1-git').card.buttons.map(({ text: says }) => says)).toEqual([
      'Open as Git Change',
      'Show Difference',
    ]);
    await say({ type: 'press', turn: turn.id, part: 'fix-1-git', button: 'git' });
    expect(window.agent.calls.find(([name]) => name === 'propose')?.[1]).toMatchObject({
      body: {
        requests: [
          {
            action: 'open-git-change',
            params: {
              repository: 'shop',
              files: [{ path: 'deploy/web.yaml', content: manifest.text.replace('replicas: 1', 'replicas: 3') }],
            },
          },
        ],
      },
    });
  });

  it('shows the difference in the editor', async () => {
    const { ask, say, window } = await scene();
    const turn = await ask('/fix');
    await say({ type: 'press', turn: turn.id, part: 'fix-1', button: 'difference' });
    expect(window.compared).toMatchObject([{ title: 'Deployment shop/web: live and proposed' }]);
  });
});
