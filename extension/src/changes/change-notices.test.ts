import { describe, expect, it } from 'vitest';
import type { AgentClient } from '@autodevops/agentd/client';
import type { Change } from '@autodevops/domain/change/change';
import { fakeWindow } from '../testing/fake-window.ts';
import { changeLine, sampleChange } from '../testing/sample-change.ts';
import { stubAgent } from '../testing/stub-agent.ts';
import { noticeChanges } from './change-notices.ts';
import type { ChangesState } from './changes-feed.ts';

function waiting(...ids: readonly string[]): ChangesState {
  return { kind: 'known', lines: ids.map((id) => changeLine('waiting', { id })), killSwitch: { on: false, by: '', why: '', since: '' }, mode: 'local', autonomy: 'suggest' };
}

/** An agent that answers a proposal when the test says so. */
function slowAgent(): { readonly client: AgentClient; readonly answer: (change: Change) => void } {
  const { promise, resolve } = Promise.withResolvers<Change>();
  return { client: { ...stubAgent({}).client, propose: async () => await promise }, answer: resolve };
}

async function settled(): Promise<void> {
  await new Promise((resolve) => { setImmediate(resolve); });
  await new Promise((resolve) => { setImmediate(resolve); });
}

describe('a person', () => {
  it('is told of each change that waits, once', async () => {
    const { parts, person } = await fakeWindow();
    noticeChanges(parts, () => undefined);
    parts.changes.state.set(waiting('chg-one000'));
    parts.changes.state.set(waiting('chg-one000'));
    parts.changes.state.set(waiting('chg-one000', 'chg-two000'));
    await settled();
    expect(person.heard).toEqual(['information: A change waits for a yes: Return Deployment shop/web to revision 6.', 'information: A change waits for a yes: Return Deployment shop/web to revision 6.']);
  });

  it('is told of several at once in one message', async () => {
    const { parts, person } = await fakeWindow();
    noticeChanges(parts, () => undefined);
    parts.changes.state.set(waiting('chg-one000', 'chg-two000'));
    await settled();
    expect(person.heard).toEqual(['information: 2 changes wait for a yes.']);
  });

  it('is shown the change where that is wanted', async () => {
    const { parts } = await fakeWindow({ replies: [{ press: 'Show' }] });
    const opened: string[] = [];
    noticeChanges(parts, (id) => void opened.push(id));
    parts.changes.state.set(waiting('chg-one000'));
    await settled();
    expect(opened).toEqual(['chg-one000']);
  });

  it('is told when somebody turns the kill switch on, and not that it was on before', async () => {
    const { parts, person } = await fakeWindow();
    noticeChanges(parts, () => undefined);
    const on = { kind: 'known' as const, lines: [], killSwitch: { on: true, by: 'Ben', why: 'it burns', since: '' }, mode: 'local' as const, autonomy: undefined };
    parts.changes.state.set(on);
    parts.changes.state.set({ ...on, killSwitch: { ...on.killSwitch, on: false } });
    parts.changes.state.set({ ...on });
    await settled();
    expect(person.heard).toEqual(['warning: Ben turned the kill switch on, and nothing is changed any more: it burns']);
  });

  it('is not told of what was proposed in this window, though the event is quicker than the answer', async () => {
    const { client, answer } = slowAgent();
    const { parts, person } = await fakeWindow();
    noticeChanges(parts, () => undefined);
    const proposed = parts.ownChanges.noting(client).propose({ body: { requests: [], reason: 'it helps' } }, { signal: AbortSignal.timeout(10_000) });
    parts.changes.state.set(waiting('chg-mine00', 'chg-theirs'));
    await settled();
    expect(person.heard).toEqual([]);
    answer(sampleChange({ id: 'chg-mine00' }));
    await proposed;
    await settled();
    expect(person.heard).toEqual(['information: A change waits for a yes: Return Deployment shop/web to revision 6.']);
  });

  it('is left in peace where that was set, or after it ended', async () => {
    const quiet = await fakeWindow({ settings: { notifications: 'none' } });
    noticeChanges(quiet.parts, () => undefined);
    quiet.parts.changes.state.set(waiting('chg-one000'));
    const ended = await fakeWindow();
    noticeChanges(ended.parts, () => undefined)();
    ended.parts.changes.state.set(waiting('chg-one000'));
    await settled();
    expect([...quiet.person.heard, ...ended.person.heard]).toEqual([]);
  });
});
