import { describe, expect, it } from 'vitest';
import { ChangeState } from '@autodevops/domain/change/change';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { changeLine } from '../testing/sample-change.ts';
import { changeNodes, lastUndoable, waitingLines } from './change-nodes.ts';
import type { ChangesState } from './changes-feed.ts';

const off = { on: false, by: '', why: '', since: '' };

function known(states: readonly ChangeState[], killSwitch = off): Extract<ChangesState, { kind: 'known' }> {
  return {
    kind: 'known',
    lines: states.map((state) => changeLine(state)),
    killSwitch,
    mode: 'local',
    autonomy: 'suggest',
  };
}

describe('changes in the tree', () => {
  it('stand under what waits, what is under way and what is over', () => {
    const nodes = changeNodes(known(ChangeState.options));
    expect(nodes.map(({ label, children }) => [label, children?.().length])).toEqual([
      ['Waiting for a yes', 2],
      ['Under way', 4],
      ['History', 9],
    ]);
    expect(nodes.map(({ expanded }) => expanded)).toEqual([true, true, false]);
  });

  it('say what would be done and how many have to agree', () => {
    const [group] = changeNodes({ ...known([]), lines: [changeLine('waiting', { tier: 'two' })] });
    expect(group?.children?.()[0]).toMatchObject({
      label: 'Return Deployment shop/web to revision 6.',
      description: 'needs two yeses · It is waiting.',
      kinds: ['change', 'waitingChange'],
      subject: { type: 'change', id: 'chg-waiting00' },
    });
  });

  it('begin with the kill switch where it is on', () => {
    expect(changeNodes(known([], { on: true, by: 'Ben', why: 'it burns', since: '' }))[0]).toMatchObject({
      label: 'The kill switch is on: nothing is changed',
      description: 'Ben: it burns',
      opens: 'autodevops.killSwitch',
    });
  });

  it('are still shown where they are not current', () => {
    const error = new AutoDevOpsError('agent.unreachable', 'No agent.', 'Wait.');
    const nodes = changeNodes({ ...known(['waiting']), stale: error });
    expect(nodes.map(({ label }) => label)).toEqual(['Waiting for a yes']);
  });

  it('are none where they are not known', () => {
    const error = new AutoDevOpsError('agent.unreachable', 'No agent.', 'Wait.');
    expect(changeNodes({ kind: 'unasked' })).toEqual([]);
    expect(changeNodes({ kind: 'failed', error })).toEqual([]);
  });
});

it('what waits is counted, and nothing else', () => {
  expect(waitingLines(known(ChangeState.options)).map(({ state }) => state)).toEqual(['proposed', 'waiting']);
  expect(waitingLines({ kind: 'unasked' })).toEqual([]);
});

it('the last change that can be taken back is the newest that succeeded or is under way', () => {
  const lines = [
    changeLine('succeeded', { id: 'chg-old000', updatedAt: '2026-01-07T10:00:00Z' }),
    changeLine('succeeded', { id: 'chg-new000', updatedAt: '2026-01-07T11:00:00Z' }),
    changeLine('undone', { updatedAt: '2026-01-07T12:00:00Z' }),
  ];
  expect(lastUndoable(lines)?.id).toBe('chg-new000');
  expect(lastUndoable([changeLine('rejected')])).toBeUndefined();
});
