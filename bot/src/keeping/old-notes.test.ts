import { createMemoryBotStore } from '@autodevops/testkit/memory-bot-store';
import { expect, it } from 'vitest';
import { forgetOldNotes } from './old-notes.ts';

it('what is of use for a while is forgotten after its time, and nothing else is', async () => {
  const { notes } = createMemoryBotStore();
  const [old, young] = [{ at: '2027-01-01T00:00:00.000Z' }, { at: '2027-02-01T00:00:00.000Z' }];
  for (const kind of ['talk', 'answer', 'upload', 'fix', 'seen', 'stop']) {
    await notes.swap('acme', `${kind}/old`, undefined, old);
    await notes.swap('acme', `${kind}/young`, undefined, young);
  }
  await notes.swap('acme', 'thread/inc-aaaaaaaaaaaa', undefined, old);
  await notes.swap('other', 'talk/old', undefined, old);
  await forgetOldNotes(notes, 'acme', '2027-01-15T00:00:00.000Z');
  expect((await notes.list('acme', '')).map(({ name }) => name)).toEqual([
    'answer/young',
    'fix/young',
    'seen/young',
    'stop/young',
    'talk/young',
    'thread/inc-aaaaaaaaaaaa',
    'upload/young',
  ]);
  expect(await notes.list('other', '')).toHaveLength(1);
});
