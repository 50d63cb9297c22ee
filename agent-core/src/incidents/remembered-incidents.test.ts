import { expect, it } from 'vitest';
import type { IncidentEvent } from '@autodevops/domain/incident/incident-event';
import type { Journal } from '@autodevops/domain/ports/store';
import { changeIncident, readIncident } from './incident-journal.ts';
import { begin, firingAlert, jamie } from './testing/incident-events.ts';
import { group, incidentScene } from './testing/incident-scene.ts';

/** The same journal, which notes how many events each reading gave. */
function counted(journal: Journal<IncidentEvent>): {
  readonly journal: Journal<IncidentEvent>;
  readonly given: number[];
} {
  const given: number[] = [];
  const read: Journal<IncidentEvent>['read'] = async (id, after) => {
    const events = await journal.read(id, after);
    given.push(events.length);
    return events;
  };
  return { journal: { ...journal, read }, given };
}

it('of a journal that was read no more is read than what was added, whoever added it', async () => {
  const { store, tell } = incidentScene();
  const id = await tell(group('g'));
  const { journal, given } = counted(store.incidents);
  await readIncident(journal, id);
  for (let number = 0; number < 3; number += 1) await tell(group('g', [firingAlert(`f-${number}`)]));
  expect(await readIncident(journal, id)).toEqual(await readIncident({ ...store.incidents }, id));
  await readIncident(journal, id);
  expect(given).toEqual([1, 3, 0]);
});

it('what was written here is not read again', async () => {
  const { store, tell } = incidentScene();
  const id = await tell(group('g'));
  const { journal, given } = counted(store.incidents);
  await changeIncident(journal, id, () => [{ type: 'said', time: begin, actor: jamie, text: 'one' }], 'call-1');
  await changeIncident(journal, id, () => [{ type: 'said', time: begin, actor: jamie, text: 'again' }], 'call-1');
  expect((await readIncident(journal, id)).sequence).toBe(2);
  expect(given).toEqual([1, 0, 0]);
});

it('a call that another process has written is known as well', async () => {
  const { store, tell } = incidentScene();
  const id = await tell(group('g'));
  const [here, there] = [{ ...store.incidents }, { ...store.incidents }];
  await readIncident(there, id);
  const say = async (journal: Journal<IncidentEvent>): Promise<number> =>
    (await changeIncident(journal, id, () => [{ type: 'said', time: begin, actor: jamie, text: 'one' }], 'call-1'))
      .sequence;
  expect([await say(here), await say(there)]).toEqual([2, 2]);
});
