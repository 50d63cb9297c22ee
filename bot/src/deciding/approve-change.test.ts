import { describe, expect, it } from 'vitest';
import type { Change } from '@autodevops/domain/change/change';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { BotStore } from '@autodevops/domain/ports/bot-store';
import { approvalValue } from '../rendering/action-ids.ts';
import { fakeAgent } from '../testing/fake-agent.ts';
import { changeSample, scarlet } from '../threads/testing/incident-samples.ts';
import { approveChange } from './approve-change.ts';
import { agentWith, click, memoryStore, stands, wantedText, work } from './testing/clicks.ts';
import type { Clicked } from './testing/clicks.ts';

const change = changeSample();
const card = `acme/change/${change.id}/card`;
const value = approvalValue(change);
const agreed: Change = {
  ...change,
  approvals: [{ actor: scarlet, digest: change.digest, time: change.updatedAt }],
  sequence: 3,
};

async function cardStands(): Promise<BotStore> {
  const store = memoryStore();
  await stands(store, { key: card, ts: '1.1' });
  return store;
}

function asked({ agent }: Clicked): readonly unknown[] {
  return agent.callsOf('approve');
}

describe('a click on Approve', () => {
  it('is a yes of who clicked to exactly what was shown, and the card says so', async () => {
    const store = await cardStands();
    let present = change;
    const agent = agentWith(change, { change: async () => present, approve: async () => (present = agreed) });
    const done = await work(approveChange, click(value), { store, agent });
    expect(done.error).toBeUndefined();
    expect(asked(done)).toEqual([{ params: { id: change.id }, body: { digest: change.digest } }]);
    expect(await wantedText(store, card)).toContain('Ann');
  });

  it('in a message that is not the card of this change asks the agent nothing', async () => {
    const store = await cardStands();
    await stands(store, { key: 'acme/change/chg-other00000/card', ts: '1.2' });
    await stands(store, { key: 'other/change/chg-bbbbbbbbbbbb/card', customer: 'other', ts: '1.3' });
    for (const where of [{ ts: '1.2' }, { ts: '1.3' }, { ts: '9.9' }, { channel: 'C2' }]) {
      const refused = await work(approveChange, click(value, where), { store, agent: fakeAgent({}) });
      expect(refused.error?.code).toBe('change.refused');
      expect(refused.agent.calls).toEqual([]);
    }
  });

  it('of another app, or with a value that no button of this version has, asks the agent nothing', async () => {
    const store = await cardStands();
    for (const [payload, event] of [
      [click(value), { app: 'A2' }],
      [click(value), { team: 'T2' }],
      [click(change.id), {}],
      [click(`${change.id} short`), {}],
      [click('../x dddddddddddddddddddd'), {}],
    ] as const) {
      const refused = await work(approveChange, payload, { store, agent: fakeAgent({}), event });
      expect([refused.error?.code, refused.agent.calls.length]).toEqual(['change.refused', 0]);
    }
  });

  it('on a card that shows something else than what stands now changes the card and says so', async () => {
    const store = await cardStands();
    const moved = changeSample({ digest: 'e'.repeat(64), sequence: 5 });
    const refused = await work(approveChange, click(value), { store, agent: agentWith(moved) });
    expect(refused.error?.code).toBe('change.stale');
    expect(asked(refused)).toEqual([]);
    expect(await wantedText(store, card)).toContain('e'.repeat(64));
  });

  it('on a change that waits for nobody any more says how it stands', async () => {
    const store = await cardStands();
    const refused = await work(approveChange, click(value), {
      store,
      agent: agentWith(changeSample({ state: 'rejected', says: 'Bob said no.', sequence: 5 })),
    });
    expect(refused.error?.message).toContain('waits for nobody');
    expect(asked(refused)).toEqual([]);
    expect(await wantedText(store, card)).toContain('Bob said no.');
  });

  it('a second time, or again after a crash, is no second yes', async () => {
    const store = await cardStands();
    const done = await work(approveChange, click(value), { store, agent: agentWith(agreed) });
    expect([done.error, asked(done)]).toEqual([undefined, []]);
  });

  it('that the agent refuses is told as the agent says it, and the card is left', async () => {
    const store = await cardStands();
    const before = await wantedText(store, card);
    const agent = agentWith(change, {
      approve: async () => {
        throw new AutoDevOpsError('change.not-allowed', 'Ann asked for it and cannot be one of the two who agree.', '');
      },
    });
    const refused = await work(approveChange, click(value), { store, agent });
    expect(refused.error?.message).toContain('cannot be one of the two');
    expect(await wantedText(store, card)).toBe(before);
  });

  it('in an answer that only who asked can see is a yes too, and that answer says so', async () => {
    let present = change;
    const agent = agentWith(change, { change: async () => present, approve: async () => (present = agreed) });
    const done = await work(approveChange, click(value, { isEphemeral: true }), { store: memoryStore(), agent });
    expect(asked(done)).toHaveLength(1);
    expect(done.slack.callsOf('respond')[0]?.[1]).toMatchObject({ replacesOriginal: true });
  });

  it('on a plan that was not shown whole is no yes', async () => {
    const [action] = change.plan.actions;
    const long =
      action === undefined ? [] : [{ ...action, sentences: { ...action.sentences, will: 'word '.repeat(1000) } }];
    const store = await cardStands();
    const refused = await work(approveChange, click(value), {
      store,
      agent: agentWith(changeSample({ plan: { ...change.plan, actions: long } })),
    });
    expect([refused.error?.code, asked(refused)]).toEqual(['change.refused', []]);
  });
});
