import { expect, it } from 'vitest';
import { incidentAfter } from './incident-journal.ts';
import { IncidentBoard } from './incident-board.ts';
import { begin, jamie, openedByAlert } from './testing/incident-events.ts';

const said = (text: string) => ({ type: 'said' as const, time: begin, actor: jamie, text });

it('shows what was decided, what was opened last first, and gives it to be written behind what was known', () => {
  const known = incidentAfter('inc-known', undefined, openedByAlert());
  const board = new IncidentBoard([known]);
  board.decide('inc-new', [openedByAlert({ idempotencyKey: 'n' })]);
  board.decide('inc-newer', [openedByAlert({ idempotencyKey: 'm' })]);
  board.decide('inc-known', [said('one')]);
  board.decide('inc-known', [said('two')]);
  expect(board.all().map(({ id, sequence }) => [id, sequence])).toEqual([
    ['inc-newer', 1],
    ['inc-new', 1],
    ['inc-known', 3],
  ]);
  expect(board.decided().map(({ id, before, events }) => [id, before, events.length])).toEqual([
    ['inc-new', undefined, 1],
    ['inc-newer', undefined, 1],
    ['inc-known', known, 2],
  ]);
});

it('decides nothing where one of the events cannot be', () => {
  const board = new IncidentBoard([incidentAfter('inc-known', undefined, openedByAlert())]);
  expect(() => board.decide('inc-known', [said('one'), openedByAlert()])).toThrow('is opened already');
  expect(board.decided()).toEqual([]);
  expect(board.at('inc-known').sequence).toBe(1);
});
