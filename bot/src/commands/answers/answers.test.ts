import { describe, expect, it } from 'vitest';
import type { Handler } from '../../handling/handler.ts';
import { seenCauseValue } from '../../rendering/diagnosis/seen-cause.ts';
import { actionsOf, lettersOf } from '../../rendering/testing/harmless.ts';
import type { SlackMessage } from '../../slack/slack-api.ts';
import { causeSample, diagnosisSample, webObject } from '../../testing/diagnosis-samples.ts';
import { fakeAgent } from '../../testing/fake-agent.ts';
import type { FakeAgent } from '../../testing/fake-agent.ts';
import { scene } from '../../testing/surroundings.ts';
import { changeSample } from '../../threads/testing/incident-samples.ts';
import { commandHandlers } from '../registry.ts';
import { say } from '../testing/command-scene.ts';
import { proposeFix } from './propose-fix.ts';
import { showCause } from './show-cause.ts';

const evidence = ['one', 'two'].map((quote) => ({ source: 'event' as const, object: webObject, quote, time: '' }));
const fixable = causeSample({
  evidence,
  changes: [{ action: 'rollout-undo', target: webObject, params: {}, risk: 'low' }],
});
const other = causeSample({
  rank: 2,
  code: 'other.code',
  title: 'Other',
  changes: [{ action: 'manual', target: webObject, params: {}, risk: 'low' }],
});

async function click(handler: Handler, value: string, agent: FakeAgent): Promise<SlackMessage> {
  const { surroundings, slack } = scene({ agent });
  await handler.handle(
    handler.payload.parse({
      response_url: 'https://hooks.slack.com/actions/1',
      container: { type: 'message', is_ephemeral: true },
      actions: [{ value }],
    }),
    surroundings,
  );
  return slack.callsOf('respond')[0]?.[1] as SlackMessage;
}

function agentOf(tier: 'two' | 'auto' = 'two'): FakeAgent {
  const { plan, decision } = changeSample();
  return fakeAgent({
    diagnose: async () => diagnosisSample({ causes: [other, fixable] }),
    fixes: async () => ({
      diagnosis: diagnosisSample(),
      fixes: [other, fixable].map((cause) => ({
        cause,
        proposals: cause === fixable ? [{ action: 'rollout-undo', target: webObject, params: {} }] : [],
        open: [],
        manual: [],
      })),
    }),
    explainDecision: async () => ({ plan, decision: { ...(decision ?? expect.fail()), tier }, rules: [] }),
    propose: async () => changeSample(),
    cluster: async () => ({ name: 'kind', mode: 'local' }),
  });
}

it('a cause has the buttons that lead somewhere, and they say nothing of it', async () => {
  const {
    answers: [answer],
  } = await say('/jamie diagnose', commandHandlers, { agent: agentOf() });
  expect(actionsOf(answer ?? expect.fail())).toEqual(['propose-fix', 'show-cause', 'share-answer']);
  const values = [...JSON.stringify(answer).matchAll(/"value":"([^"]*)"/g)].map(([, value]) => value);
  expect(values.filter((value) => value?.startsWith('shr-') !== true)).toEqual([
    seenCauseValue(fixable),
    seenCauseValue(fixable),
  ]);
  expect(seenCauseValue(fixable)).toMatch(/^cau-[0-9a-f]{32}$/);
});

describe('a click', () => {
  it('proposes what would help that cause now', async () => {
    const agent = agentOf();
    expect(actionsOf(await click(proposeFix, seenCauseValue(fixable), agent))).toContain('approve-change');
    expect(agent.callsOf('propose')).toMatchObject([
      { body: { requests: [{ action: 'rollout-undo' }], finding: { code: fixable.code } } },
    ]);
  });

  it('does nothing that nobody would have to agree to: it says how to have it done', async () => {
    const agent = agentOf('auto');
    expect(lettersOf(await click(proposeFix, seenCauseValue(fixable), agent))).toContain(
      '/scarlet propose deployment/web -n shop --yes',
    );
    expect(agent.callsOf('propose')).toEqual([]);
  });

  it('shows all that shows the cause', async () => {
    expect(lettersOf(await click(showCause, seenCauseValue(fixable), agentOf()))).toMatch(/one[\s\S]*two/);
  });

  it('on a cause that is gone, or a value that is none of ours, says so', async () => {
    await expect(click(showCause, seenCauseValue(causeSample({ code: 'gone.code' })), agentOf())).rejects.toMatchObject(
      { code: 'change.stale' },
    );
    await expect(click(proposeFix, 'cau-../..', agentOf())).rejects.toMatchObject({ code: 'change.refused' });
  });
});
