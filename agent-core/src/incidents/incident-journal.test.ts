import { expect, it } from 'vitest';
import { changeIncident, readIncident } from './incident-journal.ts';
import { jamie } from './testing/incident-events.ts';
import { group, incidentScene } from './testing/incident-scene.ts';

const said = (text: string) => () => [{ type: 'said' as const, time: '2027-01-15T08:00:00.000Z', actor: jamie, text }];

it("what the same call says again is not written again, and another call's is", async () => {
  const {
    store: { incidents },
    tell,
  } = incidentScene();
  const id = await tell(group('web'));
  const once = await changeIncident(incidents, id, said('It is the tag.'), 'call-1');
  expect(await changeIncident(incidents, id, said('It is the tag.'), 'call-1')).toEqual(once);
  await changeIncident(incidents, id, said('It is the tag.'), 'call-2');
  const { timeline } = await readIncident(incidents, id);
  expect(timeline.filter(({ type }) => type === 'said')).toHaveLength(2);
});

it('what nobody asked for is written each time', async () => {
  const {
    store: { incidents },
    tell,
  } = incidentScene();
  const id = await tell(group('web'));
  for (let nth = 0; nth < 2; nth += 1) await changeIncident(incidents, id, said('It lasts.'));
  expect((await readIncident(incidents, id)).timeline.filter(({ type }) => type === 'said')).toHaveLength(2);
});
