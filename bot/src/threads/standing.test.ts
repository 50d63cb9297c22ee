import { expect, it } from 'vitest';
import { fakeAgent } from '../testing/fake-agent.ts';
import { standing } from './standing.ts';
import { after, incidentSample } from './testing/incident-samples.ts';
import { threadsScene } from './testing/threads-scene.ts';
import type { ThreadsScene } from './testing/threads-scene.ts';
import { newThread } from './thread-note.ts';

const { signal } = new AbortController();
const place = { app: 'A1', team: 'T1', channel: 'C1' };

/** `number` incidents, one a minute, the newest first; the odd ones are over. */
function scene(number: number): ThreadsScene {
  const all = Array.from({ length: number }, (_, index) => ({
    ...incidentSample({
      id: `inc-${String(index).padStart(6, '0')}`,
      openedAt: after(index),
      updatedAt: after(index),
      state: index % 2 === 0 ? 'open' : 'resolved',
    }),
    firing: 0,
  })).toReversed();
  const agent = fakeAgent({
    incidents: async ({ query }) => {
      const from = query?.before === undefined ? 0 : all.findIndex(({ id }) => id === query.before) + 1;
      return {
        incidents: all
          .slice(from)
          .filter(({ state }) => query?.ongoing !== 'true' || state === 'open')
          .slice(0, Number(query?.limit)),
      };
    },
    changes: async () => ({
      changes: [
        {
          id: 'chg-open000',
          state: 'waiting',
          says: '',
          createdAt: after(1),
          updatedAt: after(2),
          will: [],
          tier: 'two',
          askedBy: 'Ann',
          yours: false,
          awaitsYou: true,
        },
      ],
    }),
  });
  return threadsScene({ agent: agent.client });
}

async function subjects({ desk }: ThreadsScene, since: string): Promise<readonly string[]> {
  return (await standing(since, desk, signal)).map(({ subject }) => subject).toSorted();
}

it('what goes on stands, and what was opened since, even if it is over', async () => {
  expect(await subjects(scene(4), after(3))).toEqual(['chg-open000', 'inc-000000', 'inc-000002', 'inc-000003']);
});

it('what was opened since is found on however many pages', async () => {
  expect(await subjects(scene(130), after(0))).toHaveLength(131);
});

it('what stands in Slack as if it went on is looked at, though the agent lists it no more', async () => {
  const made = scene(0);
  await made.store.notes.swap('acme', 'thread/inc-lost00', undefined, newThread(place));
  await made.store.notes.swap('acme', 'thread/inc-over00', undefined, {
    ...newThread(place),
    isOver: true,
    updatedAt: after(0),
  });
  await made.store.notes.swap('acme', 'change/chg-lost00', undefined, {
    incident: '',
    isOver: false,
    updatedAt: after(0),
  });
  expect(await subjects(made, after(0))).toEqual(['chg-lost00', 'chg-open000', 'inc-lost00']);
});

it('what has been over for a month is forgotten', async () => {
  const made = scene(0);
  await made.store.notes.swap('acme', 'thread/inc-over00', undefined, {
    ...newThread(place),
    isOver: true,
    updatedAt: after(0),
  });
  made.pass(31 * 24 * 60);
  await subjects(made, after(0));
  expect(await made.store.notes.list('acme', 'thread/')).toEqual([]);
});
