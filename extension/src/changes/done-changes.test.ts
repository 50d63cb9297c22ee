import { describe, expect, it } from 'vitest';
import { fakeWindow } from '../testing/fake-window.ts';
import { changeLine, sampleChange } from '../testing/sample-change.ts';

const signal = AbortSignal.timeout(30_000);
const calm = { on: false, by: '', why: '', since: '' };
const lines = [changeLine('succeeded', { id: 'chg-one' }), changeLine('undone', { id: 'chg-two' })];

async function scene() {
  const window = await fakeWindow({
    agent: {
      changes: { changes: lines },
      change: ({ params }) => sampleChange({ id: String(params?.['id']), state: 'succeeded' }),
    },
  });
  const list = (...some: typeof lines): void =>
    window.parts.changes.state.set({
      kind: 'known',
      lines: some,
      killSwitch: calm,
      mode: 'local',
      autonomy: undefined,
    });
  return { done: window.parts.doneChanges, calls: () => window.agent.calls.map(([name]) => name), list };
}

describe('changes that were done', () => {
  it('are those that succeeded and were not undone, each read once', async () => {
    const { done, calls, list } = await scene();
    list(...lines);
    expect(done.known).toEqual([]);
    await done.load(signal);
    await done.load(signal);
    expect(done.known.map(({ id }) => id)).toEqual(['chg-one']);
    expect(calls()).toEqual(['change']);
  });

  it('are asked for where nobody follows the list, if it is needed', async () => {
    const { done, calls } = await scene();
    expect([await done.loadListed(signal), calls()]).toEqual([[], []]);
    expect((await done.load(signal)).map(({ id }) => id)).toEqual(['chg-one']);
    expect(calls()).toEqual(['changes', 'change']);
  });

  it('of a cluster that was left are none of the next', async () => {
    const { done, list } = await scene();
    list(...lines);
    await done.load(signal);
    list(changeLine('succeeded', { id: 'chg-other' }));
    expect(done.known).toEqual([]);
    await done.load(signal);
    expect(done.known.map(({ id }) => id)).toEqual(['chg-other']);
  });

  it('are those known where the agent does not answer, for whoever only warns', async () => {
    const { parts } = await fakeWindow({});
    parts.changes.state.set({ kind: 'known', lines, killSwitch: calm, mode: 'local', autonomy: undefined });
    expect(await parts.doneChanges.loadListed(signal)).toEqual([]);
    await expect(parts.doneChanges.load(signal)).rejects.toThrow('nobody expected');
  });
});
