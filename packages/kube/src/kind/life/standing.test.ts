import { expect, it } from 'vitest';
import type { NodeContainer } from '../engine/node-containers.ts';
import { standingOf } from './standing.ts';

const mark = '0123456789abcdef';
const state = { mark, phase: 'finished' as const, nodes: 2 };

function node(rest: Partial<NodeContainer> = {}): NodeContainer {
  return {
    id: 'a'.repeat(64),
    name: 'dev-worker',
    role: 'worker',
    running: true,
    paused: false,
    mark,
    created: '',
    ...rest,
  };
}

const stopped = node({ running: false });
const cases: readonly (readonly [string, readonly NodeContainer[], Parameters<typeof standingOf>[1], string])[] = [
  ['nothing is there and nothing is known', [], undefined, 'absent'],
  ['it was made and nothing is left of it', [], state, 'absent'],
  ['kind came to its end and nothing is left of it', [], { ...state, phase: 'made' }, 'absent'],
  ['its making has begun and nothing is there yet', [], { ...state, phase: 'making' }, 'half-made'],
  ['nodes carry a mark and nothing is known', [node(), node()], undefined, 'foreign'],
  ['nodes carry no mark', [node({ mark: '' }), node({ mark: '' })], state, 'foreign'],
  ['one node carries another mark', [node(), node({ mark: 'f'.repeat(16) })], state, 'foreign'],
  ['kind did not come to its end', [node(), node()], { ...state, phase: 'making' }, 'half-made'],
  ['a node is gone', [node()], state, 'half-made'],
  ['all run', [node(), node()], state, 'running'],
  ['none runs', [stopped, stopped], state, 'stopped'],
  ['one runs', [node(), stopped], state, 'partly-running'],
  ['one is paused', [node(), node({ paused: true })], state, 'partly-running'],
];

it.each(cases)('when %s', (_when, containers, known, phase) => {
  expect(standingOf(containers, known)).toBe(phase);
});
