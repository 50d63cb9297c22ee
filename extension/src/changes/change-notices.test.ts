import { describe, expect, it } from 'vitest';
import { fakeWindow } from '../testing/fake-window.ts';
import { changeLine } from '../testing/sample-change.ts';
import { noticeChanges } from './change-notices.ts';
import type { ChangeLine, ChangesState } from './changes-feed.ts';

function known(...lines: readonly ChangeLine[]): ChangesState {
  return {
    kind: 'known',
    lines,
    killSwitch: { on: false, by: '', why: '', since: '' },
    mode: 'local',
    autonomy: 'suggest',
  };
}

function waiting(...ids: readonly string[]): ChangesState {
  return known(...ids.map((id) => changeLine('waiting', { id })));
}

async function settled(): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}

describe('a person', () => {
  it('is told of each change that waits, once', async () => {
    const { parts, person } = await fakeWindow();
    noticeChanges(parts, () => undefined);
    parts.changes.state.set(waiting('chg-one000'));
    parts.changes.state.set(waiting('chg-one000'));
    parts.changes.state.set(waiting('chg-one000', 'chg-two000'));
    await settled();
    expect(person.heard).toEqual([
      'information: Ann asks for your yes: Return Deployment shop/web to revision 6.',
      'information: Ann asks for your yes: Return Deployment shop/web to revision 6.',
    ]);
  });

  it('is told of several at once in one message', async () => {
    const { parts, person } = await fakeWindow();
    noticeChanges(parts, () => undefined);
    parts.changes.state.set(waiting('chg-one000', 'chg-two000'));
    await settled();
    expect(person.heard).toEqual(['information: 2 changes wait for your yes.']);
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
    const on = {
      kind: 'known' as const,
      lines: [],
      killSwitch: { on: true, by: 'Ben', why: 'it burns', since: '' },
      mode: 'local' as const,
      autonomy: undefined,
    };
    parts.changes.state.set(on);
    parts.changes.state.set({ ...on, killSwitch: { ...on.killSwitch, on: false } });
    parts.changes.state.set({ ...on });
    await settled();
    expect(person.heard).toEqual(['warning: Ben turned the kill switch on, and nothing is changed any more: it burns']);
  });

  it('is not told that they turned it on themselves', async () => {
    const { parts, person } = await fakeWindow();
    noticeChanges(parts, () => undefined);
    parts.changes.state.set(known());
    parts.changes.state.set({
      ...known(),
      killSwitch: { on: true, by: 'Ann', why: 'it burns', since: '', yours: true },
    } as ChangesState);
    await settled();
    expect(person.heard).toEqual([]);
  });

  it('is not told of what they asked for, in whichever window, nor of what waits for others', async () => {
    const { parts, person } = await fakeWindow();
    noticeChanges(parts, () => undefined);
    parts.changes.state.set(
      known(
        changeLine('waiting', { id: 'chg-mine00', yours: true }),
        changeLine('waiting', { id: 'chg-others', awaitsYou: false }),
      ),
    );
    await settled();
    expect(person.heard).toEqual([]);
  });

  it('is told of a change once a yes of theirs is what it waits for', async () => {
    const { parts, person } = await fakeWindow();
    noticeChanges(parts, () => undefined);
    parts.changes.state.set(known(changeLine('waiting', { awaitsYou: false })));
    parts.changes.state.set(known(changeLine('waiting')));
    await settled();
    expect(person.heard).toEqual(['information: Ann asks for your yes: Return Deployment shop/web to revision 6.']);
  });

  it('hears of the next change though nobody has answered to the one before', async () => {
    const { parts } = await fakeWindow();
    const heard: string[] = [];
    const people = {
      ...parts.people,
      tell: async (_severity: string, text: string) => {
        heard.push(text);
        return await new Promise<undefined>(() => undefined);
      },
    };
    noticeChanges({ ...parts, people }, () => undefined);
    parts.changes.state.set(waiting('chg-one000'));
    await settled();
    parts.changes.state.set(waiting('chg-one000', 'chg-two000'));
    await settled();
    expect(heard).toHaveLength(2);
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
