import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Change } from '@autodevops/domain/change/change';
import { isOngoing } from '@autodevops/domain/incident/incident';
import type { Incident } from '@autodevops/domain/incident/incident';
import type { KeptMessage, Lane } from '@autodevops/domain/ports/bot-store';
import { createMemoryBotStore } from '@autodevops/testkit/memory-bot-store';
import type { MemoryBotStore } from '@autodevops/testkit/memory-bot-store';
import { fakeAgent } from '../../testing/fake-agent.ts';
import { slackChannel } from '../../testing/fake-slack.ts';
import type { FakeAgent } from '../../testing/fake-agent.ts';
import type { ThreadDesk } from '../thread-desk.ts';
import { ThreadShower } from '../thread-shower.ts';
import { openedAt } from './incident-samples.ts';

export interface ThreadsScene {
  readonly desk: ThreadDesk;
  readonly agent: FakeAgent;
  readonly store: MemoryBotStore;
  readonly incidents: Map<string, Incident>;
  readonly changes: Map<string, Change>;
  /** Another replica, or this one after a restart. */
  readonly shower: () => ThreadShower;
  readonly pass: (minutes: number) => void;
  /** Slack takes everything that is wanted; gives what was posted and changed, in order. */
  readonly deliver: () => Promise<readonly Delivered[]>;
}

export interface Delivered {
  readonly key: string;
  readonly isNew: boolean;
  readonly parent: string;
  readonly text: string;
}

const lanes: readonly Lane[] = ['interactive', 'stream', 'incident'];

async function deliverAll(store: MemoryBotStore, now: () => number): Promise<readonly Delivered[]> {
  const all: Delivered[] = [];
  const claim = async (): Promise<readonly KeptMessage[]> =>
    (
      await Promise.all(
        lanes.map(
          async (lane) =>
            await store.messages.claim({
              holder: 'test',
              milliseconds: 1000,
              limit: 1,
              lane,
              now: new Date(now()).toISOString(),
            }),
        ),
      )
    ).flat();
  for (let claimed = await claim(); claimed.length > 0; claimed = await claim()) {
    for (const { key, ts, sequence, digest, content, place } of claimed) {
      all.push({ key, isNew: ts === '', parent: place.parent ?? '', text: JSON.stringify(content) });
      await store.messages.delivered(key, 'test', {
        digest,
        ts: ts === '' ? `${1_800_000_000 + sequence}.000100` : ts,
      });
    }
  }
  return all;
}

/** One customer's threads over a store in memory, and an agent that holds what a test puts into it. */
export function threadsScene(given: Partial<ThreadDesk> = {}): ThreadsScene {
  let now = Date.parse(openedAt);
  const store = createMemoryBotStore({ now: () => now });
  const incidents = new Map<string, Incident>();
  const changes = new Map<string, Change>();
  const found = async <T>(
    map: ReadonlyMap<string, T>,
    id: string | undefined,
    code: 'incident.not-found' | 'change.not-found',
  ): Promise<T> => {
    const one = map.get(id ?? '');
    if (one === undefined) throw new AutoDevOpsError(code, `There is no ${id ?? ''}.`, '');
    return one;
  };
  const agent = fakeAgent({
    cluster: async () => ({ name: 'prod', mode: 'cloud' }),
    incidents: async () => ({
      incidents: [...incidents.values()].filter(isOngoing).map((one) => ({ ...one, firing: 0 })),
    }),
    incident: async ({ params }) => await found(incidents, params?.id, 'incident.not-found'),
    change: async ({ params }) => await found(changes, params?.id, 'change.not-found'),
  });
  const desk: ThreadDesk = {
    customer: 'acme',
    agent: agent.client,
    store,
    configured: async () => ({ app: 'A1', team: 'T1', channel: 'C1' }),
    look: async ({ channel }) => slackChannel({ id: channel }),
    clock: {
      now: () => now,
      wait: async (milliseconds) => {
        now += milliseconds;
      },
    },
    permalink: async ({ channel, ts }) => `https://example.slack.com/archives/${channel}/p${ts}`,
    ...given,
  };
  return {
    desk,
    agent,
    store,
    incidents,
    changes,
    shower: () => new ThreadShower(desk),
    pass: (minutes) => {
      now += minutes * 60_000;
    },
    deliver: async () => await deliverAll(store, () => now),
  };
}
